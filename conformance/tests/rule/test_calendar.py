"""The calendars on file, held against an independent table, and files that are refused."""

import datetime as dt

import duckdb
import pytest

from guiju.errors import StandardError
from guiju.rule import Calendar, Env, emit

HEAD = "day,kind,name,notice,mark\n"


def test_every_day_on_file_agrees_with_chinesecalendar(calendar):
    table = pytest.importorskip("chinese_calendar", reason="chinesecalendar 没有安装，无从对照")
    first, last = dt.date(calendar.years[0], 1, 1), dt.date(calendar.years[-1], 12, 31)
    days = [first + dt.timedelta(days=offset) for offset in range((last - first).days + 1)]
    assert [day for day in days if calendar.works(day) != table.is_workday(day)] == []


def test_the_years_on_file(calendar):
    assert calendar.years[0] == 2019
    assert len(calendar.counts) == (dt.date(calendar.years[-1], 12, 31) - dt.date(2018, 12, 31)).days + 1


def test_the_eve_of_the_spring_festival_of_2024_was_worked(calendar):
    days = [dt.date(2024, 2, day) for day in (4, 9, 10, 17, 18)]
    assert [calendar.works(day) for day in days] == [True, True, False, False, True]


def test_without_a_calendar_nothing_is_known(bench):
    empty = Env(as_of=dt.date(2024, 1, 1))
    with duckdb.connect() as connection:
        empty.calendar.load_into(connection)
        for text in ("workdays_between(as_of(), as_of())", "add_workdays(as_of(), 0)", "is_workday(as_of())"):
            node = bench.parse(text)
            assert connection.execute(f"SELECT {emit(node, empty)}").fetchone() == (None,)


def file(folder, name, *rows):
    path = folder / name
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_local_holidays_come_after_the_national_ones(tmp_path):
    national = file(tmp_path, "cn-2024.csv", "2024-01-01,holiday,元旦,通知,seen")
    local = file(tmp_path, "a-local.csv", "2024-04-11,holiday,三月三,地方通知,seen")
    found = Calendar.from_csv([local, national])
    assert (found.works(dt.date(2024, 4, 11)), found.works(dt.date(2024, 4, 12))) == (False, True)


@pytest.mark.parametrize(
    ("rows", "code", "line"),
    [
        (["2024-13-01,holiday,x,y,seen"], "GJ-S230", 2),
        (["2024-01-01,feast,x,y,seen"], "GJ-S230", 2),
        (["2024-01-01"], "GJ-S230", 2),
        (["2025-01-01,holiday,x,y,seen"], "GJ-S231", 2),
    ],
)
def test_a_broken_file_is_refused(tmp_path, rows, code, line):
    with pytest.raises(StandardError) as caught:
        Calendar.from_csv([file(tmp_path, "cn-2024.csv", *rows)])
    assert (caught.value.code, caught.value.place.file, caught.value.place.line) == (
        code,
        "cn-2024.csv",
        line,
    )


def test_years_with_a_gap_are_refused(tmp_path):
    with pytest.raises(StandardError, match="GJ-S231"):
        Calendar.from_csv([file(tmp_path, "cn-2022.csv"), file(tmp_path, "cn-2024.csv")])


@pytest.mark.parametrize("content", [b"", b"a,b\n", b"\xff\xfe"])
def test_an_unreadable_file_is_refused(tmp_path, content):
    path = tmp_path / "cn-2024.csv"
    path.write_bytes(content)
    with pytest.raises(StandardError, match="GJ-S230"):
        Calendar.from_csv([path])

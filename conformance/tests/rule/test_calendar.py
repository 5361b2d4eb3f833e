"""The calendars on file, held against an independent table, and files that are refused."""

import datetime as dt

import duckdb
import pytest

from guiju.errors import StandardError
from guiju.rule import Calendar, Env, emit
from guiju.rule.calendar import WORKDAY_AT, WORKDAY_NUMBER

HEAD = "day,kind,name,notice,mark\n"


def test_every_day_on_file_agrees_with_chinesecalendar(calendar):
    table = pytest.importorskip("chinese_calendar", reason="chinesecalendar 没有安装，无从对照")
    first, last = dt.date(calendar.years[0], 1, 1), dt.date(calendar.years[-1], 12, 31)
    days = [first + dt.timedelta(days=offset) for offset in range((last - first).days + 1)]
    assert [day for day in days if calendar.works(day) != table.is_workday(day)] == []


def test_the_years_on_file(calendar):
    assert calendar.years[0] == 2004
    assert len(calendar.counts) == (dt.date(calendar.years[-1], 12, 31) - dt.date(2003, 12, 31)).days + 1


def test_every_working_day_is_the_same_for_both_readers(calendar):
    days = [calendar.start + dt.timedelta(days=offset) for offset in range(-3, len(calendar.counts) + 3)]
    with duckdb.connect() as connection:
        calendar.load_into(connection)
        connection.execute("CREATE TABLE days AS SELECT unnest(?::DATE[]) AS day", [days])
        counted = connection.execute(f"SELECT {WORKDAY_NUMBER}(day) FROM days ORDER BY day").fetchall()
        places = list(range(1, len(calendar.workdays) + 20))
        worked = connection.execute(f"SELECT {WORKDAY_AT}(unnest(?::BIGINT[]))", [places]).fetchall()
    assert [number for (number,) in counted] == [calendar.number(day) for day in days]
    assert [day for (day,) in worked] == [calendar.add(calendar.start, place) for place in places]


@pytest.mark.parametrize("years", [1, 2, 100])
def test_few_and_many_years_are_packed_alike(tmp_path, years):
    given = [f"{year}-01-01,holiday,元旦,通知,seen" for year in range(2000, 2000 + years)]
    found = Calendar.from_csv([file(tmp_path, f"cn-{row[:4]}.csv", row) for row in given])
    days = [found.start, found.start + dt.timedelta(days=1), found.end - dt.timedelta(days=1), found.end]
    last = len(found.workdays)
    with duckdb.connect() as connection:
        found.load_into(connection)
        asked = [f"{WORKDAY_NUMBER}(DATE '{day}')" for day in days]
        asked += [f"{WORKDAY_AT}({place})" for place in (1, last, last + 1)]
        (row,) = connection.execute(f"SELECT {', '.join(asked)}").fetchall()
    assert row[:4] == tuple(found.number(day) for day in days)
    assert row[4:] == (found.add(found.start, 1), found.add(found.start, last), None)


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

"""Large sheets go column by column: the same texts, rows and remarks as cell by cell."""

import datetime as dt
import random

import duckdb
import pytest
import xlsxwriter

from guiju.export.book import looking, workbook
from guiju.export.files import open_sources

DAY = dt.datetime.fromisoformat("2024-01-01")
FORMS = {
    "day": "yyyy-mm-dd",
    "moment": "yyyy/m/d h:mm:ss",
    "time": "hh:mm:ss",
    "span": "[h]:mm",
    "share": "0.0%",
}
RNG = random.Random(5)  # noqa: S311 -- the same values every time
COLUMNS = {
    "编码": [f"1199{number:014d}" for number in range(60)],
    "整数": [*range(-5, 54), 999_999_999_999_999],
    "小数": [
        0.1 + 0.2,
        64.680000000000007,
        -0.5,
        1e-4,
        0.285,
        1234567.891,
        *[RNG.random() for _ in range(54)],
    ],
    "日期": [("day", DAY + dt.timedelta(days=7 * number)) for number in range(60)],
    "时间": [("moment", DAY + dt.timedelta(seconds=40_000 * number)) for number in range(59)]
    + [("moment", 45_000.123456789)],
    "时刻": [("time", number / 60) for number in range(60)],
    "早": [("day", number) for number in range(1, 61)],
    "是否": [number % 3 == 0 for number in range(60)],
    "空": [None] * 60,
    "率": [("share", number / 60) for number in range(60)],
    "换行": ["第一行\n第二行 ", "\u3000", "a\x1fb", "'", *["x"] * 56],
}


@pytest.fixture
def made(tmp_path):
    """Write columns below headings, at a corner counted from 0; every seventh value is missing."""

    def making(columns, corner=(0, 0), **options):
        path = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(path, options) as book:
            forms = {name: book.add_format({"num_format": form}) for name, form in FORMS.items()}
            sheet = book.add_worksheet("办件")
            for right, (heading, values) in enumerate(columns.items(), corner[1]):
                sheet.write_string(corner[0], right, heading)
                for down, value in enumerate(values, corner[0] + 1):
                    if (down + right) % 7 and value is not None:
                        form = forms[value[0]] if isinstance(value, tuple) else None
                        sheet.write(down, right, value[1] if isinstance(value, tuple) else value, form)
            sheet.set_row(corner[0] + 3, None, None, {"hidden": True})
        return path

    return making


@pytest.fixture
def both(load, monkeypatch):
    """Read a workbook both ways; gives what each says, and whether cells were read one by one after all."""
    calls = []
    cells = workbook.SheetSource._by_cells

    def counted(self, *given):
        calls.append(self)
        return cells(self, *given)

    monkeypatch.setattr(workbook.SheetSource, "_by_cells", counted)

    def reading(path):
        found = []
        for large in (1 << 60, -1):
            monkeypatch.setattr(looking, "LARGE", large)
            (source,) = open_sources([path])
            assert source.swift == (large < 0)
            rows = load(source)
            found.append((source.columns, rows, source.remarks))
        return *found, len(calls) > 1

    return reading


@pytest.mark.parametrize("corner", [(0, 0), (3, 2)])
def test_the_same_either_way(made, both, corner):
    one, other, by_cells = both(made(COLUMNS, corner))
    assert not by_cells
    assert one == other
    assert len(one[1]) == 60
    assert one[1][1][2:5] == ("-4", "64.68", "2024-01-08")


def test_totals_footers_blank_rows_and_errors(tmp_path, both):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("办件")
        sheet.merge_range(0, 0, 0, 2, "某地办件明细表")
        for down, row in enumerate(
            [["名称", "数", "备注"], *[["甲", 1, "x"]] * 5, ["合计", 5], ["注：仅供核对"]], 1
        ):
            sheet.write_row(down, 0, row)
        sheet.write_row(20, 0, ["乙", 2, "y"])
        sheet.write_formula(21, 1, "=NA()", None, "#N/A")
        sheet.write_row(22, 0, ["科室", "人数"])
    one, other, _ = both(path)
    assert one == other
    assert [row[0] for row in one[1]] == [3, 4, 5, 6, 7, 21, 22, 23]
    assert one[1][-2] == (22, None, "#N/A", None)


@pytest.mark.parametrize(
    ("column", "options"),
    [
        ({"混": ["x", 1, 2.5, True, "y"]}, {}),
        ({"长": [("span", 1.5), ("span", 0.25), ("span", 2)]}, {}),
        ({"长码": [1.144e30, 2.0, 3.0]}, {}),
        ({"小": [1e-7, 2.0, 3.0]}, {}),
    ],
)
def test_what_is_left_to_cells(made, both, column, options):
    values = max(len(values) for values in column.values())
    one, other, by_cells = both(made({"名称": ["甲"] * values, **column}, **options))
    assert by_cells
    assert one == other


def test_days_from_1904_are_left_to_cells(made, load, monkeypatch):
    monkeypatch.setattr(looking, "LARGE", -1)
    (source,) = open_sources([made({"名称": ["甲"] * 5, "日": [("day", DAY)] * 5}, date_1904=True)])
    assert not source.swift
    assert load(source)[0][2] == "2024-01-01"


def test_a_locked_connection(made, load, monkeypatch):
    monkeypatch.setattr(looking, "LARGE", -1)
    (source,) = open_sources([made(COLUMNS)])
    assert len(load(source, locked=True)) == 60


def test_some_columns_only(made, monkeypatch):
    monkeypatch.setattr(looking, "LARGE", -1)
    (source,) = open_sources([made(COLUMNS)])
    with duckdb.connect() as con:
        con.execute('CREATE TABLE t ("_part" INTEGER, "_row" BIGINT, "days" VARCHAR, "other" VARCHAR)')
        assert source.load_into(con, "t", {"days": "整数"}, 3) == 60
        assert con.execute("SELECT * FROM t LIMIT 2").fetchall() == [(3, 2, "-5", None), (3, 3, "-4", None)]

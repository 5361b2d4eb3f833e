"""Excel workbooks: cells as people see them, the sheet's own row numbers, and what is no workbook."""

import datetime as dt
import io
import zipfile

import duckdb
import pytest
import xlsxwriter

from guiju.export.files import open_sources

DAY = {"num_format": "yyyy-mm-dd"}
MOMENT = {"num_format": "yyyy-mm-dd hh:mm:ss"}


@pytest.fixture
def book(tmp_path):
    """Write a workbook: sheets of {(row, column): value or (value, format)}, counted from 1."""

    def writing(sheets, *, hidden=(), name="a.xlsx"):
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as workbook:
            for title, cells in sheets.items():
                sheet = workbook.add_worksheet(title)
                if title in hidden:
                    sheet.hide()
                for (row, column), value in cells.items():
                    plain, form = value if isinstance(value, tuple) else (value, None)
                    sheet.write(row - 1, column - 1, plain, workbook.add_format(form) if form else None)
        return path

    return writing


def table(*rows, top=1, left=1):
    return {
        (row, column): value
        for row, values in enumerate(rows, top)
        for column, value in enumerate(values, left)
        if value is not None
    }


def test_cells_as_people_see_them(book, load, said):
    path = book(
        {
            "表": table(
                ["文本", "数", "日期", "逻辑"],
                ["007", 20, (dt.datetime.fromisoformat("2023-05-01"), DAY), True],
                [" 空 ", 0.1, (dt.datetime.fromisoformat("2023-05-01T08:05"), MOMENT), False],
                ["\u3000", 0.285, (dt.time(8, 5), {"num_format": "hh:mm"}), -3],
                ["x", 1e-7, (1.5, {"num_format": "[h]:mm"}), 999_999_999_999_999],
            )
        }
    )
    (source,) = open_sources([path])
    assert (source.file, source.part) == ("a.xlsx", "表")
    assert load(source) == [
        (2, "007", "20", "2023-05-01", "TRUE"),
        (3, " 空 ", "0.1", "2023-05-01 08:05:00", "FALSE"),
        (4, "\u3000", "0.285", "08:05:00", "-3"),
        (5, "x", "0.0000001", "36:00:00", "999999999999999"),
    ]
    assert said(source) == ()
    assert load(source)[0][1] == "007"


def test_long_codes_that_became_numbers(book, load, said):
    path = book({"表": table(["编码", "名称"], [1.144000000693976e30, "甲"], ["正常", "乙"], [1e15, "丙"])})
    (source,) = open_sources([path])
    assert load(source)[0] == (2, "1144000000693976000000000000000", "甲")
    (note,) = said(source)
    assert "“编码”列有2个数值超过15位" in note
    assert "第2、4行" in note


def test_rows_are_those_of_the_sheet(book, load, said):
    cells = {
        (3, 2): "某某清单",
        **table(["名称", "编码"], ["甲", "1"], [None, None], ["乙", "2"], top=5, left=2),
    }
    (source,) = open_sources([book({"表": cells})])
    assert source.columns == ("名称", "编码")
    assert said(source) == ("标题行之前的第3行未作为数据读取",)
    assert load(source) == [(6, "甲", "1"), (8, "乙", "2")]


def test_sheets(book, load, said):
    path = book(
        {
            "说明": {(1, 1): "请逐项填写"},
            "甲表": table(["名称", "编码"], ["甲", "1"]),
            "空": {},
            "乙表": table(["名称", "名称", None, "备注"], ["1", "2", None, "4"]),
        },
        hidden=("乙表",),
    )
    first, second = open_sources([path])
    assert said(first) == ("工作表“说明”没有标题行，未读取",)
    assert second.columns == ("名称", "名称（2）", "（第3列无标题）", "备注")
    assert said(second) == (
        "工作表“乙表”是隐藏的",
        "第3列是空列，其右各列与左侧作为同一张表读取",
        "标题“名称”重复，第2列称作“名称（2）”",
        "第3列没有标题，称作“（第3列无标题）”",
        "工作表“说明”没有标题行，未读取",
    )
    assert load(second) == [(2, "1", "2", None, "4")]


def test_no_headings(book, refused):
    refused(book({"表": {(1, 1): "只有一个格"}}), "GJ-I107")
    refused(book({"表": {}}, name="b.xlsx"), "GJ-I107")


def damaged():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "GJ-I105"),
        ("名称,编码\n甲,1\n".encode(), "GJ-I121"),
        (b"PK\x03\x04" + bytes(200), "GJ-I112"),
        (damaged(), "GJ-I112"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "GJ-I112"),
    ],
)
def test_no_workbook(write, refused, content, code):
    refused(write("a.xlsx", content), code)


def test_a_truncated_workbook(book, write, refused):
    content = book({"表": table(["名称", "编码"], ["甲", "1"])}).read_bytes()
    refused(write("b.xlsx", content[: len(content) // 2]), "GJ-I112")


@pytest.mark.parametrize("share", [0.01, 0.5, 0.95])
def test_a_workbook_whose_sheet_is_damaged(book, write, refused, share):
    rows = [["甲", str(row * 7919 % 100_003)] for row in range(5000)]
    content = bytearray(book({"表": table(["名称", "编码"], *rows)}).read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    start = sheet.header_offset + 60 + int(sheet.compress_size * share)
    content[start : start + 40] = bytes(40)
    refused(write("b.xlsx", bytes(content)), "GJ-I112")


def test_digits_that_the_file_has_in_full_are_put_back(tmp_path, said):
    """A numeric cell with 18 digits, as programs write it, and one that Excel has already rounded."""
    path = tmp_path / "长码.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("清单")
        sheet.write_row(1, 1, ["实施编码", "事项名称"])
        sheet.write_row(2, 1, [123456789012345, "甲"])
        sheet.write_row(3, 1, [1.14400000069397e30, "乙"])
    inside = zipfile.ZipFile(path)
    parts = {name: inside.read(name) for name in inside.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b"<v>123456789012345</v>" in parts[name]
    parts[name] = parts[name].replace(b"<v>123456789012345</v>", b"<v>123456789012345678</v>")
    with zipfile.ZipFile(path, "w") as out:
        for part, data in parts.items():
            out.writestr(part, data)
    (source,) = open_sources([path])
    con = duckdb.connect()
    con.execute('CREATE TABLE t ("_part" INTEGER, "_row" BIGINT, "code" VARCHAR)')
    source.load_into(con, "t", {"code": "实施编码"}, 0)
    rows = dict(con.execute('SELECT "_row", code FROM t').fetchall())
    assert rows[3] == "123456789012345678"
    assert len(rows[4]) == 31
    assert len(said(source)) >= 1
    assert "第4行" in said(source)[-1]
    assert "第3" not in said(source)[-1]

"""The same table from each kind of workbook, and what the file says beside its values."""

import datetime as dt

import pytest
import xlwt

from guiju.export.files import open_sources

DAY = dt.datetime.fromisoformat("2024-03-31")
MOMENT = dt.datetime.fromisoformat("2024-04-28 14:15:00")


def xls(path, *, hidden=(), dates_1904=False):
    book = xlwt.Workbook()
    book.dates_1904 = dates_1904
    sheet = book.add_sheet("办件")
    day, moment = (xlwt.easyxf(num_format_str=form) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"))
    for column, heading in enumerate(["办件编码", "日期", "时间", "数", "是否"]):
        sheet.write(0, column, heading)
    for row, code in enumerate(["007", "第一行\n第二行"], 1):
        sheet.write(row, 0, code)
        sheet.write(row, 1, DAY, day)
        sheet.write(row, 2, MOMENT, moment)
        sheet.write(row, 3, 0.285)
        sheet.write(row, 4, row == 1)
        sheet.row(row).hidden = row + 1 in hidden
    book.add_sheet("空")
    book.save(str(path))
    return path


def test_xls(tmp_path, load, told):
    (source,) = open_sources([xls(tmp_path / "a.xls", hidden=(3,))])
    assert (source.file, source.part) == ("a.xls", "办件")
    assert load(source) == [
        (2, "007", "2024-03-31", "2024-04-28 14:15:00", "0.285", "TRUE"),
        (3, "第一行\n第二行", "2024-03-31", "2024-04-28 14:15:00", "0.285", "FALSE"),
    ]
    assert told(source) == {"GJ-D113": "有1行是隐藏的（第3行），已照常读取"}


def test_days_counted_from_1904(tmp_path, load, told):
    (source,) = open_sources([xls(tmp_path / "a.xls", dates_1904=True)])
    assert load(source)[0][2] == "2024-03-31"
    assert set(told(source)) == {"GJ-D112"}


def test_xlsb(xlsb, load, told):
    rows = {
        1: ["办件编码", "数", "是否", "备注"],
        2: ["007", 20, True, b"\x2a"],
        3: ["008", 0.285, False, "x"],
        5: ["009", 123456789012345678, True, None],
    }
    (source,) = open_sources([xlsb(rows, hidden=(3,))])
    assert load(source) == [
        (2, "007", "20", "TRUE", "#N/A"),
        (3, "008", "0.285", "FALSE", "x"),
        (5, "009", "123456789012345680", "TRUE", None),
    ]
    assert told(source) == {
        "GJ-D103": "“数”列有1个数值超过15位，Excel按数值存放时只保留15位有效数字，编码可能已失真（第5行）",
        "GJ-D113": "有1行是隐藏的（第3行），已照常读取",
        "GJ-D114": "“备注”列有1格是公式的错误值（#N/A），按原样的文字读取（第2行）",
    }


ODS = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>名称</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string" table:number-columns-repeated="3"><text:p>数</text:p>'
    "</table:table-cell></table:table-row>"
    '<table:table-row table:number-rows-repeated="2" table:visibility="collapse">'
    '<table:table-cell office:value-type="string"><text:p>甲</text:p><text:p>乙</text:p></table:table-cell>'
    '<table:table-cell office:value-type="percentage" office:value="0.95"><text:p>95%</text:p>'
    "</table:table-cell>"
    '<table:table-cell office:value-type="time" office:time-value="PT36H05M00S"><text:p>x</text:p>'
    "</table:table-cell>"
    '<table:table-cell office:value-type="string" calcext:value-type="error" office:string-value="">'
    "<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>"
    '<table:table-row table:number-rows-repeated="1048573">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def test_ods(ods, load, told):
    (source,) = open_sources([ods(ODS)])
    row = ("甲\n乙", "0.95", "36:05:00", "#DIV/0!")
    assert load(source) == [(2, *row), (3, *row)]
    assert told(source) == {
        "GJ-D203": "标题“数”重复，第4列称作“数（3）”",
        "GJ-D113": "有2行是隐藏的（第2—3行），已照常读取",
        "GJ-D114": "“数（3）”列有2格是公式的错误值（#DIV/0!），按原样的文字读取（第2、3行）",
        "GJ-D116": "“数”列按百分比显示，读取的是存放的数（显示95%的，读作0.95）",
    }


CELLS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" t="inlineStr"><is><t>乙</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>丙</t></is></c></row>'
    '<row r="2" hidden="1"><c r="A2" t="e"><f>NA()</f><v>#N/A</v></c><c r="B2"><f>1+1</f></c>'
    '<c r="C2" t="inlineStr"><is><r><t>富</t></r><r><t xml:space="preserve"> 文本</t></r>'
    '<rPh sb="0" eb="1"><t>ふ</t></rPh></is></c></row>'
    '<row r="3" hidden="true"><c r="A3" t="b"><v>1</v></c><c r="B3"><f>1+1</f><v></v></c>'
    '<c r="C3" t="str"><f>"=x"</f><v>=cmd|calc</v></c></row>'
    '<row r="4"><c r="A4" t="str"><f>""</f><v></v></c><c r="B4"><f>1+1</f><v>2</v></c>'
    '<c r="C4" t="inlineStr"><is><t>a_x000D_&#10;b</t></is></c></row>'
)


def test_what_the_xml_of_a_sheet_says(xlsx, load, told):
    (source,) = open_sources([xlsx(CELLS)])
    assert load(source) == [
        (2, "#N/A", None, "富 文本"),
        (3, "TRUE", None, "=cmd|calc"),
        (4, None, "2", "a\r\nb"),
    ]
    assert told(source) == {
        "GJ-D113": "有2行是隐藏的（第2—3行），已照常读取",
        "GJ-D114": "“甲”列有1格是公式的错误值（#N/A），按原样的文字读取（第2行）",
        "GJ-D115": "第2、3行有公式没有算出的值，按空白读取",
    }


def test_the_same_xml_with_a_prefix(xlsx, load, told):
    rows = CELLS.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
    path = xlsx("")
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<x:sheetData>{rows}</x:sheetData></x:worksheet>"
    )
    (source,) = open_sources([xlsx("", parts={"xl/worksheets/sheet1.xml": sheet}, name="b.xlsx")])
    assert path.exists()
    assert [row[0] for row in load(source)] == [2, 3, 4]
    assert {"GJ-D113", "GJ-D114", "GJ-D115"} == set(told(source))


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".ods", ".xlsm"])
def test_an_xlsx_under_another_suffix_is_read_by_its_content(xlsx, load, told, suffix):
    (source,) = open_sources([xlsx(name=f"a{suffix}")])
    assert [row[0] for row in load(source)] == [2, 3]
    assert set(told(source)) == (set() if suffix == ".xlsm" else {"GJ-D110"})


def test_an_xls_called_xlsx(tmp_path, load, told):
    (source,) = open_sources([xls(tmp_path / "a.xlsx")])
    assert len(load(source)) == 2
    assert told(source)["GJ-D110"] == "扩展名是 .xlsx，内容是 .xls 格式，按内容读取"


def test_macros_are_never_run(xlsx, told):
    (source,) = open_sources([xlsx(name="a.xlsm", parts={"xl/vbaProject.bin": b"Sub Auto_Open()"})])
    assert told(source) == {"GJ-D111": "工作簿里有宏，宏没有运行，只读取单元格里的值"}


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ("<html><body><table><tr><td>甲</td></tr></table></body></html>", "HTML"),
        ("\ufeff<!DOCTYPE html><title>登录</title>", "HTML"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "MHTML"),
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003"),
        ('{"data": []}', "JSON"),
        ("名称\t编码\n甲\t1\n", "文本"),
        ("名称,编码\n甲,1\n".encode("gb18030"), "文本"),
        ("名称\t编码\n".encode("utf-16"), "文本"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "很旧的 Excel"),
    ],
)
def test_other_content_under_a_suffix_of_workbooks(write, refused, content, seen):
    assert seen in refused(write("a.xls", content), "GJ-I121").message

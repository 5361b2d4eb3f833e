"""Layouts as workbooks and texts really have them, from file to rows."""

import pytest
import xlsxwriter

from guiju.export.files import open_sources

WORDS = frozenset({"事项编码", "事项名称", "法定办结时限", "承诺办结时限", "科室"})
RECORDS = [
    ("11440000MB2C876142", "甲", "20个工作日", "5个工作日"),
    ("11440000MB2C876143", "乙", "10个工作日", "即办"),
]


@pytest.fixture
def book(tmp_path):
    """A workbook of one sheet; `draw` writes it."""

    def writing(draw):
        path = tmp_path / "表.xlsx"
        with xlsxwriter.Workbook(str(path)) as workbook:
            draw(workbook.add_worksheet("表"))
        return path

    return writing


def at_c(sheet):
    """Title and unit merged over all columns, two rows of headings from column C, a numbering, a footer."""
    sheet.merge_range("C2:F2", "某市政务服务事项清单")
    sheet.write_row("C3", ["填报单位：某局", "", "", "2026年3月"])
    sheet.merge_range("C4:C5", "事项编码")
    sheet.merge_range("D4:D5", "事项名称")
    sheet.merge_range("E4:F4", "办结时限")
    sheet.write_row("E5", ["法定", "承诺"])
    sheet.write_row("C6", [1, 2, 3, 4])
    for row, record in enumerate(RECORDS, 6):
        sheet.write_row(row, 2, record)
    sheet.write_row("C9", ["合　计", "", 2, ""])
    sheet.write_row("C10", ["填表人：某某", "", "审核人：某某", ""])


def test_a_table_at_column_c(book, load, said):
    (source,) = open_sources([book(at_c)], WORDS)
    assert source.columns == ("事项编码", "事项名称", "办结时限 / 法定", "办结时限 / 承诺")
    assert load(source) == [(7, *RECORDS[0]), (8, *RECORDS[1])]
    codes = [remark.code for remark in source.remarks]
    assert codes == ["GJ-D201", "GJ-D209", "GJ-D210", "GJ-D205", "GJ-D206"]
    assert "第9行" in said(source)[3]


def test_titles_of_every_printed_page(book, load):
    def draw(sheet):
        row = 0
        for record in RECORDS:
            sheet.write(row, 0, "某市政务服务事项清单")
            sheet.write_row(row + 1, 0, ["事项编码", "事项名称", "法定办结时限", "承诺办结时限"])
            sheet.write_row(row + 2, 0, record)
            sheet.write(row + 3, 0, f"第 {row // 4 + 1} 页 共 2 页")
            row += 4

    (source,) = open_sources([book(draw)], WORDS)
    assert load(source) == [(3, *RECORDS[0]), (7, *RECORDS[1])]
    counts = {remark.code: remark.count for remark in source.remarks}
    assert counts == {"GJ-D201": 1, "GJ-D204": 2, "GJ-D206": 2}


def test_another_table_below(book, load, said):
    def draw(sheet):
        sheet.write_row(0, 0, ["事项编码", "事项名称", "法定办结时限", "承诺办结时限"])
        for row, record in enumerate(RECORDS, 1):
            sheet.write_row(row, 0, record)
        sheet.write_row(5, 0, ["科室", "事项名称", "", ""])
        sheet.write_row(6, 0, ["某科", "丙", "", ""])

    (source,) = open_sources([book(draw)], WORDS)
    assert load(source) == [(2, *RECORDS[0]), (3, *RECORDS[1])]
    assert said(source) == ("第6行起是另一张表（标题：科室、事项名称），该行及以下的2行未读取",)


TEXT = """\
某市政务服务事项清单,,,
单位：个,,,2026年3月
事项编码,事项名称,法定办结时限,承诺办结时限
SXBM,SXMC,FDSX,CNSX
varchar(31),varchar(100),varchar(20),varchar(20)
11440000MB2C876142,甲,20个工作日,5个工作日
小计,,1,
事项编码,事项名称,法定办结时限,承诺办结时限
11440000MB2C876143,乙,10个工作日,即办
注：按月报送,,,
"""


def test_the_same_in_a_text(write, load):
    (source,) = open_sources([write("表.csv", TEXT)], WORDS)
    assert [row[1:] for row in load(source)] == RECORDS
    assert {remark.code: remark.count for remark in source.remarks} == {
        "GJ-D201": 2,
        "GJ-D210": 1,
        "GJ-D204": 1,
        "GJ-D205": 1,
        "GJ-D206": 1,
    }

"""Workbooks made to harm: refused at once and clearly, or read without harm."""

import struct
import zipfile

import pytest
import xlwt

from guiju.export.book.compound import compound
from guiju.export.files import open_sources

LAST = 1_048_576
FAR = '<row r="1048576"><c r="{0}" t="inlineStr"><is><t>远</t></is></c></row>'


@pytest.mark.parametrize("dimension", ["", '<dimension ref="A1:B3"/>', '<dimension ref="A1:B1048576"/>'])
def test_a_stray_cell_in_the_last_row_costs_nothing(xlsx, load, told, dimension):
    rows = [[f"列{column}" for column in range(30)], ["x"] * 30, ["y"] * 30]
    (source,) = open_sources([xlsx(rows, extra=FAR.format(f"B{LAST}"), dimension=dimension)])
    assert source._parsed[0].total_height < 10
    found = load(source)
    assert [row[0] for row in found] == [2, 3, LAST]
    assert found[-1][1:4] == (None, "远", None)
    assert told(source) == {"GJ-D118": "第1048576行之前有一千行以上的空行，孤立在远处的行也已读取"}


def test_rows_on_both_sides_of_gaps_keep_their_numbers(xlsx, load):
    strays = "".join(
        f'<row r="{row}" hidden="1"><c r="T{row}" t="inlineStr"><is><t>{row}</t></is></c></row>'
        for row in (5, 200_000, 200_001, 900_000)
    )
    (source,) = open_sources([xlsx([[f"列{column}" for column in range(20)]], extra=strays)])
    assert [(row[0], row[20]) for row in load(source)] == [
        (number, str(number)) for number in (5, 200_000, 200_001, 900_000)
    ]
    assert [remark.count for remark in source.remarks if remark.code == "GJ-D113"] == [4]


def test_styled_rows_and_columns_cost_nothing(xlsx, load, said):
    rows = f'<row r="{LAST}" s="1" customFormat="1"><c r="XFD{LAST}" s="1"/></row>'
    styled = "".join(f'<row r="{row}"><c r="XFD{row}" s="1"/></row>' for row in range(4, 2_000))
    (source,) = open_sources([xlsx(extra=styled + rows, dimension=f'<dimension ref="A1:XFD{LAST}"/>')])
    assert len(load(source)) == 2
    assert said(source) == ()


@pytest.mark.parametrize(
    "place", [f'r="XFD{LAST}"', f"r='XFD{LAST}'", f'r = "XFD{LAST}"', f'\tr="XFD{LAST}"', f'r="xfd{LAST}"']
)
def test_a_far_off_column_is_refused(xlsx, refused, place):
    rows = [["名称", "编码"], *[["甲", "1"]] * 300]
    cell = f'<row r="{LAST}"><c {place} t="inlineStr"><is><t>远</t></is></c></row>'
    path = xlsx(rows, extra=cell, dimension='<dimension ref="A1:B301"/>')
    assert "XFD列" in refused(path, "GJ-I114").cause


def test_a_cell_that_is_not_where_its_row_is(xlsx, load):
    cell = '<row r="4"><c r="T900000" t="inlineStr"><is><t>远</t></is></c></row>'
    (source,) = open_sources(
        [xlsx([["列"] * 20, ["x"] * 20], extra=cell, dimension='<dimension ref="A1:T4"/>')]
    )
    assert [row[0] for row in load(source)] == [2, 900_000]


def test_positions_beyond_the_sheet(xlsx, refused):
    row = '<row r="4000000000"><c r="A4000000000" t="inlineStr"><is><t>x</t></is></c></row>'
    refused(xlsx(extra=row), "GJ-I112")
    refused(xlsx(extra=f"<row>{'<c><v>1</v></c>' * 20_000}</row>", name="b.xlsx"), "GJ-I112")
    refused(xlsx(extra=f"<row>{'<c><v>1</v></c>' * 5_000}</row>", name="c.xlsx"), "GJ-I123")


def test_a_million_sheets(xlsx, refused):
    refused(xlsx(sheets=range(1_000_000)), "GJ-I122")


def test_a_cell_of_a_hundred_million_signs(xlsx, refused, ods):
    extra = f'<row r="4"><c r="A4" t="inlineStr"><is><t>{"x" * 100_000_000}</t></is></c></row>'
    refused(xlsx(extra=extra), "GJ-I120")


def test_a_long_text_that_many_cells_point_to(xlsx, refused, load):
    strings = f"<sst><si><t>{'x' * 1_000_000}</t></si><si><t>y</t></si></sst>"
    three = '<c t="s"><v>0</v></c>' * 3
    rows = [f'<row r="{row}">{three}</row>' for row in range(4, 3_000)]
    parts = {"xl/sharedStrings.xml": strings}
    refused(xlsx(extra="".join(rows), parts=parts), "GJ-I120")
    harmless = "".join(rows).replace("<v>0</v>", "<v>1</v>")
    (source,) = open_sources([xlsx(extra=harmless, parts=parts, name="b.xlsx")])
    assert len(source.columns) == 3


def test_a_bomb(xlsx, refused):
    refused(xlsx(after=" " * 300_000_000), "GJ-I120")


def test_overlapping_and_repeated_entries(xlsx, refused, tmp_path):
    path = xlsx()
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
    at = content.rindex(infos[-1].filename.encode()) - 46
    struct.pack_into("<I", content, at + 42, infos[0].header_offset + 8)
    (tmp_path / "b.xlsx").write_bytes(content)
    assert "重叠" in refused(tmp_path / "b.xlsx", "GJ-I112").cause
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "同名" in refused(path, "GJ-I112").cause


def test_a_wrong_checksum(xlsx, refused):
    path = xlsx()
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        crc = struct.pack("<I", archive.getinfo("xl/worksheets/sheet1.xml").CRC)
    path.write_bytes(bytes(content).replace(crc, b"\x01\x02\x03\x04"))
    refused(path, "GJ-I112")


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY file SYSTEM "file:///etc/hostname">]>'
)


@pytest.mark.parametrize("entity", ["&c;", "&file;"])
def test_entities_are_never_resolved(xlsx, refused, entity):
    extra = f'<row r="4"><c r="A4" t="inlineStr"><is><t>{entity}</t></is></c></row>'
    refused(xlsx(extra=extra, before=ENTITIES), "GJ-I112")


def test_what_leads_out_of_the_workbook_is_not_followed(xlsx, load, tmp_path):
    parts = {
        "../../出来.txt": "x",
        "/出来.txt": "x",
        "xl/externalLinks/externalLink1.xml": '<externalLink><oleLink progId="x"/></externalLink>',
        "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0",
    }
    (source,) = open_sources([xlsx(parts=parts)])
    assert [row[0] for row in load(source)] == [2, 3]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx"]
    assert not (tmp_path.parent / "出来.txt").exists()


NASTY = '"; DROP TABLE t; --', "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_headings_sheets_and_cells_that_try_to_be_something_else(xlsx, load):
    rows = [[*NASTY, "编码"], ["=1+1", "+1", "@SUM(A1)"], [*NASTY, "'"]]
    (source,) = open_sources([xlsx(rows, sheets=[NASTY[1]])])
    assert source.columns[:2] == ('"; DROP TABLE t; --', "<script>alert(1)</script>")
    assert source.part == "<script>alert(1)</script>"
    assert load(source) == [
        (2, "=1+1", "+1", "@SUM(A1)"),
        (3, '"; DROP TABLE t; --', "<script>alert(1)</script>", "'"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (
            '<table:table-row table:number-rows-repeated="1000000">'
            '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
            "<text:p>x</text:p></table:table-cell></table:table-row>"
        ),
        (
            '<table:table-row table:number-rows-repeated="1048575"/><table:table-row>'
            '<table:table-cell table:number-columns-repeated="16383"/>'
            '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
        ),
    ],
)
def test_repeated_cells_of_ods(ods, refused, rows):
    refused(ods(rows), "GJ-I114")


def test_repeated_texts_of_ods(ods, refused):
    row = (
        '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="10000">'
        "<text:p>{}</text:p></table:table-cell></table:table-row>"
    )
    refused(ods(row.format("x" * 1_000_000)), "GJ-I120")
    refused(ods(row.format('<text:s text:c="4000000000"/>'), name="b.ods"), "GJ-I120")


def test_far_off_cells_of_xlsb_and_xls(xlsb, refused, tmp_path):
    refused(xlsb({1: ["名称", "编码"], 1_000_000: [None] * 100 + ["远"]}), "GJ-I114")
    book = xlwt.Workbook()
    sheet = book.add_sheet("办件")
    sheet.write(0, 0, "名称")
    sheet.write(65_535, 255, "远")
    book.save(str(tmp_path / "a.xls"))
    refused(tmp_path / "a.xls", "GJ-I114")


def test_announced_counts_take_no_memory(xlsx, refused):
    strings = '<sst count="4000000000" uniqueCount="4000000000"><si><t>x</t></si></sst>'
    refused(xlsx(parts={"xl/sharedStrings.xml": strings}), "GJ-I112")


def records(*sheet):
    """The records of an old workbook with a sheet called A."""
    begin, end = record_of(0x809, bytes(16)), record_of(0x0A)
    head = begin + record_of(0x85, struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"A") + end
    head = head.replace(struct.pack("<IBBBB", 0, 0, 0, 1, 0), struct.pack("<IBBBB", len(head), 0, 0, 1, 0))
    return head + begin + b"".join(sheet) + end


def record_of(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def test_records_of_xls_that_promise_too_much(write, refused):
    reach = record_of(0x200, struct.pack("<IIHHH", 0, 0x4000_0000, 0, 2, 0))
    assert "范围" in refused(write("a.xls", compound(records(reach))), "GJ-I112").cause
    texts = record_of(0xFC, struct.pack("<II", 1, 0xFFFF_FFFF))
    assert "个数" in refused(write("b.xls", compound(records(texts))), "GJ-I112").cause
    refused(write("c.xls", compound(records(record_of(0x2F, bytes(6))))), "GJ-I113")


def test_a_chain_that_runs_in_a_circle(write, refused):
    content = bytearray(compound(bytes(100_000)))
    table = 2 * 4_096
    struct.pack_into("<I", content, table + 4 * 5, 4)
    refused(write("a.xls", bytes(content)), "GJ-I107")


def test_an_encrypted_xlsx(write, refused):
    """It is a compound file, with a stream for the package."""
    content = compound(bytes(5_000)).replace(wide("Workbook"), wide("EncryptedPackage"))
    content = content.replace(struct.pack("<HBB", 18, 2, 1), struct.pack("<HBB", 34, 2, 1))
    refused(write("a.xlsx", content), "GJ-I113")


def wide(name):
    """A name as a directory of a compound file holds it."""
    return name.encode("utf-16-le").ljust(64, b"\0")


def test_more_sheets_than_anybody_makes(xlsb, refused):
    refused(xlsb({1: ["名称", "编码"]}, sheets=[f"表{number}" for number in range(1_100)]), "GJ-I122")

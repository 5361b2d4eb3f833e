"""Small writers of workbooks, down to the bytes that no office program would write."""

import struct
import zipfile

import pytest

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = [["办件编码", "事项名称"], ["A-1", "甲"], ["A-2", "乙"]]


def letters(column):
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(row, column, text):
    return f'<c r="{letters(column)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows_xml(rows, first=1):
    return "".join(
        f'<row r="{row}">{"".join(cell(row, column, text) for column, text in enumerate(cells, 1))}</row>'
        for row, cells in enumerate(rows, first)
    )


def relations(*targets, kind="worksheet"):
    tags = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{tags}</Relationships>'


def zipped(path, parts, packing=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def xlsx(tmp_path):
    """Write an .xlsx file out of the XML of its rows; other entries may be given whole."""

    def writing(
        rows=HEAD, *, extra="", dimension="", before="", after="", sheets=None, parts=(), name="a.xlsx"
    ):
        inner = rows if isinstance(rows, str) else rows_xml(rows)
        names = "".join(
            f'<sheet name="{title}" sheetId="{number}" r:id="rId1"/>'
            for number, title in enumerate(sheets or ["办件"], 1)
        )
        index = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
        content = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations("xl/workbook.xml", kind="officeDocument"),
            "xl/workbook.xml": index,
            "xl/_rels/workbook.xml.rels": relations("worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}">{dimension}'
            f"<sheetData>{inner}{extra}</sheetData>{after}</worksheet>",
        }
        return zipped(tmp_path / name, {**content, **dict(parts)})

    return writing


@pytest.fixture
def ods(tmp_path):
    """Write an .ods file out of the XML of the rows of its only sheet."""

    def writing(rows, *, name="a.ods", sheet="办件"):
        spaces = "".join(
            f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
            for short in ("office", "table", "text")
        )
        table = f'<table:table table:name="{sheet}">{rows}</table:table>'
        content = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        parts = {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document-content{spaces}>{content}</office:document-content>",
        }
        return zipped(tmp_path / name, parts)

    return writing


def ods_cell(text, more=""):
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def ods_rows(rows):
    return "".join(
        f"<table:table-row>{''.join(ods_cell(text) for text in cells)}</table:table-row>" for cells in rows
    )


def record(kind, content=b""):
    """A record of .xlsb: its kind and size in groups of seven bits."""
    first = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, sizes = len(content), b""
    while True:
        size, part = size >> 7, size & 0x7F
        sizes += bytes([part | (0x80 if size else 0)])
        if not size:
            return first + sizes + content


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_cell(column, value):
    place = struct.pack("<II", column, 0)
    if isinstance(value, bool):
        return record(4, place + bytes([value]))
    if isinstance(value, bytes):  # the number of an error
        return record(3, place + value)
    if isinstance(value, int | float):
        return record(5, place + struct.pack("<d", value))
    return record(6, place + wide(value))


@pytest.fixture
def xlsb(tmp_path):
    """Write an .xlsb file: rows of texts, numbers, truth values and (as bytes) errors, by row number."""

    def writing(rows, *, hidden=(), sheets=("办件",), name="a.xlsb"):
        bundles = [record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide(title)) for title in sheets]
        data = b""
        for number, cells in rows.items():
            flags = 0x10 if number in hidden else 0
            data += record(0, struct.pack("<IIHBBB", number - 1, 0, 300, 0, flags, 0) + struct.pack("<I", 0))
            data += b"".join(
                xlsb_cell(column, value) for column, value in enumerate(cells) if value is not None
            )
        dimension = record(148, struct.pack("<IIII", 0, max(rows) - 1, 0, 9))
        parts = {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": record(131) + record(143) + b"".join(bundles) + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": relations("worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": record(129)
            + dimension
            + record(145)
            + data
            + record(146)
            + record(130),
        }
        return zipped(tmp_path / name, parts)

    return writing


@pytest.fixture
def told():
    """The codes and texts of a source's remarks."""
    return lambda source: {remark.code: remark.text for remark in source.remarks}

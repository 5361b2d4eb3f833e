"""Pictures as evidence: on cells, in cells, in the wrong place, and where they cannot be told."""

from __future__ import annotations

import hashlib
import struct
import subprocess
import zipfile
import zlib
from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import load_workbook

from guiju.content import find_packs
from guiju.standard.assessment import read_form
from guiju.standard.load import load
from guiju_tools.assessment import layout as at
from guiju_tools.assessment.blank import form_book
from guiju_tools.assessment.evidence import read_files
from guiju_tools.assessment.foreign import FormMapping
from guiju_tools.assessment.pictures import pictures_of
from guiju_tools.assessment.reading import read_file, read_foreign
from guiju_tools.assessment.returned import LIST, returned_book

NO_FILES = read_files(None)
MAPPING = FormMapping("hotline-operation", "990000", "示例市", "2026-03")
FORM = read_form(find_packs(), load(find_packs(), "hotline-operation"))
TEXTS = {line.id: line.content for line in FORM.lines}
HEAD = ["序号", "评价内容", "自评结论", "佐证材料"]
MET = "met"


def png(shade):
    """A picture of 40 by 16 points in one shade."""
    rows = b"".join(b"\0" + bytes([shade]) * 40 for _ in range(16))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 40, 16, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def digest(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def drawn(tmp_path):
    """A form of others with pictures at (row, column, options), counted from 0."""

    def write(pictures, texts=("HO-001", "HO-002"), evidence="见图"):
        path = tmp_path / "有图.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("自评")
            sheet.set_default_row(40)
            sheet.write_row(0, 0, HEAD)
            for row, name in enumerate(texts, 1):
                sheet.write_row(row, 0, [row, TEXTS[name], "符合"])
                sheet.write_string(row, 3, evidence)
            for row, column, shade, options in pictures:
                sheet.insert_image(row, column, "x.png", {"image_data": BytesIO(png(shade)), **options})
        return path

    return write


def evidence(found, line):
    return [(one.name, one.sha256) for one in found.forms[0].claims.of(line).evidence]


def codes(found):
    return [item.code for item in found.problems if item.code != "GJ-D522"]


def test_a_picture_on_the_row_is_its_evidence(drawn, packs):
    found = read_foreign(drawn([(1, 3, 10, {}), (2, 3, 20, {}), (2, 0, 30, {})]), packs, NO_FILES, MAPPING)
    clause = {line.id: line.clause for line in FORM.lines}
    assert evidence(found, "HO-001") == [(f"{clause['HO-001']}-图1.png", digest(png(10)))]
    assert [one for _, one in evidence(found, "HO-002")] == [digest(png(30)), digest(png(20))]
    assert (codes(found), found.pictures) == ([], 3)
    assert found.forms[0].claims.of("HO-001").proven


def test_a_picture_over_several_rows_or_beside_the_lines_is_told(drawn, packs):
    tall, away = (1, 3, 10, {"y_scale": 5}), (9, 3, 20, {})
    found = read_foreign(drawn([tall, away]), packs, NO_FILES, MAPPING)
    assert [(item.code, item.cell) for item in found.problems if item.code != "GJ-D522"] == [
        ("GJ-D524", "D2"),
        ("GJ-D525", "D10"),
    ]
    assert [sha256 for _, sha256 in evidence(found, "HO-002") if sha256] == []


def test_the_word_for_a_picture_is_a_file_where_there_is_none(drawn, packs):
    found = read_foreign(drawn([]), packs, NO_FILES, MAPPING)
    assert [name for name, _ in evidence(found, "HO-001")] == ["见图"]


def test_the_form_that_goes_back_says_that_its_pictures_are_not_in_it(drawn, packs):
    found = read_foreign(drawn([(1, 3, 10, {}), (9, 0, 10, {})]), packs, NO_FILES, MAPPING)
    sheet = load_workbook(BytesIO(returned_book(found)))[LIST]
    assert "2张图片" in sheet["A3"].value


def test_a_picture_that_wps_keeps_in_the_cell_is_found(drawn, packs, tmp_path):
    plain, path = drawn([], evidence='=DISPIMG("ID_1F",1)'), tmp_path / "内嵌.xlsx"
    names = 'xmlns:etc="x" xmlns:xdr="d" xmlns:a="a"'
    names += ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    image = '<xdr:pic><xdr:cNvPr id="2" name="ID_1F"/><a:blip r:embed="rId1"/></xdr:pic>'
    image = f"<etc:cellImage>{image}</etc:cellImage>"
    relation = '<Relationship Id="rId1" Type="http://x/image" Target="media/image1.png"/>'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
        new.writestr("xl/cellimages.xml", f"<etc:cellImages {names}>{image}</etc:cellImages>")
        new.writestr("xl/_rels/cellimages.xml.rels", f"<Relationships>{relation}</Relationships>")
        new.writestr("xl/media/image1.png", png(70))
    found = read_foreign(path, packs, NO_FILES, MAPPING)
    assert [one for _, one in evidence(found, "HO-001")] == [digest(png(70))]
    assert (codes(found), found.forms[0].claims.of("HO-001").answer) == ([], MET)


@pytest.mark.parametrize(
    "drawing",
    [
        "",
        "<x",
        '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        "<x><twoCellAnchor><from><row>a</row></from></twoCellAnchor></x>",
    ],
)
def test_a_broken_drawing_leaves_the_form_readable(drawn, packs, tmp_path, drawing):
    plain, path = drawn([(1, 3, 10, {})]), tmp_path / "坏图.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            content = drawing.encode() if info.filename == "xl/drawings/drawing1.xml" else old.read(info)
            new.writestr(info.filename, content)
    found = read_foreign(path, packs, NO_FILES, MAPPING)
    assert found.pictures == 0
    assert found.forms[0].claims.of("HO-001").answer == MET


def test_what_is_no_archive_has_no_pictures(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    assert pictures_of(tmp_path / "x.xlsx", {"a": "xl/worksheets/sheet1.xml"}, {}) == {}


def test_pictures_put_in_by_libreoffice_are_found_whatever_it_is_saved_as(
    type_in, packs, tmp_path, filled, saved
):
    form = read_form(packs, load(packs, "service-evaluation"))
    (sheet,) = at.lay_out([form], ["SE"])
    row, line = next((row, line) for row, line in sheet.lines if line.evidence)
    book = filled(form_book([form], ["SE"]))
    book[sheet.name].cell(row, at.EVIDENCE).value = None
    book[at.SIGN].cell(at.SIGN_FIELDS[-1][1], at.SIGN_COLUMN).value = None
    (tmp_path / "图.png").write_bytes(png(90))
    places = ((sheet.name, f"J{row}"), (at.SIGN, "C8"))
    paths = {kind: tmp_path / f"填好.{kind}" for kind in ("xlsx", "ods", "xls")}
    type_in(
        {
            "open": str(saved(book, tmp_path / "填好的.xlsx")),
            "type": [],
            "pictures": [[name, cell, str(tmp_path / "图.png")] for name, cell in places],
            "save": [[str(paths["xlsx"]), "Calc MS Excel 2007 XML"]],
            "read": [],
        }
    )
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    for kind in ("ods", "xls"):  # asked for by the interface, it never ends
        command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", tmp_path, paths["xlsx"]]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    for kind in ("xlsx", "ods"):
        found = read_file(paths[kind], packs, NO_FILES)
        assert [item.sentence for item in found.problems] == []
        assert evidence(found, line.id) == [(f"{line.clause}-图1.png", digest(png(90)))]
        assert "公章" in found.forms[0].claims.signed
    old = [item.code for item in read_file(paths["xls"], packs, NO_FILES).problems]
    assert sorted(old) == ["GJ-D508", "GJ-D526"]

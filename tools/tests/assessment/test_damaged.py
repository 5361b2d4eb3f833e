"""Forms that people have taken apart, and workbooks that are none: each with what is said of it."""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from guiju.errors import GuijuError
from guiju_tools.assessment import layout as at
from guiju_tools.assessment import reading
from guiju_tools.assessment.blank import form_book
from guiju_tools.assessment.evidence import read_files
from guiju_tools.assessment.reading import read_file
from guiju_tools.assessment.returned import returned_book

NO_FILES = read_files(None)


@pytest.fixture(scope="module")
def content(form):
    return form_book([form], ["IM"])


@pytest.fixture(autouse=True)
def _this_form(monkeypatch, form):
    """The form in force is the one of the tests."""
    monkeypatch.setattr(reading, "read_form", lambda _packs, _standard: form)


def opened(book):
    """The sheet of lines, with its merged cells taken apart as people do before they move things."""
    sheet = book["自评表"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    return sheet


def hidden(book, old, new):
    """Change cells of the hidden sheet."""
    for row in book[at.HIDDEN].iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new


def over(book, row, text):
    book["自评表"].cell(row, at.CONTENT).value = text


def far_away(book):
    book["自评表"].cell(400_000, 2).value = "误按"


def two_titles(book):
    sheet = opened(book)
    sheet.insert_rows(1, 2)
    sheet["A1"] = "示例市政务服务管理局"


DAMAGES = {
    "the cover taken out": (lambda book: book.remove(book[at.COVER]), ["GJ-D511", "GJ-D512", "GJ-D513"]),
    "the signature page taken out": (lambda book: book.remove(book[at.SIGN]), ["GJ-D514"]),
    "the check taken out": (lambda book: book.remove(book[at.CHECK]), []),
    "the guide renamed": (lambda book: setattr(book[at.GUIDE], "title", "说明"), []),
    "the form taken out": (lambda book: book.remove(book["自评表"]), ["GJ-D528"]),
    "the form renamed": (lambda book: setattr(book["自评表"], "title", "示例市"), []),
    "sheets in another order": (lambda book: book.move_sheet("自评表", -2), []),
    "a sheet of somebody's own": (lambda book: book.create_sheet("草稿", 0).append([1, "符合"]), []),
    "a column put in before the conclusions": (lambda book: opened(book).insert_cols(at.ANSWER), []),
    "a column put in before the clauses": (lambda book: opened(book).insert_cols(at.BLOCK), []),
    "the scores taken out": (lambda book: opened(book).delete_cols(at.SCORE), ["GJ-D529"]),
    "the notes renamed": (
        lambda book: setattr(book["自评表"].cell(2, at.NOTE), "value", "其他"),
        ["GJ-D529"],
    ),
    "two rows put in above": (two_titles, []),
    "a row put in among the lines": (lambda book: opened(book).insert_rows(9), []),
    "three rows taken out": (lambda book: opened(book).delete_rows(4, 3), ["GJ-D515"] * 3),
    "a chapter taken out": (lambda book: opened(book).delete_rows(3, 12), ["GJ-D515"]),
    "the text of a line changed": (lambda book: over(book, 4, "另一句话。"), ["GJ-D515"]),
    "blanks and breaks put into a text": (
        lambda book: over(book, 4, f" {book['自评表'].cell(4, at.CONTENT).value}\n"),
        [],
    ),
    "a cell far away": (far_away, []),
    "the rows of the hidden sheet changed to words": (lambda book: hidden(book, 3, "甲"), []),
    "the digest of the hidden sheet changed": (
        lambda book: hidden(book, book[at.HIDDEN]["F2"].value, "0" * 64),
        ["GJ-D519"],
    ),
    "all lines empty": (
        lambda book: book["自评表"].delete_rows(3, 400),
        ["GJ-D515"],
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_was_taken_apart_is_told_or_put_together(name, content, packs, tmp_path, filled, saved, form):
    change, codes = DAMAGES[name]
    book = filled(content)
    change(book)
    found = read_file(saved(book, tmp_path / "表.xlsx"), packs, NO_FILES)
    assert [item.code for item in found.problems] == codes
    assert all(item.text and item.hint for item in found.problems)
    if not any(code in codes for code in ("GJ-D515", "GJ-D528", "GJ-D529")):
        answers = {item.line: item.answer for item in found.forms[0].claims.claims}
        assert answers == {line.id: "met" if line.role == "requirement" else "" for line in form.lines}


HIDDEN = {
    "another format": ("guiju-form/1", "guiju-form/9", "GJ-I426"),
    "a standard that there is not": ("item-management", "no-such-standard", "GJ-I303"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_sheet_that_names_nothing_known_is_refused(name, content, packs, tmp_path, filled, saved):
    old, new, code = HIDDEN[name]
    book = filled(content)
    hidden(book, old, new)
    with pytest.raises(GuijuError) as raised:
        read_file(saved(book, tmp_path / "表.xlsx"), packs, NO_FILES)
    assert raised.value.code == code


def zipped(entries):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def bomb(content):
    """The form with a sheet that unpacks to far more than it says."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    sheet = next(name for name in entries if name.endswith("sheet3.xml"))
    return zipped(
        entries | {sheet: entries[sheet].replace(b"</worksheet>", b" " * (300 << 20) + b"</worksheet>")}
    )


HOSTILE = {
    "nothing": (lambda _: b"", "GJ-I105"),
    "half a file": (lambda content: content[: len(content) // 2], "GJ-I112"),
    "one byte changed": (lambda content: content[:4000] + b"\xff" + content[4001:], "GJ-I112"),
    "a page": (lambda _: "<html><table><tr><td>符合</td></tr></table></html>".encode(), "GJ-I121"),
    "a text": (lambda _: "序号,结论\n1,符合\n".encode("gb18030"), "GJ-I121"),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n" + b"0" * 99, "GJ-I112"),
    "an archive of something else": (lambda _: zipped({"a.txt": "x"}), "GJ-I112"),
    "a bomb": (bomb, "GJ-I120"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_harms_or_is_no_workbook_is_refused(name, content, packs, tmp_path):
    make, code = HOSTILE[name]
    (tmp_path / "表.xlsx").write_bytes(make(content))
    with pytest.raises(GuijuError) as raised:
        read_file(tmp_path / "表.xlsx", packs, NO_FILES)
    assert raised.value.code == code


def test_a_sheet_far_too_wide_is_refused(packs, tmp_path, saved):
    book = Workbook()
    for row in range(1, 2101):
        book.active.cell(row, 1).value = book.active.cell(row, 1000).value = 1
    with pytest.raises(GuijuError) as raised:
        read_file(saved(book, tmp_path / "表.xlsx"), packs, NO_FILES)
    assert raised.value.code == "GJ-I421"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x.invalid")', "+1", "-1", "@x", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_goes_back_as_the_text_that_it_is(
    text, content, packs, tmp_path, filled, saved
):
    book = filled(content, {"IM-001": {at.ANSWER: None}})
    cells = [book["自评表"]["K3"], book[at.COVER]["C6"]]
    for cell in cells:
        cell.value, cell.data_type = text, "s"
    path = saved(book, tmp_path / "表.xlsm")
    found = read_file(path, packs, NO_FILES)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        back = load_workbook(BytesIO(returned_book(found)))
    for cell in (back["自评表"]["K3"], back[at.COVER]["C6"]):
        assert (cell.value, cell.data_type) == (text, "s")

"""Filled forms of ours read back: exactly what was typed, and every fault by its cell."""

from __future__ import annotations

import random
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from guiju.errors import InputError
from guiju_tools.assessment import layout as at
from guiju_tools.assessment import reading
from guiju_tools.assessment.blank import form_book
from guiju_tools.assessment.evidence import read_files
from guiju_tools.assessment.reading import read_file
from guiju_tools.assessment.returned import LIST, returned_book

NO_FILES = read_files(None)


@pytest.fixture(scope="module")
def content(form):
    return form_book([form], ["IM"])


@pytest.fixture(autouse=True)
def _this_form(monkeypatch, form):
    """The form in force is the one of the tests."""
    monkeypatch.setattr(reading, "read_form", lambda _packs, _standard: form)


@pytest.fixture
def read(content, tmp_path, packs, filled, saved):
    """Reads the form with changed cells; `front` are cells of the cover."""

    def call(cells=None, front=None, files=NO_FILES):
        book = filled(content, cells)
        for row, value in (front or {}).items():
            book[at.COVER].cell(row, at.COVER_COLUMN).value = value
        return read_file(saved(book, tmp_path / "自评表.xlsx"), packs, files)

    return call


def told(found):
    return [(item.code, item.level, item.sheet, item.cell) for item in found.problems]


def row_of(form, line):
    (sheet,) = at.lay_out([form], ["IM"])
    return next(row for row, one in sheet.lines if one.id == line)


def test_a_form_filled_in_rightly_has_no_problems(read, form, cover):
    found = read()
    assert (told(found), found.usable) == ([], True)
    claims = found.forms[0].claims
    assert (claims.organisation, claims.region, claims.period) == tuple(cover.values())
    assert claims.signed == ("填表人", "审核人", "负责人", "日期", "公章")
    assert [item.line for item in claims.claims] == [line.id for line in form.lines]
    first = claims.of("IM-001")
    assert (first.answer, first.score, [one.name for one in first.evidence]) == (
        "met",
        "3",
        ["4.1.1-1-材料.pdf"],
    )
    assert "签" not in str([item.note for item in claims.claims])


FAULTS = [
    ({at.ANSWER: None}, "GJ-D503", "mend", "H"),
    ({at.ANSWER: "基本符合"}, "GJ-D502", "mend", "H"),
    ({at.ANSWER: "√"}, "GJ-D502", "mend", "H"),
    ({at.ANSWER: 1}, "GJ-D502", "mend", "H"),
    ({at.SCORE: None}, "GJ-D507", "mend", "I"),
    ({at.SCORE: "/"}, "GJ-D507", "mend", "I"),
    ({at.SCORE: "三分"}, "GJ-D504", "mend", "I"),
    ({at.SCORE: "2-3"}, "GJ-D504", "mend", "I"),
    ({at.SCORE: "1.234"}, "GJ-D504", "mend", "I"),
    ({at.SCORE: "#N/A"}, "GJ-D504", "mend", "I"),
    ({at.SCORE: "=1+1"}, "GJ-D527", "mend", "I"),
    ({at.SCORE: True}, "GJ-D504", "mend", "I"),
    ({at.SCORE: 3.01}, "GJ-D505", "mend", "I"),
    ({at.SCORE: -0.5}, "GJ-D505", "mend", "I"),
    ({at.SCORE: 100}, "GJ-D505", "mend", "I"),
    ({at.EVIDENCE: None}, "GJ-D508", "mend", "J"),
    ({at.EVIDENCE: "无"}, "GJ-D508", "mend", "J"),
    ({at.SCORE: 2}, "GJ-D509", "ask", "I"),
    ({at.ANSWER: "不符合", at.EVIDENCE: None}, "GJ-D509", "ask", "I"),
    ({at.ANSWER: "不适用", at.EVIDENCE: None}, "GJ-D506", "ask", "I"),
    ({at.ANSWER: "不涉及", at.SCORE: None, at.EVIDENCE: None}, "GJ-D501", "ask", "H"),
    ({at.EVIDENCE: "材料.pdf"}, "GJ-D517", "ask", "J"),
    ({at.EVIDENCE: "4.1.2-1-材料.pdf"}, "GJ-D517", "ask", "J"),
    ({at.NOTE: "联系 11010519491231002X"}, "GJ-D510", "mend", "K"),
]


@pytest.mark.parametrize(("cells", "code", "level", "column"), FAULTS)
def test_each_fault_is_told_at_its_cell(read, form, cells, code, level, column):
    found = read({"IM-001": cells})
    assert told(found) == [(code, level, "自评表", f"{column}{row_of(form, 'IM-001')}")]
    assert found.usable == (level == "ask")


@pytest.mark.parametrize(
    ("row", "value", "code"),
    [
        (6, None, "GJ-D511"),
        (7, "9900", "GJ-D512"),
        (7, "示例市", "GJ-D512"),
        (8, "2026年3月", "GJ-D513"),
        (8, None, "GJ-D513"),
    ],
)
def test_the_cover_is_checked(read, row, value, code):
    assert told(read(front={row: value})) == [(code, "mend", at.COVER, f"C{row}")]


@pytest.mark.parametrize(
    ("line", "value", "code"),
    [
        ("IM-X01", 2.5, "GJ-D505"),
        ("IM-X01", -1, "GJ-D505"),
        ("IM-D01", 1, "GJ-D505"),
        ("IM-D01", -6, "GJ-D505"),
    ],
)
def test_bonuses_and_deductions_have_their_bounds(read, line, value, code):
    assert [item.code for item in read({line: {at.SCORE: value}}).problems] == [code]


def test_full_width_and_units_are_understood(read):
    claims = (
        read({"IM-001": {at.ANSWER: " 符合 ", at.SCORE: "３分"}, "IM-002": {at.SCORE: "2.00"}})
        .forms[0]
        .claims
    )
    assert (claims.of("IM-001").score, claims.of("IM-002").score) == ("3", "2")


def test_evidence_is_found_in_an_archive_with_its_digest(read, tmp_path):
    path = tmp_path / "佐证.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("材料/4.1.1-1-材料.pdf", b"one")
        archive.writestr("别的.pdf", b"two")
    found = read({"IM-002": {at.EVIDENCE: "4.1.2-1-少了.pdf"}}, files=read_files(path))
    assert [item.code for item in found.problems] == ["GJ-D518", "GJ-D516"]
    claims = found.forms[0].claims
    assert claims.of("IM-001").proven
    assert not claims.of("IM-002").proven


def test_an_old_form_comes_back_as_the_one_in_force_with_what_is_the_same(
    content, tmp_path, packs, form, monkeypatch, filled, saved, cover
):
    path = saved(filled(content, {"IM-001": {at.NOTE: "保留"}}), tmp_path / "旧表.xlsx")
    changed = replace(form.blocks[0].groups[0].lines[1], content="另一句话")
    group = replace(form.blocks[0].groups[0], lines=(form.blocks[0].groups[0].lines[0], changed))
    newer = replace(form, version="3", digest="0" * 64, blocks=(replace(form.blocks[0], groups=(group,)),))
    monkeypatch.setattr(reading, "read_form", lambda _packs, _standard: newer)
    found = read_file(path, packs, NO_FILES)
    assert not found.usable
    assert [item.code for item in found.problems if item.level == "mend"] == ["GJ-D519"]
    back = load_workbook(BytesIO(returned_book(found)))
    sheet = back["自评表"]
    assert (sheet["H3"].value, sheet["I3"].value, sheet["K3"].value) == ("符合", 3, "保留")
    assert (sheet["H4"].value, sheet["E4"].value) == (None, "另一句话")
    assert back[at.COVER]["C6"].value == cover["organisation"]


def test_rows_that_were_moved_are_found_and_a_deleted_one_is_told(
    content, tmp_path, packs, form, filled, saved
):
    book = filled(content)
    sheet = book["自评表"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.delete_rows(row_of(form, "IM-002"))
    found = read_file(saved(book, tmp_path / "少一行.xlsx"), packs, NO_FILES)
    assert [item.code for item in found.problems] == ["GJ-D515"]
    assert "4.1.2" in found.problems[0].text
    assert found.forms[0].claims.of("IM-003").score == "2"


def test_the_workbook_that_goes_back_can_be_mended_and_read_again(read, tmp_path, packs, form, saved):
    found = read({"IM-001": {at.SCORE: 9}, "IM-002": {at.ANSWER: None}})
    back = load_workbook(BytesIO(returned_book(found)))
    assert back.sheetnames[0] == LIST
    sheet = back["自评表"]
    row = row_of(form, "IM-001")
    assert "超出范围" in sheet.cell(row, at.SCORE).comment.text
    sheet.cell(row, at.SCORE).value, sheet.cell(row + 1, at.ANSWER).value = 3, "部分符合"
    again = read_file(saved(back, tmp_path / "改好.xlsx"), packs, NO_FILES)
    assert again.usable
    assert again.forms[0].claims.of("IM-002").answer == "partly"
    assert load_workbook(BytesIO(returned_book(again)))["自评表"].cell(row, at.SCORE).comment is None


def test_another_workbook_is_refused(tmp_path, packs, content, saved):
    book = load_workbook(BytesIO(content))
    del book[at.HIDDEN]
    with pytest.raises(InputError) as raised:
        read_file(saved(book, tmp_path / "别的.xlsx"), packs, NO_FILES)
    assert raised.value.code == "GJ-I426"


@pytest.mark.parametrize(
    ("name", "code"), [("表.et", "GJ-I420"), ("表.pdf", "GJ-I420"), ("没有.xlsx", "GJ-I422")]
)
def test_what_is_no_workbook_is_refused(tmp_path, packs, name, code):
    if name != "没有.xlsx":
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(InputError) as raised:
        read_file(tmp_path / name, packs, NO_FILES)
    assert raised.value.code == code


ANSWERS = {"符合": "met", "部分符合": "partly", "不符合": "not-met", "不适用": "not-applicable"}


@pytest.mark.parametrize("seed", range(8))
def test_random_fills_come_back_exactly(seed, content, tmp_path, packs, form, filled, saved):
    chance = random.Random(seed)  # noqa: S311 - fills, not secrets
    cells, wanted = {}, {}
    for line in form.lines:
        if line.role != "requirement":
            continue
        word = chance.choice(sorted(ANSWERS))
        score = None if word == "不适用" else chance.randrange(int(float(line.points) * 100) + 1) / 100
        note = "".join(
            chance.choices("整改中已完成（见附件）=+-@'\"<>&\n ，。0123456789𠮷é", k=chance.randrange(20))
        )
        cells[line.id] = {at.ANSWER: word, at.SCORE: score, at.NOTE: f"注{note}"}
        wanted[line.id] = (ANSWERS[word], score, f"注{note}".strip())
    found = read_file(saved(filled(content, cells), tmp_path / "随机.xlsx"), packs, NO_FILES)
    got = {
        item.line: (item.answer, float(item.score) if item.score else None, item.note)
        for item in found.forms[0].claims.claims
        if item.line in wanted
    }
    assert got == wanted

"""The workbook of a form: what may be filled in, what its formulas say, and how it opens elsewhere."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import pytest
from openpyxl import load_workbook

from guiju.result.claims import Claim, Claims
from guiju.run.scoring import score
from guiju_tools.assessment import layout as at
from guiju_tools.assessment.blank import form_book
from guiju_tools.assessment.check_sheet import (
    NO_EVIDENCE,
    NOT_A_NUMBER,
    NOT_AN_ANSWER,
    NOT_READY,
    OUTSIDE,
    READY,
    UNANSWERED,
    UNSCORED,
    VERDICT_CELL,
)

SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def content(form):
    return form_book([form], ["IM"])


@pytest.fixture
def book(content):
    return load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def rows(form):
    (sheet,) = at.lay_out([form], ["IM"])
    return {line.id: number for number, line in sheet.lines}


def calculated(book, tmp_path):
    """The workbook as LibreOffice calculates it."""
    if SOFFICE is None:
        pytest.skip("没有 LibreOffice，公式无从计算")
    book.save(tmp_path / "form.xlsx")
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [SOFFICE, home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, tmp_path / "out", tmp_path / "form.xlsx"], check=True, capture_output=True)
    return load_workbook(tmp_path / "out" / "form.xlsx", data_only=True)


def answered(book, rows):
    """All lines answered, the cover filled in."""
    for _, _, row in at.COVER_FIELDS:
        book[at.COVER].cell(row, at.COVER_COLUMN).value = "990000"
    sheet = book["自评表"]
    for name, row in rows.items():
        if name[3] in "XD":
            continue
        sheet.cell(row, at.ANSWER).value = "符合"
        sheet.cell(row, at.SCORE).value = sheet.cell(row, at.POINTS).value
    sheet.cell(rows["IM-001"], at.EVIDENCE).value = "4.1.1-1-编码清单.xlsx"
    return book


def test_only_what_is_to_be_filled_in_is_open(book, rows):
    sheet = book["自评表"]
    opened = {
        (cell.row, cell.column) for line in sheet.iter_rows() for cell in line if not cell.protection.locked
    }
    assert opened == {(row, column) for row in rows.values() for column in at.TO_FILL}
    assert all(book[name].protection.sheet for name in book.sheetnames if name != at.HIDDEN)
    assert book[at.HIDDEN].sheet_state == "veryHidden"


def test_each_line_has_its_own_bounds(book, rows):
    checks = {
        cell: rule for rule in book["自评表"].data_validations.dataValidation for cell in rule.cells.ranges
    }
    kinds = {rule.type for rule in checks.values()}
    assert kinds == {"list", "decimal"}
    lost = next(
        rule for cell, rule in checks.items() if cell.min_row == rows["IM-D01"] and rule.type == "decimal"
    )
    assert lost.formula1 == f"MIN(0,$F{rows['IM-D01']})"
    assert book["自评表"].cell(rows["IM-D01"], at.POINTS).value == -5


def test_the_hidden_sheet_knows_the_form_and_every_line(book, form, rows):
    lines = list(book[at.HIDDEN].iter_rows(values_only=True))
    assert lines[0][0] == at.FORMAT
    assert lines[1][:6] == ("form", "自评表", form.standard, form.standard_version, "2", form.digest)
    assert {line[2]: line[3] for line in lines[2:]} == rows


def test_an_empty_form_cannot_be_handed_in(book, tmp_path, rows):
    check = calculated(book, tmp_path)[at.CHECK]
    assert check[VERDICT_CELL].value == NOT_READY
    counts = {check.cell(row, 1).value: check.cell(row, 2).value for row in range(5, 12)}
    assert counts[UNANSWERED] == sum(name[3] not in "XD" for name in rows)
    assert counts["封面没有填全"] == 3


def test_a_filled_form_can_be_handed_in_and_adds_up(book, tmp_path, rows, form):
    out = calculated(answered(book, rows), tmp_path)
    assert out[at.CHECK][VERDICT_CELL].value == READY
    (laid,) = at.lay_out([form], ["IM"])
    sums = [(row.block, row.number) for row in laid.rows if row.kind == "subtotal"]
    sheet = out["自评表"]
    assert float(sheet.cell(sums[0][1], at.SCORE).value) == 20  # the cap of the first chapter, not 24
    assert float(sheet.cell(sums[-1][1], at.SCORE).value) == float(sums[-1][0].most)
    total = next(row.number for row in laid.rows if row.kind == "total")
    assert sheet.cell(total, at.SCORE).value == sum(sheet.cell(row, at.SCORE).value for _, row in sums)


def test_the_share_in_the_sheet_is_the_one_that_is_reckoned(standard_form, tmp_path, packs, filled, saved):
    for scoring, weights in (("leaves-base", True), ("leaves-base", False), ("full", True)):
        form = standard_form(scoring, weights)
        out = {at.ANSWER: "不适用", at.SCORE: None, at.EVIDENCE: None}
        cells = {"IM-002": out, "IM-040": out, "IM-001": {at.SCORE: 1.5}, "IM-D01": {at.SCORE: -0.5}}
        cells |= {line.id: out for line in form.blocks[-2].lines}
        book = filled(form_book([form], ["IM"]), cells)
        sheet = calculated(book, tmp_path)["自评表"]
        claims = tuple(
            Claim(line.id, "", _answer(sheet, row), _score(sheet, row))
            for row, line in at.lay_out([form], ["IM"])[0].lines
        )
        told = Claims("item-management", "", "", "", "", "", "", (), (), claims)
        shown = sheet.cell(sheet.max_row, at.SCORE).value
        assert shown == pytest.approx(float(score(form, told).share))


def _answer(sheet, row):
    return "not-applicable" if sheet.cell(row, at.ANSWER).value == "不适用" else "met"


def _score(sheet, row):
    value = sheet.cell(row, at.SCORE).value
    return "" if value is None else str(value)


def test_each_fault_is_named_at_its_line_and_holds_the_form_back(book, tmp_path, rows):
    faults = {
        "IM-001": (at.EVIDENCE, None, NO_EVIDENCE),
        "IM-002": (at.SCORE, None, UNSCORED),
        "IM-003": (at.SCORE, "3分", NOT_A_NUMBER),
        "IM-004": (at.SCORE, 3.5, OUTSIDE),
        "IM-005": (at.SCORE, -1, OUTSIDE),
        "IM-006": (at.ANSWER, "基本符合", NOT_AN_ANSWER),
        "IM-D01": (at.SCORE, 1, OUTSIDE),
        "IM-X01": (at.SCORE, 2.5, OUTSIDE),
    }
    sheet = answered(book, rows)["自评表"]
    for name, (column, value, _) in faults.items():
        sheet.cell(rows[name], column).value = value
    check = calculated(book, tmp_path)[at.CHECK]
    assert check[VERDICT_CELL].value == NOT_READY
    head = next(row[0].row for row in check.iter_rows() if row[4].value == "检查结果")
    order = sorted(rows, key=lambda name: rows[name])
    found = {
        name: row[4]
        for name, row in zip(order, check.iter_rows(min_row=head + 1, values_only=True), strict=True)
        if row[4]
    }
    assert found == {name: problem for name, (_, _, problem) in faults.items()}

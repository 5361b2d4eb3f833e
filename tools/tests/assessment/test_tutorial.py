"""The page that takes a region from the blank form to the matrix: every command on it is run in order."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from guiju.result.claims import AGREEMENT_TITLES
from guiju.run.conclude import BY_CLAIM
from guiju_tools.assessment import layout as at
from guiju_tools.cli.app import app

PAGE = Path(__file__).parents[3] / "docs" / "tutorial-self-assessment.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FORM, PROVEN = Path("表/自评表.xlsx"), "5.1.3-1-分领域核对记录.xlsx"
CODES = {"import 表/自评表.xlsx": 2, "run": 1}
"""What ends with another code than 0: the form that is not whole, and data with faults."""

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="文档只在源码旁边")


def blocks():
    """Each command of the page, and the lines that it is said to print."""
    told: list[tuple[str, list[str]]] = []
    for kind, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "sh":
            told += [(line.removeprefix(".venv/bin/guiju "), []) for line in text.splitlines()]
        else:
            told[-1][1].extend(text.splitlines())
    return told


def fill(filled, chapter):
    """What the page says is done by hand: the cover, and one chapter (empty: all of them)."""
    whole = filled(
        FORM.read_bytes(), {"IM-056": {at.EVIDENCE: PROVEN}, "IM-001": {at.ANSWER: "不符合", at.SCORE: 0}}
    )
    sheet = whole["自评表"]
    for row in range(at.HEAD_ROW + 1, sheet.max_row + 1):
        if not str(sheet.cell(row, at.CLAUSE).value or chapter).startswith(chapter):
            for column in at.TO_FILL:
                sheet.cell(row, column).value = None
    for _, row in at.SIGN_FIELDS:
        whole[at.SIGN].cell(row, at.SIGN_COLUMN).value = None
    buffer = BytesIO()
    whole.save(buffer)
    FORM.write_bytes(buffer.getvalue())


@pytest.fixture(scope="module")
def walked(tmp_path_factory, filled):
    """The page walked through in a folder of its own: what each command said, and the folder."""
    folder = tmp_path_factory.mktemp("自评")
    said: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for command, _ in blocks():
            if command == "import 表/自评表.xlsx":
                fill(filled, "4.")
            elif command.startswith("import"):
                fill(filled, "")
                Path("佐证").mkdir()
                Path("佐证", PROVEN).write_bytes(b"x")
            done = CliRunner().invoke(app, shlex.split(command))
            assert done.exit_code == CODES.get(command, CODES.get(command.split()[0], 0)), (
                command,
                done.output,
            )
            said[command] = done.output
    return folder, said


def test_the_page_has_the_whole_way(walked):
    assert [command.split()[0] for command, _ in blocks()] == [
        "sample",
        "template",
        "import",
        "import",
        "run",
    ]


@pytest.mark.parametrize(("command", "line"), [(one, line) for one, lines in blocks() for line in lines])
def test_what_the_page_shows_is_what_is_printed(walked, command, line):
    assert line in walked[1][command].splitlines()


def test_the_form_comes_back_before_there_are_claims(walked):
    folder, said = walked
    book = load_workbook(folder / "自评" / "退回-自评表.xlsx")
    assert book.sheetnames[0] == "退回意见"
    assert "自评结论：" not in said["import 表/自评表.xlsx"]


def test_claims_and_measurements_stand_side_by_side(walked):
    folder, _ = walked
    result = json.loads((folder / "结果" / "内部" / "result.json").read_text(encoding="utf-8"))
    counts = Counter(item["claim"]["agreement"] for item in result["requirements"] if item["claim"])
    assert counts["claimed-more"] > 5
    assert counts["claimed-less"] == 1
    assert counts["unproven"] > 0
    proven = next(item for item in result["requirements"] if item["id"] == "IM-056")
    assert (proven["outcome"], proven["claim"]["found"]) == ("passed", 1)
    page = (folder / "结果" / "内部" / "report.html").read_text(encoding="utf-8")
    assert all(
        f"{title} <b>{counts[word]}</b> 条" in page
        for word, title in AGREEMENT_TITLES.items()
        if counts[word]
    )
    both = [item for item in result["requirements"] if item["claim"] and item["method"] not in BY_CLAIM]
    odd = sum((item["claim"]["answer"], item["outcome"]) == ("met", "failed") for item in both)
    sheet = load_workbook(folder / "结果" / "内部" / "findings.xlsx")["自评对照"]
    assert ("自评符合", odd) in [(row[3], row[5]) for row in sheet.iter_rows(max_row=9, values_only=True)]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("IM-")]
    assert len(rows) == sum(counts.values())
    assert rows[0][-1] == "自评符合而实测不符合"

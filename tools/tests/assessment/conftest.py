"""Forms of standards, small and whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from guiju.content import find_packs
from guiju.standard.assessment import make_form
from guiju.standard.load import load
from guiju_tools.assessment import layout as at

PYTHON = "/usr/bin/python3"  # the one that Debian's python3-uno is for
SCRIPT = Path(__file__).with_name("office_typing.py")
SCORING = {
    "points": {"shall": "2", "should": "1", "may": "0"},
    "not-applicable": "leaves-base",
    "basis": "proposal",
    "pass-share": "0.8",
    "source": [{"document": "起草组建议", "at": "", "mark": "seen"}],
}
WRITTEN = {
    "title": "示例自评表",
    "version": "2",
    "scoring": SCORING,
    "blocks": [{"clause": "4", "most": "20"}],
    "lines": [{"requirement": "IM-001", "points": "3", "evidence": ["编码清单"]}],
    "adjustments": [
        {
            "id": "IM-X01",
            "clause": "4",
            "kind": "bonus",
            "content": "自行开发了核对工具",
            "points": "2",
            "criteria": "有的加2分",
        },
        {
            "id": "IM-D01",
            "clause": "8",
            "kind": "deduction",
            "content": "公布的清单有误",
            "points": "5",
            "criteria": "一处扣1分",
        },
    ],
}


@pytest.fixture(scope="session")
def packs():
    return find_packs()


@pytest.fixture(scope="session")
def form(packs):
    """The form of item management with evidence, a bonus and a deduction."""
    return make_form(load(packs, "item-management"), WRITTEN, "self-assessment.yaml")


@pytest.fixture(scope="session")
def standard_form(packs):
    """Makes the form with another rule for 不适用, and with or without weights of the chapters."""

    def make(not_applicable, weighted):
        weights = {"4": "10", "5": "20", "6": "40", "7": "10", "8": "20"} if weighted else {"4": ""}
        blocks = [{"clause": clause, **({"weight": one} if one else {})} for clause, one in weights.items()]
        written = {**WRITTEN, "scoring": {**SCORING, "not-applicable": not_applicable}, "blocks": blocks}
        return make_form(load(packs, "item-management"), written, "self-assessment.yaml")

    return make


COVER = {"organisation": "示例市政务服务管理局", "region": "990000", "period": "2026-03"}


def _filled(content: bytes, cells: Mapping[str, Mapping[int, Any]] | None = None) -> Workbook:
    """All lines answered 符合 with full points; `cells` are changed by line id."""
    book = load_workbook(BytesIO(content))
    for name, _, row in at.COVER_FIELDS:
        book[at.COVER].cell(row, at.COVER_COLUMN).value = COVER[name]
    for label, row in at.SIGN_FIELDS:
        book[at.SIGN].cell(row, at.SIGN_COLUMN).value = f"（{label}已签）"
    for kind, name, line, row, points in _lines(book):
        if kind == "line" and line[3] not in "XD":
            sheet = book[name]
            sheet.cell(row, at.ANSWER).value = "符合"
            sheet.cell(row, at.SCORE).value = float(points)
            if "佐证：" in str(sheet.cell(row, at.CRITERIA).value):
                sheet.cell(row, at.EVIDENCE).value = f"{sheet.cell(row, at.CLAUSE).value}-1-材料.pdf"
    places = {line: (name, row) for kind, name, line, row, _ in _lines(book) if kind == "line"}
    for line, values in (cells or {}).items():
        name, row = places[line]
        for column, value in values.items():
            book[name].cell(row, column).value = value
    return book


def _lines(book: Workbook) -> list[tuple[Any, ...]]:
    """The rows of the hidden sheet below its first."""
    return [row[:5] for row in book[at.HIDDEN].iter_rows(min_row=2, values_only=True)]


def _saved(book: Workbook, path: Path) -> Path:
    """The workbook as a file."""
    book.save(path)
    return path


@pytest.fixture(scope="session")
def cover():
    """What stands on the cover of a filled form."""
    return COVER


@pytest.fixture(scope="session")
def filled():
    """Fills in a blank form's bytes by program, cell by cell."""
    return _filled


@pytest.fixture(scope="session")
def saved():
    """Saves a workbook and gives its path."""
    return _saved


@pytest.fixture(scope="session")
def type_in(tmp_path_factory):
    """Does one job in LibreOffice (see `office_typing.py`); skips where it cannot be done."""
    if shutil.which("soffice") is None:
        pytest.skip("没有 LibreOffice（soffice），不能填报")
    plain = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    looked = subprocess.run([PYTHON, "-c", "import uno"], env=plain, capture_output=True, check=False)
    if looked.returncode:
        pytest.skip("没有 python3-uno，不能在 LibreOffice 里填报")
    profile = tmp_path_factory.mktemp("office")

    def run(job):
        command = [PYTHON, str(SCRIPT), str(profile), f"guiju{os.getpid()}"]
        done = subprocess.run(
            command,
            env=plain,
            input=json.dumps(job),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run

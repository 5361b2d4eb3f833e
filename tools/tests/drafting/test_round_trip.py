"""Out and back: without a change not one byte differs; random edits come back exactly, and only they."""

from __future__ import annotations

import copy
import random

import pytest
from openpyxl import load_workbook

from guiju.content import find_packs
from guiju_tools.drafting import headings as h
from guiju_tools.drafting import sheets as s
from guiju_tools.drafting.applying import Applying
from guiju_tools.drafting.importing import compared
from guiju_tools.drafting.lexicon import Lexicon
from guiju_tools.drafting.read_book import read_book
from guiju_tools.drafting.stage import staged
from guiju_tools.drafting.tables import JOINT, tables_of

NAMES = [name for pack in find_packs() for name in pack.standard_ids()]


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_without_changes_changes_not_one_byte(shipped, tmp_path, make_desk, name):
    desk = make_desk(tmp_path, shipped, name)
    before = desk.files()
    desk.export()
    assert desk.take().said == ()
    assert desk.files() == before


def test_the_same_standard_gives_the_same_workbook(desk):
    before = desk.book.read_bytes()
    assert desk.export().read_bytes() == before


def test_a_workbook_saved_by_libreoffice_comes_back(desk, make_desk, office, tmp_path):
    before = desk.files()
    out = tmp_path / "office"
    out.mkdir()
    office(desk.book, out)
    saved = make_desk(out, desk.pack)
    assert saved.take().said == ()
    assert desk.files() == before


def test_edits_survive_libreoffice(desk, make_desk, office, tmp_path):
    text = "工单编号应唯一，=1+1 与 007 都是文字。"
    desk.edit(desk.typed(h.REQUIREMENTS, "TS-001", h.TEXT, text))
    out = tmp_path / "office"
    out.mkdir()
    office(desk.book, out)
    saved = make_desk(out, desk.pack)
    assert saved.take().said == (f"要求 TS-001 要求：工单编号应唯一。 → {text}",)
    assert f"text: {text}\n" in desk.read("standards/ticket-service/requirements/01-ticket.yaml")


FREE = {
    h.REQUIREMENTS: (h.TEXT, h.REMEDY, "来源1", "来源1的位置", h.KEY, h.MODALITY, h.BASIS, h.TOLERANCE),
    h.CLAUSES: (s.TITLE,),
    h.DOCUMENTS: (s.PAPER_TITLE, s.PAPER_MARK),
    h.PARAMETERS: (s.PARAMETER_TITLE, s.VALUE, s.UNIT),
    h.CODES: (s.LABEL, s.DESCRIPTION, s.OWNER),
}
CHOSEN = {
    h.KEY: [None, "是"],
    h.MODALITY: list(h.MODALITIES.values()),
    h.BASIS: list(h.BASES.values()),
    s.PAPER_MARK: list(h.MARKS.values()),
    h.TOLERANCE: [None, "0.05", "1"],
}
MAY_BE_BLANK = ("来源1的位置", s.TITLE, s.VALUE, s.UNIT, s.DESCRIPTION, s.OWNER)
TEXTS = (
    *(
        "应: 好",
        "# 号",
        "- 项",
        "6.10",
        "no",
        "=1+1",
        "'引'",
        '"引"',
        "a,b",
        "甲\n乙",
        "~",
        "{x}",
        "％",
        "007",
    ),
    *(
        "&amp;",
        "<b>",
        "_x0041_",
        "@here",
        "a\tb",
        "𠀀",
        "「」",
        "0x1F",
        "1e3",
        "2026-01-01",
        "true",
        "\\n",
        "?",
        "|",
    ),
)
"""Texts that a reader of YAML, CSV or XML could take for something else."""


@pytest.fixture(scope="module")
def ready(tmp_path_factory, make_desk):
    desk = make_desk(tmp_path_factory.mktemp("random"))
    desk.export()
    return desk, desk.load()


def edits(chance, tables):
    """A few cells with other texts, none of them the one that is there."""
    found = {}
    for _ in range(chance.randint(1, 8)):
        sheet = chance.choice(list(FREE))
        key = chance.choice(list(tables[sheet]))
        heading = chance.choice(FREE[sheet])
        drawn = "".join(chance.choice(TEXTS) for _ in range(chance.randint(1, 3)))
        blank = heading in MAY_BE_BLANK and chance.random() < 0.2
        found[sheet, key, heading] = chance.choice(CHOSEN.get(heading, [None if blank else drawn]))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_random_edits_come_back_exactly(ready, seed):
    desk, standard = ready
    tables = tables_of(standard, desk.pack)
    drawn = edits(random.Random(seed), tables)  # noqa: S311 - no secret
    path = desk.book.with_name("edited.xlsx")
    book = load_workbook(desk.book)
    wanted = copy.deepcopy({name: dict(rows) for name, rows in tables.items()})
    for (sheet, key, heading), text in drawn.items():
        desk.typed(sheet, tuple(key.split(JOINT, 1)) if sheet == h.CODES else key, heading, text)(book)
        row = {**wanted[sheet][key], heading: text}
        wanted[sheet][key] = {name: one for name, one in row.items() if one}
    book.save(path)
    found, checks = carried_out(desk, standard, path)
    assert without_checks(found) == without_checks(wanted)
    assert checks == [item["check"] for item in standard.document["requirements"]]


def without_checks(tables):
    """The tables without the cells that show titles and labels which other cells may change."""
    rows = {
        key: {name: text for name, text in row.items() if name not in h.CHECK_HEADINGS}
        for key, row in tables[h.REQUIREMENTS].items()
    }
    return {**tables, h.REQUIREMENTS: rows}


def carried_out(desk, standard, path):
    """The tables and checks of the files after the workbook was carried out, lint left aside."""
    returned, lexicon = read_book(path), Lexicon(standard)
    tables = tables_of(standard, desk.pack)
    found = compared(lexicon, returned, tables)
    with staged(desk.pack, desk.standard, desk.packs) as stage:
        Applying(stage, lexicon, tables, found, returned.base).apply("", "", renew=False)
        assert [*returned.faults, *found.faults, *found.conflicts] == []
        made = stage.standard()
        checks = [item["check"] for item in made.document["requirements"]]
        return {name: dict(rows) for name, rows in tables_of(made, stage.copy).items()}, checks

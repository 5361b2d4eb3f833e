"""Forms typed into LibreOffice and read back: exactly what was typed, whatever they were saved as."""

from __future__ import annotations

import random

import pytest

from guiju.content import find_packs
from guiju.standard.assessment import read_form
from guiju.standard.load import load
from guiju_tools.assessment import layout as at
from guiju_tools.assessment.blank import form_book
from guiju_tools.assessment.check_sheet import NOT_READY, PROBLEMS, READY, VERDICT_CELL
from guiju_tools.assessment.evidence import read_files
from guiju_tools.assessment.grid import place_of, read_grids
from guiju_tools.assessment.reading import read_file

FORMATS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}
STANDARDS = sorted(name for pack in find_packs() for name in pack.standard_ids())
NO_FILES = read_files(None)
WORDS = {"符合": "met", "部分符合": "partly", "不符合": "not-met", "不适用": "not-applicable"}
NOTES = (
    "",
    "已整改，2026年3月底前完成",
    "=1+1",
    "001",
    "2026-03-01",
    "1/2",
    "50%",
    "1E5",
    "+8",
    "@甲",
    "'带引号",
    "第一行\n第二行",
    "TRUE",
    "< & > 𠮷",
    "长" * 400,
)


def laid_out(names):
    """The workbook of these standards' forms, and its sheets."""
    packs = find_packs()
    standards = [load(packs, name) for name in names]
    forms = [read_form(packs, item) for item in standards]
    prefixes = [item.prefix for item in standards]
    return form_book(forms, prefixes), at.lay_out(forms, prefixes)


def front(cover):
    """The keys pressed on the cover and on the page of signatures."""
    places = [place_of(row, at.COVER_COLUMN) for _, _, row in at.COVER_FIELDS]
    told = [[at.COVER, place, text] for place, text in zip(places, cover.values(), strict=True)]
    return told + [[at.SIGN, place_of(row, at.SIGN_COLUMN), f"（{label}）"] for label, row in at.SIGN_FIELDS]


def chosen(line, chance):
    """What somebody types in one line: five texts."""
    if line.role != "requirement":
        low, high = line.bounds
        return ["", f"{high or low}", "", chance.choice(NOTES), ""]
    word = chance.choice(sorted(WORDS))
    score = "" if word == "不适用" else f"{chance.randrange(int(float(line.points) * 100) + 1) / 100:g}"
    several = "；".join(f"{line.clause}-{number}-材料.pdf" for number in range(1, chance.randrange(1, 4)))
    evidence = several or (f"{line.clause}-1-材料.pdf" if line.evidence else "")
    return [word, score, evidence, chance.choice(NOTES), chance.choice(NOTES)]


def typed_in(sheets, chance):
    """The keys of all lines, and what must be read back by sheet and line."""
    keys, wanted = [], {}
    for sheet in sheets:
        for row, line in sheet.lines:
            texts = chosen(line, chance)
            wanted[sheet.name, line.id] = texts
            places = [place_of(row, column) for column in at.TO_FILL]
            keys += [[sheet.name, *one] for one in zip(places, texts, strict=True) if one[1]]
    return keys, wanted


def claimed(found):
    """What was read, in the words that were typed."""
    titles = {answer: word for word, answer in WORDS.items()} | {"": ""}
    return {
        (form.sheet, item.line): [
            titles[item.answer],
            item.score,
            "；".join(one.name for one in item.evidence),
            item.note,
            item.opinion,
        ]
        for form in found.forms
        for item in form.claims.claims
    }


@pytest.mark.parametrize("names", [*([name] for name in STANDARDS), STANDARDS], ids="+".join)
def test_what_is_typed_comes_back_whatever_it_is_saved_as(type_in, names, tmp_path, packs, cover):
    content, sheets = laid_out(names)
    (tmp_path / "空表.xlsx").write_bytes(content)
    keys, wanted = typed_in(sheets, random.Random(len(sheets[0].rows)))  # noqa: S311 - fills, not secrets
    kinds = FORMATS if len(names) == 1 else {"xlsx": FORMATS["xlsx"]}
    paths = {kind: tmp_path / f"填好.{kind}" for kind in kinds}
    shown = type_in(
        {
            "open": str(tmp_path / "空表.xlsx"),
            "type": front(cover) + keys,
            "save": [[str(path), FORMATS[kind]] for kind, path in paths.items()],
            "read": [[at.CHECK, VERDICT_CELL]],
        }
    )
    assert shown == [READY]
    for path in paths.values():
        found = read_file(path, packs, NO_FILES)
        assert [one.sentence for one in found.problems if one.level == "mend"] == []
        assert claimed(found) == wanted
        claims = found.forms[0].claims
        assert [claims.organisation, claims.region, claims.period] == list(cover.values())
        assert claims.signed == tuple(label for label, _ in at.SIGN_FIELDS)


def test_only_the_open_cells_take_what_is_typed_and_the_check_follows(type_in, tmp_path, packs, cover):
    content, (sheet,) = laid_out(["hotline-operation"])
    (tmp_path / "空表.xlsx").write_bytes(content)
    rows = {line.id: row for row, line in sheet.lines}
    one, two, three = (rows[name] for name in ("HO-001", "HO-002", "HO-003"))
    locked = [[sheet.name, f"{column}{row}"] for row in (1, 2, one) for column in "AEFG"]
    before = read_grids(tmp_path / "空表.xlsx")
    keys = [
        [sheet.name, f"H{one}", "符合"],
        [sheet.name, f"I{one}", "99"],
        [sheet.name, f"H{two}", "基本符合"],
    ]
    keys += [[sheet.name, f"H{three}", "符合"], [sheet.name, f"I{three}", "1/2"]]
    shown = type_in(
        {
            "open": str(tmp_path / "空表.xlsx"),
            "type": front(cover) + keys + [[*cell, "改写"] for cell in locked],
            "save": [[str(tmp_path / "填好.xlsx"), FORMATS["xlsx"]]],
            "read": [
                [at.CHECK, VERDICT_CELL],
                *([at.CHECK, f"B{5 + number}"] for number in range(len(PROBLEMS))),
            ],
        }
    )
    after = read_grids(tmp_path / "填好.xlsx")
    for name, cell in locked:
        place = (int(cell[1:]), ord(cell[0]) - 64)
        texts = [next(grid for grid in grids if grid.name == name).text(*place) for grids in (before, after)]
        assert texts[0] == texts[1] != "改写"
    found = read_file(tmp_path / "填好.xlsx", packs, NO_FILES)
    codes = [item.code for item in found.problems]
    counts = dict(zip(PROBLEMS, map(int, shown[1:]), strict=True))
    assert shown[0] == NOT_READY
    assert counts["没有选结论"] == codes.count("GJ-D503") == len(rows) - 3
    assert (counts["得分超出范围"], counts["得分不是数字"]) == (2, 0), "1/2 is a date now"
    assert [item.cell for item in found.problems if item.code == "GJ-D504"] == [f"I{three}"]

"""The self-assessment form of a standard: each requirement has a line, and what a file changes is changed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from guiju.content import find_packs
from guiju.errors import StandardError
from guiju.standard.assessment import make_form, read_form
from guiju.standard.load import load

PACKS = find_packs()
SCORING = {
    "points": {"shall": "2", "should": "1", "may": "0"},
    "not-applicable": "leaves-base",
    "basis": "proposal",
    "pass-share": "0.8",
    "source": [{"document": "起草组建议", "at": "", "mark": "seen"}],
}


@pytest.fixture(scope="module")
def standard():
    return load(PACKS, "item-management")


def test_every_requirement_has_one_line_in_its_chapter(standard):
    form = read_form(PACKS, standard)
    assert sorted(line.id for line in form.lines) == sorted(item.id for item in standard.requirements)
    for block in form.blocks:
        assert {line.clause.split(".")[0] for line in block.lines} == {block.clause}
        assert Decimal(block.most) == sum(line.bounds[1] for line in block.lines)


def test_what_is_written_takes_the_place_of_the_default(standard):
    written = {
        "title": "自评表",
        "version": "3",
        "scoring": SCORING,
        "blocks": [{"clause": "4", "title": "编码（一级指标）", "most": "10"}],
        "lines": [
            {
                "requirement": "IM-023",
                "points": "7.5",
                "criteria": "每有一项超过的扣0.5分",
                "evidence": ["清单"],
            }
        ],
        "adjustments": [
            {
                "id": "IM-D01",
                "clause": "8",
                "kind": "deduction",
                "content": "被通报",
                "points": "5",
                "criteria": "一次扣1分",
            }
        ],
    }
    form = make_form(standard, written, "self-assessment.yaml")
    line = next(item for item in form.lines if item.id == "IM-023")
    assert (line.points, line.evidence, line.bounds) == ("7.5", ("清单",), (Decimal(0), Decimal("7.5")))
    assert (form.blocks[0].title, form.blocks[0].most) == ("编码（一级指标）", "10")
    deduction = form.blocks[-1].lines[-1]
    assert (deduction.role, deduction.bounds) == ("deduction", (Decimal(-5), Decimal(0)))
    assert form.blocks[-1].most == str(sum(item.bounds[1] for item in form.blocks[-1].lines))


def test_the_digest_changes_with_what_is_seen_or_scored(standard):
    one = make_form(standard, {"scoring": SCORING}, "f")
    assert one.digest == make_form(standard, {"scoring": SCORING}, "g").digest
    assert one.digest != make_form(standard, {"scoring": {**SCORING, "not-applicable": "full"}}, "f").digest
    assert one.digest != make_form(standard, {"scoring": SCORING, "guide": ["先读说明"]}, "f").digest


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"lines": [{"requirement": "IM-999"}]}, "GJ-S141"),
        ({"lines": [{"requirement": "IM-001"}, {"requirement": "IM-001"}]}, "GJ-S142"),
        ({"blocks": [{"clause": "99"}]}, "GJ-S143"),
        ({"blocks": [{"clause": "4", "weight": "100"}]}, "GJ-S144"),
        ({"blocks": [{"clause": str(n), "weight": "21"} for n in range(4, 9)]}, "GJ-S144"),
    ],
)
def test_a_line_for_nothing_is_refused(standard, written, code):
    with pytest.raises(StandardError) as raised:
        make_form(standard, written, "self-assessment.yaml")
    assert raised.value.code == code

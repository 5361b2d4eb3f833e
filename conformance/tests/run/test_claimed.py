"""Claims laid beside measurements: each pair of answer and outcome, and what only people can answer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from guiju.content import find_packs
from guiju.errors import InputError
from guiju.result import Counts, RequirementResult
from guiju.result.claims import Claim, Claims, ClaimsInput, Evidence
from guiju.run.claimed import claimed, fitting
from guiju.run.conclude import summarise
from guiju.run.scoring import score
from guiju.standard.assessment import make_form
from guiju.standard.load import load

PACKS = find_packs()
SCORING = {
    "points": {"shall": "2", "should": "1", "may": "0"},
    "not-applicable": "leaves-base",
    "basis": "proposal",
    "source": [{"document": "起草组建议", "at": "", "mark": "seen"}],
}
WRITTEN = {
    "scoring": SCORING,
    "blocks": [{"clause": "4", "most": "10"}],
    "adjustments": [
        {
            "id": "IM-D01",
            "clause": "8",
            "kind": "deduction",
            "content": "通报",
            "points": "5",
            "criteria": "扣分",
        },
        {
            "id": "IM-X01",
            "clause": "8",
            "kind": "bonus",
            "content": "创新",
            "points": "3",
            "criteria": "加分",
        },
    ],
}
THERE, GONE = Evidence("a.pdf", "a" * 64), Evidence("b.pdf", "")


@pytest.fixture(scope="module")
def standard():
    return load(PACKS, "item-management")


@pytest.fixture(scope="module")
def people(standard):
    """A requirement that only people can answer."""
    return next(item for item in standard.requirements if not item.on_data)


@pytest.fixture(scope="module")
def form(standard, people):
    lines = [{"requirement": people.id, "evidence": ["照片"]}]
    return make_form(standard, {**WRITTEN, "lines": lines}, "self-assessment.yaml")


def claims_of(form, *claims, **more):
    told = Claims(
        form.standard, form.standard_version, form.version, form.digest, "990000", "示例市", "2026-03", (),
        (ClaimsInput("自评表.xlsx", "b" * 64),), claims,
    )  # fmt: skip
    return replace(told, **more)


def result_of(item, outcome):
    return RequirementResult(
        "item-management", item.id, item.name, item.clause, item.modality, item.text, "", (), "seen",
        advisory=False, key=False, method=item.check.kind, dataset="", dataset_title="", outcome=outcome,
        reason="", remedy="", counts=Counts(),
    )  # fmt: skip


def beside(form, standard, item, claim, outcome):
    results, use = claimed([result_of(item, outcome)], fitting(claims_of(form, claim), form))
    return results[0], use


@pytest.mark.parametrize(
    ("outcome", "answer", "word"),
    [
        ("passed", "met", "agrees"),
        ("passed", "partly", "claimed-less"),
        ("passed", "not-met", "claimed-less"),
        ("passed", "not-applicable", "scope-differs"),
        ("failed", "met", "claimed-more"),
        ("failed", "partly", "agrees"),
        ("failed", "not-met", "agrees"),
        ("failed", "not-applicable", "scope-differs"),
        ("inapplicable", "not-applicable", "agrees"),
        ("inapplicable", "met", "nothing-beside"),
        ("cantTell", "met", "unproven"),
        ("untested", "met", "unproven"),
        ("untested", "not-met", "nothing-beside"),
        ("error", "partly", "nothing-beside"),
    ],
)
def test_each_pair_has_its_word_and_leaves_the_outcome_alone(form, standard, outcome, answer, word):
    item = standard.requirement("IM-001")
    told, _ = beside(form, standard, item, Claim("IM-001", "", answer, "1"), outcome)
    assert (told.outcome, told.claim.agreement, told.claim.score) == (outcome, word, "1")


def test_evidence_that_was_there_is_no_measurement_but_no_bare_claim_either(form, standard):
    item = standard.requirement("IM-001")
    for evidence, word in (((THERE,), "nothing-beside"), ((GONE,), "unproven")):
        told, _ = beside(form, standard, item, Claim("IM-001", "", "met", "2", evidence), "untested")
        assert (told.claim.agreement, told.claim.evidence) == (word, 1)


@pytest.mark.parametrize(
    ("answer", "evidence", "outcome"),
    [
        ("met", (THERE, GONE), "passed"),
        ("met", (GONE,), "untested"),
        ("met", (), "untested"),
        ("partly", (THERE,), "failed"),
        ("not-met", (), "failed"),
        ("not-applicable", (), "inapplicable"),
        ("", (), "untested"),
    ],
)
def test_what_only_people_can_answer_gets_its_outcome_from_the_claim(
    form, standard, people, answer, evidence, outcome
):
    told, _ = beside(form, standard, people, Claim(people.id, "", answer, "", evidence), "untested")
    assert told.outcome == outcome
    assert (told.claim is None) == (answer == "")


def test_the_sentence_says_how_many_rest_on_claims(form, standard, people):
    claims = claims_of(form, Claim(people.id, "", "met", "2", (THERE,)))
    given = [result_of(people, "untested"), result_of(standard.requirement("IM-001"), "passed")]
    results, use = claimed(given, fitting(claims, form))
    assert summarise(results).sentence.startswith("已核验 2 条（其中凭自评 1 条），符合 2 条")
    assert (use.answered, use.lines) == (1, len(standard.requirements))


@pytest.mark.parametrize("change", [{"form_digest": "0" * 64}, {"version": "0.0.9"}])
def test_claims_on_another_form_are_refused(form, change):
    with pytest.raises(InputError) as raised:
        fitting(claims_of(form, **change), form)
    assert raised.value.code == "GJ-I450"


def test_points_are_cut_by_chapter_and_what_does_not_apply_leaves_the_base(form, standard):
    lines = [line for line in form.lines if line.role == "requirement"]
    all_met = [Claim(line.id, "", "met", line.points) for line in lines]
    whole = score(form, claims_of(form, *all_met))
    first = whole.blocks[0]
    assert (first.got, first.base) == (
        Decimal(10),
        Decimal(10),
    ), "the cap of the chapter is the most that can be got in it"
    late = next(place for place, line in enumerate(lines) if not line.clause.startswith("4"))
    out = [*all_met[:late], replace(all_met[late], answer="not-applicable", score=""), *all_met[late + 1 :]]
    assert score(form, claims_of(form, *out)).base == whole.base - Decimal(lines[late].points)
    assert (whole.share, whole.per_cent) == (1, "100.00")


def test_deductions_do_not_go_below_nothing_and_bonuses_have_their_room(form):
    def last(*claims):
        return score(form, claims_of(form, *claims)).blocks[-1]

    assert last(Claim("IM-D01", "", "", "-5")).got == 0
    one = next(line for line in form.blocks[-1].lines if line.role == "requirement" and line.points == "2")
    got = last(Claim(one.id, "", "met", "2"), Claim("IM-X01", "", "", "3"), Claim("IM-D01", "", "", "-1.5"))
    assert got.got == Decimal("3.5")


def test_not_applicable_may_count_in_full(standard):
    full = make_form(standard, {"scoring": {**SCORING, "not-applicable": "full"}}, "f")
    claims = claims_of(full, Claim("IM-001", "", "not-applicable", ""))
    found = score(full, claims)
    assert (found.got, found.base) == (Decimal(2), score(full, claims_of(full)).base)
    assert found.reaches("0.8") is False


def test_chapters_count_by_their_weights_and_one_without_a_base_is_left_out(standard):
    weights = {"4": "10", "5": "20", "6": "40", "7": "10", "8": "20"}
    blocks = [{"clause": clause, "weight": weight} for clause, weight in weights.items()]
    form = make_form(standard, {"scoring": SCORING, "blocks": blocks}, "f")
    by_chapter = {block.clause: list(block.lines) for block in form.blocks}
    met = [Claim(line.id, "", "met", line.points) for line in by_chapter["4"] + by_chapter["6"]]
    assert score(form, claims_of(form, *met)).share == Fraction(50, 100)
    gone = [Claim(line.id, "", "not-applicable", "") for line in by_chapter["8"]]
    found = score(form, claims_of(form, *met, *gone))
    assert (found.share, found.per_cent) == (Fraction(50, 80), "62.50")
    assert (found.reaches("0.625"), found.reaches("0.626")) == (True, False)


def test_a_share_is_cut_and_never_rounded_up(standard):
    form = make_form(standard, {"scoring": SCORING, "lines": [{"requirement": "IM-001", "points": "3"}]}, "f")
    out = [Claim(line.id, "", "not-applicable", "") for line in form.lines if line.id != "IM-001"]
    assert score(form, claims_of(form, Claim("IM-001", "", "partly", "2"), *out)).per_cent == "66.66"
    everything = [*out, Claim("IM-001", "", "not-applicable", "")]
    assert (
        score(form, claims_of(form, *everything)).share,
        score(form, claims_of(form, *everything)).per_cent,
    ) == (
        None,
        "",
    )

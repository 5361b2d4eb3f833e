"""Claims laid beside what was measured; what only people can answer gets its outcome from the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from guiju.errors import InputError, Place
from guiju.result import RequirementResult
from guiju.result.claims import ANSWER_TITLES, Claim, Claims
from guiju.result.model import ClaimBeside, ClaimsUse, OutcomeWord
from guiju.run.conclude import BY_CLAIM
from guiju.run.scoring import score
from guiju.standard.assessment import Form, Line

_MEASURED = ("passed", "failed")


@dataclass(frozen=True, slots=True)
class Beside:
    """One self-assessment and the form that it is on."""

    claims: Claims
    form: Form


def fitting(claims: Claims, form: Form) -> Beside:
    """The claims, once they are of this form, or of one of others (which has no digest).

    Raises:
        InputError: GJ-I450 another form or edition.
    """
    place = Place("、".join(item.name for item in claims.inputs))
    if claims.version != form.standard_version or claims.form_digest not in ("", form.digest):
        raise InputError(
            "GJ-I450",
            "自评所用的表不是现行的，不能与实测对照",
            place=place,
            cause=f"自评用的是 {claims.version} 的第{claims.form_version}版，"
            f"现行的是 {form.standard_version} 的第{form.version}版",
            hint="请用 guiju template --self-assessment 写出现行的表，填好后再读入",
        )
    return Beside(claims, form)


def claimed(
    results: Sequence[RequirementResult], beside: Beside
) -> tuple[tuple[RequirementResult, ...], ClaimsUse]:
    """The results with their claims, and what the self-assessment adds up to.

    A requirement that a profile adds has no line in the form, and no claim.
    """
    lines = {line.id: line for line in beside.form.lines}
    told = tuple(
        _result(item, beside.claims.of(item.id), lines[item.id]) if item.id in lines else item
        for item in results
    )
    return told, _use(beside)


def _use(beside: Beside) -> ClaimsUse:
    form, claims = beside.form, beside.claims
    total = score(form, claims)
    asked = [line for line in form.lines if line.role == "requirement"]
    answered = sum(bool(item and item.answer) for item in (claims.of(line.id) for line in asked))
    ours = bool(claims.form_digest)
    return ClaimsUse(
        standard=form.standard,
        organisation=claims.organisation,
        period=claims.period,
        form=form.title if ours else "另外的自评表",
        form_version=claims.form_version,
        lines=len(asked),
        answered=answered,
        got=_decimal(total.got) if ours else "",
        base=_decimal(total.base) if ours else "",
        share=total.per_cent if ours else "",
        weighted=ours and any(block.weight for block in form.blocks),
        pass_share=form.scoring.pass_share if ours else "",
    )


def _decimal(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"


def _result(item: RequirementResult, claim: Claim | None, line: Line) -> RequirementResult:
    if claim is None or not claim.answer:
        return item
    if item.method in BY_CLAIM and item.outcome == "untested":
        outcome, reason = _by_claim(claim, line)
        settled = replace(item, outcome=outcome, reason=reason)
        return replace(
            settled, claim=_beside(claim, line, "unproven" if outcome == "untested" else "nothing-beside")
        )
    return replace(item, claim=_beside(claim, line, agreement(item.outcome, claim)))


def _by_claim(claim: Claim, line: Line) -> tuple[OutcomeWord, str]:
    """The outcome of what only people can answer; a claim without the evidence asked for settles nothing."""
    title = ANSWER_TITLES[claim.answer]
    if claim.answer == "not-applicable":
        return "inapplicable", f"自评：{title}"
    if claim.answer == "met" and line.evidence and not claim.proven:
        return "untested", f"自评“{title}”，没有找到佐证材料"
    if claim.answer == "met":
        found = sum(bool(one.sha256) for one in claim.evidence)
        return "passed", f"自评：{title}" + (f"，佐证材料{found}份" if found else "")
    return "failed", f"自评：{title}"


def agreement(outcome: str, claim: Claim) -> str:
    """How a claim goes with a measured outcome (see `AGREEMENT_TITLES`)."""
    if outcome in _MEASURED:
        if claim.answer == "not-applicable":
            return "scope-differs"
        says_met = claim.answer == "met"
        if says_met == (outcome == "passed"):
            return "agrees"
        return "claimed-more" if says_met else "claimed-less"
    if outcome == "inapplicable":
        return "agrees" if claim.answer == "not-applicable" else "nothing-beside"
    return "unproven" if claim.answer == "met" and not claim.proven else "nothing-beside"


def _beside(claim: Claim, line: Line, word: str) -> ClaimBeside:
    found = sum(bool(one.sha256) for one in claim.evidence)
    return ClaimBeside(claim.answer, claim.score, line.points, len(claim.evidence), found, word)

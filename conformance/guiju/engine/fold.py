"""Counts folded into an outcome, with the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from guiju.engine.scan import RuleCounts
from guiju.result import OutcomeWord
from guiju.standard.model import Requirement

BRAKE_LEAST = 30
"""Fewer applicable rows (or values) than this never set off the plausibility brake."""
SUSPECT = "疑似取错列、代码表或口径，请确认"


@dataclass(frozen=True, slots=True)
class Folded:
    """An outcome and its reason."""

    outcome: OutcomeWord
    reason: str


def fold(
    requirement: Requirement,
    counts: RuleCounts,
    *,
    lacking: tuple[str, ...] = (),
    unclear: tuple[str, ...] = (),
    suspect_codes: tuple[str, ...] = (),
    confirmed: bool = False,
) -> Folded:
    """The outcome of a requirement on rows.

    Args:
        requirement: gives tolerance and the allowed share of undecided rows.
        counts: rows by state.
        lacking: titles of mandatory columns that are not in the delivery.
        unclear: mandatory columns that were not recognised, while an unread column could be meant.
        suspect_codes: titles of fields whose values are mostly outside their code list.
        confirmed: the region has confirmed that the columns and code lists are read as meant.
    """
    if counts.error:
        return Folded("error", f"核验时程序出错：{counts.error}")
    if suspect_codes and not confirmed:
        return Folded("cantTell", f"“{'、'.join(suspect_codes)}”的值多数不在代码表内，{SUSPECT}")
    if lacking:
        also = f"；没有认出：{'、'.join(unclear)}" if unclear else ""
        return Folded("failed", f"缺少应有的列：{'、'.join(lacking)}{also}")
    folded = _by_rows(requirement, counts, confirmed=confirmed)
    if unclear and folded.outcome != "failed":
        return Folded("cantTell", f"没有认出应有的列：{'、'.join(unclear)}，请用 guiju map 确认")
    return folded


def _by_rows(requirement: Requirement, counts: RuleCounts, *, confirmed: bool) -> Folded:
    applicable = counts.passed + counts.failed + counts.undecided
    if applicable == 0:
        return Folded("inapplicable", "没有适用的记录")
    if braked(counts.failed, applicable) and not confirmed:
        return Folded("cantTell", f"适用的{applicable}条中有{counts.failed}条不符合，超过一半，{SUSPECT}")
    note = "（读数已由地方确认）" if confirmed else ""
    return _folded(requirement, counts, applicable, note)


def braked(part: int, whole: int) -> bool:
    """Above half of at least thirty."""
    return whole >= BRAKE_LEAST and 2 * part > whole


def _folded(requirement: Requirement, counts: RuleCounts, applicable: int, note: str) -> Folded:
    tolerated = Decimal(requirement.tolerance) * applicable
    within = f"，在允许的偏差{requirement.tolerance}之内" if counts.failed else ""
    if counts.failed > tolerated:
        return Folded("failed", f"适用的{applicable}条中有{counts.failed}条不符合{note}")
    if counts.failed + counts.undecided <= tolerated or counts.undecided == 0:
        return Folded("passed", f"适用的{applicable}条中{counts.passed}条符合{within}{note}")
    if counts.undecided <= Decimal(requirement.undecided_max) * applicable:
        return Folded(
            "passed",
            f"适用的{applicable}条中{counts.passed}条符合{within}，{counts.undecided}条无法判定（在允许范围内）{note}",
        )
    return Folded(
        "cantTell", f"适用的{applicable}条中{counts.passed}条符合，{counts.undecided}条无法判定{note}"
    )

"""Results that may leave the house: no cell values, no keys, no figure that shows a small group.

A figure from 1 to 4 is told as ``<5``. Where the whole is known, one more part is told as ``≥n``, and so
cannot be subtracted from it: n is what the whole and the ``<5`` imply by themselves. A requirement with a
figure so hidden lists no findings and gives its reason without numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from guiju.result.form import plain
from guiju.result.model import (
    CodeReading,
    Counts,
    ExplanationUse,
    Finding,
    Indicator,
    IndicatorGroup,
    InputTable,
    RequirementResult,
    Result,
)

Figure = int | str
LEAST = 5
SMALL = f"<{LEAST}"
_MOST_HIDDEN = LEAST - 1
_PLAIN_REASONS = {
    "passed": "适用的记录符合要求",
    "failed": "有记录或指标不符合，数目见各项计数",
    "cantTell": "有记录无法判定，或读数疑似取错列、代码表、口径，数目见各项计数",
    "error": "核验程序出错",
}
_REASON_WITHOUT_DATA = ("untested", "inapplicable")


def mask(result: Result) -> dict[str, Any]:
    """The result as JSON values, without anything that tells of single records."""
    document = plain(replace(result, requirements=(), inputs=(), explanations=()))
    document["inputs"] = [_table(table) for table in result.inputs]
    document["requirements"] = [_requirement(item) for item in result.requirements]
    document["explanations"] = [_explanation(item) for item in result.explanations]
    return dict(document)


def small(figure: int) -> bool:
    """Whether a figure would show a small group; zero shows nobody."""
    return 0 < figure < LEAST


def at_least(figure: int) -> str:
    """A figure told by its lower bound."""
    return f"≥{max(figure, 1)}"


def hide(parts: Sequence[int], partners: Sequence[int] = ()) -> list[Figure]:
    """The parts of a known whole, small ones hidden together with one partner.

    Args:
        parts: figures that add up to a whole that is known elsewhere.
        partners: positions to be taken as partner first, when large enough; then the largest part.
    """
    shown: list[Figure] = [SMALL if small(figure) else figure for figure in parts]
    hidden = [figure for figure in parts if small(figure)]
    large = [place for place, figure in enumerate(parts) if figure >= LEAST]
    if hidden and large:
        preferred = [place for place in partners if place in large]
        partner = preferred[0] if preferred else max(large, key=lambda place: parts[place])
        shown[partner] = at_least(parts[partner] + sum(hidden) - _MOST_HIDDEN * len(hidden))
    return shown


def _small(figure: int) -> Figure:
    return SMALL if small(figure) else figure


def _below(parent: Figure, figure: int, told: Figure | None = None) -> Figure:
    """A figure that belongs to another: not told more exactly than that one (`told` where that is shown)."""
    if small(figure):
        return SMALL
    shown = figure if told is None else told
    return shown if isinstance(parent, int) or figure < LEAST else at_least(LEAST)


def _table(table: InputTable) -> dict[str, Any]:
    document = plain(replace(table, unread_columns=(), remarks=(), codes=()))
    document["rows"] = _small(table.rows)
    for part, rows in zip(document["parts"], hide([part.rows for part in table.parts]), strict=True):
        part["rows"] = rows
    document["codes"] = [_code(reading) for reading in table.codes]
    return dict(document)


def _code(reading: CodeReading) -> dict[str, Any]:
    known = hide([reading.known, reading.present - reading.known])[0]
    return {**plain(reading), "present": _small(reading.present), "known": known, "unknown": []}


def _explanation(item: ExplanationUse) -> dict[str, Any]:
    """That there is one, and what became of it; neither its words nor its rows."""
    silent = replace(item, id="", scope="", reason="", decided_by="", decided="", expires="")
    return {**plain(silent), "rows": _small(item.rows)}


def _requirement(item: RequirementResult) -> dict[str, Any]:
    document = plain(replace(item, findings=(), indicator=None))
    counts = _counts(item.counts)
    document["counts"] = counts
    for reason, held in zip(document["undecided_reasons"], _reasons(item, counts["undecided"]), strict=True):
        reason["count"] = held
    for column in document["columns"]:
        column["failed"] = _below(counts["failed"], column["failed"])
    document["indicator"] = _indicator(item.indicator) if item.indicator else None
    whole = not _hidden(document)
    document["findings"] = [_finding(finding) for finding in item.findings] if whole else []
    document["reason"] = _reason(item, whole=whole)
    return dict(document)


def _counts(counts: Counts) -> dict[str, Figure]:
    names = ("inapplicable", "passed", "failed", "undecided")
    shown = hide([getattr(counts, name) for name in names], partners=(1, 0))
    parts = hide([counts.explained, counts.failed - counts.explained])
    return {**dict(zip(names, shown, strict=True)), "explained": _below(shown[2], counts.explained, parts[0])}


def _reasons(item: RequirementResult, undecided: Figure) -> list[Figure]:
    figures = [reason.count for reason in item.undecided_reasons]
    return hide(figures) if isinstance(undecided, int) else [_below(undecided, one) for one in figures]


def _hidden(value: Any) -> bool:
    """Whether a figure was hidden anywhere below counts, reasons, columns and indicator."""
    if isinstance(value, dict):
        return any(_hidden(held) for held in value.values())
    if isinstance(value, list):
        return any(_hidden(held) for held in value)
    return isinstance(value, str) and (value == SMALL or value[:1] == "≥")


def _reason(item: RequirementResult, *, whole: bool) -> str:
    if item.outcome in _REASON_WITHOUT_DATA or (whole and item.outcome != "error"):
        return item.reason
    return _PLAIN_REASONS[item.outcome]


def _finding(finding: Finding) -> dict[str, Any]:
    cells = tuple(replace(cell, delivered="", understood="") for cell in finding.cells)
    return dict(plain(replace(finding, key="", message="", owner="", cells=cells, explained="")))


def _indicator(indicator: Indicator) -> dict[str, Any]:
    numerator, denominator = _share(indicator.numerator, indicator.denominator)
    document = plain(replace(indicator, groups=()))
    document |= {"numerator": numerator, "denominator": denominator, "undecided": _small(indicator.undecided)}
    if isinstance(numerator, str) or isinstance(denominator, str):
        document["value"] = ""
    document["groups"] = _groups(indicator.groups)
    return dict(document)


def _share(numerator: int, denominator: int) -> tuple[Figure, Figure]:
    """A share whose two parts, met and unmet, are both large or zero; else with the small part hidden."""
    return hide([numerator, denominator - numerator])[0], _small(denominator)


def _groups(groups: Sequence[IndicatorGroup]) -> list[dict[str, Any]]:
    shares = [_share(group.numerator, group.denominator) for group in groups]
    if any(isinstance(figure, str) for share in shares for figure in share):
        shares = _with_partner(groups, shares)
    return [
        {
            **plain(group),
            "numerator": share[0],
            "denominator": share[1],
            "undecided": _small(group.undecided),
        }
        for group, share in zip(groups, shares, strict=True)
    ]


def _with_partner(
    groups: Sequence[IndicatorGroup], shares: list[tuple[Figure, Figure]]
) -> list[tuple[Figure, Figure]]:
    """Hide one more group where the total is known, or the only hidden one could be told from the others."""
    told = [place for place, share in enumerate(shares) if share[1] != SMALL and isinstance(share[0], int)]
    large = [place for place in told if groups[place].numerator >= LEAST]
    if not large:
        return shares
    partner = max(large, key=lambda place: groups[place].numerator)
    hidden = [group for place, group in enumerate(groups) if place not in told]
    few = [group.denominator for group in hidden if small(group.denominator)]
    met = groups[partner].numerator + sum(group.numerator - _most_met(group) for group in hidden)
    whole = groups[partner].denominator + sum(few) - _MOST_HIDDEN * len(few)
    shares[partner] = (at_least(met), at_least(whole) if few else groups[partner].denominator)
    return shares


def _most_met(group: IndicatorGroup) -> int:
    """The most that a hidden numerator can be, for one who sees what is shown."""
    few_in_all = small(group.denominator) or small(group.numerator)
    return _MOST_HIDDEN if few_in_all else group.denominator - 1

"""What a draft would change for bundles on record, worked out from the counts that they hold.

Only what follows from those counts for certain is foretold; for all the rest it is said that a new run would
be needed, and why. A masked figure (``<5``, ``≥n``) decides nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guiju.engine.fold import fold
from guiju.engine.kinds.indicator import Share
from guiju.engine.scan import RuleCounts
from guiju.standard.checks import IndicatorCheck
from guiju.standard.model import Parameter, Requirement, Standard
from guiju_tools.editions.comparing import compare_editions

Body = Mapping[str, Any]
_PARAMETER = re.compile(r":([a-z][a-z0-9_]*)")
_ANSWERED = ("passed", "failed", "cantTell", "inapplicable")


@dataclass(frozen=True, slots=True)
class Foretold:
    """One requirement for one bundle: the outcome on record, that under the draft (empty: unknown), why."""

    id: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Effect:
    """One requirement over all bundles: how many change from what to what, and how many cannot be told.

    `moves` counts (before, after); `unknown` counts bundles by the reason why nothing is known.
    """

    requirement: Requirement
    moves: Mapping[tuple[str, str], int]
    unknown: Mapping[str, int]


def what_if(before: Standard, after: Standard, bodies: Sequence[Body]) -> list[Effect]:
    """The effects of a draft on bundles that were judged by `before`, only of requirements that are affected.

    Args:
        before: the edition that judged.
        after: the draft.
        bodies: bundles as the registry keeps them.
    """
    affected = _affected(before, after)
    found = []
    for item in after.requirements:
        if item.id not in affected:
            continue
        told = [foretell(before, after, item, body, affected[item.id]) for body in bodies]
        moves: dict[tuple[str, str], int] = {}
        unknown: dict[str, int] = {}
        for one in told:
            if one.after:
                moves[one.before, one.after] = moves.get((one.before, one.after), 0) + 1
            else:
                unknown[one.why] = unknown.get(one.why, 0) + 1
        found.append(Effect(item, moves, unknown))
    return found


def _affected(before: Standard, after: Standard) -> dict[str, str]:
    """Requirements whose outcome may change, each with why only a new run could tell (empty: counts may)."""
    found: dict[str, str] = {}
    changes = [
        one for one in compare_editions(before.document, after.document).changes if one.grade != "editorial"
    ]
    tables = {one.id.split(".")[0] for one in changes if one.part in ("dataset", "field")}
    lists = {one.id for one in changes if one.part == "codelist"}
    values = {one.id for one in changes if one.part == "parameter"}
    for one in changes:
        if one.part == "requirement":
            found.setdefault(one.id, "")
    for item in after.document["requirements"]:
        text = json.dumps(item["check"], ensure_ascii=False)
        if set(_PARAMETER.findall(text)) & values:
            found.setdefault(item["id"], "")
        if _reads(item["check"], tables, lists, after):
            found[item["id"]] = "所读的数据集或者代码表改了"
    return {name: why for name, why in found.items() if after.requirement(name) is not None}


def _reads(check: Mapping[str, Any], tables: set[str], lists: set[str], standard: Standard) -> bool:
    named = {check.get("dataset", ""), *_datasets(check)}
    if named & tables:
        return True
    fields = (
        field
        for name in named
        if name in standard.datasets
        for field in standard.datasets[name].fields.values()
    )
    return any(field.codelist in lists for field in fields if field.codelist)


def _datasets(value: Any) -> Iterator[str]:
    """Every dataset that a check names, however deep."""
    if isinstance(value, Mapping):
        for key, held in value.items():
            if key == "dataset" and isinstance(held, str):
                yield held
            else:
                yield from _datasets(held)
    elif isinstance(value, list):
        for held in value:
            yield from _datasets(held)


def foretell(before: Standard, after: Standard, item: Requirement, body: Body, why: str = "") -> Foretold:
    """What a bundle says of one requirement of the draft."""
    old, told = before.requirement(item.id), body["requirements"].get(item.id)
    if old is None or told is None:
        return Foretold(item.id, "", "", "新增的要求")
    outcome = str(told["outcome"])
    if why:
        return Foretold(item.id, outcome, "", why)
    if outcome not in _ANSWERED:
        same = old.check == item.check
        return Foretold(item.id, outcome, outcome if same else "", "没有核验过")
    if isinstance(item.check, IndicatorCheck) and isinstance(old.check, IndicatorCheck):
        return Foretold(item.id, outcome, *_indicator(before, after, (old, item), told))
    if old.check != item.check or _values(before, old) != _values(after, item):
        return Foretold(item.id, outcome, "", "判断条件或者参数改了，要逐条记录重新判")
    return Foretold(item.id, outcome, *_rows(old, item, told))


def _values(standard: Standard, item: Requirement) -> dict[str, str | None]:
    """The parameters that a check names, with their values."""
    document = next(one for one in standard.document["requirements"] if one["id"] == item.id)
    names = _PARAMETER.findall(json.dumps(document["check"], ensure_ascii=False))
    return {name: standard.parameters[name].value for name in names if name in standard.parameters}


def _rows(old: Requirement, new: Requirement, told: Mapping[str, Any]) -> tuple[str, str]:
    """The same check under other tolerances: folded again, where the counts give what is on record."""
    outcome = str(told["outcome"])
    if (old.tolerance, old.undecided_max) == (new.tolerance, new.undecided_max):
        return outcome, "判断条件没有变"
    inapplicable, passed, failed, undecided, explained = told["counts"]
    if not all(isinstance(figure, int) for figure in told["counts"]) or explained:
        return "", "数目少于5的不写明，或者有例外说明"
    counts = RuleCounts(inapplicable, passed, failed, undecided)
    if fold(old, counts).outcome != outcome:
        return "", "当时的结论另有原因，数目说明不了"
    return fold(new, counts).outcome, "按登记的数目重新计算"


def _indicator(
    before: Standard, after: Standard, pair: tuple[Requirement, Requirement], told: Mapping[str, Any]
) -> tuple[str, str]:
    old, new = pair
    assert isinstance(old.check, IndicatorCheck)  # noqa: S101 - as it was called
    assert isinstance(new.check, IndicatorCheck)  # noqa: S101 - as above
    kept = told.get("indicator")
    plain = [
        (one.numerator, one.denominator, one.dataset, one.related, one.groups, one.window)
        for one in (old.check, new.check)
    ]
    if plain[0] != plain[1] or old.check.period != new.check.period or old.check.target != new.check.target:
        return "", "指标的算法改了"
    if new.check.groups or new.check.window:
        return "", "分组或者连续时段的指标，登记库不存各组的数目"
    if not kept or not all(isinstance(kept[name], int) for name in ("numerator", "denominator", "undecided")):
        return "", "没有登记指标的数目，或者数目少于5不写明"
    threshold = _threshold(before, after, old.check, new.check, str(kept["threshold"]))
    if not threshold:
        return "", "地方另设了阈值，不知道会不会随着改"
    figures = (kept["numerator"], kept["denominator"], kept["undecided"])
    if _outcome(figures, old.check.operator, str(kept["threshold"])) != told["outcome"]:
        return "", "当时的结论另有原因，数目说明不了"
    found = _outcome(figures, new.check.operator, threshold)
    return found, "按登记的分子、分母重新计算" if found else "有无法判定的记录，比例定不下来"


def _outcome(figures: tuple[int, int, int], operator: str, threshold: str) -> str:
    """The outcome of a share; empty where it hangs on which of its counts the undecided rows belong to."""
    top, bottom, undecided = figures
    ends = {
        Share(top, bottom, undecided, 0).outcome(operator, Decimal(threshold)),
        Share(top, bottom, 0, undecided).outcome(operator, Decimal(threshold)),
    }
    return ends.pop() if len(ends) == 1 else ""


def _threshold(before: Standard, after: Standard, old: IndicatorCheck, new: IndicatorCheck, held: str) -> str:
    """The threshold that would hold for a region; empty where that is unknown."""
    first, second = (_value(one, check.threshold) for one, check in ((before, old), (after, new)))
    if first is None or second is None:
        return ""
    if Decimal(held) == Decimal(first):
        return second
    parameter = after.parameters.get(new.threshold.removeprefix(":"))
    return held if parameter is not None and _allowed(parameter, held) else ""


def _value(standard: Standard, threshold: str) -> str | None:
    return standard.parameters[threshold[1:]].value if threshold.startswith(":") else threshold


def _allowed(parameter: Parameter, held: str) -> bool:
    """Whether a region's own value would still be one that it may set."""
    if parameter.kind != "directed" or parameter.value is None:
        return parameter.kind == "profile-sets"
    lower = Decimal(held) <= Decimal(parameter.value)
    return lower == (parameter.tighter == "lower") or Decimal(held) == Decimal(parameter.value)

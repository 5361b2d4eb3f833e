"""What a check says outside of its expressions, altered one place at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from guiju.engine.kinds.schema import fields_with
from guiju.standard.checks import (
    Check,
    Comparison,
    CoverageCheck,
    IndicatorCheck,
    MatchCheck,
    ReferenceCheck,
    SchemaCheck,
    SequenceCheck,
    UniqueCheck,
)
from guiju.standard.model import Requirement, Standard
from guiju_tools.mutate.constants import last_digit, moved
from guiju_tools.mutate.mutant import NOTHING, Mutant

_WAYS: tuple[Literal["same", "name", "cited"], ...] = ("same", "name", "cited")
_OPERATORS = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "=": ">="}
_MISSING: tuple[Literal["skip", "undecided", "refused"], ...] = ("skip", "undecided", "refused")

Change = tuple[str, str, str, str, Check]
"""Part, kind, before, after, and the altered check."""


def altered_structure(requirement: Requirement, standard: Standard) -> Iterator[Mutant]:
    """Every alteration of the structure of a requirement's check."""
    for part, kind, before, after, check in _changes(requirement.check, standard):
        yield Mutant(part, kind, before, after, replace(requirement, check=check))


def _changes(check: Check, standard: Standard) -> Iterator[Change]:
    match check:
        case SchemaCheck():
            names = check.fields or fields_with(check.aspect, standard.datasets[check.dataset])
            yield from _fewer_fields(check, names)
        case UniqueCheck():
            yield from _fewer_fields(check, check.fields)
        case ReferenceCheck():
            yield from _fewer_pairs(check, check.fields, check.to_fields, "to_fields")
        case CoverageCheck():
            yield from _fewer_pairs(check, check.fields, check.by_fields, "by_fields")
            yield from _exceptions(check)
        case MatchCheck():
            yield from _match(check, standard)
        case SequenceCheck():
            yield from _sequence(check)
        case IndicatorCheck():
            yield from _indicator(check, standard)


def _without(items: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return items[:place] + items[place + 1 :]


def _fewer_fields(check: SchemaCheck | UniqueCheck, names: tuple[str, ...]) -> Iterator[Change]:
    if len(names) > 1:
        for place, name in enumerate(names):
            yield "fields", "field-dropped", name, NOTHING, replace(check, fields=_without(names, place))


def _fewer_pairs(
    check: ReferenceCheck | CoverageCheck, mine: tuple[str, ...], theirs: tuple[str, ...], other: str
) -> Iterator[Change]:
    if len(mine) > 1:
        for place, name in enumerate(mine):
            change: dict[str, Any] = {"fields": _without(mine, place), other: _without(theirs, place)}
            yield "fields", "field-dropped", name, NOTHING, replace(check, **change)


def _exceptions(check: CoverageCheck) -> Iterator[Change]:
    listed = check.exceptions
    if listed is not None:
        yield "except", "exception-dropped", listed.dataset, NOTHING, replace(check, exceptions=None)
        blind = replace(listed, reason=listed.fields[0])
        change = replace(check, exceptions=blind)
        yield "except", "reason-ignored", f"reason: {listed.reason}", NOTHING, change


def _match(check: MatchCheck, standard: Standard) -> Iterator[Change]:
    if len(check.on) > 1:
        for name in check.on:
            rest = {here: there for here, there in check.on.items() if here != name}
            yield "on", "field-dropped", name, NOTHING, replace(check, on=rest)
    judged = sum(item.how != "shown" for item in check.compare)
    for place, item in enumerate(check.compare):
        if item.how == "shown":
            continue
        if judged > 1:
            fewer = replace(check, compare=_without(check.compare, place))
            yield "compare", "comparison-dropped", item.field, NOTHING, fewer
        if not standard.datasets[check.dataset].fields[item.field].folded:
            yield from _ways(check, place, item)


def _ways(check: MatchCheck, place: int, item: Comparison) -> Iterator[Change]:
    """Other ways to compare names and long texts; codes have no brackets and cite nothing."""
    for how in _WAYS:
        if how != item.how:
            fresh = (*check.compare[:place], replace(item, how=how), *check.compare[place + 1 :])
            told = (f"{item.field} {item.how}", f"{item.field} {how}")
            yield "compare", "comparison-way", *told, replace(check, compare=fresh)


def _sequence(check: SequenceCheck) -> Iterator[Change]:
    stages = check.stages
    for place, name in enumerate(stages):
        if len(stages) > 2:  # noqa: PLR2004 -- an order needs two stages
            yield "stages", "stage-dropped", name, NOTHING, replace(check, stages=_without(stages, place))
    for place in range(len(stages) - 1):
        first, second = stages[place], stages[place + 1]
        order = (*stages[:place], second, first, *stages[place + 2 :])
        told = (f"{first}, {second}", f"{second}, {first}")
        yield "stages", "stages-exchanged", *told, replace(check, stages=order)
    ties: Literal["allowed", "refused"] = "refused" if check.ties == "allowed" else "allowed"
    yield "ties", "ties", check.ties, ties, replace(check, ties=ties)
    for missing in _MISSING:
        if missing != check.missing:
            yield "missing", "missing", check.missing, missing, replace(check, missing=missing)


def _indicator(check: IndicatorCheck, standard: Standard) -> Iterator[Change]:
    operator: Any = _OPERATORS[check.operator]
    yield "operator", "operator", check.operator, operator, replace(check, operator=operator)
    named = standard.parameters.get(check.threshold.removeprefix(":"))
    value = named.value if check.threshold.startswith(":") and named else check.threshold
    if value is not None:
        for by in (-1, 1):
            fresh = str(Decimal(value) + by * last_digit(Decimal(value)))
            yield "threshold", "threshold-moved", value, fresh, replace(check, threshold=fresh)
    for place, name in enumerate(check.groups):
        fewer = replace(check, groups=_without(check.groups, place))
        yield "groups", "group-dropped", name, NOTHING, fewer
    yield from _window(check)
    yield from _target(check)
    yield from _period(check, standard)


def _window(check: IndicatorCheck) -> Iterator[Change]:
    if check.window is None:
        return
    yield "window", "window-changed", check.window.stamp, NOTHING, replace(check, window=None)
    for key, name in (("hours", "hours"), ("min_count", "min-count")):
        value: int = getattr(check.window, key)
        for fresh in (value - 1, value + 1):
            change: dict[str, Any] = {key: fresh}
            told = (f"{name}: {value}", f"{name}: {fresh}")
            altered = replace(check, window=replace(check.window, **change))
            if fresh > 0:
                yield "window", "window-changed", *told, altered


def _target(check: IndicatorCheck) -> Iterator[Change]:
    if check.target is None:
        return
    yield "target", "target-dropped", check.target.by, NOTHING, replace(check, target=None)
    for value in moved(date.fromisoformat(check.target.by)):
        fresh = replace(check, target=replace(check.target, by=str(value)))
        yield "target.by", "target-moved", check.target.by, str(value), fresh


def _period(check: IndicatorCheck, standard: Standard) -> Iterator[Change]:
    """All rows counted, or those whose next other stamp lies in the period."""
    if check.period is None:
        return
    yield "period", "period-changed", check.period, NOTHING, replace(check, period=None)
    fields = standard.datasets[check.dataset].fields
    names = list(fields)
    at = names.index(check.period)
    stamps = [
        name
        for name in (*names[at + 1 :], *names[:at])
        if fields[name].type in ("date", "date-time") and not fields[name].derived_from
    ]
    for other in stamps[:1]:
        yield "period", "period-changed", check.period, other, replace(check, period=other)

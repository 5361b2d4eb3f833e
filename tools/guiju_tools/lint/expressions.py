"""Which expressions, fields and parameters a check uses; expressions are read by `guiju.rule` alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from guiju.engine.kinds.facts import has_code, has_form
from guiju.errors import Place, StandardError
from guiju.rule import Kind, Node, Scope, fields_of, parameters_of, parse, related_scope
from guiju.standard.checks import (
    Check,
    CoverageCheck,
    IndicatorCheck,
    MatchCheck,
    RecordCheck,
    ReferenceCheck,
    Related,
    SchemaCheck,
    SequenceCheck,
    UniqueCheck,
)
from guiju.standard.fields import Dataset, Field
from guiju_tools.lint.view import Item, View

Role = Literal["condition", "assertion"]


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression of a check: its key in the file, its text, and whether it asserts or only selects."""

    key: str
    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Used:
    """One field that a check names, with the key of the check that names it, and the related value if any."""

    dataset: str
    field: str
    key: str
    value: str = ""

    @property
    def at(self) -> tuple[str, ...]:
        """Where it stands in the check."""
        return (self.key, self.value) if self.value else (self.key,)


def expressions_of(check: Check) -> tuple[Expression, ...]:
    """The expressions of a check in the order in which they are written."""
    listed: list[Expression] = []
    when = getattr(check, "when", "")
    if when:
        listed.append(Expression("when", when, "condition"))
    if isinstance(check, RecordCheck):
        if check.decidable:
            listed.append(Expression("decidable", check.decidable, "condition"))
        listed.append(Expression("assert", check.assertion, "assertion"))
    if isinstance(check, IndicatorCheck):
        listed.append(Expression("numerator", check.numerator, "assertion"))
        listed.append(Expression("denominator", check.denominator, "condition"))
    return tuple(listed)


def parse_in(
    view: View, dataset: Dataset, text: str, place: Place, expect: Kind | None = Kind.BOOLEAN
) -> Node:
    """The tree of one expression over a dataset of the view.

    Raises:
        StandardError: GJ-S2xx, placed at the line of the expression.
    """
    scope = Scope(dataset.fields, view.parameters, view.codelists, place)
    return parse(text, scope, expect)


def scope_of(view: View, check: Check, item: Item | None = None) -> Scope | None:
    """What the expressions of a check may name; None where a dataset of it is unknown or broken.

    Raises:
        StandardError: GJ-S160 to GJ-S164 and GJ-S2xx, what is wrong with a related value of the `item`.
    """
    named = {name: view.dataset(name) for name, _ in datasets_of(check)}
    known = {name: one for name, one in named.items() if one is not None}
    if len(known) < len(named):
        return None
    home: str = check.dataset  # type: ignore[union-attr] # on data
    for one in related_of(check) if item else ():  # one by one, to tell at which it is
        place = item.place("check", "related", one.name)  # type: ignore[union-attr] # as just seen
        related_scope(home, [one], known, _scopes(view, known, place))
    return related_scope(home, related_of(check), known, _scopes(view, known, Place()))


def _scopes(view: View, known: Mapping[str, Dataset], place: Place) -> dict[str, Scope]:
    return {name: Scope(one.fields, view.parameters, view.codelists, place) for name, one in known.items()}


def related_of(check: Check) -> tuple[Related, ...]:
    """The values that rows take from their partners."""
    return check.related if isinstance(check, RecordCheck | IndicatorCheck) else ()


def datasets_of(check: Check) -> tuple[tuple[str, str], ...]:
    """The datasets that a check names, with the key that names them; the examined one first."""
    match check:
        case ReferenceCheck() | MatchCheck():
            return ((check.dataset, "dataset"), (check.to, "to"))
        case CoverageCheck():
            listed = () if check.exceptions is None else ((check.exceptions.dataset, "except"),)
            return ((check.dataset, "dataset"), (check.by, "by"), *listed)
        case RecordCheck() | IndicatorCheck():
            return ((check.dataset, "dataset"), *((one.dataset, "related") for one in check.related))
        case _:
            return ((check.dataset, "dataset"),) if hasattr(check, "dataset") else ()


def named_fields(view: View, check: Check) -> Iterator[Used]:
    """The fields that a check names outside its expressions."""
    yield from _related_fields(check)
    match check:
        case SchemaCheck():
            yield from (
                Used(check.dataset, name, "fields") for name in check.fields or _all_fields(view, check)
            )
        case UniqueCheck():
            yield from (Used(check.dataset, name, "fields") for name in check.fields)
        case ReferenceCheck():
            yield from (Used(check.dataset, name, "fields") for name in check.fields)
            yield from (Used(check.to, name, "to") for name in check.to_fields)
        case MatchCheck():
            yield from _match_fields(check)
        case CoverageCheck():
            yield from _coverage_fields(check)
        case SequenceCheck():
            yield from (Used(check.dataset, name, "stages") for name in check.stages)
        case IndicatorCheck():
            yield from (Used(check.dataset, name, "groups") for name in check.groups)
            stamp = None if check.window is None else check.window.stamp
            yield from (
                Used(check.dataset, name, key)
                for name, key in ((check.period, "period"), (stamp, "window"))
                if name
            )


def _related_fields(check: Check) -> Iterator[Used]:
    for one in related_of(check):
        for here, there in one.on:
            yield Used(check.dataset, here, "related", one.name)  # type: ignore[union-attr] # on data
            yield Used(one.dataset, there, "related", one.name)
        if one.field:
            yield Used(one.dataset, one.field, "related", one.name)


def _match_fields(check: MatchCheck) -> Iterator[Used]:
    for here, there in check.on.items():
        yield Used(check.dataset, here, "on")
        yield Used(check.to, there, "on")
    for one in check.compare:
        yield Used(check.dataset, one.field, "compare")
        yield Used(check.to, one.to, "compare")


def _coverage_fields(check: CoverageCheck) -> Iterator[Used]:
    yield from (Used(check.dataset, name, "fields") for name in check.fields)
    yield from (Used(check.by, name, "by") for name in check.by_fields)
    if check.exceptions is not None:
        names = (*check.exceptions.fields, check.exceptions.reason)
        yield from (Used(check.exceptions.dataset, name, "except") for name in names)


def has_aspect(field: Field, aspect: str) -> bool:
    """Whether the record schema says something about a field under an aspect of the kind `schema`."""
    if aspect == "presence":
        return field.required
    return has_form(field) if aspect == "form" else has_code(field)


def _all_fields(view: View, check: SchemaCheck) -> tuple[str, ...]:
    dataset = view.dataset(check.dataset)
    listed = {} if dataset is None else dataset.fields
    return tuple(name for name, item in listed.items() if has_aspect(item, check.aspect))


def trees_of(view: View, check: Check) -> Iterator[tuple[Expression, Node]]:
    """The expressions of a check that can be read, with their trees; the others are told elsewhere."""
    try:
        scope = scope_of(view, check) if hasattr(check, "dataset") else None
    except StandardError:
        return
    if scope is None:
        return
    for expression in expressions_of(check):
        try:
            yield expression, parse(expression.text, scope)
        except StandardError:
            continue


@dataclass(frozen=True, slots=True)
class PartnerCondition:
    """A condition on rows of another dataset: that dataset, the text, and where it stands in the check."""

    dataset: str
    text: str
    at: tuple[str, ...]


def partner_conditions(check: Check) -> tuple[PartnerCondition, ...]:
    """The conditions that say which rows of other datasets count."""
    if isinstance(check, MatchCheck):
        return (PartnerCondition(check.to, check.to_when, ("to-when",)),) if check.to_when else ()
    return tuple(
        PartnerCondition(one.dataset, one.when, ("related", one.name, "when"))
        for one in related_of(check)
        if one.when
    )


def partner_trees(view: View, check: Check) -> Iterator[tuple[PartnerCondition, Node]]:
    """The conditions on rows of other datasets that can be read, with their trees."""
    for one in partner_conditions(check):
        dataset = view.dataset(one.dataset)
        if dataset is not None:
            try:
                yield one, parse_in(view, dataset, one.text, Place())
            except StandardError:
                continue


def fields_used(view: View, check: Check) -> dict[str, frozenset[str]]:
    """By dataset, every field that a check looks at; a dataset that is only named has an empty set."""
    used: dict[str, set[str]] = {name: set() for name, _ in datasets_of(check)}
    for one in named_fields(view, check):
        used[one.dataset].add(one.field)
    for _, node in trees_of(view, check):
        used[check.dataset].update(fields_of(node))  # type: ignore[union-attr] # only checks on data have trees
    for condition, node in partner_trees(view, check):
        used[condition.dataset].update(fields_of(node))
    return {name: frozenset(fields) for name, fields in used.items()}


def parameters_used(view: View, check: Check) -> frozenset[str]:
    """The parameters that a check names, its threshold included."""
    trees = (*trees_of(view, check), *partner_trees(view, check))
    found = {name for _, node in trees for name in parameters_of(node)}
    if isinstance(check, IndicatorCheck) and check.threshold.startswith(":"):
        found.add(check.threshold[1:])
    return frozenset(found)

"""Which columns a run reads: those that some requirement needs, with keys and owners, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from guiju.engine.kinds.record import sequence_assertion
from guiju.engine.kinds.schema import fields_with
from guiju.export import Binding
from guiju.rule import Scope, fields_of, parse, scope_name
from guiju.standard.checks import (
    Check,
    CoverageCheck,
    IndicatorCheck,
    MatchCheck,
    ReferenceCheck,
    Related,
    SchemaCheck,
    SequenceCheck,
)
from guiju.standard.fields import Dataset
from guiju.standard.model import Requirement, Standard

_EXPRESSIONS = ("when", "decidable", "assertion", "numerator", "denominator")

Needs = dict[str, set[str]]


def expressions_of(check: Check) -> list[str]:
    """The expressions of a check, those that it stands for included, without empty ones."""
    told = [sequence_assertion(check)] if isinstance(check, SequenceCheck) else []
    return [text for text in (*(getattr(check, name, "") for name in _EXPRESSIONS), *told) if text]


def partner_conditions(check: Check) -> list[tuple[str, str]]:
    """The conditions on rows of other datasets, with the dataset that each is over."""
    if isinstance(check, MatchCheck):
        return [(check.to, check.to_when)] if check.to_when else []
    related: tuple[Related, ...] = getattr(check, "related", ())
    return [(one.dataset, one.when) for one in related if one.when]


def only_needed(
    bindings: Iterable[Binding],
    standard: Standard,
    scopes: Mapping[str, Scope],
    also: Iterable[tuple[str, str]] = (),
) -> list[Binding]:
    """The bindings without the columns that nothing needs; those count as unread.

    `also` are fields, by dataset and name, that are needed for something besides the requirements.
    """
    needs = needed(standard, scopes)
    for dataset, name in also:
        needs[dataset].add(name)
        _add_origins(needs[dataset], standard.datasets[dataset], scopes[dataset])
    return [_narrowed(item, needs.get(item.dataset.id, set())) for item in bindings]


def _narrowed(binding: Binding, names: set[str]) -> Binding:
    kept = {name: heading for name, heading in binding.columns.items() if name in names}
    dropped = tuple(heading for name, heading in binding.columns.items() if name not in names)
    how = {name: binding.how[name] for name in kept}
    return replace(binding, columns=kept, how=how, unread=(*binding.unread, *dropped))


def needed(standard: Standard, scopes: Mapping[str, Scope]) -> Needs:
    """Fields by dataset that the requirements name, what those derive from, keys and owners."""
    found: Needs = {name: set(item.key) for name, item in standard.datasets.items()}
    for item in standard.requirements:
        _add_check(found, item, standard, scopes)
    for name, names in found.items():
        dataset = standard.datasets[name]
        names |= {dataset.fields[one].owner for one in names if dataset.fields[one].owner in dataset.fields}
        _add_origins(names, dataset, scopes[name])
    return found


def read_by(item: Requirement, standard: Standard, scopes: Mapping[str, Scope]) -> Needs:
    """Fields by dataset that one requirement names, with all that those derive from."""
    found: Needs = {name: set() for name in standard.datasets}
    _add_check(found, item, standard, scopes)
    for name, names in found.items():
        _add_origins(names, standard.datasets[name], scopes[name])
    return found


def _add_check(found: Needs, item: Requirement, standard: Standard, scopes: Mapping[str, Scope]) -> None:
    check = item.check
    home = getattr(check, "dataset", "")
    if not home:
        return
    for text in expressions_of(check):
        found[home] |= fields_of(parse(text, scopes[scope_name(check)]))
    for dataset, text in partner_conditions(check):
        found[dataset] |= fields_of(parse(text, scopes[dataset]))
    _add_related(found, check, home)
    found[home] |= set(getattr(check, "fields", ()))
    match check:
        case SchemaCheck():
            found[home] |= set(check.fields or fields_with(check.aspect, standard.datasets[home]))
        case ReferenceCheck():
            found[check.to] |= set(check.to_fields)
        case MatchCheck():
            found[home] |= {*check.on, *(one.field for one in check.compare)}
            found[check.to] |= {*check.on.values(), *(one.to for one in check.compare)}
        case CoverageCheck():
            found[check.by] |= set(check.by_fields)
            if check.exceptions is not None:
                found[check.exceptions.dataset] |= {*check.exceptions.fields, check.exceptions.reason}
        case IndicatorCheck():
            window = (check.window.stamp,) if check.window else ()
            found[home] |= {*check.groups, *window, *((check.period,) if check.period else ())}
        case _:
            pass


def _add_related(found: Needs, check: Check, home: str) -> None:
    related: tuple[Related, ...] = getattr(check, "related", ())
    for one in related:
        found[home] |= {here for here, _ in one.on}
        found[one.dataset] |= {there for _, there in one.on} | ({one.field} if one.field else set())


def _add_origins(names: set[str], dataset: Dataset, scope: Scope) -> None:
    waiting = list(names)
    while waiting:
        field = dataset.fields[waiting.pop()]
        more = set() if field.as_of is None else {field.as_of}
        if field.derived_from:
            more |= fields_of(parse(field.derived_from, scope, None))
        waiting += more - names
        names |= more

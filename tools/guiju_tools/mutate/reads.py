"""What each requirement looks at: fields with all that they derive from, and whether only their presence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from guiju.rule import Node, parse, scope_name
from guiju.rule.tree import FieldRef, IsNull, children
from guiju.run.needs import expressions_of, partner_conditions, read_by
from guiju.run.prepare import Scopes
from guiju.standard.checks import (
    CoverageCheck,
    IndicatorCheck,
    MatchCheck,
    RecordCheck,
    ReferenceCheck,
    SchemaCheck,
    UniqueCheck,
)
from guiju.standard.model import Requirement, Standard
from guiju_tools.mutate.states import home_of


@dataclass(frozen=True, slots=True)
class Reads:
    """What each requirement looks at, by its id.

    `fields` of each dataset that it reads, `values` those of which it reads more than their presence, `rows`
    the datasets in which it looks rows up or counts them.
    """

    fields: Mapping[str, Mapping[str, frozenset[str]]]
    values: Mapping[str, Mapping[str, frozenset[str]]]
    rows: Mapping[str, frozenset[str]]

    def of_field(self, dataset: str, name: str) -> frozenset[str]:
        """The requirements that read a field."""
        return frozenset(key for key, read in self.fields.items() if name in read.get(dataset, ()))

    def of_value(self, dataset: str, name: str) -> frozenset[str]:
        """The requirements to which the value of a field matters, not only that there is one."""
        return frozenset(key for key, read in self.values.items() if name in read.get(dataset, ()))

    def datasets(self, requirement: str) -> frozenset[str]:
        """The datasets that a requirement reads."""
        return frozenset(name for name, names in self.fields[requirement].items() if names)

    def of_datasets(self, datasets: Collection[str]) -> frozenset[str]:
        """The requirements that read any of some datasets."""
        return frozenset(key for key in self.fields if self.datasets(key) & set(datasets))

    def of_rows(self, dataset: str) -> frozenset[str]:
        """The requirements to which it matters which rows a dataset has."""
        return frozenset(key for key, read in self.rows.items() if dataset in read)


def reads_of(standard: Standard, scopes: Scopes) -> Reads:
    """What every requirement on data reads."""
    on_data = [item for item in standard.requirements if item.on_data]
    fields = {item.id: _frozen(read_by(item, standard, scopes)) for item in on_data}
    values = {}
    for item in on_data:
        asked = _only_present(item, standard, scopes)
        values[item.id] = {
            name: read - asked.get(name, frozenset()) for name, read in fields[item.id].items()
        }
    return Reads(fields, values, {item.id: frozenset(_counted(item)) for item in on_data})


def _frozen(needs: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(names) for name, names in needs.items()}


def _only_present(requirement: Requirement, standard: Standard, scopes: Scopes) -> dict[str, frozenset[str]]:
    """By dataset, the fields that a requirement only asks whether they are filled in."""
    asked, valued = dict[str, set[str]](), dict[str, set[str]]()
    for dataset, name, present in _looks(requirement, standard, scopes):
        (asked if present else valued).setdefault(dataset, set()).add(name)
    return {
        dataset: frozenset(
            name
            for name in names - valued.get(dataset, set())
            if not standard.datasets[dataset].fields[name].derived_from
        )
        for dataset, names in asked.items()
    }


Look = tuple[str, str, bool]
"""A dataset, a field of it, and whether only its presence is asked for."""


def _looks(requirement: Requirement, standard: Standard, scopes: Scopes) -> Iterator[Look]:
    """Every place where a requirement reads a field."""
    check, home = requirement.check, home_of(requirement)
    for text in expressions_of(check):
        for name, present in _uses(parse(text, scopes[scope_name(check)])):
            yield home, name, present
    for dataset, text in partner_conditions(check):
        for name, present in _uses(parse(text, scopes[dataset])):
            yield dataset, name, present
    if isinstance(check, SchemaCheck):
        required = (name for name, item in standard.datasets[home].fields.items() if item.required)
        for name in check.fields or required:
            yield home, name, check.aspect == "presence"
    else:
        yield from ((home, name, False) for name in getattr(check, "fields", ()))
    yield from _beside(requirement, home)


def _beside(requirement: Requirement, home: str) -> Iterator[Look]:
    """The fields by which rows are put together or held against each other, and those that give values."""
    check = requirement.check
    if isinstance(check, MatchCheck):
        yield from ((home, name, False) for name in (*check.on, *(item.field for item in check.compare)))
        yield from ((check.to, name, False) for name in check.on.values())
        yield from ((check.to, item.to, False) for item in check.compare)
    for one in getattr(check, "related", ()):
        for here, there in one.on:
            yield home, here, False
            yield one.dataset, there, False
        if one.field:
            yield one.dataset, one.field, False


def _uses(node: Node) -> Iterator[tuple[str, bool]]:
    """The fields of an expression, each with whether only its presence is asked for."""
    if isinstance(node, IsNull) and isinstance(node.operand, FieldRef):
        yield node.operand.name, True
        return
    if isinstance(node, FieldRef):
        yield node.name, False
    for part in children(node):
        yield from _uses(part)


def _counted(requirement: Requirement) -> Iterator[str]:
    match requirement.check:
        case UniqueCheck() as check:
            yield check.dataset
        case ReferenceCheck() | MatchCheck() as check:
            yield check.to
        case CoverageCheck() as check:
            yield check.by
            if check.exceptions is not None:
                yield check.exceptions.dataset
        case RecordCheck() | IndicatorCheck() as check:
            yield from (one.dataset for one in check.related)
        case _:
            return

"""What each requirement looks at: fields with all that they derive from, and whether only their presence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from guiju.rule import Node, parse
from guiju.rule.tree import FieldRef, IsNull, children
from guiju.run.needs import expressions_of, read_by
from guiju.run.prepare import Scopes
from guiju.standard.checks import CoverageCheck, MatchCheck, ReferenceCheck, SchemaCheck, UniqueCheck
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
    values = {
        item.id: {
            name: read - (_only_present(item, scopes) if name == home_of(item) else frozenset())
            for name, read in fields[item.id].items()
        }
        for item in on_data
    }
    return Reads(fields, values, {item.id: frozenset(_counted(item)) for item in on_data})


def _frozen(needs: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(names) for name, names in needs.items()}


def _only_present(requirement: Requirement, scopes: Scopes) -> frozenset[str]:
    """Fields that a requirement only asks whether they are filled in."""
    check, scope = requirement.check, scopes[home_of(requirement)]
    asked, valued = set[str](), set[str]()
    for text in expressions_of(check):
        for name, present in _uses(parse(text, scope)):
            (asked if present else valued).add(name)
    if isinstance(check, SchemaCheck):
        names = check.fields or tuple(name for name, item in scope.fields.items() if item.required)
        (asked if check.aspect == "presence" else valued).update(names)
    if not isinstance(check, SchemaCheck) and hasattr(check, "fields"):
        valued |= set(check.fields)
    if isinstance(check, MatchCheck):
        valued |= {*check.on, *(item.field for item in check.compare)}
    derived = {name for name in asked if scope.fields[name].derived_from}
    return frozenset(asked - valued - derived)


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
        case _:
            return

"""Which rows look a row up, and which it looks up: references, partners, related values, shared keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from guiju.standard.checks import (
    CoverageCheck,
    IndicatorCheck,
    MatchCheck,
    RecordCheck,
    ReferenceCheck,
    UniqueCheck,
)
from guiju.standard.model import Requirement, Standard
from guiju_tools.mutate.states import Tables
from guiju_tools.sample.faults import Record

Place = tuple[str, int]
"""A dataset and the position of a row in it, from 0."""
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Fields of one dataset whose values are looked up in fields of another, or of the same one."""

    dataset: str
    fields: Names
    other: str
    other_fields: Names


def links_of(standard: Standard) -> tuple[Link, ...]:
    """Everything that the requirements of a standard look up, from the side that looks."""
    return tuple(dict.fromkeys(link for item in standard.requirements for link in _checked(item)))


def _checked(requirement: Requirement) -> Iterator[Link]:
    match requirement.check:
        case ReferenceCheck() as check:
            yield Link(check.dataset, check.fields, check.to, check.to_fields)
        case MatchCheck() as check:
            yield Link(check.dataset, tuple(check.on), check.to, tuple(check.on.values()))
        case UniqueCheck() as check:
            yield Link(check.dataset, check.fields, check.dataset, check.fields)
        case CoverageCheck() as check:
            yield Link(check.dataset, check.fields, check.by, check.by_fields)
            listed = check.exceptions
            if listed is not None:
                yield Link(check.dataset, check.fields, listed.dataset, listed.fields)
        case RecordCheck() | IndicatorCheck() as check:
            for one in check.related:
                here, there = zip(*one.on, strict=True)
                yield Link(check.dataset, here, one.dataset, there)


@dataclass(slots=True)
class Neighbourhood:
    """The rows of tables by the keys through which they are linked; `complete` adds what records derive."""

    links: tuple[Link, ...]
    tables: Tables
    complete: Callable[[str, Record], Record]
    _known: dict[tuple[str, Names], dict[Names, list[int]]] = field(default_factory=dict)

    def looking(self, dataset: str, record: Record) -> set[Place]:
        """The rows that look a record of a dataset up: what is said of them may change with it."""
        whole = self.complete(dataset, record)
        return {
            (link.dataset, at)
            for link in self.links
            if link.other == dataset
            for at in self._rows(link.dataset, link.fields, _key(whole, link.other_fields))
        }

    def looked_up(self, dataset: str, record: Record) -> set[Place]:
        """The rows that a record of a dataset looks up."""
        whole = self.complete(dataset, record)
        return {
            (link.other, at)
            for link in self.links
            if link.dataset == dataset
            for at in self._rows(link.other, link.other_fields, _key(whole, link.fields))
        }

    def _rows(self, dataset: str, names: Names, key: Names | None) -> list[int]:
        if key is None:
            return []
        if (dataset, names) not in self._known:
            index: dict[Names, list[int]] = {}
            for at, row in enumerate(self.tables.get(dataset, ())):
                found = _key(self.complete(dataset, row), names)
                if found is not None:
                    index.setdefault(found, []).append(at)
            self._known[dataset, names] = index
        return self._known[dataset, names].get(key, [])


def _key(record: Record, names: Names) -> Names | None:
    texts = [record.get(name) for name in names]
    given = [text.strip() for text in texts if text]
    return tuple(given) if len(given) == len(names) else None

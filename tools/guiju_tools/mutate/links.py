"""Which rows of which tables stand in relation to a row: through references, partners, and shared keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from guiju.standard.checks import CoverageCheck, MatchCheck, ReferenceCheck, UniqueCheck
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

    @property
    def turned(self) -> Link:
        """The same relation seen from the other side."""
        return Link(self.other, self.other_fields, self.dataset, self.fields)


def links_of(standard: Standard) -> tuple[Link, ...]:
    """Every relation that the schemas and the requirements of a standard speak of, from both sides."""
    found = [*_referred(standard), *(link for item in standard.requirements for link in _checked(item))]
    return tuple(dict.fromkeys([*found, *(link.turned for link in found)]))


def _referred(standard: Standard) -> Iterator[Link]:
    for dataset in standard.datasets.values():
        for item in dataset.fields.values():
            if item.reference is not None:
                other, _, name = item.reference.partition(".")
                yield Link(dataset.id, (item.name,), other, (name,))


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


@dataclass(slots=True)
class Neighbourhood:
    """The rows of tables by the keys through which they are linked; `complete` adds what records derive."""

    links: tuple[Link, ...]
    tables: Tables
    complete: Callable[[str, Record], Record]
    _known: dict[Link, dict[Names, list[int]]] = field(default_factory=dict)

    def of(self, dataset: str, record: Record) -> set[Place]:
        """Where rows stand that are linked to a record of a dataset."""
        found: set[Place] = set()
        whole = self.complete(dataset, record)
        for link in self.links:
            key = _key(whole, link.fields) if link.dataset == dataset else None
            if key is not None:
                found |= {(link.other, at) for at in self._by_key(link).get(key, ())}
        return found

    def _by_key(self, link: Link) -> dict[Names, list[int]]:
        if link not in self._known:
            index: dict[Names, list[int]] = {}
            for at, row in enumerate(self.tables.get(link.other, ())):
                key = _key(self.complete(link.other, row), link.other_fields)
                if key is not None:
                    index.setdefault(key, []).append(at)
            self._known[link] = index
        return self._known[link]


def _key(record: Record, names: Names) -> Names | None:
    texts = [record.get(name) for name in names]
    given = [text.strip() for text in texts if text]
    return tuple(given) if len(given) == len(names) else None

"""Faults to be planted: each a row of a conforming table with one thing wrong in it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from guiju.content import Pack
from guiju.export import Reading
from guiju.export.values.lexical import ABSENT, canonical
from guiju.rule import Env, evaluate, parse
from guiju.run.expected import RowExpected
from guiju.run.prepare import Scopes, readings
from guiju.standard.checks import RecordCheck, SchemaCheck, SequenceCheck
from guiju.standard.fields import Dataset
from guiju.standard.model import Requirement, Standard
from guiju_tools.mutate.cases import Case, field_called
from guiju_tools.mutate.states import Tables
from guiju_tools.sample.faults import Operator, Record, operators, planted, row_operators

TRIES = 60
"""As many rows are looked at for one in which an operator finds something to alter."""
SMALL = 20
"""In a table with fewer rows a fault is planted once."""

Applying = Callable[[str, str], Sequence[int]]
"""Of a dataset and a field: the rows to which most of the requirements apply that read the field's value."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """One fault in one row.

    `record` is the altered row, None where the row is missing or stands there twice. `fields` are the altered
    ones, `present` those of them that had a value before and have one after. `meant` is the requirement that
    the row was taken from, empty for operators that know none.
    """

    dataset: str
    at: int
    operator: str
    title: str
    field: str
    fields: frozenset[str]
    present: frozenset[str]
    record: Record | None = None
    meant: str = ""
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What faults are planted in: a standard, conforming tables, and how their texts are read."""

    standard: Standard
    tables: Tables
    readings: Mapping[str, Mapping[str, Reading]]
    scopes: Scopes

    def experiment(
        self, dataset: str, at: int, record: Record, name: str, title: str, field: str
    ) -> Experiment | None:
        """A row with a fault; None where it says the same as before."""
        before, readings_ = self.tables[dataset][at], self.readings[dataset]
        values = {
            key: (canonical(readings_[key], before[key]), canonical(readings_[key], record[key]))
            for key in before
        }
        changed = {key for key, (old, new) in values.items() if old != new or type(old) is not type(new)}
        if not changed:
            return None
        present = {key for key in changed if ABSENT not in values[key]}
        return Experiment(dataset, at, name, title, field, frozenset(changed), frozenset(present), record)

    def complete(self, dataset: str, record: Record) -> Record:
        """A record with the fields that derive from others, as texts."""
        read, scope = self.readings[dataset], self.scopes[dataset]
        known: dict[str, Any] = {
            name: value
            for name, text in record.items()
            if (value := canonical(read[name], text)) is not ABSENT
        }
        derived: dict[str, str | None] = {}
        for name, item in scope.fields.items():
            if item.derived_from and name not in record:
                value = evaluate(parse(item.derived_from, scope, None), known, Env())
                if value is not None:
                    derived[name] = str(value)
                    known[name] = canonical(read[name], str(value))
        return {**record, **derived}


def ground(standard: Standard, packs: Sequence[Pack], tables: Tables, scopes: Scopes) -> Ground:
    """The ground for experiments on these tables."""
    read = {name: readings(standard, standard.datasets[name], None, packs, "").by_field for name in tables}
    return Ground(standard, tables, read, scopes)


def generic(here: Ground, applying: Applying, chance: random.Random, times: int) -> Iterator[Experiment]:
    """Every operator planted `times` times: once where most requirements apply, else spread over the table.

    In a small table, where faults would stand in each other's way, once.
    """
    for name, rows in here.tables.items():
        most, start = times if len(rows) >= SMALL else 1, 0
        for operator in operators(here.standard, here.standard.datasets[name]) if rows else ():
            best = applying(name, operator.field)
            spread = [(start + step) % len(rows) for step in range(min(len(rows), TRIES))]
            ordered = dict.fromkeys([*best[start % len(best) :][:1], *spread, *best])
            made = list(islice(_planted(here, operator, name, ordered, chance), most))
            yield from made
            start += most
        yield from _whole_rows(name, rows, start, most)


def _planted(
    here: Ground, operator: Operator, name: str, places: Iterable[int], chance: random.Random
) -> Iterator[Experiment]:
    for at in places:
        record = planted(operator, here.tables[name][at], chance)
        if record is not None:
            made = here.experiment(name, at, record, operator.name, operator.title, operator.field)
            if made is not None:
                yield made


def _whole_rows(name: str, rows: Sequence[Record], start: int, times: int) -> Iterator[Experiment]:
    for number, operator in enumerate(row_operators() if rows else ()):
        for step in range(times):
            at = (start + number * times + step) % len(rows)
            yield Experiment(name, at, operator.name, operator.title, "", frozenset(), frozenset())


def overlaid(here: Ground, cases: Mapping[str, tuple[Case, ...]]) -> Iterator[Experiment | None]:
    """Rows that fail in an example, laid over conforming rows: the same requirement has to fail there too.

    None for a row that cannot be: it has columns that the table has not, or needs other parameters, or rows
    of other datasets beside it.
    """
    at = 0
    for requirement in here.standard.requirements:
        if not isinstance(requirement.check, SchemaCheck | RecordCheck | SequenceCheck):
            continue
        name, beside = requirement.check.dataset, getattr(requirement.check, "related", ())
        for case in cases.get(requirement.id, ()) if here.tables.get(name) else ():
            for row in _failing(case, here.standard.datasets[name]):
                at = (at + 1) % len(here.tables[name])
                told = case.example
                special = any((told.parameters, told.as_of, told.days, beside))
                made = None if special else _overlay(here, requirement, name, at, row)
                yield made and replace(made, meant=requirement.id, scenario=case.name)


def _overlay(here: Ground, requirement: Requirement, name: str, at: int, row: Record) -> Experiment | None:
    before = here.tables[name][at]
    if not set(row) <= set(before):
        return None
    return here.experiment(name, at, {**before, **row}, "example", "示例中的不符合行", requirement.id)


def _failing(case: Case, dataset: Dataset) -> Iterator[Record]:
    """The rows of an example that are expected to fail, by name of field."""
    numbers = {one.number for one in case.expected if isinstance(one, RowExpected) and one.word == "不符合"}
    for title, table in case.example.tables.items():
        if title in (dataset.title, dataset.id):
            names = [field_called(dataset, heading) for heading in table.columns]
            for number, row in enumerate(table.rows, start=1):
                if number in numbers:
                    yield dict(zip(names, row, strict=True))

"""Delivered datasets as DuckDB views: raw texts stored once, canonical values computed in the scan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from guiju.engine.views import Derivation, view_sql
from guiju.errors import StandardError
from guiju.export import Binding, Reading, identifier
from guiju.rule import Env, Scope, emit, fields_of, parse
from guiju.standard.fields import Dataset


@dataclass(frozen=True, slots=True)
class DatasetTable:
    """One dataset as loaded.

    `raw` holds `_part`, `_row` and the raw text of each delivered field; `view` adds `_rid` (row id) and, for
    each available field, the columns the rule emitter expects.
    """

    dataset: Dataset
    raw: str
    view: str
    rows: int
    parts: tuple[str, ...]
    readings: Mapping[str, Reading]
    derived: Mapping[str, Derivation]
    columns: Mapping[str, str]

    @property
    def available(self) -> frozenset[str]:
        """Fields that are delivered or follow from delivered ones."""
        return frozenset(self.readings) | frozenset(self.derived)

    def parent(self, name: str) -> str:
        """The field that a derived field follows from directly."""
        return self.derived[name].parent

    def origin(self, name: str) -> str:
        """The delivered field that `name` is, or is derived from."""
        while name in self.derived:
            name = self.parent(name)
        return name

    def derivations(self, name: str) -> list[Derivation]:
        """How a field follows from its origin, step by step; empty for a delivered field."""
        steps: list[Derivation] = []
        while name in self.derived:
            steps.insert(0, self.derived[name])
            name = self.parent(name)
        return steps

    def heading(self, name: str) -> str:
        """The export's heading of a field; empty when it was not delivered."""
        return self.columns.get(self.origin(name), "")


def load_table(
    connection: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    bindings: Sequence[Binding],
    readings: Mapping[str, Reading],
    scope: Scope,
    env: Env,
) -> DatasetTable:
    """Load every source bound to one dataset and lay the view over it.

    `readings` covers every field of the dataset; those without a column are left out or derived.
    """
    raw, view = f"raw_{dataset.id}", f"view_{dataset.id}"
    delivered = [name for name in dataset.fields if any(name in item.columns for item in bindings)]
    columns = ", ".join(f"{identifier(name)} VARCHAR" for name in delivered)
    connection.execute(
        f'CREATE TABLE {identifier(raw)} ("_part" INTEGER, "_row" BIGINT{", " + columns if columns else ""})'
    )
    rows = sum(
        item.source.load_into(connection, raw, item.columns, part) for part, item in enumerate(bindings)
    )
    present = {name: readings[name] for name in delivered}
    derived = _derivations(dataset, readings, frozenset(delivered), scope, env)
    connection.execute(
        f"CREATE VIEW {identifier(view)} AS {view_sql(connection, raw, rows, present, derived)}"
    )
    headings = {name: heading for item in reversed(bindings) for name, heading in item.columns.items()}
    parts = tuple(part_label(item) for item in bindings)
    return DatasetTable(dataset, raw, view, rows, parts, present, derived, headings)


def part_label(binding: Binding) -> str:
    """How a file or sheet is called in findings."""
    source = binding.source
    return f"{source.file} / {source.part}" if source.part else source.file


def _derivations(
    dataset: Dataset, readings: Mapping[str, Reading], delivered: frozenset[str], scope: Scope, env: Env
) -> dict[str, Derivation]:
    """Derivable fields in an order in which each follows from delivered or earlier ones."""
    found: dict[str, Derivation] = {}
    waiting = [item for name, item in dataset.fields.items() if name not in delivered and item.derived_from]
    progress = True
    while progress:
        progress = False
        for item in list(waiting):
            node = parse(item.derived_from or "", scope, None)
            if fields_of(node) <= delivered | frozenset(found):
                found[item.name] = Derivation(item, node, readings[item.name], emit(node, env))
                waiting.remove(item)
                progress = True
    return found


def missing_fields(table: DatasetTable, names: frozenset[str]) -> list[str]:
    """Titles of fields that a check needs and the delivery lacks, in the order of the dataset.

    Raises:
        StandardError: GJ-S401 when the dataset has no such field at all.
    """
    fields = table.dataset.fields
    unknown = sorted(names - frozenset(fields))
    if unknown:
        raise StandardError(
            "GJ-S401",
            f"数据集 {table.dataset.id} 没有数据元 {'、'.join(unknown)}",
            hint="请改正核验项，或在数据集中补上该数据元",
        )
    return [item.title for name, item in fields.items() if name in names - table.available]

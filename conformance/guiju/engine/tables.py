"""Delivered datasets as DuckDB views: raw texts stored once, canonical values computed in the scan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from guiju.errors import StandardError
from guiju.export import Binding, Reading, identifier, present_sql, text_sql, typed_columns
from guiju.rule import Env, Node, Scope, emit, fields_of, parse
from guiju.standard.fields import Dataset, Field


@dataclass(frozen=True, slots=True)
class Derivation:
    """A field that is not delivered but follows from another one (`x-from`)."""

    field: Field
    node: Node
    reading: Reading
    sql: str


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
        (name,) = fields_of(self.derived[name].node)
        return name

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
    connection.execute(f"CREATE VIEW {identifier(view)} AS {_view_sql(raw, present, derived)}")
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


def _view_sql(raw: str, readings: Mapping[str, Reading], derived: Mapping[str, Derivation]) -> str:
    """Texts first, values over them: each is written once, and only what a query asks for is computed."""
    sql = f'SELECT rowid AS "_rid", "_part", "_row"{_raw_columns(readings)} FROM {identifier(raw)}'
    sql = read_sql(sql, readings)
    for item in derived.values():
        sql = derive_sql(sql, item)
    return sql


def derive_sql(sql: str, item: Derivation) -> str:
    """Add a derived field to a query that has the field it follows from."""
    name = item.field.name
    text = f"CAST({item.sql} AS VARCHAR) AS {identifier(f'{name}__raw')}"
    return read_sql(f"SELECT *, {text} FROM ({sql})", {name: item.reading})


def _raw_columns(readings: Mapping[str, Reading]) -> str:
    return "".join(f", {identifier(name)} AS {identifier(f'{name}__raw')}" for name in readings)


def read_sql(sql: str, readings: Mapping[str, Reading]) -> str:
    """Add text, presence and typed value of fields whose delivered text is the column ``field__raw``."""
    texts, values = [], []
    for name, reading in readings.items():
        raw, text = identifier(f"{name}__raw"), identifier(f"{name}__t")
        texts.append(f"{text_sql(reading, raw)} AS {text}")
        values.append(f"{present_sql(reading, raw, text)} AS {identifier(f'{name}__p')}")
        values += [f"{value} AS {identifier(alias)}" for alias, value in typed_columns(reading, text).items()]
    return f"SELECT *, {', '.join(values)} FROM (SELECT *, {', '.join(texts)} FROM ({sql}))" if texts else sql


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

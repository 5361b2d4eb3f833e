"""Delivered datasets as DuckDB views: raw texts stored once or read in place, values computed in the scan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from guiju.engine.reading_sql import Derivation, origin
from guiju.engine.views import Computed, Part, View, make_view
from guiju.errors import StandardError
from guiju.export import Binding, InPlace, Placed, Reading, identifier
from guiju.rule import Env, Scope, fields_of, parse
from guiju.standard.fields import Dataset, Field


@dataclass(frozen=True, slots=True)
class DatasetTable:
    """One dataset as loaded.

    `raw` holds `_rid` (row id), `_part`, `_row` and the raw text of each delivered field; `values` adds, for
    each available field, the columns the rule emitter expects. `near` names, by field without a column,
    unread headings that could be it.
    """

    dataset: Dataset
    raw: str
    values: View | Computed
    rows: int
    parts: tuple[str, ...]
    readings: Mapping[str, Reading]
    derived: Mapping[str, Derivation]
    columns: Mapping[str, str]
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def view(self) -> str:
        """What queries call the table with its values; `reading` puts it before them."""
        return f"view_{self.dataset.id}"

    @property
    def available(self) -> frozenset[str]:
        """Fields that are delivered or follow from delivered ones."""
        return frozenset(self.readings) | frozenset(self.derived)

    def parent(self, name: str) -> str:
        """The field that a derived field follows from directly."""
        return self.derived[name].parent

    def origin(self, name: str) -> str:
        """The delivered field that `name` is, or is derived from."""
        return origin(name, self.derived)

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
    raw = f"raw_{dataset.id}"
    delivered = [name for name in dataset.fields if any(name in item.columns for item in bindings)]
    query, rows = _parts(connection, dataset.id, bindings, delivered)
    connection.execute(f"CREATE VIEW {identifier(raw)} AS {query}")
    present = {name: readings[name] for name in delivered}
    derived = _derivations(dataset, readings, frozenset(delivered), scope, env)
    values = make_view(connection, raw, rows, present, derived)
    headings = {name: heading for item in reversed(bindings) for name, heading in item.columns.items()}
    parts = tuple(part_label(item) for item in bindings)
    near = {name: found for item in reversed(bindings) for name, found in item.near.items()}
    near = {name: found for name, found in near.items() if name not in delivered}
    return DatasetTable(dataset, raw, values, rows, parts, present, derived, headings, near)


def _parts(
    connection: duckdb.DuckDBPyConnection, name: str, bindings: Sequence[Binding], delivered: Sequence[str]
) -> tuple[str, int]:
    """A query over all sources, read where they lie or loaded, with the number of their rows."""
    queries, rows = [], 0
    for part, item in enumerate(bindings):
        placed = item.source.place(connection, item.columns) if isinstance(item.source, InPlace) else None
        if placed is None:
            query, count = _loaded(connection, f"loaded_{name}_{part}", item, part, rows, delivered)
        else:
            query, count = _placed(placed, part, rows, delivered), placed.rows
        queries.append(query)
        rows += count
    return " UNION ALL ".join(queries), rows


def _placed(placed: Placed, part: int, before: int, delivered: Sequence[str]) -> str:
    columns = "".join(
        f", {placed.texts.get(name, 'NULL::VARCHAR')} AS {identifier(name)}" for name in delivered
    )
    where = f" WHERE {placed.where}" if placed.where else ""
    rid = (
        f"{placed.number} + {before}" if before else placed.number
    )  # bare, it tells the reader which rows to skip
    return (
        f'SELECT {rid} AS "_rid", {part} AS "_part", '
        f'{placed.number} + {placed.first} AS "_row"{columns} FROM {placed.reader}{where}'
    )


def _loaded(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    binding: Binding,
    part: int,
    before: int,
    delivered: Sequence[str],
) -> tuple[str, int]:
    columns = "".join(f", {identifier(name)} VARCHAR" for name in delivered)
    connection.execute(f'CREATE TABLE {identifier(table)} ("_part" INTEGER, "_row" BIGINT{columns})')
    rows = binding.source.load_into(connection, table, binding.columns, part)
    return f'SELECT rowid + {before} AS "_rid", * FROM {identifier(table)}', rows


@dataclass(frozen=True, slots=True)
class Need:
    """A table, and what a query reads of it: fields, and parts of expressions."""

    table: DatasetTable
    fields: frozenset[str]
    parts: tuple[Part, ...] = ()


def reading(needs: Iterable[Need], texts: str = "") -> str:
    """What a query over views begins with: each view as the reading of just what the query needs of it.

    A table of `texts` takes the place of the raw table of the only dataset that is read.
    """
    by_view: dict[str, list[Need]] = {}
    for need in needs:
        by_view.setdefault(need.table.view, []).append(need)
    instead = {need.table.raw for found in by_view.values() for need in found} if texts else ()
    told = ", ".join(
        f"{identifier(name)} AS NOT MATERIALIZED ({_query(found)})" for name, found in by_view.items()
    )
    placed = "".join(f"{identifier(raw)} AS (SELECT * FROM {identifier(texts)}), " for raw in instead)
    return f"WITH {placed}{told} "


def _query(needs: Sequence[Need]) -> str:
    fields = sorted(frozenset[str]().union(*(need.fields for need in needs)))
    parts = [part for need in needs for part in need.parts]
    return needs[0].table.values.query(fields, parts)


def drop_table(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Forget a dataset of one part that `load_table` made, where it is there."""
    for kind, called in (("TABLE", "computed_raw_{}"), ("VIEW", "raw_{}"), ("TABLE", "loaded_{}_0")):
        connection.execute(f"DROP {kind} IF EXISTS {identifier(called.format(name))}")


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
                found[item.name] = Derivation(item, node, readings[item.name], env)
                waiting.remove(item)
                progress = True
    return found


def missing_fields(table: DatasetTable, names: frozenset[str]) -> list[str]:
    """Titles of fields that a check needs and the delivery lacks, in the order of the dataset.

    Where an unread column could be one of them, that is said behind the title.

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
    return [_lacked(table, item) for name, item in fields.items() if name in names - table.available]


def _lacked(table: DatasetTable, item: Field) -> str:
    near = "、".join(f"“{heading}”" for heading in table.near.get(item.name, ()))
    return f"{item.title}（未读取的列{near}与它相近）" if near else item.title

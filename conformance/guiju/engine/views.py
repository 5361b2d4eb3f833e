"""How the values of a raw table are read: by row, looked up in dictionaries, or computed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from guiju.engine import dictionaries
from guiju.engine.dictionaries import Dictionary, make_dictionaries
from guiju.engine.reading_sql import Derivation, derive_sql, origin, raw_column, read_sql
from guiju.export import Reading, identifier
from guiju.rule import Node


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression that a query computes once as a column.

    `sql` reads the columns of `fields` and of the parts in `after`. Where all fields have one origin it is
    worked out where that one is read, else once everything is read.
    """

    column: str
    sql: str
    node: Node | None
    fields: frozenset[str]
    after: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The reading of a large raw table.

    Binding a query costs time for every column that it might read, so that each query gets the reading of its
    own fields and parts.
    """

    raw: str
    readings: Mapping[str, Reading]
    derived: Mapping[str, Derivation]
    dictionaries: Mapping[str, Dictionary] = field(default_factory=dict)

    def query(self, names: Iterable[str], parts: Sequence[Part] = ()) -> str:
        """The rows with the columns of the named fields and parts; each expression is written once."""
        named = list(names)
        told = list({one.column: one for part in parts for one in (*part.after, part)}.values())
        wanted = self._closure([*named, *(one for part in told for one in part.fields)])
        looked_up = {name: item for name, item in self.dictionaries.items() if name in wanted}
        read = [name for name in self.readings if name in wanted]
        columns = "".join(f", {identifier(name)} AS {raw_column(name)}" for name in read)
        sql = f'SELECT "_rid", "_part", "_row"{columns} FROM {identifier(self.raw)}'
        sql = read_sql(sql, {name: self.readings[name] for name in read if name not in looked_up})
        late = [part for part in told if len(self._origins(part)) > 1]
        early = [part for part in told if part not in late]
        sql = self._by_row(sql, wanted, [part for part in early if self._place(part) is None])
        for item in looked_up.values():
            mine = {part.column: part.sql for part in early if self._place(part) is item}
            sql = _look_up(sql, item, [name for name in item.columns if name in named], mine)
        made = "".join(f", {part.sql} AS {identifier(part.column)}" for part in late)
        return f"SELECT *{made} FROM ({sql})" if late else sql

    def dictionary(self, name: str) -> Dictionary | None:
        """The dictionary in which a field is looked up."""
        return self.dictionaries.get(origin(name, self.derived))

    def _origins(self, part: Part) -> set[str]:
        return {origin(name, self.derived) for name in part.fields}

    def _place(self, part: Part) -> Dictionary | None:
        return self.dictionary(next(iter(part.fields)))

    def _by_row(self, sql: str, wanted: set[str], parts: list[Part]) -> str:
        """Parts and derived fields that are worked out row by row, those that others read first."""
        known = {part.node: identifier(part.column) for part in parts if part.node is not None}
        waiting, there = list(parts), set(self.readings)
        for name in ("", *(name for name in self.derived if name in wanted)):
            if name and self.dictionary(name) is None:
                sql = derive_sql(sql, self.derived[name], known)
            there.add(name)
            for part in [one for one in waiting if one.fields <= there]:
                sql = f"SELECT *, {part.sql} AS {identifier(part.column)} FROM ({sql})"
                waiting.remove(part)
        return sql

    def _closure(self, names: Iterable[str]) -> set[str]:
        wanted = set(names)
        for name in list(wanted):
            step = name
            while step in self.derived:
                step = self.derived[step].parent
                wanted.add(step)
        return wanted


@dataclass(frozen=True, slots=True)
class Computed:
    """The values of a small table, computed once: there a query costs more to bind than to run."""

    table: str

    def query(self, _names: Iterable[str], _parts: Sequence[Part] = ()) -> str:
        """The rows with the columns of all fields; parts are not set apart here."""
        return f"SELECT * FROM {identifier(self.table)}"

    def dictionary(self, _name: str) -> None:
        """Nothing is looked up."""


def make_view(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    rows: int,
    readings: Mapping[str, Reading],
    derived: Mapping[str, Derivation],
) -> View | Computed:
    """The reading of a raw table: computed if it is small, else with what has few texts in dictionaries."""
    if rows >= dictionaries.ROWS:
        return View(raw, readings, derived, make_dictionaries(connection, raw, readings, derived))
    name = f"computed_{raw}"
    every = View(raw, readings, derived).query([*readings, *derived])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(name)} AS {every}")
    return Computed(name)


def _look_up(sql: str, item: Dictionary, names: Sequence[str], parts: Mapping[str, str]) -> str:
    """Join the columns of a dictionary; blanks find themselves too."""
    made = [identifier(one) for name in names for one in item.columns[name]]
    made += [identifier(name) for name in parts]
    if not made:
        return sql
    key = raw_column(item.field)
    listed = ", ".join(f"d.{name}" for name in made)
    return (
        f"SELECT s.*, {listed} FROM ({sql}) s LEFT JOIN ({item.query(names, parts)}) d "
        f"ON s.{key} IS NOT DISTINCT FROM d.{key}"
    )

"""The view over a raw table: texts first, values over them, costly readings once per distinct text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from guiju.export import Reading, identifier, literal, present_sql, text_sql, typed_columns
from guiju.rule import Node, fields_of
from guiju.standard.fields import Field

UNREAD = "？"
"""Put before a text from which no number or date could be derived, so that it is none by accident."""
DICTIONARY_ROWS = 20_000
"""Smaller tables are read row by row: there a dictionary costs more than it saves."""
DICTIONARY_TEXTS = 50_000
"""A column with more distinct texts is read row by row."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """A field that is not delivered but follows from another one (`x-from`)."""

    field: Field
    node: Node
    reading: Reading
    sql: str

    @property
    def parent(self) -> str:
        """The field that this one follows from directly."""
        (name,) = fields_of(self.node)
        return name

    @property
    def keeps_unread(self) -> bool:
        """Whether a text that yields no value stays as an unreadable one: it is there, it cannot be read.

        Of texts and codes any text would be a value, so those are absent then.
        """
        return self.field.type != "string"


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The distinct texts of one field, read once, with all that derives from it."""

    field: str
    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """How the values of a raw table are read.

    Binding a query costs time for every column that it might read, so that each query gets the reading of its
    own fields.
    """

    raw: str
    readings: Mapping[str, Reading]
    derived: Mapping[str, Derivation]
    dictionaries: Mapping[str, Dictionary]

    def query(self, names: Iterable[str]) -> str:
        """The rows with the columns of the named fields; each expression is written once."""
        wanted = self._closure(names)
        readings = {name: item for name, item in self.readings.items() if name in wanted}
        looked_up = [item for name, item in self.dictionaries.items() if name in wanted]
        plain = {name: item for name, item in readings.items() if name not in self.dictionaries}
        sql = f'SELECT "_rid", "_part", "_row"{_raw_columns(readings)} FROM {identifier(self.raw)}'
        sql = read_sql(sql, plain)
        for name, item in self.derived.items():
            if name in wanted and origin(name, self.derived) not in self.dictionaries:
                sql = derive_sql(sql, item)
        return _joined(sql, looked_up)

    def _closure(self, names: Iterable[str]) -> set[str]:
        wanted = set(names)
        for name in names:
            step = name
            while step in self.derived:
                step = self.derived[step].parent
                wanted.add(step)
        return wanted


@dataclass(frozen=True, slots=True)
class Computed:
    """The values of a small table, computed once: there a query costs more to bind than to run."""

    table: str

    def query(self, _names: Iterable[str]) -> str:
        """The rows with the columns of all fields."""
        return f"SELECT * FROM {identifier(self.table)}"


def make_view(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    rows: int,
    readings: Mapping[str, Reading],
    derived: Mapping[str, Derivation],
) -> View | Computed:
    """The reading of a raw table: computed if it is small, else with its costly fields in dictionaries."""
    if rows >= DICTIONARY_ROWS:
        found = _dictionaries(connection, raw, readings, derived)
        return View(raw, readings, derived, {item.field: item for item in found})
    name = f"computed_{raw}"
    every = View(raw, readings, derived, {}).query([*readings, *derived])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(name)} AS {every}")
    return Computed(name)


def derive_sql(sql: str, item: Derivation) -> str:
    """Add a derived field to a query that has the field it follows from."""
    name = item.field.name
    text = f"CAST({item.sql} AS VARCHAR)"
    if item.keeps_unread:
        origin = identifier(f"{item.parent}__t")
        text = f"coalesce({text}, {literal(UNREAD)} || {origin})"
    text += f" AS {identifier(f'{name}__raw')}"
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


def origin(name: str, derived: Mapping[str, Derivation]) -> str:
    """The delivered field that a field is, or is derived from."""
    while name in derived:
        name = derived[name].parent
    return name


def _dictionaries(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    readings: Mapping[str, Reading],
    derived: Mapping[str, Derivation],
) -> list[Dictionary]:
    """Dictionaries of the delivered fields that are costly to read or that others derive from."""
    found = []
    for name, reading in readings.items():
        children = [item for child, item in derived.items() if origin(child, derived) == name]
        if (children or reading.field.type in ("set", "date-time")) and _few_texts(connection, raw, name):
            found.append(_dictionary(connection, raw, reading, children))
    return found


def _few_texts(connection: duckdb.DuckDBPyConnection, raw: str, name: str) -> bool:
    """Whether a column has few distinct texts; counting stops where there are too many."""
    distinct = f"SELECT DISTINCT {identifier(name)} FROM {identifier(raw)} LIMIT {DICTIONARY_TEXTS + 1}"
    ((count,),) = connection.execute(f"SELECT count(*) FROM ({distinct})").fetchall()
    return bool(count <= DICTIONARY_TEXTS)


def _dictionary(
    connection: duckdb.DuckDBPyConnection, raw: str, reading: Reading, children: list[Derivation]
) -> Dictionary:
    name = reading.field.name
    texts = f"SELECT DISTINCT {identifier(name)} AS {identifier(f'{name}__raw')} FROM {identifier(raw)}"
    sql = read_sql(f"{texts} WHERE {identifier(name)} IS NOT NULL", {name: reading})
    columns = list(_columns(reading))
    for item in children:
        sql = derive_sql(sql, item)
        columns += _columns(item.reading)
    table = f"texts_{raw}_{name}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(table)} AS {sql}")
    return Dictionary(name, table, tuple(columns))


def _columns(reading: Reading) -> tuple[str, ...]:
    name = reading.field.name
    return (f"{name}__t", f"{name}__p", *typed_columns(reading, "x"))


def _joined(sql: str, found: list[Dictionary]) -> str:
    """Look the dictionaries up; a blank is in none of them, so its presence is false and the rest NULL."""
    if not found:
        return sql
    columns = ", ".join(
        f"coalesce(d{number}.{identifier(name)}, FALSE) AS {identifier(name)}"
        if name.endswith("__p")
        else f"d{number}.{identifier(name)}"
        for number, item in enumerate(found)
        for name in item.columns
    )
    joins = " ".join(
        f"LEFT JOIN {identifier(item.table)} d{number} "
        f"ON s.{identifier(f'{item.field}__raw')} = d{number}.{identifier(f'{item.field}__raw')}"
        for number, item in enumerate(found)
    )
    return f"SELECT s.*, {columns} FROM ({sql}) s {joins}"

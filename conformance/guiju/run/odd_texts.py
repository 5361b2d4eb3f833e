"""The delivered texts that are worth a closer look, out of the columns that rules read.

Small tables are asked as a whole. Of large ones, the columns with few distinct texts are asked by their
dictionaries, codes by a gate of lengths, and free text among the first rows only; typed columns without a
dictionary are asked only where some rule found a value of them malformed, or no rule looked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from guiju.engine.dictionaries import COUNT
from guiju.engine.reading_sql import raw_column
from guiju.engine.tables import DatasetTable
from guiju.engine.views import Computed
from guiju.export import Reading, gate_sql, identifier, kind_of, literal, suspect_sql

FIRST_ROWS = 20_000
MOST = 200_000
"""So many distinct odd texts of a column are looked at."""


@dataclass(frozen=True, slots=True)
class OddText:
    """A distinct text of a field and the number of its rows; `partial` where only first rows were read."""

    field: str
    text: str
    count: int
    partial: bool = False


def odd_texts(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, clean: frozenset[str]
) -> Iterator[OddText]:
    """The texts that some trap may catch; `clean` are fields without a malformed value."""
    if isinstance(table.values, Computed):
        yield from _small(connection, table, table.values.table)
        return
    loose = {name: item for name, item in table.readings.items() if table.values.dictionary(name) is None}
    yield from _of_dictionaries(connection, table)
    free = {name: item for name, item in loose.items() if kind_of(item.field) in ("text", "set")}
    yield from _among_first(connection, table, free)
    yield from _gated(connection, table, _wanted(loose, clean))


def _wanted(loose: Mapping[str, Reading], clean: frozenset[str]) -> dict[str, Reading]:
    kinds = {name: kind_of(item.field) for name, item in loose.items()}
    return {
        name: item
        for name, item in loose.items()
        if kinds[name] == "code" or (kinds[name] in ("number", "date", "boolean") and name not in clean)
    }


def _small(connection: duckdb.DuckDBPyConnection, table: DatasetTable, computed: str) -> Iterator[OddText]:
    cells = [
        f"CASE WHEN {suspect_sql(item, raw_column(name), unread(item))} THEN {raw_column(name)} END"
        for name, item in table.readings.items()
    ]
    yield from _cells(connection, list(table.readings), cells, identifier(computed))


def _among_first(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, free: Mapping[str, Reading]
) -> Iterator[OddText]:
    cells = [
        f"CASE WHEN {suspect_sql(item, identifier(name))} THEN {identifier(name)} END"
        for name, item in free.items()
    ]
    first = f"(SELECT * FROM {identifier(table.raw)} LIMIT {FIRST_ROWS})"
    yield from _cells(connection, list(free), cells, first, partial=table.rows > FIRST_ROWS)


def _cells(
    connection: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    cells: Sequence[str],
    source: str,
    *,
    partial: bool = False,
) -> Iterator[OddText]:
    """Distinct texts of several columns in one go."""
    if not names:
        return
    numbers = ", ".join(str(number) for number in range(len(names)))
    taken = f"SELECT unnest([{', '.join(cells)}]) AS t, unnest([{numbers}]) AS f FROM {source}"
    counted = f"SELECT f, t, count(*) FROM ({taken}) WHERE t IS NOT NULL GROUP BY f, t ORDER BY f, t"
    for number, text, count in connection.execute(counted).fetchall():
        yield OddText(names[number], text, count, partial)


def unread(reading: Reading) -> str:
    """That a typed field has a text and no value, where its columns are at hand; empty for texts."""
    name = reading.field.name
    if kind_of(reading.field) not in ("number", "date", "boolean"):
        return ""
    value = f"{name}__lo" if reading.field.type == "date-time" else name
    return f"({identifier(f'{name}__t')} IS NOT NULL AND {identifier(value)} IS NULL)"


def _of_dictionaries(connection: duckdb.DuckDBPyConnection, table: DatasetTable) -> Iterator[OddText]:
    asked = []
    for name, item in table.readings.items():
        dictionary = table.values.dictionary(name)
        if dictionary is not None:
            raw = raw_column(name)
            condition = suspect_sql(item, raw, unread(item))
            asked.append(
                f"SELECT {literal(name)} AS f, {raw} AS t, {COUNT}::BIGINT AS n "
                f"FROM {identifier(dictionary.table)} WHERE {condition}"
            )
    if asked:
        rows = connection.execute(f"{' UNION ALL '.join(asked)} ORDER BY f, t").fetchall()
        yield from (OddText(*row) for row in rows)


def _gated(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, wanted: Mapping[str, Reading]
) -> Iterator[OddText]:
    """Columns with many distinct texts: a gate for all of them in one scan, then those that have odd ones."""
    if not wanted:
        return
    gates = _gates(connection, table, wanted)
    counted = ", ".join(f"count_if({gate})" for gate in gates.values())
    (counts,) = connection.execute(f"SELECT {counted} FROM {identifier(table.raw)}").fetchall()
    for (name, gate), count in zip(gates.items(), counts, strict=True):
        if count:
            raw = identifier(name)
            exact = suspect_sql(wanted[name], raw)
            rows = connection.execute(
                f"SELECT {raw}, count(*) FROM {identifier(table.raw)} WHERE {gate} AND {exact} "
                f"GROUP BY 1 ORDER BY 1 LIMIT {MOST}"
            ).fetchall()
            yield from (OddText(name, text, number) for text, number in rows)


def _gates(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, wanted: Mapping[str, Reading]
) -> dict[str, str]:
    """By field a cheap condition; for codes by the usual lengths, that are taken from the first rows."""
    codes = [name for name, item in wanted.items() if kind_of(item.field) == "code"]
    lengths: dict[str, tuple[int, int]] = {}
    if codes:
        asked = ", ".join(_lengths(wanted[name], identifier(name)) for name in codes)
        first = f"(SELECT * FROM {identifier(table.raw)} LIMIT {FIRST_ROWS})"
        (told,) = connection.execute(f"SELECT {asked} FROM {first}").fetchall()
        lengths = dict(zip(codes, zip(told[::2], told[1::2], strict=True), strict=True))
    return {
        name: gate_sql(identifier(name), *lengths[name])
        if name in lengths
        else suspect_sql(item, identifier(name))
        for name, item in wanted.items()
    }


def _lengths(reading: Reading, raw: str) -> str:
    usual = f"FILTER (WHERE NOT {suspect_sql(reading, raw)})"
    return f"coalesce(min(strlen({raw})) {usual}, 0), coalesce(max(strlen({raw})) {usual}, 1000000)"

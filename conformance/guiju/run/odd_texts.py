"""The delivered texts that are worth a closer look, out of the columns that rules read.

Small tables are asked as a whole. Of large ones, the columns with few distinct texts are asked by their
dictionaries; the others as a whole where a rule found malformed values in them, not at all where one found
none, and among the first rows where no rule looked. Long codes are always asked whether they were rounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from guiju.engine.dictionaries import COUNT
from guiju.engine.reading_sql import raw_column
from guiju.engine.tables import DatasetTable
from guiju.engine.views import Computed
from guiju.export import Reading, gate_sql, identifier, key_gate_sql, kind_of, literal, suspect_sql

FIRST_ROWS = 2_000
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
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, malformed: Mapping[str, int]
) -> Iterator[OddText]:
    """The texts that some trap may catch; `malformed` counts bad values where a rule looked."""
    if isinstance(table.values, Computed):
        yield from _small(connection, table, table.values.table)
        return
    loose = {name: item for name, item in table.readings.items() if table.values.dictionary(name) is None}
    codes = {name for name, item in loose.items() if kind_of(item.field) == "code"}
    whole = {name: item for name, item in loose.items() if malformed.get(name)}
    sampled = {name: item for name, item in loose.items() if name not in malformed}
    yield from _of_dictionaries(connection, table)
    yield from _among_first(connection, table, sampled)
    long = {name: item for name, item in loose.items() if name in codes and name not in whole}
    yield from _gated(connection, table, whole, long)


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
    connection: duckdb.DuckDBPyConnection,
    table: DatasetTable,
    whole: Mapping[str, Reading],
    long: Mapping[str, Reading],
) -> Iterator[OddText]:
    """A gate for columns with many distinct texts in one scan, then those that have odd ones.

    Columns with bad values are asked as a `whole`; other codes only for rounding, if `long`.
    """
    gates = _gates(connection, table, whole, long)
    if not gates:
        return
    counted = ", ".join(f"count_if({gate})" for gate in gates.values())
    (counts,) = connection.execute(f"SELECT {counted} FROM {identifier(table.raw)}").fetchall()
    for (name, gate), count in zip(gates.items(), counts, strict=True):
        if count:
            raw = identifier(name)
            exact = suspect_sql({**whole, **long}[name], raw)
            rows = connection.execute(
                f"SELECT {raw}, count(*) FROM {identifier(table.raw)} WHERE {gate} AND {exact} "
                f"GROUP BY 1 ORDER BY 1 LIMIT {MOST}"
            ).fetchall()
            yield from (OddText(name, text, number) for text, number in rows)


def _gates(
    connection: duckdb.DuckDBPyConnection,
    table: DatasetTable,
    whole: Mapping[str, Reading],
    long: Mapping[str, Reading],
) -> dict[str, str]:
    """By field a cheap condition; for codes by the usual lengths, that are taken from the first rows."""
    both = {**whole, **long}
    codes = [name for name, item in both.items() if item.codes or item.field.pattern is not None]
    gates = {
        name: key_gate_sql(identifier(name)) if name in long else suspect_sql(item, identifier(name))
        for name, item in both.items()
        if name not in codes
    }
    if codes:
        asked = ", ".join(_lengths(both[name], identifier(name)) for name in codes)
        first = f"(SELECT * FROM {identifier(table.raw)} LIMIT {FIRST_ROWS})"
        (told,) = connection.execute(f"SELECT {asked} FROM {first}").fetchall()
        pairs = zip(told[::2], told[1::2], strict=True)
        for name, pair in zip(codes, pairs, strict=True):
            gates[name] = gate_sql(identifier(name), *pair, clean=name in long)
    return {name: gate for name, gate in gates.items() if gate}


def _lengths(reading: Reading, raw: str) -> str:
    usual = f"FILTER (WHERE NOT {suspect_sql(reading, raw)})"
    return f"coalesce(min(strlen({raw})) {usual}, 0), coalesce(max(strlen({raw})) {usual}, 1000000)"

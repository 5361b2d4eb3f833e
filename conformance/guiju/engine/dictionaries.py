"""The distinct texts of a column, each read once.

Most columns of an export have few distinct texts: codes, yes and no, units, hours, offices. What is to be
read of such a column, and every part of a rule that looks at it alone, is worked out once for each distinct
text and looked up for the rows. A blank is a text like any other here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from guiju.engine.reading_sql import Derivation, derive_sql, origin, raw_column, read_sql, value_columns
from guiju.export import Reading, identifier

ROWS = 20_000
"""Smaller tables have no dictionaries: there they cost more than they save."""
TEXTS = 50_000
"""A column with more distinct texts is read row by row."""
SAMPLE_ROWS, SAMPLE_TEXTS = 20_000, 4_000
"""A column with more distinct texts than that among its first rows is not even tried."""
COUNT = "n"


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The distinct texts of one delivered field with all that derives from it.

    `table` has ``field__raw``, the columns of the field and of those derived from it, and ``n``, the number
    of rows that have the text.
    """

    field: str
    table: str
    columns: Mapping[str, tuple[str, ...]]

    def query(self, names: Iterable[str], parts: Mapping[str, str]) -> str:
        """The texts with the columns of the named fields, and `parts` (SQL over those columns, by name)."""
        columns = [identifier(one) for name in names for one in self.columns[name]]
        made = [f"{sql} AS {identifier(name)}" for name, sql in parts.items()]
        return f"SELECT {', '.join([raw_column(self.field), *columns, *made])} FROM {identifier(self.table)}"


def make_dictionaries(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    readings: Mapping[str, Reading],
    derived: Mapping[str, Derivation],
) -> dict[str, Dictionary]:
    """A dictionary for each delivered field that has few distinct texts."""
    found = {}
    promising = _promising(connection, raw, list(readings))
    for name, reading in readings.items():
        if name in promising:
            children = [item for child, item in derived.items() if origin(child, derived) == name]
            made = _dictionary(connection, raw, reading, children)
            if made is not None:
                found[name] = made
    return found


def _promising(connection: duckdb.DuckDBPyConnection, raw: str, names: list[str]) -> set[str]:
    """The fields that have few distinct texts among the first rows."""
    counted = ", ".join(f"approx_count_distinct({identifier(name)})" for name in names)
    sample = f"SELECT * FROM {identifier(raw)} LIMIT {SAMPLE_ROWS}"
    (counts,) = connection.execute(f"SELECT {counted or '0'} FROM ({sample})").fetchall()
    return {name for name, count in zip(names, counts, strict=False) if count <= SAMPLE_TEXTS}


def _dictionary(
    connection: duckdb.DuckDBPyConnection, raw: str, reading: Reading, children: list[Derivation]
) -> Dictionary | None:
    name = reading.field.name
    texts, table = f"texts_{raw}_{name}", f"read_{raw}_{name}"
    counted = f"SELECT {identifier(name)} AS {raw_column(name)}, count(*) AS {COUNT}"
    ((rows,),) = connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {identifier(texts)} AS {counted} FROM {identifier(raw)} GROUP BY 1"
    ).fetchall()
    if rows > TEXTS:
        connection.execute(f"DROP TABLE {identifier(texts)}")
        return None
    sql = read_sql(f"SELECT * FROM {identifier(texts)}", {name: reading})
    for item in children:
        sql = derive_sql(sql, item)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(table)} AS {sql}")
    columns = {name: value_columns(reading)}
    columns |= {item.field.name: value_columns(item.reading) for item in children}
    return Dictionary(name, table, columns)

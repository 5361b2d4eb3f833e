"""Large files rewritten as Parquet in a temporary folder: read once, then quick to read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from guiju.export.source import Placed
from guiju.export.sql_text import identifier, literal

LISTED = 100
"""So many blank rows are named; more of them are looked for each time."""


def write_parquet(con: duckdb.DuckDBPyConnection, file: Path, reader: str, columns: Mapping[str, str]) -> int:
    """Write columns (by field, as the reader calls them), rows in order; returns how many rows there are."""
    chosen = ", ".join(f"{identifier(column)} AS {identifier(name)}" for name, column in columns.items())
    ((rows,),) = con.execute(
        f"COPY (SELECT {chosen or '1 AS nothing'} FROM {reader}) TO {literal(str(file))} "
        "(FORMAT parquet, COMPRESSION lz4)"
    ).fetchall()
    return int(rows)


def placed_parquet(
    con: duckdb.DuckDBPyConnection, file: Path, fields: Sequence[str], rows: int, *, first: int
) -> Placed:
    """How to read such a file; rows without any value are left out."""
    reader = f"read_parquet({literal(str(file))}, file_row_number = true)"
    texts = {name: identifier(name) for name in fields}
    blank = _blank_rows(con, file, reader, list(texts.values()))
    where = ""
    if 0 < len(blank) <= LISTED:
        where = f"file_row_number NOT IN ({', '.join(map(str, blank))})"
    elif blank:
        where = f"coalesce({', '.join(texts.values())}, '') <> ''"
    return Placed(reader, "file_row_number", rows - len(blank), texts, first, where)


def _blank_rows(con: duckdb.DuckDBPyConnection, file: Path, reader: str, columns: list[str]) -> list[int]:
    """Numbers of the rows without any value."""
    if not columns or _always_filled(con, file):
        return []
    blank = f"coalesce({', '.join(columns)}, '') = ''"
    return [row[0] for row in con.execute(f"SELECT file_row_number FROM {reader} WHERE {blank}").fetchall()]


def _always_filled(con: duckdb.DuckDBPyConnection, file: Path) -> bool:
    """Whether some column has a text in every row, as the file's own statistics tell."""
    found = con.execute(
        "SELECT 1 FROM parquet_metadata(?) GROUP BY path_in_schema "
        "HAVING sum(stats_null_count) = 0 AND count(stats_null_count) = count(*) "
        "AND min(stats_min_value) > '' AND count(stats_min_value) = count(*) LIMIT 1",
        [str(file)],
    ).fetchall()
    return bool(found)

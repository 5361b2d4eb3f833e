"""Large files rewritten as Parquet in a temporary folder: read once, then quick to read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import duckdb

from guiju.export.source import Placed
from guiju.export.sql_text import identifier, literal

LISTED = 100
"""So many rows that are left out are named in every query; more of them are taken out of the file."""
NUMBER = "_number"
"""The column with rows' numbers (from 0) of a file from which rows were taken out."""


def new_file(con: duckdb.DuckDBPyConnection, suffix: str) -> Path:
    """A name for a new file in the connection's temporary folder."""
    ((folder,),) = con.execute("SELECT current_setting('temp_directory')").fetchall()
    return Path(folder) / f"{uuid4().hex}{suffix}"


def write_parquet(con: duckdb.DuckDBPyConnection, file: Path, reader: str, columns: Mapping[str, str]) -> int:
    """Write columns (an expression by name), rows in order; returns how many rows there are."""
    chosen = ", ".join(f"{text} AS {identifier(name)}" for name, text in columns.items())
    ((rows,),) = con.execute(
        f"COPY (SELECT {chosen or '1 AS nothing'} FROM {reader}) TO {literal(str(file))} "
        "(FORMAT parquet, COMPRESSION lz4)"
    ).fetchall()
    return int(rows)


def parquet_reader(file: Path) -> str:
    """What to select from; `file_row_number` counts from 0."""
    return f"read_parquet({literal(str(file))}, file_row_number = true)"


def placed_parquet(
    con: duckdb.DuckDBPyConnection,
    file: Path,
    fields: Sequence[str],
    rows: int,
    *,
    first: int,
    left_out: Sequence[int] = (),
) -> Placed:
    """How to read such a file of so many rows, without those left out (numbers from 0)."""
    texts = {name: identifier(name) for name in fields}
    kept = rows - len(left_out)
    if len(left_out) > LISTED:
        shorter = _without(con, file, left_out)
        return Placed(parquet_reader(shorter), identifier(NUMBER), kept, texts, first)
    where = f"file_row_number NOT IN ({', '.join(map(str, left_out))})" if left_out else ""
    return Placed(parquet_reader(file), "file_row_number", kept, texts, first, where)


def _without(con: duckdb.DuckDBPyConnection, file: Path, left_out: Sequence[int]) -> Path:
    """The file without some rows; those that are kept carry their numbers."""
    shorter = new_file(con, ".parquet")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE left_out AS SELECT unnest(?::BIGINT[]) AS number", [list(left_out)]
    )
    con.execute(
        f"COPY (SELECT * EXCLUDE (file_row_number), file_row_number AS {identifier(NUMBER)} "
        f"FROM {parquet_reader(file)} WHERE file_row_number NOT IN (SELECT number FROM left_out)) "
        f"TO {literal(str(shorter))} (FORMAT parquet, COMPRESSION lz4)"
    )
    con.execute("DROP TABLE left_out")
    file.unlink()
    return shorter

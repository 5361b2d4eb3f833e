"""Rows that Python read, put down as a Parquet file: memory does not grow with them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from guiju.export.rewritten import NUMBER, new_file, parquet_reader, write_parquet
from guiju.export.rows import Row
from guiju.export.source import Placed
from guiju.export.sql_text import file_pattern, identifier, literal


def spool(con: duckdb.DuckDBPyConnection, fields: Sequence[str], rows: Iterable[Row]) -> Placed:
    """Write rows, each number once, into the connection's temporary folder, and say how to read them."""
    text, file = new_file(con, ".csv"), new_file(con, ".parquet")
    names = {name: f"c{place}" for place, name in enumerate(fields)}
    try:
        _write(text, rows)
        count = write_parquet(con, file, _reader(text, list(names.values())), {**names, NUMBER: "number"})
    finally:
        text.unlink(missing_ok=True)
    texts = {name: identifier(name) for name in fields}
    return Placed(parquet_reader(file), identifier(NUMBER), count, texts, first=0)


def _write(text: Path, rows: Iterable[Row]) -> None:
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows((number, *cells) for number, cells in rows)


def _reader(text: Path, names: Sequence[str]) -> str:
    struct = ", ".join(["'number': 'BIGINT'", *(f"'{name}': 'VARCHAR'" for name in names)])
    return (
        f"read_csv({literal(file_pattern(text))}, auto_detect = false, header = false, delim = ',', "
        f"quote = '\"', escape = '\"', new_line = '\\n', strict_mode = true, columns = {{{struct}}})"
    )

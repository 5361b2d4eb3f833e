"""Rows written as CSV, JSON Lines, Parquet or a workbook, streamed: no table is held in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from guiju.export import identifier, literal
from guiju.standard.fields import Field
from guiju_tools.sample.request import Format, cannot_write
from guiju_tools.sample.workbook import write_workbook
from guiju_tools.whole_file import beside

_OPTIONS = {
    "csv": "FORMAT csv, HEADER true",
    "jsonl": "FORMAT json",
    "parquet": "FORMAT parquet, COMPRESSION zstd",
}
_MARK = "\ufeff"
"""Office programs write it before a CSV in UTF-8."""


def write(
    con: duckdb.DuckDBPyConnection, rows: str, fields: Sequence[Field], target: Path, kind: Format
) -> Path:
    """Write the rows of a SELECT (columns named by field, texts) under the fields' titles.

    The file appears under its name only when it is complete.

    Raises:
        InputError: GJ-I333 when it cannot be written, GJ-I334 when a workbook has no room for the rows.
    """
    try:
        with beside(target) as part:
            if kind == "xlsx":
                write_workbook(con, rows, fields, part, target.stem)
            else:
                _copy(con, rows, fields, part, kind)
    except (OSError, duckdb.IOException) as error:
        raise cannot_write(target, error) from error
    return target


def _copy(
    con: duckdb.DuckDBPyConnection, rows: str, fields: Sequence[Field], target: Path, kind: Format
) -> None:
    mark = _MARK if kind == "csv" else ""
    titles = [item.title for item in fields]
    titles[0] = mark + titles[0]
    columns = ", ".join(
        f"{identifier(item.name)} AS {identifier(title)}" for item, title in zip(fields, titles, strict=True)
    )
    con.execute(f"COPY (SELECT {columns} FROM ({rows})) TO {literal(str(target))} ({_OPTIONS[kind]})")

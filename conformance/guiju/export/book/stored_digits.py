"""Long whole numbers as the file stores them: calamine gives floats, which lose digits from the sixteenth on.

Programs that write workbooks often put an 18- or 31-digit code into a numeric cell with all its digits. Excel
itself keeps only 15 and makes the rest zeros; such a cell stays as it is, and doubtful.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb

from guiju.export.sql_text import identifier

KEPT_BY_EXCEL = 15


def stored_digits(path: Path, sheet: str, cells: Mapping[int, Collection[int]]) -> dict[int, dict[int, str]]:
    """The stored digits of numeric cells, by column and row (both from 1), where the file has them in full.

    Args:
        path: the workbook.
        sheet: the sheet's name.
        cells: rows by column, the cells in question.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - few workbooks need it, and it loads slowly

    found: dict[int, dict[int, str]] = {column: {} for column in cells}
    workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        columns = sorted(cells)
        wanted = {column: set(rows) for column, rows in cells.items()}
        first, last = columns[0], columns[-1]
        for number, row in enumerate(
            workbook[sheet].iter_rows(min_col=first, max_col=last, values_only=True), start=1
        ):
            for column in columns:
                value = row[column - first] if column - first < len(row) else None
                if number in wanted[column] and _in_full(value):
                    found[column][number] = str(value)
    finally:
        workbook.close()
    return found


def _in_full(value: object) -> bool:
    """More significant digits than Excel keeps: Excel has not touched them."""
    return type(value) is int and len(str(abs(value)).rstrip("0")) > KEPT_BY_EXCEL


def put_back(
    con: duckdb.DuckDBPyConnection, table: str, field: str, part: int, digits: Mapping[int, str]
) -> None:
    """Write recovered digits into loaded rows."""
    rows: Sequence[int] = list(digits)
    con.execute(
        f"UPDATE {identifier(table)} SET {identifier(field)} = d.text "
        f"FROM (SELECT unnest(?) AS number, unnest(?) AS text) d "
        f'WHERE "_row" = d.number AND "_part" = {part}',
        [rows, [digits[row] for row in rows]],
    )

"""A sheet of sample rows: texts only, written row by row, the same bytes for the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import duckdb
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from guiju.errors import InputError, Place
from guiju.export import identifier
from guiju.standard.fields import Field

MOST_ROWS = 1_048_575
"""Rows of data that a sheet holds below its heading."""

_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_FETCHED = 5000
_SHEET_NAME = 31


def write_workbook(
    con: duckdb.DuckDBPyConnection, rows: str, fields: Sequence[Field], target: Path, title: str
) -> None:
    """Write the rows of a SELECT as a workbook of one sheet called `title`.

    Raises:
        InputError: GJ-I334 when a sheet has no room for the rows; OSError when the file cannot be written.
    """
    ((count,),) = con.execute(f"SELECT count(*) FROM ({rows})").fetchall()
    refuse_too_many(count, title)
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(title[:_SHEET_NAME])
    _write_row(sheet, 0, [item.title for item in fields])
    columns = ", ".join(identifier(item.name) for item in fields)
    found = con.execute(f"SELECT {columns} FROM ({rows})")
    number = 0
    while chunk := found.fetchmany(_FETCHED):
        for values in chunk:
            number += 1
            _write_row(sheet, number, values)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def refuse_too_many(count: int, title: str) -> None:
    """Raise GJ-I334 where a sheet has no room for so many rows."""
    if count > MOST_ROWS:
        raise InputError(
            "GJ-I334",
            f"一个工作表放不下{count}行",
            place=Place(f"{title}.xlsx"),
            hint=f"工作表至多{MOST_ROWS}行数据：请减少 --rows，或改用 --format csv 或 parquet",
        )


def _write_row(sheet: xlsxwriter.worksheet.Worksheet, number: int, values: Sequence[str | None]) -> None:
    for place, value in enumerate(values):
        if value is not None:
            sheet.write_string(number, place, value)

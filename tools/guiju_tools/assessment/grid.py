"""Sheets of a filled form as cells: values as they are shown, merged ranges, whatever program wrote them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from guiju.errors import InputError, Place
from guiju.export.book.calamine import open_book, sheet_of
from guiju.export.book.content import Kind, content_of
from guiju.export.book.facts import Facts
from guiju.export.book.looking import look
from guiju_tools.assessment.pictures import Picture, is_shown, pictures_of

Value = str | float | bool
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_LARGEST = 2_000_000
"""Cells of a sheet; a form has some thousands, and phantom rows some hundred thousand empty ones."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet; rows and columns count from 1, blank cells are not in it.

    `merged` are ranges as (top, left, bottom, right), inclusive; `uncalculated` are rows with a formula of
    which no value is stored, `hidden` rows that are not shown.
    """

    name: str
    cells: Mapping[tuple[int, int], Value]
    merged: tuple[tuple[int, int, int, int], ...]
    uncalculated: frozenset[int] = frozenset()
    hidden: tuple[tuple[int, int], ...] = ()
    pictures: tuple[Picture, ...] = ()

    def text(self, row: int, column: int) -> str:
        """A cell as text, without blanks at its ends; a number as people write it."""
        value = self.cells.get((row, column))
        if value is None:
            return ""
        if isinstance(value, float):
            return f"{value:.10g}"  # what formulas add up carries the noise of binary fractions
        return str(value).strip()

    @property
    def last_row(self) -> int:
        """The last row that has anything."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        """The last column that has anything."""
        return max((column for _, column in self.cells), default=0)


def place_of(row: int, column: int) -> str:
    """A cell as people name it: ``H12``."""
    return f"{get_column_letter(column)}{row}"


def read_grids(path: Path) -> tuple[Grid, ...]:
    """All sheets of a workbook, hidden ones too; hostile workbooks are refused as the readers refuse them.

    Raises:
        InputError: GJ-I420 not a workbook, GJ-I421 too many cells; GJ-I112 and others of the readers.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            "GJ-I420",
            "自评表应为工作簿",
            place=Place(str(path)),
            hint="请交 .xlsx；WPS 的 .et 请先另存为 .xlsx",
        )
    if not path.is_file():
        raise InputError("GJ-I422", "没有这个文件", place=Place(str(path)), hint="请核对文件名和所在的文件夹")
    content = content_of(path)
    looked = look(path, content)
    book = open_book(path, looked.read, content.kind)
    grids = [
        _grid(path, book, name, (content.kind, looked.sheets.get(name, Facts()))) for name in book.sheet_names
    ]
    if content.kind not in ("xlsx", "ods"):
        return tuple(grids)
    texts = {grid.name: {cell: str(value) for cell, value in grid.cells.items()} for grid in grids}
    found = pictures_of(path, looked.entries, texts)
    return tuple(_with_pictures(grid, found.get(grid.name, ())) for grid in grids)


def _with_pictures(grid: Grid, pictures: tuple[Picture, ...]) -> Grid:
    """The grid with its pictures; a formula that shows one is no text of the cell."""
    if not pictures:
        return grid
    cells = {cell: value for cell, value in grid.cells.items() if not is_shown(str(value))}
    return replace(grid, cells=cells, pictures=pictures)


def _grid(path: Path, book: Any, name: str, told: tuple[Kind, Facts]) -> Grid:
    kind, facts = told
    sheet = sheet_of(book, path, name, kind)
    if sheet.total_height * max(sheet.total_width, 1) > _LARGEST:
        raise InputError(
            "GJ-I421",
            f"工作表“{name}”大得不像自评表",
            place=Place(str(path), inside=name),
            cause=f"{sheet.total_height}行{sheet.total_width}列",
            hint="请把自评表单独存成一个文件再交",
        )
    cells = dict(_cells(sheet, facts))
    for row, errors in facts.errors.items():
        for column, text in errors.items():
            cells.setdefault((row, column), text)
    merged = tuple(facts.merged) or tuple(
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Grid(name, cells, merged, frozenset(facts.uncalculated), tuple(facts.hidden))


def _cells(sheet: Any, facts: Facts) -> Iterator[tuple[tuple[int, int], Value]]:
    if sheet.start is None:
        return
    for row, values in zip(facts.numbers(), sheet.to_python(skip_empty_area=False), strict=False):
        for column, value in enumerate(values, 1):
            if value is None or value == "":
                continue
            yield (row, column), _value(value)


def _value(value: Any) -> Value:
    if isinstance(value, dt.datetime) and not value.time().replace(microsecond=0).strftime("%H%M%S").strip(
        "0"
    ):
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value  # type: ignore[no-any-return]  # text, number or truth value

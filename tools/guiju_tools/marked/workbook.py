"""The marked copy: a workbook as it was, with tinted cells, notes on them and a list of the findings."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from guiju.result import Result
from guiju_tools.marked.columns import sheet_columns
from guiju_tools.marked.list_sheet import Listed, add_list
from guiju_tools.marked.looked_over import Contents
from guiju_tools.marked.tints import Tints
from guiju_tools.marked.told import Mark, gravest, note

NOTES_MOST = 2_000
"""Notes that one sheet carries; programs for spreadsheets get slow with many thousands."""
_AUTHOR = "核验"
_LETTERS_A_LINE, _LINE_HEIGHT, _WIDTH = 26, 17, 380


_STRANGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, BadZipFile)
"""What the library raises over styles and parts that other programs write in ways of their own."""


class CannotCopyError(Exception):
    """A workbook that can be read, but not copied with its look."""


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """What is marked in one sheet: its name, its headings in order, the findings."""

    name: str
    headings: Sequence[str]
    marks: Sequence[Mark]


def mark_workbook(
    source: Path, target: Path, sheets: Sequence[MarkedSheet], result: Result, contents: Contents
) -> None:
    """Write the marked copy of a workbook.

    Args:
        source: the delivered workbook; it is only read.
        target: where the copy is written (.xlsx).
        sheets: what is marked.
        result: for the edition, and for what is not listed.
        contents: what is in the workbook, and what the copy does not keep.

    Raises:
        CannotCopyError: the workbook cannot be copied with its look.
        OSError: it cannot be written.
    """
    book = _opened(source, contents)
    tints = Tints()
    listed: list[Listed] = []
    short: list[str] = []
    for sheet in sheets:
        found, without = _mark_sheet(book[sheet.name], sheet, tints)
        listed += found
        short += [f"工作表“{sheet.name}”有{without}个单元格只加底色、没有批注"] if without else []
    add_list(book, listed, result, source.name, contents.lost, short)
    book.save(target)


def _opened(source: Path, contents: Contents) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that are not kept: `look_over` tells them in plain words
        try:
            return load_workbook(source, rich_text=contents.rich)
        except _STRANGE as error:
            raise CannotCopyError(str(error)) from error


def _mark_sheet(sheet: Worksheet, told: MarkedSheet, tints: Tints) -> tuple[list[Listed], int]:
    above = min(mark.finding.row for mark in told.marks) - 1
    columns = sheet_columns(sheet, above, told.headings)
    first = min(columns.values(), default=1)
    by_cell: dict[tuple[int, int], list[Mark]] = {}
    listed = []
    for mark in told.marks:
        places = [columns[name] for name in mark.columns if name in columns] or [first]
        spots = [_shown(sheet, mark.finding.row, place) for place in places]
        for spot in dict.fromkeys(spots):
            by_cell.setdefault(spot, []).append(mark)
        row, column = spots[0]
        listed.append(Listed(mark, sheet.title, f"{get_column_letter(column)}{row}"))
    for number, ((row, column), marks) in enumerate(sorted(by_cell.items(), key=lambda item: item[0])):
        cell = sheet.cell(row, column)
        tints.lay(cell, gravest(marks))
        if number < NOTES_MOST and isinstance(cell, Cell):
            cell.comment = _comment(note(marks), cell.comment)
    return listed, max(0, len(by_cell) - NOTES_MOST)


def _shown(sheet: Worksheet, row: int, column: int) -> tuple[int, int]:
    """The cell that shows: of a merged range it is the first."""
    for block in sheet.merged_cells.ranges:
        if block.min_row <= row <= block.max_row and block.min_col <= column <= block.max_col:
            return block.min_row, block.min_col
    return row, column


def _comment(text: str, before: Comment | None) -> Comment:
    """A note that leaves in place what people had noted."""
    whole = f"{before.text}\n————\n{text}" if before is not None else text
    comment = Comment(whole, _AUTHOR)
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in whole.split("\n"))
    comment.width, comment.height = _WIDTH, min(600, 16 + _LINE_HEIGHT * lines)
    return comment

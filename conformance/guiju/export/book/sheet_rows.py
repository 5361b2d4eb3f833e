"""Rows of a sheet that calamine has parsed, with their numbers in the sheet and what calamine leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from python_calamine import CalamineSheet

from guiju.export.book.cells import Cell, cell_text, span_text
from guiju.export.book.content import Kind
from guiju.export.book.facts import Facts
from guiju.export.book.loading import CellRow, Loading
from guiju.export.layout.area import Block, Line
from guiju.export.sql_text import identifier

_HEADS = 100
"""Merged ranges that begin in so many rows from the top may belong to the head."""


def numbered(sheet: CalamineSheet, facts: Facts, kind: Kind) -> Iterator[CellRow]:
    """Rows with their number in the sheet; cells from the first filled column."""
    rows: Iterator[CellRow] = zip(facts.numbers(), sheet.iter_rows(), strict=False)
    if facts.errors:
        rows = _with_errors(rows, facts, first_column(sheet))
    return _with_spans(rows) if kind == "ods" else rows


def lines(rows: Iterable[CellRow]) -> Iterator[Line]:
    """The rows as texts."""
    for number, cells in rows:
        yield number, [cell if isinstance(cell, str) else cell_text(cell) or "" for cell in cells]


def first_column(sheet: CalamineSheet) -> int:
    """The first filled column, counted from 1."""
    return (sheet.start or (0, 0))[1] + 1


def merged(sheet: CalamineSheet, facts: Facts) -> list[Block]:
    """Merged ranges that begin near the top."""
    first = (sheet.start or (0, 0))[0] + 1
    ranges = sheet.merged_cell_ranges or ()
    told = (Block(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)
    looked = (Block(*block) for block in facts.merged)
    return list(dict.fromkeys(block for block in chain(told, looked) if block.top < first + _HEADS))


def put_back(loading: Loading, name: str, digits: Mapping[int, str]) -> None:
    """Write recovered digits into loaded rows."""
    rows = list(digits)
    loading.con.execute(
        f"UPDATE {identifier(loading.table)} SET {identifier(name)} = d.text "
        f"FROM (SELECT unnest(?) AS number, unnest(?) AS text) d "
        f'WHERE "_row" = d.number AND "_part" = {loading.part}',
        [rows, [digits[row] for row in rows]],
    )


def _with_errors(rows: Iterator[CellRow], facts: Facts, left: int) -> Iterator[CellRow]:
    """Rows in which error cells, that calamine gives as empty ones, say what is shown there."""
    for number, cells in rows:
        shown: list[Cell] = list(cells)
        for column, text in facts.errors.get(number, {}).items():
            place = column - left
            if 0 <= place < len(shown) and shown[place] == "":
                shown[place] = text
        yield number, shown


def _with_spans(rows: Iterator[CellRow]) -> Iterator[CellRow]:
    for number, cells in rows:
        yield number, [span_text(cell) if isinstance(cell, str) else cell for cell in cells]

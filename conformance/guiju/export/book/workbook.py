"""Workbooks: one table for each sheet that has headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import duckdb
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from guiju.export.book import told
from guiju.export.book.calamine import open_book, sheet_of
from guiju.export.book.cells import Cell, cell_text, span_text
from guiju.export.book.content import Content, content_of
from guiju.export.book.facts import Facts
from guiju.export.book.loading import CellRow, Loading
from guiju.export.book.looking import Looked, look
from guiju.export.book.refused import broken, too_many_columns
from guiju.export.book.sheet_facts import stored_digits
from guiju.export.layout.area import Area, Block, Line, find_area
from guiju.export.refusals import no_headings
from guiju.export.remarks import Remark, add
from guiju.export.sql_text import identifier

_MOST_COLUMNS = 4_096
_HEADS = 100
"""Merged ranges that begin in so many rows from the top may belong to the head."""
_GAP = 2
"""A row so far below the last one may begin another table."""


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook that was looked at, and what its sheets share."""

    path: Path
    content: Content
    looked: Looked

    def facts(self, name: str) -> Facts:
        """What is known of a sheet.

        Raises:
            InputError: GJ-I112 calamine reads a sheet that nobody looked at.
        """
        if name not in self.looked.sheets:
            raise broken(self.path, f"工作簿的目录里没有工作表“{name}”")
        return self.looked.sheets[name]

    def opened(self) -> CalamineWorkbook:
        """The workbook as calamine reads it."""
        return open_book(self.path, self.looked.read, self.content.kind)

    def parsed(self, workbook: CalamineWorkbook, name: str) -> CalamineSheet:
        """A sheet, wholly parsed."""
        self.facts(name)
        return sheet_of(workbook, self.path, name, self.content.kind)


@dataclass(frozen=True, slots=True)
class SheetSource:
    """A sheet as a `SourceTable`.

    The parsed sheet is kept from opening to loading, for parsing is what costs.
    """

    book: _Book
    part: str
    area: Area
    left: int
    _remarks: list[Remark] = field(default_factory=list, compare=False)
    _parsed: list[CalamineSheet] = field(default_factory=list, compare=False, repr=False)
    reads: tuple[Path, ...] = ()

    @property
    def path(self) -> Path:
        """The delivered file."""
        return self.book.path

    @property
    def file(self) -> str:
        """The file's name without folder."""
        return self.path.name

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings in order, each once."""
        return self.area.columns

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the reader had to decide; what concerns rows is known once the table is loaded."""
        return (*self._remarks, *self.area.surroundings.remarks)

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the rows below the headings: see `SourceTable.load_into`."""
        places = {name: self.columns.index(heading) for name, heading in columns.items()}
        sheet = self._parsed.pop() if self._parsed else self.book.parsed(self.book.opened(), self.part)
        loading = Loading(con, table, places, part)
        last = [0]
        total = loading.run(self._rows(sheet, last))
        digits = self._mended(loading)
        facts = self.book.facts(self.part)
        named = {place + self.left: self.columns[place] for place in places.values()}
        add(self._remarks, *told.of_cells(facts, self.area.head, last[0], named))
        for place, rows in loading.doubtful.items():
            left = [row for row in rows if row not in digits.get(place + self.left, {})]
            add(self._remarks, *told.inexact(self.columns[place], left))
        return total

    def _rows(self, sheet: CalamineSheet, last: list[int]) -> Iterator[CellRow]:
        """The rows that are data; `last` is set to the number of the last one."""
        odd, head, width = self.area.surroundings.odd, self.area.head, len(self.columns)
        for number, cells in _numbered(self.book, sheet):
            if number <= head or not (cells[0] or cells.count("") != len(cells)):
                continue
            if not odd(number, cast("Sequence[str]", cells)):  # it takes other cells too
                if last[0] and number > last[0] + _GAP:
                    self.area.surroundings.apart(number, cells)
                last[0] = number
                yield number, cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]

    def _mended(self, loading: Loading) -> dict[int, dict[int, str]]:
        """Write digits that the file has in full into the loaded rows; gives them by column and row."""
        entry = self.book.looked.entries.get(self.part)
        if not entry or not loading.doubtful:
            return {}
        wanted = {self.left + place: rows for place, rows in loading.doubtful.items()}
        digits = stored_digits(self.path, entry, wanted)
        for name, place in loading.places.items():
            known = digits.get(self.left + place, {})
            if known:
                _put_back(loading, name, known)
        return digits


def open_workbook(path: Path, words: frozenset[str] = frozenset()) -> list[SheetSource]:
    """The sheets of a workbook that have headings; `words` are normalised headings that the standard knows.

    Raises:
        InputError: as `content_of`, `look` and `open_book`; GJ-I107 when no sheet has headings;
            GJ-I123 far too many columns.
    """
    content = content_of(path)
    book = _Book(path, content, look(path, content))
    workbook = book.opened()
    found: list[SheetSource] = []
    without: list[str] = []
    for meta in workbook.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.parsed(workbook, meta.name)
        if sheet.start is None:
            continue
        if sheet.width > _MOST_COLUMNS:
            raise too_many_columns(path, meta.name, sheet.total_width)
        source = _source(book, sheet, words, hidden=meta.visible != SheetVisibleEnum.Visible)
        without += [meta.name] if source is None else []
        found += [source] if source else []
    if not found:
        raise no_headings(path, "标题行要有两个以上的文字单元格，请检查工作表是否为空")
    shared = tuple(told.of_book(path, content, book.looked, without))
    for source in found:
        add(source._remarks, *shared)  # noqa: SLF001 -- same module
    return found


def _source(book: _Book, sheet: CalamineSheet, words: frozenset[str], *, hidden: bool) -> SheetSource | None:
    left = (sheet.start or (0, 0))[1] + 1
    area = find_area(_lines(book, sheet), first=left, merged=_merged(sheet), words=words)
    if area is None:
        return None
    remarks = [*told.of_sheet(sheet.name, hidden=hidden), *area.remarks]
    return SheetSource(book, sheet.name, area, left, remarks, [sheet])


def _lines(book: _Book, sheet: CalamineSheet) -> Iterator[Line]:
    for number, cells in _numbered(book, sheet):
        yield number, [cell if isinstance(cell, str) else cell_text(cell) or "" for cell in cells]


def _merged(sheet: CalamineSheet) -> list[Block]:
    """Merged ranges that begin near the top."""
    start = (sheet.start or (0, 0))[0]
    ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]] = sheet.merged_cell_ranges or ()
    return [
        Block(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in ranges
        if top < start + _HEADS
    ]


def _numbered(book: _Book, sheet: CalamineSheet) -> Iterator[CellRow]:
    """Rows with their number in the sheet; cells from the first filled column."""
    facts = book.facts(sheet.name)
    rows: Iterator[CellRow] = zip(facts.numbers(), sheet.iter_rows(), strict=False)
    if facts.errors:
        rows = _with_errors(rows, facts, (sheet.start or (0, 0))[1] + 1)
    return _with_spans(rows) if book.content.kind == "ods" else rows


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
        yield (
            number,
            [span_text(cell) if isinstance(cell, str) and cell[:1] in "-P" else cell for cell in cells],
        )


def _put_back(loading: Loading, name: str, digits: Mapping[int, str]) -> None:
    """Write recovered digits into loaded rows."""
    rows: Sequence[int] = list(digits)
    loading.con.execute(
        f"UPDATE {identifier(loading.table)} SET {identifier(name)} = d.text "
        f"FROM (SELECT unnest(?) AS number, unnest(?) AS text) d "
        f'WHERE "_row" = d.number AND "_part" = {loading.part}',
        [rows, [digits[row] for row in rows]],
    )

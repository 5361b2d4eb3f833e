"""Workbooks: one table for each sheet that has headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import duckdb
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from guiju.export.book import told
from guiju.export.book.beginnings import small_copy
from guiju.export.book.calamine import open_book, sheet_of
from guiju.export.book.content import Content, content_of
from guiju.export.book.facts import Facts
from guiju.export.book.loading import CellRow, Loading
from guiju.export.book.looking import Looked, look
from guiju.export.book.refused import broken, too_many_columns
from guiju.export.book.sheet_facts import stored_digits
from guiju.export.book.sheet_rows import first_column, lines, merged, numbered, put_back
from guiju.export.book.swift import NotAlikeError, Swift
from guiju.export.layout.area import Area, find_area
from guiju.export.refusals import no_headings
from guiju.export.remarks import Remark, add

_MOST_COLUMNS = 4_096
_GAP = 2
"""A row so far below the last one may begin another table."""


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook that was looked at, and what its sheets share."""

    path: Path
    content: Content
    looked: Looked
    _open: list[CalamineWorkbook] = field(default_factory=list, compare=False, repr=False)

    def facts(self, name: str) -> Facts:
        """What is known of a sheet.

        Raises:
            InputError: GJ-I112 calamine reads a sheet that nobody looked at.
        """
        if name not in self.looked.sheets:
            raise broken(self.path, f"工作簿的目录里没有工作表“{name}”")
        return self.looked.sheets[name]

    def sheets(self) -> list[tuple[str, bool]]:
        """The names of the worksheets, and whether they are hidden."""
        if self.content.kind == "xlsx":
            return [(name, name in self.looked.hidden) for name in self.looked.entries]
        return [
            (meta.name, meta.visible != SheetVisibleEnum.Visible)
            for meta in self._opened().sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]

    def _opened(self) -> CalamineWorkbook:
        """The workbook as calamine reads it, which takes time: it is kept until it is closed."""
        if not self._open:
            self._open.append(open_book(self.path, self.looked.read, self.content.kind))
        return self._open[0]

    def close(self) -> None:
        """Let go of the workbook; it is opened again where that is needed."""
        self._open.clear()

    def beginning(self, name: str) -> CalamineSheet | None:
        """The first rows of a large sheet, which is not parsed as a whole then; None of every other one."""
        looked = self.looked
        entry = looked.entries.get(name, "")
        if entry not in looked.large or self.facts(name).gaps or looked.from_1904:
            return None
        small = small_copy(self.path, entry)
        if small is None:
            return None
        sheet = sheet_of(open_book(self.path, small, "xlsx"), self.path, name, "xlsx")
        return sheet if sheet.start else None

    def parsed(self, name: str) -> CalamineSheet:
        """A sheet, wholly parsed."""
        self.facts(name)
        return sheet_of(self._opened(), self.path, name, self.content.kind)


@dataclass(frozen=True, slots=True)
class SheetSource:
    """A sheet as a `SourceTable`.

    The parsed sheet is kept from opening to loading, for parsing is what costs.
    """

    book: _Book
    part: str
    area: Area
    left: int
    swift: bool = False
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
        facts = self.book.facts(self.part)
        total, last = self._swiftly(con, table, places, part) or self._by_cells(con, table, places, part)
        named = {place + self.left: self.columns[place] for place in places.values()}
        add(self._remarks, *told.of_cells(facts, self.area.head, last, named))
        return total

    def _swiftly(
        self, con: duckdb.DuckDBPyConnection, table: str, places: Mapping[str, int], part: int
    ) -> tuple[int, int] | None:
        """Load column by column, where that may be: how many rows, and the number of the last one."""
        if not self.swift or not places:
            return None
        sheet = Swift(self.path, self.part, self.area, self.left, self.book.facts(self.part))
        try:
            return sheet.load_into(con, table, places, part)
        except NotAlikeError:
            return None

    def _by_cells(
        self, con: duckdb.DuckDBPyConnection, table: str, places: Mapping[str, int], part: int
    ) -> tuple[int, int]:
        sheet = self._parsed.pop() if self._parsed else self.book.parsed(self.part)
        loading = Loading(con, table, dict(places), part, self.left - first_column(sheet))
        last = [0]
        total = loading.run(self._rows(sheet, last))
        digits = self._mended(loading)
        for place, rows in loading.doubtful.items():
            left = [row for row in rows if row not in digits.get(place + self.left, {})]
            add(self._remarks, *told.inexact(self.columns[place], left))
        return total, last[0]

    def _rows(self, sheet: CalamineSheet, last: list[int]) -> Iterator[CellRow]:
        """The rows that are data; `last` is set to the number of the last one."""
        odd, head, width = self.area.surroundings.odd, self.area.head, len(self.columns)
        shift = self.left - first_column(sheet)
        width += shift
        for number, cells in numbered(sheet, self.book.facts(self.part), self.book.content.kind):
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
                put_back(loading, name, known)
        return digits


def open_workbook(path: Path, words: frozenset[str] = frozenset()) -> list[SheetSource]:
    """The sheets of a workbook that have headings; `words` are normalised headings that the standard knows.

    Raises:
        InputError: as `content_of`, `look` and `open_book`; GJ-I107 when no sheet has headings;
            GJ-I123 far too many columns.
    """
    content = content_of(path)
    book = _Book(path, content, look(path, content))
    found: list[SheetSource] = []
    without: list[str] = []
    for name, hidden in book.sheets():
        small = book.beginning(name)
        sheet = small or book.parsed(name)
        if sheet.start is None:
            continue
        if sheet.width > _MOST_COLUMNS:
            raise too_many_columns(path, name, sheet.total_width)
        source = _source(book, sheet, words, hidden=hidden, swift=small is not None)
        without += [name] if source is None else []
        found += [source] if source else []
    book.close()
    if not found:
        raise no_headings(path, "标题行要有两个以上的文字单元格，请检查工作表是否为空")
    shared = tuple(told.of_book(path, content, book.looked, without))
    for source in found:
        add(source._remarks, *shared)  # noqa: SLF001 -- same module
    return found


def _source(
    book: _Book, sheet: CalamineSheet, words: frozenset[str], *, hidden: bool, swift: bool
) -> SheetSource | None:
    facts = book.facts(sheet.name)
    rows = lines(numbered(sheet, facts, book.content.kind))
    area = find_area(rows, first=first_column(sheet), merged=merged(sheet, facts), words=words)
    if area is None:
        return None
    remarks = [*told.of_sheet(sheet.name, hidden=hidden), *area.remarks]
    parsed = [] if swift else [sheet]
    return SheetSource(book, sheet.name, area, first_column(sheet), swift, remarks, parsed)

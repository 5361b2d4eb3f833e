"""Sheets of .xlsx files looked at as raw XML, quickly: how far they reach.

calamine allocates the whole rectangle from the first to the last filled cell, so one cell far away costs all
memory. A sheet says itself how far it reaches, and not always truly. Patterns that begin with fixed letters
are searched at nearly the speed of memory, so whether any cell lies outside is asked of every byte; only
where the answer is yes are the cells walked through one by one.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path

from guiju.export.book.columns_of import column_letters, column_number, up_to
from guiju.export.book.facts import MOST_NOTED, Facts
from guiju.export.book.package import check_counts, pieces
from guiju.export.book.sheet_signs import Signs, beginning

MUCH = 1_000_000
"""A rectangle of so many cells may be empty."""
_SPARSE = 4
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_SAMPLE = 2_000
_LETTERS = 3
_UNUSUAL = (b"\t", b"\n", b"\r", b"'")
_DIMENSION = re.compile(rb'dimension ref="(?:[A-Z]{1,3}[0-9]{1,7}:)?([A-Z]{1,3})([0-9]{1,7})"')
_HIDDEN = re.compile(rb"hidden\s*=\s*[\"'](?:1|true)[\"']")
_NUMBER = re.compile(rb"\br\s*=\s*[\"']\s*([0-9]{1,10})[\"']")
_MERGED = re.compile(rb'mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_TOKEN = re.compile(rb"<(?:[\w.-]+:)?(row|c)((?:\s+(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)?/?)>")
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']\s*([A-Za-z]{0,8})([0-9]{0,12})\s*[\"']")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from the first cell on: its last row and column, counted from 1."""

    rows: int
    columns: int

    @property
    def area(self) -> int:
        """How many cells it has."""
        return self.rows * self.columns


@dataclass(slots=True)
class Extent:
    """How far a sheet reaches.

    Attributes:
        box: what holds every filled cell.
        rows: numbers of the rows that hold a filled cell; only where cells were walked through.
        columns: the same of columns.
        sparse: whether most of the box is empty, and it is large.
    """

    box: Box
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    sparse: bool = False


def look_at_sheet(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, facts: Facts) -> Extent:
    """Read a sheet's XML once, at most three times; hidden rows, errors, formulas without values are noted.

    Args:
        path: the workbook, for messages.
        archive: the same, opened.
        info: the entry with the sheet.
        facts: where to note what is found.

    Raises:
        InputError: GJ-I120 a cell of many millions of bytes.
    """
    head, signs = beginning(archive, info)
    check_counts(path, info, head)
    told = _told(head, info.file_size)
    look = _Look(signs, facts, told)
    for piece in pieces(path, archive, info, signs.cell):
        look.at(piece)
    if look.odd:
        return _walked(path, archive, info, signs)
    if look.outside:
        wider = Box(min(max(look.last_row, 1), _LAST_ROW), told.columns)
        if wider == told or _found(path, archive, info, signs, wider):
            return _walked(path, archive, info, signs)
        look.box = wider
    if look.box.area > max(MUCH, _SPARSE * look.cells):
        return _walked(path, archive, info, signs)
    return Extent(look.box)


class _Look:
    """The quick pass over a sheet."""

    def __init__(self, signs: Signs, facts: Facts, box: Box) -> None:
        self.box = box
        self.cells = 0
        self.last_row = 0
        self.outside = False
        self.odd = False
        self.ended = False
        self._signs = signs
        self._facts = facts
        self._outside = _outside(box)

    def at(self, piece: bytes) -> None:
        if self.ended or (b"h" in piece and b"sheetData>" in piece):
            self._merged(piece)
        usual = piece.count(self._signs.usual)
        self.cells += usual
        rows = self._rows(piece)
        if not self.outside:
            self.outside = self._outside.search(piece) is not None
        self._facts_of(piece)
        if not self.odd and self._unusual(piece, usual, rows):
            self.odd = self._signs.odd.search(piece) is not None

    def _unusual(self, piece: bytes, usual: int, rows: int) -> bool:
        """Whether cells may be written otherwise: single bytes are searched at the speed of memory.

        A row has one colon in ``spans="1:40"``, or none.
        """
        if piece.count(b"<c") > usual or any(sign in piece for sign in _UNUSUAL):
            return True
        return piece.count(b":") > rows + usual * (":" in self._signs.prefix)

    def _facts_of(self, piece: bytes) -> None:
        """Note errors and formulas without values; the signs asked for first are rare in other sheets."""
        if b"#" in piece and b' t="e"' in piece:
            for match in self._signs.error.finditer(piece):
                text = unescape(match[3].decode(errors="replace"))
                self._facts.note_error(int(match[2]), column_number(match[1].decode()), text)
        if b"f" in piece and self._signs.formula_end in piece:
            rows = (int(match[1]) for match in self._signs.uncalculated.finditer(piece))
            self._facts.uncalculated.extend(rows)

    def _merged(self, piece: bytes) -> None:
        """Merged ranges stand behind the rows."""
        self.ended = True
        for left, top, right, bottom in _MERGED.findall(piece):
            if len(self._facts.merged) < MOST_NOTED:
                columns = column_number(left.decode()), column_number(right.decode())
                self._facts.merged.append((int(top), columns[0], int(bottom), columns[1]))

    def _rows(self, piece: bytes) -> int:
        """Note rows; gives how many there are."""
        tags = self._signs.row.findall(piece)
        if not tags:
            return 0
        number = _NUMBER.search(tags[-1])
        self.last_row = max(self.last_row + len(tags), int(number[1]) if number else 0)
        if b"hidden" in b"".join(tags):
            self._hidden(tags)
        return len(tags)

    def _hidden(self, tags: list[bytes]) -> None:
        for tag in tags:
            number = _NUMBER.search(tag) if _HIDDEN.search(tag) else None
            if number:
                self._facts.hide(int(number[1]), int(number[1]))


def _told(head: bytes, size: int) -> Box:
    """How far a sheet says that it reaches; where it does not, or says ``A1``, what the beginning promises.

    Programs that write row by row do not know the end when they write the beginning.
    """
    sample = [match for match, _ in zip(_PLACE.finditer(head), range(_SAMPLE), strict=False) if match[1]]
    columns = max(
        (column_number(match[1].decode()) for match in sample if len(match[1]) <= _LETTERS), default=1
    )
    told = _DIMENSION.search(head)
    if told and (told[1], told[2]) != (b"A", b"1"):
        box = Box(int(told[2]), column_number(told[1].decode()))
        if box.columns >= columns:
            return box
    rows = head.count(b"</row>") or head.count(b":row>") or 1
    return Box(min(_LAST_ROW, 2 * rows * max(1, size // max(len(head), 1)) + 100), columns)


@cache
def _outside(box: Box) -> re.Pattern[bytes]:
    """A reference that is not plainly within the box."""
    columns = up_to(column_letters(box.columns), "A", "A", "Z")
    rows = up_to(str(box.rows), "1", "0", "9")
    return re.compile(f' r="(?!(?:{columns})(?:{rows})")(?![0-9]+")'.encode())


def _found(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, signs: Signs, box: Box) -> bool:
    outside = _outside(box)
    return any(outside.search(piece) for piece in pieces(path, archive, info, signs.cell))


def _walked(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, signs: Signs) -> Extent:
    """The exact extent: every cell that is not empty, placed as calamine places it."""
    extent = Extent(Box(1, 1))
    cells = 0
    for row, column in _cells(pieces(path, archive, info, signs.cell)):
        extent.rows.add(row)
        extent.columns.add(column)
        cells += 1
    extent.box = Box(max(extent.rows, default=1), max(extent.columns, default=1))
    extent.sparse = extent.box.area > max(MUCH, _SPARSE * cells)
    return extent


def _cells(found: Iterator[bytes]) -> Iterator[tuple[int, int]]:
    row, column = 0, 0
    for piece in found:
        for token in _TOKEN.finditer(piece):
            place = _PLACE.search(token[2])
            if token[1] == b"row":
                row = int(place[2]) if place and place[2] else row + 1
                column = 0
            else:
                column = column_number(place[1].decode()) if place and place[1] else column + 1
                at = int(place[2]) if place and place[1] and place[2] else row
                if not token[2].endswith(b"/"):
                    yield at, column

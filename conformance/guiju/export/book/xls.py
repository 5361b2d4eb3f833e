"""Old workbooks (.xls) looked at as records: how far sheets reach, hidden rows, error cells, passwords."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import error as struct_error
from struct import unpack_from

import olefile

from guiju.export.book.compound import MOST_BYTES
from guiju.export.book.facts import Facts
from guiju.export.book.parts_xml import MOST_SHEETS
from guiju.export.book.refused import broken, encrypted, far_off, too_large, too_many_sheets
from guiju.export.book.xlsb import ERRORS

_FAULTS = (
    OSError,
    ValueError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    MemoryError,
    RecursionError,
    struct_error,
)
"""What the reader of compound files comes to in damaged ones."""
_STREAMS = ("Workbook", "Book")
_BOF, _EOF, _SHEET, _PASSWORD, _DATE_1904, _ROW = 0x809, 0x0A, 0x85, 0x2F, 0x22, 0x208
_ERROR, _FORMULA, _MANY_NUMBERS = 0x205, 0x06, 0xBD
_CELLS = frozenset({0x203, 0x204, 0x27E, 0xFD, 0xD6, _ERROR, _FORMULA, _MANY_NUMBERS})
_PLACE = 6
_TEXTS, _REACH = 0xFC, 0x200
_LAST_ROW, _LAST_COLUMN = 65_536, 256
_LEAST = {_REACH: 14, _TEXTS: 8, _SHEET: 8, _ROW: 14, _ERROR: 8, _FORMULA: 14}
"""So many bytes a record has at least, where it is read further than the place of its cell."""
_RESULT_IS_ERROR = 2
_ROW_HIDDEN = 0x20
_MOST_CELLS = 60_000_000
_FREE = 2_000_000
_SPARSE = 50


@dataclass(frozen=True, slots=True)
class OldWorkbook:
    """What was learnt about an old workbook.

    Attributes:
        sheets: facts by the name of the sheet.
        stream: its records.
        macros: whether it holds macros.
        from_1904: whether days are counted from 1904.
    """

    sheets: dict[str, Facts]
    stream: bytes
    macros: bool
    from_1904: bool


def look_at_xls(path: Path) -> OldWorkbook:
    """Look through an old workbook.

    Raises:
        InputError: GJ-I112 damaged or no workbook; GJ-I113 encrypted; GJ-I114 cells far away; GJ-I120 too
            large; GJ-I122 too many sheets.
    """
    try:
        with olefile.OleFileIO(str(path)) as file:
            names = {"/".join(parts).lower() for parts in file.listdir(streams=True, storages=True)}
            stream = next((name for name in _STREAMS if file.exists(name)), "")
            content = file.openstream(stream).read() if stream else b""
    except _FAULTS as error:
        raise broken(path, str(error)) from error
    if "encryptedpackage" in names:
        raise encrypted(path)
    if not content:
        raise broken(path, "里面没有工作簿（可能是其他办公文件）")
    if len(content) > MOST_BYTES:
        raise too_large(path, f"内容有{len(content) >> 20}兆字节")
    facts, from_1904 = _walked(path, content)
    return OldWorkbook(facts, content, any("vba" in name for name in names), from_1904)


def _walked(path: Path, content: bytes) -> tuple[dict[str, Facts], bool]:
    starts: dict[int, Facts] = {}
    sheets: dict[str, Facts] = {}
    reach = _Reach(path)
    from_1904 = False
    for at, kind, told in _records(content):
        if kind == _BOF:
            reach.begin(starts.get(at, Facts()))
        elif kind in _CELLS or kind == _ROW:
            reach.at(kind, told)
        elif kind == _PASSWORD:
            raise encrypted(path)
        elif kind == _REACH and len(told) >= _LEAST[kind] and not _within(told):
            raise broken(path, "文件说的工作表范围不可能")
        elif kind == _TEXTS and len(told) >= _LEAST[kind] and unpack_from("<I", told, 4)[0] > len(content):
            raise broken(path, "文件说的文字个数与实际不符")
        elif kind == _DATE_1904:
            from_1904 = told[:1] == b"\x01"
        elif kind == _SHEET and len(told) >= _LEAST[kind]:
            facts = sheets.setdefault(_name(told), Facts())
            starts[unpack_from("<I", told)[0]] = facts
            if len(sheets) > MOST_SHEETS:
                raise too_many_sheets(path, len(sheets))
    reach.begin(Facts())
    return sheets, from_1904


class _Reach:
    """How far the sheets reach, one after the other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._facts = Facts()
        self._total = 0
        self._rows = self._columns = self._cells = 0

    def begin(self, facts: Facts) -> None:
        """Another sheet begins."""
        area = self._rows * self._columns
        self._total += area
        if self._total > _MOST_CELLS or (area > _FREE and area > _SPARSE * self._cells):
            cause = f"范围到第{self._rows}行、第{self._columns}列，有内容的只有{self._cells}格"
            raise far_off(self._path, "", cause)
        self._facts = facts
        self._rows = self._columns = self._cells = 0

    def at(self, kind: int, told: bytes) -> None:
        """A record of a row or of cells."""
        if len(told) < _LEAST.get(kind, _PLACE):
            return
        row, column = unpack_from("<HH", told)
        if kind == _ROW:
            if told[12] & _ROW_HIDDEN:
                self._facts.hide(row + 1, row + 1)
            return
        last = unpack_from("<H", told, len(told) - 2)[0] if kind == _MANY_NUMBERS else column
        self._rows = max(self._rows, row + 1)
        self._columns = max(self._columns, last + 1)
        self._cells += max(1, last - column + 1)
        error = _error(kind, told)
        if error is not None:
            self._facts.note_error(row + 1, column + 1, ERRORS.get(error, "#N/A"))


def _within(told: bytes) -> bool:
    """Whether a sheet says to reach no further than old sheets can: calamine makes room for all of it."""
    first_row, last_row, first_column, last_column = unpack_from("<IIHH", told)
    return bool(first_row <= last_row <= _LAST_ROW and first_column <= last_column <= _LAST_COLUMN)


def _error(kind: int, told: bytes) -> int | None:
    if kind == _ERROR and told[7]:
        return told[6]
    if kind == _FORMULA and told[12:14] == b"\xff\xff" and told[6] == _RESULT_IS_ERROR:
        return told[8]
    return None


def _records(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Place, kind and content of each record; zeros between streams are passed over."""
    at, end = 0, len(content) - 4
    while at <= end:
        kind, size = unpack_from("<HH", content, at)
        yield at, kind, content[at + 4 : at + 4 + size]
        at += 4 + size


def _name(told: bytes) -> str:
    """The name of a sheet: its length, how it is written, and its signs."""
    count, wide = told[6], told[7] & 1
    signs = told[8 : 8 + count * (2 if wide else 1)]
    return signs.decode("utf-16-le" if wide else "latin-1", errors="replace")

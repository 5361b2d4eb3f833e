"""Binary workbooks (.xlsb) looked at as records: how far sheets reach, hidden rows, error cells."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from

from guiju.export.book.facts import Facts
from guiju.export.book.package import check_content
from guiju.export.book.parts_xml import MOST_SHEETS, relations
from guiju.export.book.refused import broken, far_off, too_large, too_many_sheets

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
"""What the numbers of errors stand for in binary workbooks, old and new."""
_BUNDLE_SHEET = 156
_ROW, _BLANK, _ERROR, _FORMULA_ERROR, _LAST_CELL = 0, 1, 3, 11, 11
_ROW_SIZE, _CELL_SIZE, _SIZE_BITS = 12, 8, 28
_NO_TEXT = 0xFFFF_FFFF
_ROW_HIDDEN = 0x10
_MOST_CELLS = 60_000_000
_FREE = 4_000_000
_TEXTS, _TEXT_ITEM, _FEW_TEXTS, _CELL_BYTES, _MOST_BYTES = 159, 19, 10, 14, 64 << 30
_SPARSE = 20


def look_at_xlsb(path: Path, archive: zipfile.ZipFile) -> dict[str, Facts]:
    """Facts by the name of the sheet.

    Raises:
        InputError: GJ-I112 damaged; GJ-I114 a cell far away; GJ-I122 too many sheets.
    """
    entries = relations(path, archive, "workbook.bin")
    names = archive.namelist()
    check_content(path, archive, frozenset())
    _check_texts(path, archive)
    facts: dict[str, Facts] = {}
    seen = 0
    for kind, content in _records(archive.read("xl/workbook.bin")):
        if kind == _BUNDLE_SHEET:
            relation, after = _text(content, 8)
            name, _ = _text(content, after)
            seen += 1
            if seen > MOST_SHEETS:
                raise too_many_sheets(path, seen)
            entry = entries[relation].entry if relation in entries else ""
            if entry in names:
                facts[name] = Facts()
                _walk(path, entry, archive.read(entry), facts[name])
    return facts


def _check_texts(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse more shared texts than there is room for, and texts that would be repeated beyond measure."""
    name = "xl/sharedStrings.bin"
    if name not in archive.namelist():
        return
    content = archive.read(name)
    longest = max((len(told) for kind, told in _records(content) if kind == _TEXT_ITEM), default=0)
    said = next((told for kind, told in _records(content) if kind == _TEXTS and len(told) >= _CELL_SIZE), b"")
    if said and max(unpack_from("<II", said)) > max(len(content), _FEW_TEXTS) * _FEW_TEXTS:
        raise broken(path, "文件说的文字个数与实际不符")
    sheets = sum(info.file_size for info in archive.infolist() if info.filename.endswith(".bin"))
    if longest * (sheets // _CELL_BYTES) > _MOST_BYTES:
        raise too_large(path, "很长的文字可能在许多单元格里重复", name)


def _walk(path: Path, entry: str, content: bytes, facts: Facts) -> None:
    row, last_row, last_column, cells = 0, 0, 0, 0
    for kind, told in _records(content):
        if kind == _ROW and len(told) >= _ROW_SIZE:
            row = unpack_from("<I", told)[0] + 1
            if told[11] & _ROW_HIDDEN:
                facts.hide(row, row)
        elif _BLANK < kind <= _LAST_CELL and len(told) >= _CELL_SIZE:
            column = unpack_from("<I", told)[0] + 1
            cells, last_row, last_column = cells + 1, max(last_row, row), max(last_column, column)
            if kind in (_ERROR, _FORMULA_ERROR) and len(told) > _CELL_SIZE:
                facts.note_error(row, column, ERRORS.get(told[_CELL_SIZE], "#N/A"))
    area = last_row * last_column
    if area > _MOST_CELLS or (area > _FREE and area > _SPARSE * cells):
        raise far_off(path, entry, f"范围到第{last_row}行、第{last_column}列，有内容的只有{cells}格")


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record; it ends where the bytes do."""
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        size, shift = 0, 0
        while at < end and shift < _SIZE_BITS:
            part = content[at]
            at += 1
            size |= (part & 0x7F) << shift
            shift += 7
            if not part & 0x80:
                break
        yield kind, content[at : at + size]
        at += size


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; empty where there is none."""
    if at + 4 > len(content):
        return "", at
    (count,) = unpack_from("<I", content, at)
    if count == _NO_TEXT:
        return "", at + 4
    end = at + 4 + 2 * count
    return content[at + 4 : end].decode("utf-16-le", errors="replace"), end

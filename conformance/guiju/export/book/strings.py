"""Shared texts of an .xlsx file: one long text that a million cells point to would fill all memory."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from guiju.export.book.package import check_counts, pieces
from guiju.export.book.refused import too_large
from guiju.export.book.sheet_signs import beginning

_MOST_BYTES = 4 << 30
_WINDOW = 2_048
_LONG = 2 * _WINDOW
_ITEM = re.compile(rb"<(?:[\w.-]+:)?si\b")
_ROOT = re.compile(rb"<(?:([\w.-]+):)?sst\b")
_USE = re.compile(rb">\s*([0-9]{1,10})\s*</(?:[\w.-]+:)?v>")


def check_strings(
    path: Path, archive: zipfile.ZipFile, name: str, sheets: Collection[str], cells: int
) -> None:
    """Refuse texts that would grow beyond all measure in the cells that point to them.

    Args:
        path: the workbook, for messages.
        archive: the same, opened.
        name: the entry with the shared texts.
        sheets: the entries of the sheets.
        cells: how many cells the sheets have at most.

    Raises:
        InputError: GJ-I112 damaged, GJ-I120 too large.
    """
    if not _any_long(path, archive, name):
        return
    long = _long_texts(path, archive, name)
    if max(long.values(), default=0) * cells <= _MOST_BYTES:
        return
    used = _uses(path, archive, sheets, long)
    total = sum(long[index] * count for index, count in used.items())
    if total > _MOST_BYTES:
        raise too_large(path, f"很长的文字在许多单元格里重复，合计约{total >> 20}兆字节", name)


def _any_long(path: Path, archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a text of more than two windows may be there: then one window holds no beginning of a text."""
    mark, found = b"<si", False
    for index, piece in enumerate(pieces(path, archive, archive.getinfo(name), b"")):
        check_counts(path, archive.getinfo(name), piece)
        if not index and (root := _ROOT.search(piece)) and root[1]:
            mark = b"<%b:si" % root[1]
        found = found or any(
            piece.rfind(mark, start, start + _WINDOW) < 0 for start in range(0, len(piece), _WINDOW)
        )
    return found


def _long_texts(path: Path, archive: zipfile.ZipFile, name: str) -> dict[int, int]:
    """Lengths of long texts in bytes, by their number from 0."""
    found: dict[int, int] = {}
    index, begun, passed = -1, 0, 0
    for piece in pieces(path, archive, archive.getinfo(name), b"<"):
        for match in _ITEM.finditer(piece):
            _note(found, index, passed + match.start() - begun)
            index, begun = index + 1, passed + match.start()
        passed += len(piece)
    _note(found, index, passed - begun)
    return found


def _note(found: dict[int, int], index: int, length: int) -> None:
    if index >= 0 and length > _LONG:
        found[index] = length


def _uses(
    path: Path, archive: zipfile.ZipFile, sheets: Collection[str], long: Collection[int]
) -> Counter[int]:
    """How many cells point to each of some texts; numbers that are no pointers are counted too."""
    counts: Counter[int] = Counter()
    for sheet in sheets:
        info = archive.getinfo(sheet)
        _, signs = beginning(archive, info)
        for piece in pieces(path, archive, info, signs.cell):
            counts.update(index for match in _USE.finditer(piece) if (index := int(match[1])) in long)
    return counts

"""Workbooks looked at from outside, before a reader trusts them: kind, damage, size."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from guiju.errors import InputError, Place
from guiju.export.refusals import empty_file, old_workbook

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]+[0-9]+:)?([A-Z]+)([0-9]+)"')
_FILLED = re.compile(rb'<c [^>]*?r="([A-Z]+)([0-9]+)"[^>/]*>')
_CHUNK = 1 << 20
_MANY_CELLS = 20_000_000
_BYTES_A_CELL = 2
_LARGEST_SHEET = 8 << 30


def guard(path: Path) -> None:
    """Refuse what cannot be read as a workbook, or only at the cost of all memory.

    Raises:
        InputError: GJ-I105 empty; GJ-I113 encrypted; GJ-I104 an old workbook under the new suffix;
            GJ-I112 no workbook or damaged; GJ-I114 a sheet with a far-off cell.
    """
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise empty_file(path)
    if head.startswith(_OLE):
        raise _ole(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sheets(path, archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise broken(path, str(error)) from error


def broken(path: Path, cause: str) -> InputError:
    """The fault of a file that is no readable workbook."""
    return InputError(
        "GJ-I112",
        "文件不是可读的Excel工作簿，或已损坏",
        place=Place(str(path)),
        cause=cause,
        hint="如果是文本文件，请把扩展名改为 .csv；否则请用表格软件打开后另存为 .xlsx",
    )


def _ole(path: Path) -> InputError:
    if _ENCRYPTED in path.read_bytes():
        return InputError(
            "GJ-I113", "工作簿设有打开密码", place=Place(str(path)), hint="请取消密码后另存为 .xlsx 再交"
        )
    return old_workbook(path, "旧版Excel工作簿的内容")


def _check_sheets(path: Path, archive: zipfile.ZipFile) -> None:
    for info in archive.infolist():
        if not info.filename.startswith("xl/worksheets/") or not info.filename.endswith(".xml"):
            continue
        with archive.open(info) as sheet:
            found = _DIMENSION.search(sheet.read(4096))
        cells = _area(found) if found else 0
        sparse = cells > _MANY_CELLS and info.file_size < cells * _BYTES_A_CELL
        if info.file_size > _LARGEST_SHEET or (sparse and _far_off(archive, info)):
            raise InputError(
                "GJ-I114",
                "工作表的范围异常大，疑似有孤立的远处单元格",
                place=Place(str(path), inside=info.filename),
                cause=f"范围约{cells}个单元格，内容却很少",
                hint="请删除数据区以外的行和列（整行整列删除），另存后再交",
            )


def _area(match: re.Match[bytes]) -> int:
    return _column(match[1]) * int(match[2])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _far_off(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether the cells that hold something span a far larger area than they fill."""
    count, last_row, last_column = 0, 0, 0
    with archive.open(info) as sheet:
        for piece in _pieces(iter(lambda: sheet.read(_CHUNK), b"")):
            for match in _FILLED.finditer(piece):
                count += 1
                last_column = max(last_column, _column(match[1]))
                last_row = max(last_row, int(match[2]))
    area = last_row * last_column
    return area > _MANY_CELLS and area > 10 * count


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Chunks cut at the start of a cell, so that none is torn."""
    rest = b""
    for chunk in chunks:
        whole, mark, tail = (rest + chunk).rpartition(b"<c ")
        yield whole
        rest = mark + tail
    yield rest

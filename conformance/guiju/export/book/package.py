"""Workbooks that are zip archives, looked at from outside: nothing is unpacked, sizes are bounded."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import IO

from guiju.export.book.refused import broken, too_large

_FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError)
_MOST_ENTRIES = 20_000
_FREE = 256 << 20
_RATIO = 200
_LARGEST = 4 << 30
_CHUNK = 1 << 20
_LONGEST = 16 << 20
_UNIQUE = re.compile(rb"uniqueCount\s*=\s*[\"']([0-9]+)")
_READ_BY_CALAMINE = (".xml", ".rels", ".bin")
_NEVER_READ = ("xl/media/", "xl/drawings/", "xl/embeddings/", "xl/vbaProject", "docProps/", "Pictures/")


def names_in(path: Path) -> frozenset[str]:
    """The names of an archive's entries.

    Raises:
        InputError: GJ-I112.
    """
    with opened(path) as archive:
        return frozenset(archive.namelist())


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; what is wrong with it becomes the fault of a damaged workbook."""
    try:
        with _archive(path) as archive:
            yield archive
    except PermissionError:
        raise
    except zipfile.BadZipFile as error:
        raise broken(path, "这类工作簿本身是压缩包，而它不完整：多半没有传完，或者保存时中断了") from error
    except _FAULTS as error:
        raise broken(path, str(error)) from error


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except ValueError as error:  # places that no file has
        raise broken(path, str(error)) from error


def check_entries(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse an archive whose entries are too many, overlap, come twice, or unpack to far too much.

    Raises:
        InputError: GJ-I112 damaged, GJ-I120 far larger than workbooks are.
    """
    infos = archive.infolist()
    if len(infos) > _MOST_ENTRIES:
        raise too_large(path, f"压缩包里有{len(infos)}个文件")
    if len({info.filename for info in infos}) < len(infos):
        raise broken(path, "压缩包里有同名的文件")
    if any(info.flag_bits & 1 for info in infos):
        raise broken(path, "压缩包里的文件加了密")
    _check_places(path, infos)
    total = sum(info.file_size for info in infos if not info.filename.startswith(_NEVER_READ))
    packed = sum(info.compress_size for info in infos)
    if total > _LARGEST or (total > _FREE and total > _RATIO * packed):
        raise too_large(path, f"展开后有{total >> 20}兆字节，是压缩时的{total // max(packed, 1)}倍")


def _check_places(path: Path, infos: Sequence[zipfile.ZipInfo]) -> None:
    size = path.stat().st_size
    if any(not 0 <= info.header_offset < size for info in infos):
        raise broken(path, "压缩包里的文件不在应在的地方")
    placed = sorted(infos, key=lambda info: info.header_offset)
    for info, following in pairwise(placed):
        if info.header_offset + info.compress_size > following.header_offset:
            raise broken(path, "压缩包里的文件互相重叠")


def check_content(path: Path, archive: zipfile.ZipFile, seen: frozenset[str]) -> None:
    """Read through every other entry that a reader of workbooks reads: sizes and checksums.

    Raises:
        InputError: GJ-I112 damaged.
    """
    for info in archive.infolist():
        name = info.filename
        if name not in seen and not name.startswith(_NEVER_READ) and name.endswith(_READ_BY_CALAMINE):
            for piece in pieces(path, archive, info, b""):
                check_counts(path, info, piece)


def check_counts(path: Path, info: zipfile.ZipInfo, piece: bytes) -> None:
    """Refuse an entry that announces more texts than it has bytes: calamine makes room for all of them.

    Raises:
        InputError: GJ-I112.
    """
    said = _UNIQUE.findall(piece) if b"uniqueCount" in piece else ()
    if any(int(number) > max(info.file_size, _CHUNK) for number in said):
        raise broken(path, "文件说的文字个数与实际不符")


def pieces(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, mark: bytes) -> Iterator[bytes]:
    """An entry in pieces that are cut before a mark, so that nothing from mark to mark is torn.

    Raises:
        InputError: GJ-I120 when no mark comes for very long.
    """
    rest = b""
    with archive.open(info) as stream:
        for chunk in _ahead(stream):
            if not mark:
                yield chunk
                continue
            whole, found, tail = (rest + chunk).rpartition(mark)
            if whole:
                yield whole
            rest = found + tail
            if len(rest) > _LONGEST:
                raise too_large(path, "一个单元格的内容超过1600万字节", info.filename)
    yield rest


def _ahead(stream: IO[bytes]) -> Iterator[bytes]:
    """Chunks of a stream, the next one unpacked by another thread while this one is looked at."""
    chunk = stream.read(_CHUNK)
    if len(chunk) < _CHUNK:
        yield chunk
        return
    with ThreadPoolExecutor(1) as unpacking:
        while chunk:
            following = unpacking.submit(stream.read, _CHUNK)
            yield chunk
            chunk = following.result()

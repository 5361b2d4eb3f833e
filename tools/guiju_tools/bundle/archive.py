"""The outer file of a bundle: a zip archive whose bytes follow from its members alone.

Nothing in it can be changed unseen, not even an unused byte: whoever reads it packs the members again and
compares. The members are stored as they are, because compressors differ from one system to the next.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from guiju.errors import InputError, Place

SUFFIX = ".zip"
LARGEST = 64 * 1024 * 1024
"""Bytes of one member, and of all of them together; a page with a thousand findings has about one million."""
MEMBERS_MOST = 40
_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    struct.error,
    lzma.LZMAError,
)
_STAMP = (1980, 1, 1, 0, 0, 0)


def packed(members: Mapping[str, bytes]) -> bytes:
    """The archive of members, the same bytes for the same members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_STORED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, members[name])
    return made.getvalue()


def unpacked(path: Path) -> tuple[dict[str, bytes], bytes]:
    """The members of an archive by name, and the bytes of the file.

    Raises:
        InputError: GJ-I503 it is no archive, is damaged, too large, or holds what no bundle holds.
    """
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
        if content is None:
            raise _refused(path, "文件过大")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members(archive, path), content
    except OSError as error:
        raise _refused(path, error.strerror or "读不出这个文件") from error
    except _DAMAGED as error:
        raise _refused(path, f"文件损坏：{error}") from error


def _members(archive: zipfile.ZipFile, path: Path) -> dict[str, bytes]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(names) > MEMBERS_MOST or len(set(names)) != len(names):
        raise _refused(path, "成员过多，或者有同名的成员")
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise _refused(path, "解开后过大")
    if any("/" in name or "\\" in name or name.startswith(".") for name in names):
        raise _refused(path, "其中有文件夹或者隐藏的成员")
    members = {}
    for entry in entries:
        with archive.open(entry) as file:
            held = file.read(LARGEST + 1)
        if len(held) != entry.file_size:
            raise _refused(path, f"成员“{entry.filename}”的长度与所说的不同")
        members[entry.filename] = held
    return members


def _refused(path: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I503",
        "这个文件不能作为结果包读取",
        place=Place(str(path)),
        cause=cause,
        hint="请向报送单位要一份原来的文件；传输中不要改名以外的改动，也不要重新压缩",
    )

"""Names of the members of zip archives, as the system that packed them meant them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence

_IN_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_HEAD = 4


def names_in_utf8(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether all names without a mark of their encoding read as UTF-8; else Chinese Windows wrote them."""
    return all(_reads(_raw(info), "utf-8") for info in infos if not info.flag_bits & _IN_UTF8)


def member_name(info: zipfile.ZipInfo, *, utf8: bool) -> str:
    """The name with slashes: by its mark, by the field that repeats it in UTF-8, else in UTF-8 or GB18030.

    A name that is neither stays as the format's own code page 437 reads it.
    """
    if info.flag_bits & _IN_UTF8:
        return _plain(info.orig_filename)
    raw = _raw(info)
    told = _told(info.extra, raw)
    if told:
        return _plain(told)
    encoding = "utf-8" if utf8 else "gb18030"
    return _plain(raw.decode(encoding) if _reads(raw, encoding) else info.orig_filename)


def _plain(name: str) -> str:
    return name.replace("\\", "/").replace("\0", "_")


def _raw(info: zipfile.ZipInfo) -> bytes:
    """The bytes of a name that has no mark: the library reads them as code page 437, byte for byte."""
    return info.orig_filename.encode("cp437", errors="replace")


def _reads(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _told(extra: bytes, raw: bytes) -> str:
    """The name in the field 0x7075, where its check sum is that of the name it repeats."""
    while len(extra) >= _HEAD:
        kind, size = struct.unpack_from("<HH", extra)
        body, extra = extra[_HEAD : _HEAD + size], extra[_HEAD + size :]
        if kind == _UNICODE_PATH and len(body) > 5:  # noqa: PLR2004 -- version and check sum come first
            (check,) = struct.unpack_from("<I", body, 1)
            if check == zlib.crc32(raw) and _reads(body[5:], "utf-8"):
                return body[5:].decode()
    return ""

"""The stream of an old workbook in a compound file of our own: calamine trusts the chains of delivered ones.

A chain that runs in a circle makes calamine take all memory. The delivered file is read by a library that
notices this, and calamine is given the stream alone, in a file without circles, macros or other streams.
"""

from __future__ import annotations

import struct

_SECTOR = 4_096
_ENTRIES = _SECTOR // 4
_IN_HEADER = 109
MOST_BYTES = (_IN_HEADER - 1) * _ENTRIES * _SECTOR
"""So long may a stream be."""
_FREE, _END, _TABLE, _NONE = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD, 0xFFFF_FFFF
_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ROOT, _STREAM = 5, 2


def compound(stream: bytes) -> bytes:
    """A compound file that holds nothing but a stream called ``Workbook``, padded to whole sectors.

    Its sectors: the directory, the table of chains, one of no use (calamine wants a place for short streams),
    and the stream.
    """
    data = -(-max(len(stream), _SECTOR) // _SECTOR)
    tables = -(-(data + 2) // (_ENTRIES - 1))
    first = 2 + tables
    chain = [_END, *[_TABLE] * tables, _END, *range(first + 1, first + data), _END]
    chain += [_FREE] * (tables * _ENTRIES - len(chain))
    content = stream.ljust(data * _SECTOR, b"\0")
    directory = _directory(first, len(content))
    return b"".join((_header(tables), directory, _numbers(chain), bytes(_SECTOR), content))


def _header(tables: int) -> bytes:
    places = [*range(1, tables + 1), *[_FREE] * (_IN_HEADER - tables)]
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        _SIGNATURE,
        0x3E,
        4,
        0xFFFE,
        12,
        6,
        1,
        tables,
        0,
        0,
        _SECTOR,
        _END,
        0,
        _END,
        0,
    )
    return (head + _numbers(places)).ljust(_SECTOR, b"\0")


def _directory(first: int, size: int) -> bytes:
    entries = _entry("Root Entry", _ROOT, 1, first - 1, _SECTOR) + _entry(
        "Workbook", _STREAM, _NONE, first, size
    )
    return entries.ljust(_SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", text, len(text) + 2, kind, 1, _NONE, _NONE, child, first, size)


def _numbers(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)

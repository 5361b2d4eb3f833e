"""The beginning of a large sheet as a small workbook of its own: enough to find the head."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from guiju.export.book.package import opened
from guiju.export.book.sheet_signs import beginning

_INDEX = ("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_TEXTS = "xl/sharedStrings.xml"
_NEEDED = (*_INDEX, "xl/styles.xml", _TEXTS)
_USE = re.compile(rb"v>([0-9]{1,10})<")
_ITEM_END = b"</si>"
_MOST_ITEMS = 100_000
_MUCH = 4 << 20


def small_copy(path: Path, entry: str) -> bytes | None:
    """A workbook with the first rows of one sheet, half a million bytes; None where no row ends there."""
    with opened(path) as archive:
        head, signs = beginning(archive, archive.getinfo(entry))
        end = f"</{signs.prefix}row>".encode()
        rows, found, _ = head.rpartition(end)
        if not found:
            return None
        closing = f"</{signs.prefix}sheetData></{signs.prefix}worksheet>".encode()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as copy:
            copy.writestr(entry, rows + found + closing)
            for name in _NEEDED:
                if name in archive.namelist():
                    texts = _first_texts(archive, rows) if name == _TEXTS else None
                    copy.writestr(name, texts or archive.read(name))
        return buffer.getvalue()


def _first_texts(archive: zipfile.ZipFile, rows: bytes) -> bytes | None:
    """The shared texts that the rows point to, and those before them; None where they stand far behind."""
    last = max((int(number) for number in _USE.findall(rows)), default=0)
    with archive.open(_TEXTS) as stream:
        content = stream.read(_MUCH)
    at = 0
    for _ in range(min(last, _MOST_ITEMS) + 1):
        at = content.find(_ITEM_END, at) + len(_ITEM_END)
        if at < len(_ITEM_END):
            return None
    return content[:at] + b"</sst>" if last < _MOST_ITEMS and b"<si/>" not in content[:at] else None

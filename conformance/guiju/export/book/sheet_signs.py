"""How elements of a sheet are written in an .xlsx file: with a prefix or without."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from functools import cache

_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?worksheet\b")


@dataclass(frozen=True, slots=True)
class Signs:
    """How elements are written in one sheet: with or without a prefix.

    Attributes:
        prefix: the prefix with its colon, or nothing.
        cell: how a cell begins.
        usual: how a cell begins that says its place first, as programs write it.
        row: a pattern of the tag of a row.
        odd: a pattern of cells written otherwise.
        error: a pattern of cells that hold an error: letters, row, text.
        formula_end: what stands between a formula and what follows it.
        uncalculated: a pattern of cells with a formula and no value: row.
    """

    prefix: str
    cell: bytes
    usual: bytes
    row: re.Pattern[bytes]
    odd: re.Pattern[bytes]
    error: re.Pattern[bytes]
    formula_end: bytes
    uncalculated: re.Pattern[bytes]


@cache
def signs_of(prefix: str) -> Signs:
    """The signs for a prefix."""
    p = f"{prefix}:" if prefix else ""
    q = re.escape(p)
    formula = rf"(?:<{q}f\b[^>]*/>|<{q}f\b[^>]*>[^<]*</{q}f>)"
    empty = rf"(?:<{q}v>\s*</{q}v>|<{q}v\s*/>)?"
    error = rf'<{q}c (?=[^>]*\bt="e")[^>]*\br="([A-Z]{{1,3}})([0-9]+)"[^>]*>{formula}?<{q}v>([^<]*)</{q}v>'
    without = rf'<{q}c (?![^>]*\bt="str")[^>]*\br="[A-Z]+([0-9]+)"[^>]*>{formula}{empty}</{q}c>'
    return Signs(
        p,
        f"<{p}c ".encode(),
        f'<{p}c r="'.encode(),
        re.compile(rf"<{q}row\b[^>]*>".encode()),
        re.compile(rf'<(?!{q}c r=")(?:[\w.-]+:)?c[\s/>]'.encode()),
        re.compile(error.encode()),
        f"</{p}f><".encode(),
        re.compile(without.encode()),
    )


def beginning(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, Signs]:
    """The first half million bytes of a sheet, and how its elements are written."""
    with archive.open(info) as stream:
        head = stream.read(1 << 19)
    root = _ROOT.search(head)
    return head, signs_of(root[1].decode() if root and root[1] else "")

"""Sheets with cells far below all others: a copy without the empty rows between, for calamine to read.

calamine allocates every row down to the last one. In the copy the rows stand close together; which
numbers they have in the sheet is kept beside it.
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path

from guiju.export.book.package import pieces
from guiju.export.book.sheet_signs import beginning
from guiju.export.book.sheet_xml import Extent
from guiju.export.private import PrivateFolder, private_folder

Gaps = tuple[tuple[int, int], ...]
"""(row, more): from this row of the copy on, the sheet's number is so much higher."""

_WIDE = 1_000


def gaps_of(extent: Extent) -> Gaps:
    """Where to close gaps of more than a thousand empty rows; none where the sheet is not sparse."""
    if not extent.sparse:
        return ()
    found: list[tuple[int, int]] = []
    taken, last = 0, 0
    for row in sorted(extent.rows):
        if row - last > _WIDE:
            taken += row - last - 2
            found.append((row - taken, taken))
        last = row
    return tuple(found)


def compacted(path: Path, archive: zipfile.ZipFile, far: Mapping[str, Gaps]) -> tuple[PrivateFolder, Path]:
    """Write the copy into a private folder: the entries of `far` with their gaps closed."""
    folder = private_folder()
    copy = folder.path / "a.xlsx"
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for info in archive.infolist():
            if info.filename in far:
                _write(path, archive, info, far[info.filename], out)
            elif info.filename.endswith((".xml", ".rels")):
                out.writestr(info.filename, archive.read(info))
    return folder, copy


def _write(
    path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, gaps: Gaps, out: zipfile.ZipFile
) -> None:
    _, signs = beginning(archive, info)
    p = re.escape(signs.prefix)
    place = re.compile(rf"(<{p}(?:row|c)\b[^>]*?\br\s*=\s*[\"'])\s*([A-Za-z]*)([0-9]+)(\s*[\"'])".encode())
    starts = [row + more for row, more in gaps]

    def closer(match: re.Match[bytes]) -> bytes:
        number = nearer(int(match[3]), starts, gaps)
        return b"%b%b%d%b" % (match[1], match[2], number, match[4])

    with out.open(info.filename, "w", force_zip64=True) as target:
        for piece in pieces(path, archive, info, signs.cell):
            target.write(place.sub(closer, piece))


def nearer(number: int, starts: Sequence[int], gaps: Gaps) -> int:
    """The number in the copy of a row of the sheet; empty rows within a gap go to the row before its end."""
    index = bisect_right(starts, number)
    reached = number - (gaps[index - 1][1] if index else 0)
    return min(reached, gaps[index][0] - 1) if index < len(gaps) else reached

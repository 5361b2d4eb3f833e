"""In which column of a sheet a heading stands.

Readers give headings in the order of the sheet's columns, the first for the first used column. Where that is,
is settled by the headings themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from guiju.export.recognition.match import normal_heading

_ROWS = 200
_FARTHEST = 64
_COUNTED = re.compile(r"（[0-9]+）$")


def sheet_columns(sheet: Worksheet, above: int, headings: Sequence[str]) -> dict[str, int]:
    """Column numbers (from 1) by heading.

    Args:
        sheet: the sheet.
        above: the last row that may belong to the head, from 1.
        headings: what the reader called the columns, in their order.
    """
    left = _left(_heads(sheet, min(above, _ROWS)), headings) or _first_used(sheet)
    return {heading: left + index for index, heading in enumerate(headings)}


def _heads(sheet: Worksheet, last: int) -> Mapping[int, set[str]]:
    """By column the normal texts that stand in the first rows, merged cells filled."""
    found: dict[int, set[str]] = {}
    for row in sheet.iter_rows(min_row=1, max_row=max(1, last)):
        for cell in row:
            if cell.value is not None and cell.column is not None:
                found.setdefault(cell.column, set()).add(normal_heading(str(cell.value)))
    for block in sheet.merged_cells.ranges:
        if block.min_row <= last and block.min_col in found:
            for column in range(block.min_col + 1, min(block.max_col, _FARTHEST) + 1):
                found.setdefault(column, set()).update(found[block.min_col])
    return found


def _left(heads: Mapping[int, set[str]], headings: Sequence[str]) -> int:
    """The first column under which most headings stand where they should; 0 where none does."""
    wanted = [_last_part(heading) for heading in headings]
    scores = {
        left: sum(word in heads.get(left + index, ()) for index, word in enumerate(wanted) if word)
        for left in range(1, _FARTHEST)
    }
    best = max(scores, key=lambda left: (scores[left], -left))
    return best if scores[best] else 0


def _last_part(heading: str) -> str:
    return normal_heading(_COUNTED.sub("", heading.rsplit(" / ", 1)[-1]))


def _first_used(sheet: Worksheet) -> int:
    used = [
        cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None and cell.column
    ]
    return min(used, default=1)

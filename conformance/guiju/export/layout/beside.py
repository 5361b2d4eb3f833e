"""Tables that stand side by side in one sheet: told apart where the rows show it, and never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from guiju.export.layout.head import Head, Row
from guiju.export.recognition.match import normal_heading
from guiju.export.remarks import Remark

_FEWEST = 2
_HINT = "如果右侧是另一张表，请把它放在自己的工作表或文件中再交"


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a gap is in the head, and from where on the columns are another table's.

    Attributes:
        gap: the first blank column between headings, None where there is none.
        start: the first column of the other table, None where columns on the right count as the same table.
    """

    gap: int | None = None
    start: int | None = None

    def remarks(self, first: int) -> tuple[Remark, ...]:
        """What is to be said; `first` is the column of the first cell."""
        if self.start is not None:
            text = (
                f"第{self.start + first}列起像是并排的另一张表，它的列名前加“右侧的表”，未与左侧的表合在一起"
            )
            return (Remark("GJ-D211", text, hint=_HINT),)
        if self.gap is not None:
            text = f"第{self.gap + first}列是空列，其右各列与左侧作为同一张表读取"
            return (Remark("GJ-D212", text, hint=_HINT),)
        return ()


def beside(head: Head) -> Beside:
    """The first gap between headings that holds nothing in any row looked at."""
    base = head.rows[head.base]
    body = head.rows[head.last + 1 :]
    filled = base.filled
    for left, right in pairwise(filled):
        gap = range(left + 1, right)
        if gap and not any(row.at(index) for row in (*body, *_upper(head)) for index in gap):
            return Beside(left + 1, right if _apart(head, left, right) else None)
    return Beside()


def _upper(head: Head) -> list[Row]:
    return [head.rows[index] for index in head.groups]


def _apart(head: Head, left: int, right: int) -> bool:
    """Headings that come again, or rows of which one side alone holds something."""
    base = head.rows[head.base]
    here = {normal_heading(text) for text in base.cells[: left + 1]} - {""}
    there = {normal_heading(text) for text in base.cells[right:]} - {""}
    if here & there:
        return True
    body = head.rows[head.last + 1 :]
    ends = [any(row.cells[: left + 1]) for row in body], [any(row.cells[right:]) for row in body]
    return any(one != other for one, other in zip(*ends, strict=True)) and len(there) >= _FEWEST

"""Where in a sheet or text the table is: its head, its columns, and the rows around it that are no data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.export.layout.beside import beside
from guiju.export.layout.head import Block, Head, Line, Row, Words, find_head_rows, known
from guiju.export.layout.headings import headings, listed, title_remark
from guiju.export.layout.surroundings import Surroundings
from guiju.export.recognition.match import BESIDE, JOINT
from guiju.export.remarks import Remark, of_rows

__all__ = ["Area", "Block", "Line", "Surroundings", "Words", "find_area"]

_EXPLAINED = {
    "again": "另一种写法的标题",
    "codes": "字段代码",
    "types": "字段类型",
    "notes": "填写说明或示例",
    "numbering": "栏次编号",
}


@dataclass(frozen=True, slots=True)
class Area:
    """A table's place.

    Attributes:
        head: the number of the last row of the head; data begin below it.
        columns: headings, unique, none empty, the first for the first cell of each row. A heading below a
            group heading is `上级 / 下级`.
        remarks: what was met above and in the head.
        surroundings: tells rows below the head that are no data.
    """

    head: int
    columns: tuple[str, ...]
    remarks: tuple[Remark, ...]
    surroundings: Surroundings


def find_area(
    lines: Iterable[Line], *, first: int = 1, merged: Sequence[Block] = (), words: Words = frozenset()
) -> Area | None:
    """The table in a sheet or text; None where no row could be its head.

    Only the first rows that hold something are looked at; the iterable is not read to its end.

    Args:
        lines: rows from the top, each with all its cells; blank rows may be left out.
        first: the column (counted from 1) of the first cell.
        merged: merged ranges, as the sheet counts rows and columns.
        words: known headings; with them the choice of the head is sure, without them it is the first row of
            two texts that is no line of unit, date or person.
    """
    head = find_head_rows(lines, merged, first, words)
    if head is None:
        return None
    apart = beside(head)
    named = headings(_names(head, words, apart.start), first, kept=_width(head))
    row = head.rows[head.base]
    return Area(
        head.rows[head.last].number,
        named.names,
        (*_above(head), *_grouped(head), *_explained(head), *apart.remarks(first), *named.remarks),
        Surroundings(
            [other.cells for other in _all_of(head)],
            [text for other in _titles(head) for text in other.texts if len(other.texts) == 1],
            words,
            len(row.texts),
        ),
    )


def _all_of(head: Head) -> list[Row]:
    return [head.rows[index] for index in (*head.groups, *range(head.base, head.last + 1))]


def _titles(head: Head) -> Sequence[Row]:
    return head.rows[: head.groups[0] if head.groups else head.base]


def _width(head: Head) -> int:
    """So many columns hold a heading, or something in the rows looked at."""
    return max(max(row.filled) + 1 for row in head.rows[head.groups[0] if head.groups else head.base :])


def _names(head: Head, words: Words, start: int | None) -> list[str]:
    base = head.rows[head.base]
    groups = [_spread(head.rows[index], base, head.rows[head.base - 1]) for index in head.groups]
    others = [head.rows[index] for kind in ("again", "codes") for index in head.explained.get(kind, ())]
    names = []
    for index in range(_width(head)):
        own = _own(base.at(index), [row.at(index) for row in others], words)
        parts = list(dict.fromkeys([*(group[index] for group in groups if index < len(group)), own]))
        name = JOINT.join(part for part in parts if part)
        names.append(f"{BESIDE}{name}" if name and start is not None and index >= start else name)
    return names


def _own(name: str, others: Sequence[str], words: Words) -> str:
    """The heading, or what the rows below it call the column, where only that is known or there is none."""
    if not name or not known(name, words):
        return next((other for other in others if known(other, words)), name)
    return name


def _spread(group: Row, base: Row, above: Row) -> list[str]:
    """Group headings carried to the right over the columns that have a heading of their own below."""
    found: list[str] = []
    current = ""
    for index in range(max(len(base.cells), len(group.cells))):
        cell = group.at(index)
        if cell:
            current = cell
        elif not base.at(index) or (above is not group and above.at(index) and not base.at(index)):
            current = ""
        found.append(current)
    return found


def _above(head: Head) -> tuple[Remark, ...]:
    return title_remark([row.number for row in _titles(head)])


def _grouped(head: Head) -> tuple[Remark, ...]:
    if not head.groups:
        return ()
    rows = [head.rows[index].number for index in (*head.groups, head.base)]
    return (of_rows("GJ-D209", f"第{listed(rows)}行合起来是标题，写作“上级{JOINT}下级”", rows),)


def _explained(head: Head) -> tuple[Remark, ...]:
    found = []
    for kind, places in head.explained.items():
        rows = [head.rows[index].number for index in places]
        found.append(
            of_rows("GJ-D210", f"标题之下的第{listed(rows)}行是{_EXPLAINED[kind]}，未作为数据读取", rows)
        )
    return tuple(found)

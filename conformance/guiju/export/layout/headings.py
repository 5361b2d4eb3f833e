"""Headings of a head: how they are named and told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.export.remarks import Remark, of_rows
from guiju.export.values.forms import BLANKS


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings in order, each once and none empty, and what had to be done for that."""

    names: tuple[str, ...]
    remarks: tuple[Remark, ...]


def title_remark(above: Sequence[int]) -> tuple[Remark, ...]:
    """The remark about title rows that stand above the head."""
    text = f"标题行之前的第{listed(above)}行未作为数据读取"
    return (of_rows("GJ-D201", text, above),) if above else ()


def headings(cells: Sequence[str], first: int = 1, kept: int = 0) -> Headings:
    """Headings out of the cells of a head, of which the first is column `first`.

    They are trimmed; repeated and empty ones are named and remarked. Blank ones at the end are left out
    beyond the first `kept` columns.
    """
    trimmed = [cell.strip(BLANKS) for cell in cells]
    trimmed = trimmed[:kept] + _without_tail(trimmed[kept:])
    names: list[str] = []
    remarks: list[Remark] = []
    for index, heading in enumerate(trimmed, first):
        name = _distinct(heading or f"（第{index}列无标题）", names)
        if not heading:
            remarks.append(Remark("GJ-D202", f"第{index}列没有标题，称作“{name}”", name))
        elif name != heading:
            remarks.append(Remark("GJ-D203", f"标题“{heading}”重复，第{index}列称作“{name}”", name))
        names.append(name)
    return Headings(tuple(names), tuple(remarks))


def listed(numbers: Sequence[int], limit: int = 10) -> str:
    """Numbers for reading: ``3、7、9`` or the first ones with 等."""
    shown = "、".join(str(number) for number in numbers[:limit])
    return f"{shown}等" if len(numbers) > limit else shown


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _distinct(name: str, taken: Sequence[str]) -> str:
    count, candidate = 1, name
    while candidate in taken:
        count += 1
        candidate = f"{name}（{count}）"
    return candidate

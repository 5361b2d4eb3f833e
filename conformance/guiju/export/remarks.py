"""What was met while a delivery was read: told to people, counted, and never an outcome by itself."""

from __future__ import annotations

from collections.abc import Iterable, MutableSequence, Sequence
from dataclasses import dataclass

SHOWN = 10
"""So many rows are named."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a reader met or had to decide.

    Args:
        code: a stable code: GJ-D1xx of reading, GJ-D2xx of finding table and columns, GJ-D3xx of values,
            GJ-D4xx of data that should not have been delivered.
        text: one sentence without a closing mark, whole in itself.
        column: the heading that it concerns; empty for the whole table.
        count: how many rows or cells it concerns; 0 where that says nothing.
        rows: the first of those rows, as the user sees their numbers.
        hint: what to do; empty where nothing has to be done.
        whole: the folder, archive or database that it concerns, told once however many tables come from it;
            empty where it concerns this table.
    """

    code: str
    text: str
    column: str = ""
    count: int = 0
    rows: tuple[int, ...] = ()
    hint: str = ""
    whole: str = ""


def add(remarks: MutableSequence[Remark], *more: Remark) -> None:
    """Add remarks, each once."""
    for remark in more:
        if remark not in remarks:
            remarks.append(remark)


def of_rows(code: str, text: str, rows: Sequence[int], *, column: str = "", hint: str = "") -> Remark:
    """A remark about rows: their number and the first of them are filled in."""
    return Remark(code, text, column, len(rows), tuple(rows[:SHOWN]), hint)


def once(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Remarks in their order, each once."""
    return tuple(dict.fromkeys(remarks))

"""Faults of whole rows: one that stands there twice, one that is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from guiju_tools.sample.faults.operator import Record

Rows = list[Record]


@dataclass(frozen=True, slots=True)
class RowOperator:
    """One way to spoil a table at one of its rows (from 0)."""

    name: str
    title: str
    change: Callable[[Sequence[Record], int], Rows] = field(repr=False)

    def apply(self, rows: Sequence[Record], at: int) -> Rows:
        """The rows with the fault among them; those given stay as they are."""
        return self.change(rows, at)


def row_operators() -> tuple[RowOperator, ...]:
    """The faults of rows: the copy comes last; whatever refers to a missing row is an orphan."""
    return (
        RowOperator("duplicated", "整行重复", lambda rows, at: [*rows, dict(rows[at])]),
        RowOperator("missing", "漏报整行", lambda rows, at: [*rows[:at], *rows[at + 1 :]]),
    )

"""What a sheet says beside the values that calamine gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

MOST_NOTED = 200_000
"""So many cells of a kind are noted one by one."""


@dataclass(slots=True)
class Facts:
    """Found while a sheet is looked at beforehand; rows and columns are counted from 1.

    Attributes:
        hidden: rows that are hidden, as spans (first, last).
        errors: texts of error cells (``#N/A``), by row and column.
        uncalculated: rows of formulas of which no value is stored.
        percent: columns of which cells are shown as percentages.
        merged: merged ranges as (top, left, bottom, right); of .xlsx only.
        gaps: (row, more): from this row of what calamine reads on, the sheet's number is so much higher;
            only where empty rows were taken out before.
    """

    hidden: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    uncalculated: list[int] = field(default_factory=list)
    percent: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    gaps: Sequence[tuple[int, int]] = ()

    def note_error(self, row: int, column: int, text: str) -> None:
        """Keep the text of an error cell."""
        if len(self.errors) < MOST_NOTED:
            self.errors.setdefault(row, {})[column] = text

    def hide(self, first: int, last: int) -> None:
        """Note hidden rows, joining spans that touch."""
        if self.hidden and self.hidden[-1][1] + 1 == first:
            self.hidden[-1] = (self.hidden[-1][0], last)
        elif len(self.hidden) < MOST_NOTED:
            self.hidden.append((first, last))

    def numbers(self) -> Iterator[int]:
        """The sheet's numbers of the rows that calamine gives, from the top."""
        begin, shift = 1, 0
        for start, more in self.gaps:
            yield from range(begin + shift, start + shift)
            begin, shift = start, more
        yield from count(begin + shift)

"""Rows counted, of which only the first are remembered."""

from __future__ import annotations

from dataclasses import dataclass, field

from guiju.export.layout.headings import listed
from guiju.export.remarks import SHOWN, Remark


@dataclass(slots=True)
class Tally:
    """How many rows, and the first of them."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, number: int) -> None:
        """One more row."""
        self.count += 1
        if len(self.first) <= SHOWN:
            self.first.append(number)

    def remark(self, code: str, text: str, hint: str = "") -> tuple[Remark, ...]:
        """A remark with `{count}` and `{rows}` in its text; none where there are no rows."""
        if not self.count:
            return ()
        shown = text.format(count=self.count, rows=listed(self.first))
        return (Remark(code, shown, "", self.count, tuple(self.first[:SHOWN]), hint),)

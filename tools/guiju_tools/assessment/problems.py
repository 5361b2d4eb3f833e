"""What is wrong or doubtful in a filled form, cell by cell, in words that an administrator can act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guiju_tools.assessment.grid import place_of

Level = Literal["mend", "ask"]
LEVEL_WORDS: dict[Level, str] = {"mend": "须改正", "ask": "请核对"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: `mend` holds the form back, `ask` does not.

    `row` and `column` count from 1; 0 where the problem is the sheet's or the file's.
    """

    code: str
    level: Level
    sheet: str
    row: int
    column: int
    text: str
    hint: str

    @property
    def cell(self) -> str:
        """The cell as people name it; empty where there is none."""
        return place_of(self.row, self.column) if self.row and self.column else ""

    @property
    def sentence(self) -> str:
        """Place, what is wrong and what to do, in one line."""
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        return f"{place}：{self.text}。{self.hint}" if place else f"{self.text}。{self.hint}"

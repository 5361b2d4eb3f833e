"""What an alteration of one field is, and how it is put into a row."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as described
from enum import Enum
from typing import Final


class Unchanged(Enum):
    """The type of `UNCHANGED`: the operator has nothing to alter in this row."""

    UNCHANGED = "unchanged"

    def __repr__(self) -> str:
        return "UNCHANGED"


UNCHANGED: Final = Unchanged.UNCHANGED
Record = Mapping[str, str | None]
"""Delivered texts by name of field; None is blank, an absent name is a column that was not delivered."""
Altered = str | Unchanged | None
Change = Callable[[str | None, Record, random.Random], Altered]


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to put a fault into one field.

    `name` is English and the same for all fields, `title` Chinese. `partner` is another field that the
    alteration reads; with `swaps`, the partner gets the old value.
    """

    name: str
    title: str
    field: str
    change: Change = described(repr=False)
    partner: str = ""
    swaps: bool = False

    def apply(self, value: str | None, record: Record, chance: random.Random) -> Altered:
        """The altered text (None: blank), or `UNCHANGED` where the row gives nothing to alter.

        The same `chance` gives the same text; nothing is altered in place.
        """
        if self.field not in record or (self.partner and self.partner not in record):
            return UNCHANGED
        found = self.change(value, record, chance)
        return UNCHANGED if found == value else found


def planted(operator: Operator, record: Record, chance: random.Random) -> dict[str, str | None] | None:
    """The row with the fault in it; None where the operator has nothing to alter."""
    before = record.get(operator.field)
    after = operator.apply(before, record, chance)
    if isinstance(after, Unchanged):
        return None
    row = {**record, operator.field: after}
    if operator.swaps:
        row[operator.partner] = before
    return row

"""Periods (期次): a month, a quarter or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from guiju.errors import InputError, Place

_WRITTEN = re.compile(r"(?P<year>[12][0-9]{3})(-(?P<month>0[1-9]|1[0-2])|-Q(?P<quarter>[1-4]))?")
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of whole months; periods are in order by their last day, longer ones after shorter ones.

    `text` is how it is written: ``2026-03``, ``2026-Q1`` or ``2026``.
    """

    last: date
    months: int
    text: str

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.last.year, self.last.month - self.months + 1, 1)

    @property
    def title(self) -> str:
        """How people call it."""
        if self.months == 1:
            return f"{self.last.year}年{self.last.month}月"
        quarter = f"{_QUARTERS[self.last.month // 3 - 1]}季度" if self.months < 12 else ""  # noqa: PLR2004 - months of a year
        return f"{self.last.year}年{quarter}"


def is_period(text: str) -> bool:
    """Whether a text names a period."""
    return _WRITTEN.fullmatch(text) is not None


def period(text: str, place: Place | None = None) -> Period:
    """The period of that name.

    Raises:
        InputError: GJ-I326 when it is none.
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise InputError(
            "GJ-I326",
            f"期次“{text}”的写法不对",
            place=place,
            hint='写成 "2026-03"（月）、"2026-Q1"（季）或 "2026"（年）',
        )
    months = 1 if found["month"] else 3 if found["quarter"] else 12
    end = int(found["month"] or 0) or 3 * int(found["quarter"] or 0) or 12
    year = int(found["year"])
    return Period(date(year, end, monthrange(year, end)[1]), months, text)

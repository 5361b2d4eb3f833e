"""Spreadsheet cells as texts, the way people see them rather than the way they are stored."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = int | float | str | bool | time | date | datetime | timedelta

EXACT_BELOW = 10**15
"""Spreadsheets keep 15 significant digits: a whole number of more digits may not be what was typed."""


def cell_text(value: Cell) -> str | None:
    """The text of a cell; None for an empty one.

    Whole numbers come without point or exponent, others with at most 15 significant digits; days and
    moments in ISO form, a moment at midnight as its day; truth values as TRUE and FALSE; spans of time as
    hours, minutes, seconds.
    """
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, timedelta):
        return _span(value)
    return value.isoformat()


def inexact(value: Cell) -> bool:
    """Whether a number has more digits than a spreadsheet keeps."""
    return isinstance(value, int | float) and abs(value) >= EXACT_BELOW


def _number(value: float) -> str:
    if isinstance(value, int) or abs(value) >= EXACT_BELOW:
        return format(Decimal(repr(value)), "f")
    return str(int(value)) if value == int(value) else format(Decimal(format(value, ".15g")), "f")


def _span(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    hours, rest = divmod(abs(seconds), 3600)
    return f"{sign}{hours}:{rest // 60:02d}:{rest % 60:02d}"

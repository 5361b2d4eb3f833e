"""Spreadsheet cells as texts, the way people see them rather than the way they are stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, cast

Cell = int | float | str | bool | time | date | datetime | timedelta

EXACT_BELOW = 10**15
"""Spreadsheets keep 15 significant digits: a whole number of more digits may not be what was typed."""
_SAMPLE, _FEW = 1_000, 400
_LONG = 15
_MIDNIGHT = " 00:00:00"
_JOINT = "\x1f"
_SPAN = re.compile(r"(-?)P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.[0-9]+)?S)?)?")


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


def texts_of(column: Sequence[Cell]) -> tuple[Sequence[str], list[int]]:
    """The texts of many cells of one column (empty where a cell is), and the places of inexact numbers."""
    kinds = set(map(type, column)) - {str}
    if not kinds:
        return cast("Sequence[str]", column), []
    texts = _shown(column, kinds)
    return (texts, []) if kinds.isdisjoint((int, float)) else _exact(column, texts)


def _shown(column: Sequence[Any], kinds: set[type]) -> list[str]:
    """Texts, of numbers the short ones; each way is the quickest for such cells."""
    if len(set(column[:_SAMPLE])) <= _FEW and len(kinds) == 1:
        known = _Known()
        return [cell if cell.__class__ is str else known[cell] for cell in column]
    if kinds == {float}:
        return [cell if cell.__class__ is str else f"{cell + 0.0:.15g}" for cell in column]
    if kinds <= {date, datetime}:
        texts = [cell if cell.__class__ is str else str(cell) for cell in column]
        midnight = _MIDNIGHT in _JOINT.join(texts)
        return [text.removesuffix(_MIDNIGHT) for text in texts] if midnight else texts
    return [cell_text(cell) or "" for cell in column]


class _Known(dict[Cell, str]):
    """Texts of cells of one type, each made once."""

    def __missing__(self, cell: Cell) -> str:
        text = self[cell] = cell_text(cell) or ""
        return text


def _exact(column: Sequence[Cell], texts: list[str]) -> tuple[list[str], list[int]]:
    """Numbers that came out with an exponent, and those beyond 15 digits, written in full."""
    joined = _JOINT.join(texts)
    if "e" not in joined and "n" not in joined and max(map(len, texts)) <= _LONG:
        return texts, []
    odd = [
        index
        for index, text in enumerate(texts)
        if (len(text) > _LONG or "e" in text or "n" in text) and not isinstance(column[index], str)
    ]
    for index in odd:
        texts[index] = cell_text(column[index]) or ""
    return texts, [index for index in odd if inexact(column[index])]


def span_text(text: str) -> str:
    """A span of time as OpenDocument writes it (``PT36H05M00S``) in hours, minutes, seconds."""
    found = _SPAN.fullmatch(text)
    if found is None or len(text) < len("PT0S"):
        return text
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return f"{found[1]}{24 * days + hours}:{minutes:02d}:{seconds:02d}"


def _number(value: float) -> str:
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, int) or abs(value) >= EXACT_BELOW:
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return str(int(value)) if value == int(value) else format(Decimal(format(value, ".15g")), "f")


def _span(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    hours, rest = divmod(abs(seconds), 3600)
    return f"{sign}{hours}:{rest // 60:02d}:{rest % 60:02d}"

"""Wrong amounts: numbers, time limits with their units, days and moments, yes and no."""

from __future__ import annotations

import datetime as dt
import random
import re
from decimal import Decimal

from guiju.export.values import forms
from guiju.rule.limits import UNITS

_NUMBER = re.compile(forms.NUMBER)
_AMOUNT = re.compile(r"[0-9]+")
_UNIT = re.compile("|".join(UNITS))
_HEADS = (re.compile(forms.DAY_HEAD), re.compile(forms.COMPACT_HEAD))
_CLOCK = re.compile(r"(?<=[ T])([0-9]{1,2})(?=:)")
_HOURS = 24


def number_moved(text: str, by: int) -> str:
    """A number, or the number in a time limit, one more or less (never below zero)."""
    if _NUMBER.fullmatch(text):
        return f"{Decimal(text) + by:f}"
    return _AMOUNT.sub(lambda found: str(max(int(found[0]) + by, 0)), text, count=1)


def number_scaled(text: str) -> str:
    """A number, or the number in a time limit, ten times as large."""
    if _NUMBER.fullmatch(text):
        return f"{Decimal(text) * 10:f}"
    return _AMOUNT.sub(lambda found: str(int(found[0]) * 10), text, count=1)


def other_unit(text: str, chance: random.Random) -> str:
    """The same number with another unit, as in 20个工作日 and 20个自然日."""
    found = _UNIT.search(text)
    if found is None:
        return text
    unit = chance.choice([word for word, code in UNITS.items() if code != UNITS[found[0]]])
    return text[: found.start()] + unit + text[found.end() :]


def without_unit(text: str) -> str:
    """A bare number, which does not say of what."""
    found = _AMOUNT.search(text)
    return text if found is None or not _UNIT.search(text) else found[0]


def flipped(text: str) -> str:
    """Yes for no and no for yes, in the words in which it was written."""
    for mine, other in ((forms.TRUE_WORDS, forms.FALSE_WORDS), (forms.FALSE_WORDS, forms.TRUE_WORDS)):
        if text in mine:
            return other[mine.index(text)]
    return text


def day_moved(text: str, days: int) -> str:
    """A day or moment some days later, in the form in which it was written."""
    found = next((match for head in _HEADS if (match := head.match(text))), None)
    if found is None:
        return text
    try:
        moved = dt.date(*map(int, found.groups())) + dt.timedelta(days=days)
    except (ValueError, OverflowError):
        return text
    pieces, at = [], 0
    for number, part in enumerate((moved.year, moved.month, moved.day), start=1):
        pieces += [text[at : found.start(number)], str(part).zfill(len(found[number]))]
        at = found.end(number)
    return "".join(pieces) + text[at:]


def hour_moved(text: str, hours: int) -> str:
    """A moment some hours later on the same day, round the clock; a day stays as it is."""
    return _CLOCK.sub(lambda found: f"{(int(found[1]) + hours) % _HOURS:02d}", text, count=1)

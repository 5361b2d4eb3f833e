"""Constants a little beside what they were: numbers, days, codes, texts, patterns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

Value = str | int | Decimal | bool | dt.date


def moved(value: Value) -> tuple[Value, ...]:
    """One step down and one up, a day or the last digit written; yes for no; of a text nothing."""
    match value:
        case bool():
            return (not value,)
        case int():
            return (value - 1, value + 1)
        case Decimal():
            step = last_digit(value)
            return (value - step, value + step)
        case dt.date():
            return (value - dt.timedelta(days=1), value + dt.timedelta(days=1))
        case _:
            return ()


def last_digit(value: Decimal) -> Decimal:
    """One in the last place that is written."""
    exponent = value.as_tuple().exponent
    return Decimal((0, (1,), exponent if isinstance(exponent, int) else 0))


def other_codes(code: str, codes: Sequence[str]) -> tuple[str, ...]:
    """The next code of a list, the first one behind the last."""
    if len(codes) <= 1 or code not in codes:
        return ()
    return (codes[(list(codes).index(code) + 1) % len(codes)],)


def other_texts(text: str) -> tuple[str, ...]:
    """The text with another last character."""
    if not text:
        return ()
    last = text[-1]
    if last.isdecimal() and last.isascii():
        return (f"{text[:-1]}{(int(last) + 1) % 10}",)
    return (f"{text[:-1]}{'Z' if last != 'Z' else 'A'}",)


def wider_patterns(pattern: str) -> tuple[str, ...]:
    """The pattern with anything in front of it or behind it, as a forgotten anchor would have it."""
    bare = pattern.removeprefix("^").removesuffix("$")
    front = () if bare.startswith(".*") else (f".*(?:{bare})",)
    behind = () if bare.endswith(".*") else (f"(?:{bare}).*",)
    return front + behind

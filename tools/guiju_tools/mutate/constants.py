"""Constants a little beside what they were: numbers, days, codes, texts, patterns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from guiju.rule import Kind, Node, Scope
from guiju.rule.tree import Constant
from guiju.rule.typed import codelist_of, codes_of

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


def other_constants(part: Node, holder: Node, scope: Scope) -> Iterator[Constant]:
    """Another text in the place of a text: a code of the same list, or a slip of the pen."""
    if isinstance(part, Constant) and isinstance(part.value, str):
        codes = codes_of(holder, scope)
        texts = (
            other_texts(part.value)
            if codes is None
            else other_codes(part.value, ordered_codes(holder, scope))
        )
        yield from (Constant(Kind.TEXT, text) for text in texts)


def ordered_codes(holder: Node, scope: Scope) -> list[str]:
    """The codes a value can have, in the order of their list."""
    listed = codelist_of(holder, scope)
    return sorted(codes_of(holder, scope) or ()) if listed is None else [item.code for item in listed.codes]


def one_more(holder: Node, given: tuple[Node, ...], scope: Scope) -> Constant | None:
    """The first code of the value's list that is not given yet; None where nothing is listed."""
    if codes_of(holder, scope) is None:
        return None
    known = {item.value for item in given if isinstance(item, Constant)}
    found = next((code for code in ordered_codes(holder, scope) if code not in known), None)
    return None if found is None else Constant(Kind.TEXT, found)

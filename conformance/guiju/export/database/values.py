"""What drivers give, as texts: exact numbers, moments in Beijing time, sets as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

BEIJING = timezone(timedelta(hours=8))


def text_of(value: object) -> str | None:
    """One value as text; None for one that is absent or binary.

    Dates and moments come in ISO form, moments with a zone in Beijing time without it; truth values as true
    and false; lists as JSON arrays; decimals without exponent.
    """
    if value is None or isinstance(value, str):
        return value
    for kind, text in _TEXTS:
        if isinstance(value, kind):
            return text(value)
    return str(value)


def _moment(value: datetime) -> str:
    local = value.astimezone(BEIJING).replace(tzinfo=None) if value.tzinfo else value
    return local.isoformat(sep=" ")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=text_of)


_TEXTS: tuple[tuple[type | tuple[type, ...], Callable[[Any], str | None]], ...] = (
    ((bytes, bytearray, memoryview), lambda _: None),
    (bool, lambda value: "true" if value else "false"),
    (Decimal, lambda value: format(value, "f")),
    (datetime, _moment),
    (date, date.isoformat),
    ((list, tuple, dict), _json),
)


def whole_number(text: str | None) -> str | None:
    """A number as Oracle writes it: a digit before the point where it left that out."""
    if text is not None and text.lstrip("-").startswith("."):
        return text.replace(".", "0.", 1)
    return text

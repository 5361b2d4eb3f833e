"""The two formats of record schemas: a day, and a local stamp that may be known to the day only."""

from __future__ import annotations

import re
from datetime import date, datetime

_FIRST_YEAR = 1000
"""No earlier day is read from an export; a text that looks like one stays a text."""
_STAMP = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?")


def is_date(value: object) -> bool:
    """Whether a text is a day, written YYYY-MM-DD; anything but a text passes, as formats do."""
    if not isinstance(value, str):
        return True
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return day.isoformat() == value and day.year >= _FIRST_YEAR


def is_stamp(value: object) -> bool:
    """Whether a text is a local stamp YYYY-MM-DDTHH:MM:SS[.ffffff], or a day alone."""
    if not isinstance(value, str) or is_date(value):
        return True
    if not _STAMP.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True

"""The written forms that are understood: tables and patterns shared by the Python and the SQL reading.

Patterns keep to what Python's `re` and DuckDB's RE2 read alike: explicit classes, no look-around. They are
always matched against the whole text.
"""

from __future__ import annotations

import re
from typing import Literal

Order = Literal["", "month-first", "day-first"]
"""What comes first in dates that end with the year; empty where that is not known."""

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
"""Characters without shape: soft hyphen, zero-width ones, marks of direction; codes and numbers lose them."""

BLANKS = f" \t\r\n\u3000\u00a0\u202f{INVISIBLE}"
"""Characters that alone make a value blank, and that are trimmed from codes and numbers."""

_WIDE = [*range(0xFF01, 0xFF5F), 0x3000]
FOLD = {code: (code - 0xFEE0 if code != 0x3000 else 0x20) for code in _WIDE}  # noqa: PLR2004 -- U+3000 is the wide space
"""Full-width ASCII to ASCII, for `str.translate`."""

NORMAL: dict[int, int | None] = {**FOLD, **dict.fromkeys(map(ord, INVISIBLE))}
"""The same, and invisible characters to nothing."""

WIDE_TEXT = "".join(map(chr, FOLD)) + INVISIBLE
NARROW_TEXT = "".join(map(chr, FOLD.values()))
"""The same again for SQL, where characters without a partner are dropped."""

SEPARATORS = "、,;|^"
"""What parts the members of a set where nothing is declared (full-width forms are folded before)."""

TRUE_WORDS = (
    *("是", "1", "有", "Y", "y", "true", "True", "TRUE", "√", "支持"),
    *("T", "t", "yes", "Yes", "YES", "✓", "✔"),
)
FALSE_WORDS = (
    *("否", "0", "无", "N", "n", "false", "False", "FALSE", "×", "不支持"),
    *("F", "f", "no", "No", "NO", "✗", "✘"),
)

INTEGER = r"-?[0-9]{1,18}"
_FRACTION = r"(?:\.[0-9]{1,6})?"
NUMBER = f"{INTEGER}{_FRACTION}"
_GROUPED = "-?[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}"
DIGITS = "^[-0-9,.]+"
"""The number at the head of a dressed one; its commas mean nothing."""

_YEAR = "[1-9][0-9]{3}"
_PART = "[0-9]{1,2}"
_SLASHED = f"{_YEAR}/{_PART}/{_PART}"
_DOTTED = rf"{_YEAR}\.{_PART}\.{_PART}"
_WORDED = f"{_YEAR}年{_PART}月{_PART}日"
_DASHED = f"{_YEAR}-{_PART}-{_PART}"
_COMPACT = f"{_YEAR}[0-9]{{4}}"
_DAY = f"(?:{_DASHED}|{_SLASHED}|{_DOTTED}|{_WORDED}|{_COMPACT})"
YEAR_LAST = "|".join(f"{_PART}{mark}{_PART}{mark}{_YEAR}" for mark in ("/", "-", r"\."))
"""Whether the first number is month or day is not to be seen from one such date."""

_GAP = "[ \u00a0\u202f]"
_ZONE = "(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])"
_SECONDS = r"(?::[0-5][0-9](?:\.[0-9]{1,9})?)?"
_TIME = f"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]{_SECONDS}"
_WORDED_TIME = "(?:[01]?[0-9]|2[0-3])[时点][0-5][0-9]分(?:[0-5][0-9]秒)?"
_HALF_TIME = f"(?:0?[0-9]|1[0-2]):[0-5][0-9]{_SECONDS}"
_HALF = "(?:上午|下午|[AaPp][Mm])"
_HALF_DAY = f"(?:{_GAP}*{_HALF}{_GAP}*{_HALF_TIME}|{_GAP}+{_HALF_TIME}{_GAP}*{_HALF})"
_COMPACT_TIME = "T?(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]"
_ZERO = r"00(?::00(?:\.0{1,9})?)?"
_AM = "(?:上午|[Aa][Mm])"
_TWELVE = f"(?:12|0?0):{_ZERO}"
_TWELVE_AM = f"(?:{_GAP}*{_AM}{_GAP}*{_TWELVE}|{_GAP}+{_TWELVE}{_GAP}*{_AM})"
_MIDNIGHT = f"(?:(?:{_GAP}+|T)0{{1,2}}:{_ZERO}|{_TWELVE_AM})"

ISO_DATE = f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
ISO_STAMP = rf"{ISO_DATE}[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{{1,6}})?"
ISO_ZONED = f"{ISO_STAMP}{_ZONE}"
COMPACT_STAMP = f"{_COMPACT}{_COMPACT_TIME}{_ZONE}?"
COMPACT_HEAD = f"({_YEAR})([0-9]{{2}})([0-9]{{2}})"
COMPACT_PARTS = f"{COMPACT_HEAD}T?([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})"
DAY_HEAD = f"({_YEAR})[^0-9]({_PART})[^0-9]({_PART})日?"
LAST_HEAD = f"({_PART})[^0-9]({_PART})[^0-9]({_YEAR})"
ZONED = f"{_ZONE}$"
AFTERNOON = "下午|[Pp][Mm]"
HALF_DAY = f"{_GAP}*{_HALF}{_GAP}*"
WORDED_TIME = "([0-9]{1,2})[时点]([0-9]{2})分(?:([0-9]{2})秒)?$"

SHORTEST_MOMENT = 12
"""No moment is written in fewer characters, and no day in as many."""


def day_form(order: Order) -> str:
    """The pattern of a day; with an order, dates that end with the year are among them."""
    return f"(?:{_DAY}|{YEAR_LAST})" if order else _DAY


def midnight_form(order: Order) -> str:
    """The pattern of a day that may carry the first moment of it."""
    return f"{day_form(order)}{_MIDNIGHT}?"


def stamp_form(order: Order) -> str:
    """The pattern of a moment: on the clock of 24 hours, of 12, or in words."""
    clocks = f"(?:{_GAP}+|T){_TIME}|{_GAP}+{_WORDED_TIME}|{_HALF_DAY}"
    bare = f"{_WORDED}{_WORDED_TIME}|{_COMPACT}{_COMPACT_TIME}"
    return f"(?:{day_form(order)}(?:{clocks})|{bare}){_ZONE}?"


def dressed_form(unit: str, *, whole: bool) -> str:
    """The pattern of a number with thousands separators, or with the field's own unit behind it."""
    fraction = "" if whole else _FRACTION
    number = f"(?:{INTEGER}|{_GROUPED}){fraction}"
    return f"{number}{_GAP}*{re.escape(unit)}" if unit else f"{_GROUPED}{fraction}"


def dressed_forms(unit: str, *, whole: bool) -> str:
    """`dressed_form` with the unit and without."""
    bare = dressed_form("", whole=whole)
    return f"(?:{bare}|{dressed_form(unit, whole=whole)})" if unit else bare


_JSON_TEXT = r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"'
_JSON_MEMBER = f"(?:{_JSON_TEXT}|0|-?[1-9][0-9]{{0,17}}|true|false|null)"
_SPACE = r"[ \t\r\n]*"
JSON_SET = rf"\[{_SPACE}(?:{_JSON_MEMBER}{_SPACE}(?:,{_SPACE}{_JSON_MEMBER}{_SPACE})*)?\]"
"""A JSON array of texts, integers, logical values and nulls; a broken or nested one is not readable."""

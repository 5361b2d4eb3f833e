"""The written forms that are understood: tables and patterns shared by the Python and the SQL reading.

Patterns keep to what Python's `re` and DuckDB's RE2 read alike: explicit classes, no look-around. They are
always matched against the whole text.
"""

from __future__ import annotations

BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"
"""Characters that alone make a value blank, and that are trimmed from codes and numbers."""

_WIDE = [*range(0xFF01, 0xFF5F), 0x3000]
FOLD = {code: (code - 0xFEE0 if code != 0x3000 else 0x20) for code in _WIDE}  # noqa: PLR2004 -- U+3000 is the wide space
"""Full-width ASCII to ASCII, for `str.translate`."""

WIDE_TEXT = "".join(chr(code) for code in FOLD)
NARROW_TEXT = "".join(chr(code) for code in FOLD.values())

SEPARATORS = "、,;|^"
"""What parts the members of a set where nothing is declared (full-width forms are folded before)."""

TRUE_WORDS = ("是", "1", "有", "Y", "y", "true", "True", "TRUE", "√", "支持")
FALSE_WORDS = ("否", "0", "无", "N", "n", "false", "False", "FALSE", "×", "不支持")

INTEGER = r"-?[0-9]{1,18}"
NUMBER = r"-?[0-9]{1,18}(?:\.[0-9]{1,6})?"

_YEAR = "[1-9][0-9]{3}"
_PART = "[0-9]{1,2}"
_SLASHED = f"{_YEAR}/{_PART}/{_PART}"
_DOTTED = rf"{_YEAR}\.{_PART}\.{_PART}"
_WORDED = f"{_YEAR}年{_PART}月{_PART}日"
_DASHED = f"{_YEAR}-{_PART}-{_PART}"
_COMPACT = f"{_YEAR}[0-9]{{4}}"
_DAY = f"(?:{_DASHED}|{_SLASHED}|{_DOTTED}|{_WORDED}|{_COMPACT})"
_MIDNIGHT = r"(?:(?: +|T)0{1,2}:00(?::00(?:\.0{1,9})?)?)"
_ZONE = "(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])"
_TIME = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?"
_COMPACT_TIME = "T?(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]"

ISO_DATE = f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
ISO_STAMP = rf"{ISO_DATE}[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{{1,6}})?"
ISO_ZONED = f"{ISO_STAMP}{_ZONE}"
DATE = _DAY
DATE_AT_MIDNIGHT = f"{_DAY}{_MIDNIGHT}?"
STAMP = f"(?:{_DAY}(?: +|T){_TIME}|{_COMPACT}{_COMPACT_TIME}){_ZONE}?"
COMPACT_STAMP = f"{_COMPACT}{_COMPACT_TIME}{_ZONE}?"
COMPACT_HEAD = f"({_YEAR})([0-9]{{2}})([0-9]{{2}})"
COMPACT_PARTS = f"{COMPACT_HEAD}T?([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})"
DAY_HEAD = f"({_YEAR})[^0-9]({_PART})[^0-9]({_PART})日?"
ZONED = f"{_ZONE}$"

SHORTEST_MOMENT = 12
"""No moment is written in fewer characters, and no day in as many."""

_JSON_TEXT = r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"'
_JSON_MEMBER = f"(?:{_JSON_TEXT}|0|-?[1-9][0-9]{{0,17}}|true|false|null)"
_GAP = r"[ \t\r\n]*"
JSON_SET = rf"\[{_GAP}(?:{_JSON_MEMBER}{_GAP}(?:,{_GAP}{_JSON_MEMBER}{_GAP})*)?\]"
"""A JSON array of texts, integers, logical values and nulls; a broken or nested one is not readable."""

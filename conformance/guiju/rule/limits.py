"""Time limits written as text, such as ``30(工作日)``, ``20个工作日``, ``即办``: the number and the unit.

A bare 日 or 天 does not say which days are meant and is not read; neither are other words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

UNITS: Mapping[str, str] = {
    "工作日": "1",
    "自然日": "2",
    "日历日": "2",
    "小时": "3",
    "分钟": "4",
    "月": "5",
}
"""Words for units and their codes in the code list time-unit."""

AT_ONCE = (
    *("即办", "即办件", "即时办", "即时办理", "即时办结", "当场", "当场办", "当场办理", "当场办结"),
    *("现场办结", "立等可取", "立即办理", "马上办"),
)
"""Words for "at once": zero working days."""

_BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"
_WIDE_DIGITS, _DIGITS = "０１２３４５６７８９", "0123456789"


def _pattern(gap: str) -> str:
    """Number and unit; `gap` matches blanks. Brackets may be of either width."""
    unit = "|".join(UNITS)
    return (
        f"{gap}([{_DIGITS}{_WIDE_DIGITS}]{{1,9}}){gap}[(（]?{gap}个?{gap}({unit}){gap}[)）]?"
        f"{gap}(?:之内|以内|内)?{gap}"
    )


_LIMIT = re.compile(_pattern(f"[{_BLANKS}]*"))
_LIMIT_RE2 = _pattern("[" + "".join(f"\\x{{{ord(char):X}}}" for char in _BLANKS) + "]*")
_TRIM = "||".join(f"chr({ord(char)})" for char in _BLANKS)


def limit_number(text: str) -> int | None:
    """The number of a limit; 0 for "at once"; None where the text is no limit."""
    if match := _LIMIT.fullmatch(text):
        return int(match[1])
    return 0 if text.strip(_BLANKS) in AT_ONCE else None


def limit_unit(text: str) -> str | None:
    """The code of a limit's unit; working days for "at once"; None where the text is no limit."""
    if match := _LIMIT.fullmatch(text):
        return UNITS[match[2]]
    return UNITS["工作日"] if text.strip(_BLANKS) in AT_ONCE else None


def limit_number_sql(text: str) -> str:
    """`limit_number` in DuckDB; only digits of full width are translated."""
    found = _part(text, 1)
    wide = f"translate({found}, '{_WIDE_DIGITS}', '{_DIGITS}')"
    number = f"coalesce(TRY_CAST({found} AS BIGINT), TRY_CAST({wide} AS BIGINT))"
    return _read_sql(text, "0", number)


def limit_unit_sql(text: str) -> str:
    """`limit_unit` in DuckDB."""
    units = " ".join(f"WHEN '{word}' THEN '{code}'" for word, code in UNITS.items())
    return _read_sql(text, f"'{UNITS['工作日']}'", f"CASE {_part(text, 2)} {units} END")


def _read_sql(text: str, at_once: str, limit: str) -> str:
    """Trimming is dear, so it is left to texts that are neither a usual word nor hold a digit."""
    return (
        f"CASE WHEN {_at_once_sql(text)} THEN {at_once} "
        f"WHEN regexp_matches({text}, '[{_DIGITS}{_WIDE_DIGITS}]') THEN {limit} "
        f"WHEN {_at_once_sql(f'trim({text}, {_TRIM})')} THEN {at_once} END"
    )


def _at_once_sql(text: str) -> str:
    """A CASE, for DuckDB turns a long IN into a join that is run even where nobody asks for the column."""
    words = " ".join(f"WHEN '{word}' THEN TRUE" for word in AT_ONCE)
    return f"(CASE {text} {words} ELSE FALSE END)"


def _part(text: str, group: int) -> str:
    return f"regexp_extract({text}, '^{_LIMIT_RE2}$', {group})"

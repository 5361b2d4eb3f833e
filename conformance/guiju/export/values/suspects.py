"""Which delivered texts are worth a closer look: cheap SQL, true for all that a trap may catch."""

from __future__ import annotations

from guiju.export.sql_text import literal
from guiju.export.values import forms
from guiju.export.values.kinds import kind_of
from guiju.export.values.moments_sql import whole
from guiju.export.values.reading import Reading

_UNSEEN = "".join(f"\\x{{{ord(char):X}}}" for char in forms.INVISIBLE)
_ODD = f"[{_UNSEEN}\\x{{FFFD}}\\x{{FF01}}-\\x{{FF5E}}]"
_ENTITY = "&(nbsp|lt|gt|amp|quot|#x?[0-9a-f]{2,5});"
_MARKUP = f"{_ENTITY}|</?[a-z]|<!doctype|404 not found|50[0-9] [bis]|whitelabel|java[.]lang"
_GARBLED = "锟斤拷|烫烫烫|屯屯屯|ï»¿|Ã|â€|å|ä|[?]{4}"
_FREE = f"(?i)[{_UNSEEN}\\x{{FFFD}}]|{_MARKUP}|{_GARBLED}|^'."
_SEVERAL = "[0-9][0-9-]{6,}[^0-9-]+[0-9][0-9-]{6,}"
_NONE = "(^|[^0-9])(9999|1900|1899|0001)"
_PLAIN_KEY = "[0-9A-Za-z][0-9A-Za-z_-]*"
_DIGITS_KEPT, _CERTAIN = 15, 21
"""A spreadsheet keeps so many digits; from so many digits on, zeros behind those kept are no chance."""


def suspect_sql(reading: Reading, raw: str, unread: str = "") -> str:
    """A condition over the delivered text `raw`; `unread`, where known, is one that it yields no value."""
    kind = kind_of(reading.field)
    if kind == "code":
        rounded = f"({_rounded(raw)} AND {whole(raw, '[0-9]{15}0{3,}')})"
        return f"({_code(reading, raw)} OR {rounded})"
    if kind == "number":
        read = unread or f"NOT {whole(raw, forms.NUMBER)}"
        share = f" OR starts_with({raw}, '0.')" if reading.unit == "%" else ""
        return f"({read} OR contains({raw}, ',') OR {_matches(raw, _ODD)}{share})"
    if kind == "date":
        formed = f"({whole(raw, forms.ISO_STAMP)} OR {whole(raw, forms.ISO_DATE)})"
        read = unread or f"NOT ({formed} AND TRY_CAST(left({raw}, 10) AS DATE) IS NOT NULL)"
        return f"({read} OR {_matches(raw, _NONE)} OR {_matches(raw, _ODD)})"
    if kind == "boolean":
        return f"NOT {_listed(raw, (*forms.TRUE_WORDS, *forms.FALSE_WORDS))}"
    several = f" OR {_matches(raw, _SEVERAL)}" if "电话" in reading.field.title else ""
    return f"({_matches(raw, _FREE)}{several})"


def gate_sql(raw: str, shortest: int, longest: int, *, clean: bool) -> str:
    """A cheaper condition for codes of long columns, whose usual lengths are known from some of them.

    Where the codes are known to be `clean`, all of their pattern, only rounding can be told; an empty text
    where they are too short for that.
    """
    if not clean:
        return f"(strlen({raw}) NOT BETWEEN {shortest} AND {longest} OR {_rounded(raw)})"
    if longest <= _DIGITS_KEPT:
        return ""
    return f"suffix({raw}, '000000')" if shortest >= _CERTAIN else _rounded(raw)


def key_gate_sql(raw: str) -> str:
    """The same for keys of no known form: rounded, or in scientific notation."""
    return f"({_rounded(raw)} OR contains({raw}, 'E+'))"


def _rounded(raw: str) -> str:
    few = f"(strlen({raw}) BETWEEN {_DIGITS_KEPT + 1} AND {_CERTAIN - 1} AND suffix({raw}, '000'))"
    return f"(suffix({raw}, '000000') OR {few})"


def shape_sql(raw: str) -> str:
    """How the day in a text is written, with 9 for every number: ``9/9/9``."""
    day = f"regexp_extract({raw}, '^[^ T上下APap]+')"
    return f"regexp_replace({day}, '[0-9]+', '9', 'g')"


def long_number(raw: str) -> str:
    """That a text is a number of 16 digits or more."""
    return f"(strlen({raw}) >= 16 AND {whole(raw, '[0-9]+')})"


def _code(reading: Reading, raw: str) -> str:
    if reading.codes:
        return f"NOT {_listed(raw, tuple(sorted(reading.codes)))}"
    if reading.field.pattern is not None:
        return f"NOT {whole(raw, reading.field.pattern.removeprefix('^').removesuffix('$'))}"
    nothing = _listed(f"upper({raw})", ("NULL", "NA", "NONE", "NAN"))
    return f"(NOT {whole(raw, _PLAIN_KEY)} OR {nothing})"


def _matches(raw: str, pattern: str) -> str:
    return f"regexp_matches({raw}, {literal(pattern)})"


def _listed(raw: str, words: tuple[str, ...]) -> str:
    return f"({raw} IN ({', '.join(map(literal, words))}))"

"""What a delivered text looks like: the signs by which the traps of office data are known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from guiju.export.values import forms
from guiju.export.values.kinds import Kind, kind_of
from guiju.export.values.lexical import ABSENT, canonical
from guiju.export.values.reading import Reading, normal_text
from guiju.standard.formats import is_date, is_stamp

Sign = Callable[["Met"], bool]

NULLS = frozenset(
    {"无", "暂无", "没有", "空", "不涉及", "不适用", "—", "——", "-", "--", "/", "\\", "N/A", "n/a", "NA"}
    | {"NULL", "null", "Null", "None", "none", "NaN", "nan", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"}
)
"""Words that stand for "none" wherever a code, a number or a date is asked for."""

_DATES_FOR_NONE = ("9999-12-31", "1900-01-01", "1899-12-30", "1899-12-31", "0001-01-01")
_MANY_ZEROS, _SOME_ZEROS = re.compile("[0-9]{15}0{6,}"), re.compile("[0-9]{15}0{3,5}")
SCIENTIFIC = re.compile(r"-?[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{1,3}")
SERIAL = re.compile(r"[2-6][0-9]{4}(?:\.[0-9]+)?")
SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?(?:[^0-9].*)?")
YEAR_LAST = re.compile(f"(?:{forms.YEAR_LAST})(?:[^0-9].*)?")
_DAY_HEAD = re.compile(f"{forms.day_form('')}(?:[^0-9].*)?")
_ZERO_DAY = re.compile("1900[-/.]0?1[-/.]0{1,2}(?:[^0-9].*)?")
PERCENT = re.compile(r"-?[0-9][0-9.,]* *%")
_VAGUE = re.compile("约|左右|大概|多|以上|以下|以内|不超过|至少|[0-9] *[-~至到—–] *[0-9]|[<>≤≥]")
_WITH_UNIT = re.compile(r"-?[0-9][0-9.,]* *[^0-9.,\s]{1,8}")
WIDE = re.compile("[\uff01-\uff5e]")
INVISIBLE = re.compile(f"[{forms.INVISIBLE}]")
BREAK = re.compile(r"[^\s][ \t]*[\r\n]+[ \t]*[^\s]")
ENTITY = re.compile("&(?:nbsp|lt|gt|amp|quot|#[0-9]{2,5}|#x[0-9a-fA-F]{2,4});")
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,9}(?: [^<>]*)?/?>")
ERROR_PAGE = re.compile(
    r"<!DOCTYPE html|<html[ >]|404 Not Found|50[0-9] (?:Bad Gateway|Internal Server Error|Service Unav)"
    r"|Whitelabel Error Page|java\.lang\.[A-Za-z]+Exception",
    re.IGNORECASE,
)
GARBLED = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯|ï»¿|Ã[\u0080-\u00bf]|â€|å[\u0080-\u00bf]|ä[¸-»]|\\?{4,}")
_PHONES = re.compile(r"[0-9][0-9-]{6,}[^0-9-]+[0-9][0-9-]{6,}")


@dataclass(frozen=True)
class Met:
    """A delivered text with its field's reading, as the traps ask about it."""

    reading: Reading
    raw: str

    @cached_property
    def kind(self) -> Kind:
        """The kind of the field."""
        return kind_of(self.reading.field)

    @cached_property
    def text(self) -> str:
        """The text in its normal form."""
        return normal_text(self.raw)

    @cached_property
    def unread(self) -> bool:
        """There is a text, and it is no value of the field's type."""
        if self.kind not in ("number", "date", "boolean"):
            return False
        value = canonical(self.reading, self.raw)
        if value is None or value is ABSENT:
            return False
        if self.kind == "date":
            return not (is_date(value) or is_stamp(value))
        return isinstance(value, str)

    @cached_property
    def coded(self) -> bool:
        """The field holds codes or numbers that tell records apart."""
        return self.kind == "code"

    @cached_property
    def typed(self) -> bool:
        """Codes, numbers, dates and logical values: all that is not free text."""
        return self.kind not in ("text", "set")

    @cached_property
    def fits(self) -> bool:
        """Whether a code is one of its field: of the pattern, the list of values, or known to the mapping."""
        item, text = self.reading.field, self.text
        if text in self.reading.values:
            return True
        return text in self.reading.codes if self.reading.codes else _of_pattern(item.pattern, text)


def _of_pattern(pattern: str | None, text: str) -> bool:
    return pattern is None or re.fullmatch(pattern.removeprefix("^").removesuffix("$"), text) is not None


def rounded(met: Met) -> bool:
    """A code of which nothing but zeros is left behind 15 digits."""
    return met.coded and _MANY_ZEROS.fullmatch(met.text) is not None


def perhaps_rounded(met: Met) -> bool:
    """The same of shorter ones, where chance can do it too."""
    return met.coded and _SOME_ZEROS.fullmatch(met.text) is not None


def lost_zeros(met: Met) -> bool:
    """A code that would be one of its field with zeros before it."""
    if not met.coded or met.fits or not re.fullmatch("[0-9]{1,32}", met.text):
        return False
    return any(Met(met.reading, "0" * count + met.text).fits for count in (1, 2, 3))


def date_for_none(met: Met) -> bool:
    """A day by which systems say that there is none."""
    if met.kind != "date" or met.text in met.reading.values:
        return False
    return _ZERO_DAY.fullmatch(met.text) is not None or str(canonical(met.reading, met.raw)).startswith(
        _DATES_FOR_NONE
    )


def impossible_date(met: Met) -> bool:
    """A date of a known form that the calendar lacks."""
    shaped = _DAY_HEAD.fullmatch(met.text) is not None
    return met.kind == "date" and met.unread and shaped and not date_for_none(met)


def undeclared_null(met: Met) -> bool:
    """A word for "none" where the field declares no such word."""
    if not met.typed or met.text not in NULLS or met.text in {*met.reading.null_words, *met.reading.values}:
        return False
    if met.kind == "boolean":
        return met.unread
    return not (met.coded and met.fits)


def share(met: Met) -> bool:
    """A share below one where the unit is one of a hundred."""
    if met.kind != "number" or met.reading.unit != "%":
        return False
    value = canonical(met.reading, met.raw)
    return isinstance(value, Decimal) and 0 < value < 1


def number(pattern: re.Pattern[str]) -> Sign:
    """An unreadable number of a pattern."""
    return lambda met: met.kind == "number" and met.unread and pattern.fullmatch(met.text) is not None


def date(pattern: re.Pattern[str]) -> Sign:
    """An unreadable date of a pattern."""
    return lambda met: met.kind == "date" and met.unread and pattern.fullmatch(met.text) is not None


def vague(met: Met) -> bool:
    """About so many, or from so many to so many."""
    return (
        met.kind == "number" and met.unread and bool(re.search("[0-9]", met.text) and _VAGUE.search(met.text))
    )


def unit(met: Met) -> bool:
    """A number with something behind it."""
    shaped = _WITH_UNIT.fullmatch(met.text) is not None and PERCENT.fullmatch(met.text) is None
    return met.kind == "number" and met.unread and shaped and not vague(met)


def anywhere(pattern: re.Pattern[str], *, typed: bool | None = None) -> Sign:
    """A pattern anywhere in the delivered text, in typed fields, in others, or in both."""
    return lambda met: (typed is None or met.typed == typed) and pattern.search(met.raw) is not None


def phones(met: Met) -> bool:
    """Several telephone numbers in a cell."""
    return "电话" in met.reading.field.title and _PHONES.search(met.text) is not None

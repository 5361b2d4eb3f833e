"""From delivered text to canonical value, in Python: the reading that examples and explanations use.

`guiju.export.values.lexical_sql` gives the same values in DuckDB; a property test holds the two together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Final

from guiju.export.values import forms
from guiju.export.values.forms import Order
from guiju.export.values.reading import Reading, normal_text


class Absent(Enum):
    """The type of `ABSENT`: a blank value, that is a key missing from the canonical record."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent.ABSENT
BEIJING = timedelta(hours=8)
"""Asia/Shanghai as one fixed offset: summer time ended there in 1991."""

_INTEGER = re.compile(forms.INTEGER)
_NUMBER = re.compile(forms.NUMBER)
_DIGITS = re.compile(forms.DIGITS)
_COMPACT_STAMP = re.compile(forms.COMPACT_STAMP)
_COMPACT_HEAD = re.compile(forms.COMPACT_HEAD)
_COMPACT_PARTS = re.compile(forms.COMPACT_PARTS)
_DAY_HEAD = re.compile(forms.DAY_HEAD)
_LAST_HEAD = re.compile(forms.LAST_HEAD)
_HALF_DAY = re.compile(forms.HALF_DAY)
_AFTERNOON = re.compile(forms.AFTERNOON)
_WORDED_TIME = re.compile(forms.WORDED_TIME)
_ZONED = re.compile(forms.ZONED)
_TIME_PARTS = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?$")
_JSON_SET = re.compile(forms.JSON_SET)
_FIRST_YEAR = 1000


def canonical(reading: Reading, raw: str | None) -> Any:
    """The canonical value of a delivered text.

    Returns:
        A text, int, Decimal, bool, ISO date or stamp text, or sorted list of distinct texts, by the field's
        type; the text itself where it cannot be read so; None for a word that means "none" and satisfies
        `required`; `ABSENT` for blanks and other words that mean "none".
    """
    if raw is None:
        return ABSENT
    clean = normal_text(raw)
    if not clean:
        return ABSENT
    if clean in reading.null_words:
        return None if reading.field.null.satisfies_required else ABSENT
    if reading.field.type == "set":
        return _set(reading, raw.strip(forms.BLANKS), clean)
    text = reading.values.get(clean, clean if reading.field.folded else raw)
    return _typed(reading, text) if text else ABSENT


def present(reading: Reading, raw: str | None) -> bool:
    """Whether `required` is satisfied: there is a value, or a word for "none" that counts as one."""
    return canonical(reading, raw) is not ABSENT


def _typed(reading: Reading, text: str) -> Any:
    reader = _READERS.get(reading.field.type)
    value = None if reader is None else reader(reading, text)
    return text if value is None else value


@cache
def _pattern(form: Callable[[Order], str], order: Order) -> re.Pattern[str]:
    return re.compile(form(order))


@cache
def _dressed(unit: str, *, whole: bool) -> re.Pattern[str]:
    return re.compile(forms.dressed_forms(unit, whole=whole))


def _bare_number(reading: Reading, text: str, *, whole: bool) -> str:
    """The digits of a number that comes with thousands separators or the field's unit; else the text."""
    if not _dressed(reading.unit, whole=whole).fullmatch(text):
        return text
    digits = _DIGITS.match(text)
    return digits[0].replace(",", "") if digits else text


def _integer(reading: Reading, text: str) -> int | None:
    bare = _bare_number(reading, text, whole=True)
    return int(bare) if _INTEGER.fullmatch(bare) else None


def _number(reading: Reading, text: str) -> Decimal | None:
    bare = _bare_number(reading, text, whole=False)
    return Decimal(bare) if _NUMBER.fullmatch(bare) else None


def _boolean(_reading: Reading, text: str) -> bool | None:
    if text in forms.TRUE_WORDS:
        return True
    return False if text in forms.FALSE_WORDS else None


def _date(reading: Reading, text: str) -> str | None:
    whole = _pattern(forms.midnight_form, reading.order).fullmatch(text)
    day = _day(text, reading.order) if whole else None
    return None if day is None else day.isoformat()


def _day(text: str, order: Order) -> date | None:
    """The day that a text of a listed form begins with; None where the calendar has no such day."""
    match = _DAY_HEAD.match(text) or _COMPACT_HEAD.match(text)
    if match is None:
        return _year_last(text, order)
    return _calendar_day(*map(int, match.groups()))


def _year_last(text: str, order: Order) -> date | None:
    match = _LAST_HEAD.match(text)
    if match is None or not order:
        return None
    first, second, year = map(int, match.groups())
    return _calendar_day(year, *((first, second) if order == "month-first" else (second, first)))


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _stamp(reading: Reading, text: str) -> str | None:
    if _pattern(forms.day_form, reading.order).fullmatch(text):
        day = _day(text, reading.order)
        return None if day is None else day.isoformat()
    if not _pattern(forms.stamp_form, reading.order).fullmatch(text):
        return None
    moment = _moment(text, reading.order)
    return None if moment is None else moment.isoformat()


def _moment(text: str, order: Order) -> datetime | None:
    day = _day(text, order)
    if day is None:
        return None
    zone = _ZONED.search(text)
    body = text[: zone.start()] if zone else text
    moment = datetime(day.year, day.month, day.day) + _since_midnight(body)  # noqa: DTZ001 -- local time is meant
    return _to_beijing(moment, zone[0]) if zone else moment


def _since_midnight(body: str) -> timedelta:
    if compact := _COMPACT_PARTS.fullmatch(body):
        hours, minutes, seconds = (int(part) for part in compact.groups()[3:])
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if worded := _WORDED_TIME.search(body):
        hours, minutes, seconds = (int(part) for part in worded.groups(default="0"))
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    match = _TIME_PARTS.search(_HALF_DAY.sub(" ", body).rstrip())
    hour, minute, second, fraction = match.groups(default="0") if match else ("0", "0", "0", "0")
    micro = int(fraction[:6].ljust(6, "0"))
    clock = timedelta(hours=int(hour), minutes=int(minute), seconds=int(second), microseconds=micro)
    return clock + _half_day(body, int(hour))


def _half_day(body: str, hour: int) -> timedelta:
    """What a clock of 12 hours leaves out: twelve o'clock is its zero."""
    if not _HALF_DAY.search(body):
        return timedelta()
    noon = 12 if _AFTERNOON.search(body) else 0
    return timedelta(hours=noon - (12 if hour == 12 else 0))  # noqa: PLR2004 -- a clock of 12 hours


def _to_beijing(moment: datetime, zone: str) -> datetime | None:
    shift = BEIJING
    if zone != "Z":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        shift -= -offset if zone[0] == "-" else offset
    try:
        local = moment + shift
    except OverflowError:
        return None
    return local if local.year >= _FIRST_YEAR else None


def _set(reading: Reading, stripped: str, clean: str) -> Any:
    whole = stripped if stripped.startswith("[") else clean  # folding could break the texts of an array
    parts = _json_members(whole) if whole.startswith("[") else _split(reading, whole)
    if parts is None:
        return whole
    texts = (normal_text(part) for part in parts)
    members = {reading.values.get(text, text) for text in texts if text}
    return sorted(members - {""}) or ABSENT


def _split(reading: Reading, clean: str) -> list[str]:
    if reading.separator:
        return clean.split(reading.separator.translate(forms.FOLD))
    return re.split(f"[{re.escape(forms.SEPARATORS)}]", clean)


def _json_members(text: str) -> list[str] | None:
    """The members of a JSON array of scalars as texts; None where it is not one."""
    if not _JSON_SET.fullmatch(text):
        return None
    members = [_member(item) for item in json.loads(text) if item is not None]
    return None if any(_lone_surrogate(member) for member in members) else members


def _member(item: Any) -> str:
    return str(item).lower() if isinstance(item, bool) else str(item)


def _lone_surrogate(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


_READERS: dict[str, Callable[[Reading, str], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "date-time": _stamp,
}

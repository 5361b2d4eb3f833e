"""Days and moments out of texts, in DuckDB: the part of `guiju.export.values.lexical_sql` about time."""

from __future__ import annotations

from guiju.export.sql_text import literal
from guiju.export.values import forms
from guiju.export.values.reading import Reading

_TWELVE = "(?:^|[^0-9:])12:"
_WORDED = "([0-9]{1,2})[时点]([0-9]{2})分(?:([0-9]{2})秒)?"
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"


def date_sql(reading: Reading, text: str) -> str:
    """The day as DATE."""
    other = whole(text, forms.midnight_form(reading.order))
    day = cases((whole(text, forms.ISO_DATE), text), (other, _iso_day(reading, text)))
    return f"TRY_CAST({day} AS DATE)"


def _iso_day(reading: Reading, text: str) -> str:
    """The day at the head of a text of a listed form, as Y-M-D."""
    told = [_extract(text, f"^{pattern}") for pattern in (forms.DAY_HEAD, forms.COMPACT_HEAD)]
    if reading.order:
        groups = (3, 1, 2) if reading.order == "month-first" else (3, 2, 1)
        told.append(_extract(text, f"^{forms.LAST_HEAD}", groups))
    return "coalesce(" + ", ".join(f"nullif({day}, '--')" for day in told) + ")"


def _extract(text: str, pattern: str, groups: tuple[int, ...] = (1, 2, 3)) -> str:
    parts = ", ".join(f"regexp_extract({text}, {literal(pattern)}, {group})" for group in groups)
    return f"concat_ws('-', {parts})"


def stamp_sql(reading: Reading, text: str) -> tuple[str, str]:
    """First and last microsecond; a text shorter than any moment can be written is a day."""
    moment = cases(
        (whole(text, forms.ISO_STAMP), f"TRY_CAST({text} AS TIMESTAMP)"),
        (whole(text, forms.ISO_DATE), f"TRY_CAST({text} AS DATE)"),
        (whole(text, forms.ISO_ZONED), _from_zone(f"TRY_CAST({text} AS TIMESTAMPTZ)")),
        (whole(text, forms.day_form(reading.order)), f"TRY_CAST({_iso_day(reading, text)} AS DATE)"),
        (whole(text, forms.stamp_form(reading.order)), _other_moment(reading, text)),
    )
    day = f"CASE WHEN length({text}) < {forms.SHORTEST_MOMENT} THEN 86399999999 ELSE 0 END"
    return moment, f"({moment}) + to_microseconds({day})"


def _from_zone(moment: str) -> str:
    """Local time in Asia/Shanghai, within the years that can be written."""
    local = f"TRY(make_timestamp(epoch_us({moment}) + 28800000000))"
    return f"CASE WHEN year({local}) BETWEEN 1000 AND 9999 THEN {local} END"


def _other_moment(reading: Reading, text: str) -> str:
    """Each part of the expression is written once: what is repeated has to be bound again."""
    moment = f"TRY_CAST({_iso_day(reading, text)} || ' ' || {_clock(text)} AS TIMESTAMP)"
    local = f"{moment} + {_half_day(text)} + {_to_beijing(text)}"
    return f"list_filter([{local}], lambda m: year(m) BETWEEN 1000 AND 9999)[1]"


def _to_beijing(text: str) -> str:
    """What has to be added to a clock elsewhere; nothing where no zone is told."""
    ahead = "CAST(substr(z, 2, 2) AS INTEGER) * 60 + CAST(right(z, 2) AS INTEGER)"
    shift = cases(
        ("z = ''", "0"), ("z = 'Z'", "480"), ("z < '-'", f"480 - ({ahead})"), ("TRUE", f"480 + {ahead}")
    )
    zone = f"regexp_extract({text}, {literal(forms.ZONED)})"
    return f"to_minutes(list_transform([{zone}], lambda z: {shift})[1])"


def _clock(text: str) -> str:
    """The clock of a moment as H:M:S."""
    time = f"regexp_extract({text}, {literal(_CLOCK)})"
    compact = f"regexp_replace({text}, {literal(f'^{forms.COMPACT_PARTS}.*$')}, '\\4:\\5:\\6')"
    spoken = [f"regexp_extract({text}, {literal(_WORDED)}, {group})" for group in (1, 2, 3)]
    worded = "concat_ws(':', " + ", ".join(f"nullif({part}, '')" for part in spoken) + ")"
    return cases((whole(text, forms.COMPACT_STAMP), compact), (f"{time} <> ''", time), ("TRUE", worded))


def _half_day(text: str) -> str:
    """What a clock of 12 hours leaves out: twelve o'clock is its zero."""
    noon = f"CASE WHEN regexp_matches({text}, {literal(forms.AFTERNOON)}) THEN 12 ELSE 0 END"
    twelve = f"CASE WHEN regexp_matches({text}, {literal(_TWELVE)}) THEN 12 ELSE 0 END"
    half = f"regexp_matches({text}, {literal(forms.HALF_DAY)})"
    return f"to_hours(CASE WHEN {half} THEN {noon} - {twelve} ELSE 0 END)"


def cases(*pairs: tuple[str, str]) -> str:
    """The value of the first condition that holds, else NULL."""
    whens = " ".join(f"WHEN {condition} THEN {value}" for condition, value in pairs)
    return f"CASE {whens} END"


def whole(text: str, pattern: str) -> str:
    """Whether a whole text is of a pattern."""
    return f"regexp_full_match({text}, {literal(pattern)})"

"""Stamps as intervals of local time: a moment, or the whole day where only the date was delivered."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

_DATE = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
_STAMP = re.compile(
    r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
)
_DAY_LAST = dt.timedelta(days=1) - dt.timedelta(microseconds=1)
_MICROSECOND = dt.timedelta(microseconds=1)
HOUR, MINUTE, SECOND = 3_600_000_000, 60_000_000, 1_000_000
"""Microseconds of a unit."""


class Span(NamedTuple):
    """First and last microsecond of a stamp, equal for a moment; in SQL, the texts of both."""

    low: dt.datetime
    high: dt.datetime


class SpanSql(NamedTuple):
    """The two columns of a stamp field."""

    low: str
    high: str


def read_date(text: object) -> dt.date | None:
    """A canonical date (YYYY-MM-DD, from the year 1000 on); None for anything else."""
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def read_stamp(text: object) -> Span | None:
    """A canonical stamp (a date, or YYYY-MM-DDTHH:MM:SS[.ffffff]); None for anything else."""
    day = read_date(text)
    if day is not None:
        midnight = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 -- local time is meant
        return Span(midnight, midnight + _DAY_LAST)
    if not isinstance(text, str) or not _STAMP.fullmatch(text):
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return Span(moment, moment)


def before(first: Span, second: Span, *, or_same: bool) -> bool | None:
    """Whether the first stamp is earlier (or the same moment); None where points of both disagree."""
    if first.high < second.low or (or_same and first.high == second.low):
        return True
    return False if first.low > second.high or (not or_same and first.low == second.high) else None


def before_sql(first: SpanSql, second: SpanSql, *, or_same: bool) -> str:
    """`before` in DuckDB."""
    holds, fails = ("<=", ">") if or_same else ("<", ">=")
    yes, no = f"{first.high} {holds} {second.low}", f"{first.low} {fails} {second.high}"
    return f"CASE WHEN {yes} THEN TRUE WHEN {no} THEN FALSE END"


def same(first: Span, second: Span) -> bool | None:
    """Whether two stamps are the same moment; None where they overlap but are not both moments."""
    if first.high < second.low or second.high < first.low:
        return False
    return True if first.low == first.high == second.low == second.high else None


def same_sql(first: SpanSql, second: SpanSql) -> str:
    """`same` in DuckDB."""
    apart = f"{first.high} < {second.low} OR {second.high} < {first.low}"
    one = f"{first.low} = {first.high} AND {second.low} = {second.high} AND {first.low} = {second.low}"
    return f"CASE WHEN {apart} THEN FALSE WHEN {one} THEN TRUE END"


def day(stamp: Span) -> dt.date:
    """The day of a stamp."""
    return stamp.low.date()


def day_sql(stamp: SpanSql) -> str:
    """`day` in DuckDB."""
    return f"CAST({stamp.low} AS DATE)"


def within_hours(first: Span, second: Span, hours: int) -> bool | None:
    """Whether the second stamp is at most `hours` after the first; None where points of both disagree.

    A second stamp before the first one counts as in time: the order is a matter of `<=` or `sequence`.
    """
    limit = hours * HOUR
    if _elapsed(first.low, second.high) <= limit:
        return True
    return False if _elapsed(first.high, second.low) > limit else None


def within_hours_sql(first: SpanSql, second: SpanSql, hours: str) -> str:
    """`within_hours` in DuckDB; the product is taken in 128 bits."""
    limit = f"CAST({hours} AS HUGEINT) * {HOUR}"
    most = f"epoch_us({second.high}) - epoch_us({first.low})"
    least = f"epoch_us({second.low}) - epoch_us({first.high})"
    return f"CASE WHEN {most} <= {limit} THEN TRUE WHEN {least} > {limit} THEN FALSE END"


def units_between(first: Span, second: Span, unit: int) -> int | None:
    """Whole units from one moment to the other, towards zero; None where one is only a day."""
    if first.low != first.high or second.low != second.high:
        return None
    elapsed = _elapsed(first.low, second.low)
    return elapsed // unit if elapsed >= 0 else -(-elapsed // unit)


def units_between_sql(first: SpanSql, second: SpanSql, unit: int) -> str:
    """`units_between` in DuckDB, where `//` goes towards zero."""
    exact = f"{first.low} = {first.high} AND {second.low} = {second.high}"
    return f"CASE WHEN {exact} THEN (epoch_us({second.low}) - epoch_us({first.low})) // {unit} END"


def _elapsed(first: dt.datetime, second: dt.datetime) -> int:
    return (second - first) // _MICROSECOND

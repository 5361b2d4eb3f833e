"""Working days: Monday to Friday, except where a yearly notice says otherwise.

A year is on file when its `cn-YYYY.csv` was read; outside these years every question has no answer.
Columns: ``day,kind,name,notice,mark``; kind is ``holiday`` (放假) or ``makeup`` (调休上班).
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import duckdb

from guiju.errors import Place, StandardError
from guiju.rule.moments import read_date

_NATIONAL = re.compile(r"cn-([0-9]{4})\.csv")
_COLUMNS = ["day", "kind", "name", "notice", "mark"]
_KINDS = {"holiday": False, "makeup": True}
_SATURDAY = 5
_ONE = dt.timedelta(days=1)
WIDTH = 120
"""Bits of an integer of the engine's widest type that are used."""
WORKDAY_NUMBER, WORKDAY_AT = "guiju_workday_number", "guiju_workday_at"
"""Names of the DuckDB macros: working days before the end of a day; the day of the n-th one (n > 0)."""


@dataclass(frozen=True)
class Calendar:
    """The years on file (without a gap) and the days on which the rule of Monday to Friday does not hold."""

    years: tuple[int, ...] = ()
    exceptions: Mapping[dt.date, bool] = field(default_factory=dict, repr=False)

    @classmethod
    def from_csv(cls, paths: Iterable[Path]) -> Calendar:
        """Read national files and, after them, files of local holidays, which add days to years on file.

        Raises:
            StandardError: GJ-S230 unreadable or malformed, GJ-S231 years with a gap or days of other years.
        """
        years: list[int] = []
        exceptions: dict[dt.date, bool] = {}
        for path in sorted(paths, key=lambda item: (not _NATIONAL.fullmatch(item.name), item.name)):
            named = _NATIONAL.fullmatch(path.name)
            years += [int(named[1])] if named else []
            exceptions |= _read(path, years)
        if years and years != list(range(years[0], years[0] + len(years))):
            raise StandardError(
                "GJ-S231", "工作日历的年份不连续", cause=f"现有：{years}", hint="请补上缺少年份的 cn-YYYY.csv"
            )
        return cls(tuple(years), exceptions)

    def with_days(self, days: Mapping[dt.date, bool]) -> Calendar:
        """The same years with further exceptions: whether each of the days is a working day."""
        return replace(self, exceptions={**self.exceptions, **days})

    @cached_property
    def start(self) -> dt.date:
        """The day before the first day on file: nothing is counted up to it."""
        return dt.date(self.years[0], 1, 1) - _ONE

    @property
    def end(self) -> dt.date:
        """The last day on file."""
        return dt.date(self.years[-1], 12, 31)

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """For `start` and each day after it, how many working days on file lie up to and with it."""
        total, counts, day = 0, [0], self.start + _ONE
        while day.year <= self.years[-1]:
            total += self.works(day)
            counts.append(total)
            day += _ONE
        return tuple(counts)

    @cached_property
    def workdays(self) -> tuple[int, ...]:
        """The working days on file, as days after `start`."""
        return tuple(
            offset for offset in range(1, len(self.counts)) if self.counts[offset] > self.counts[offset - 1]
        )

    def works(self, day: dt.date) -> bool:
        """Whether a day on file is a working day."""
        return self.exceptions.get(day, day.weekday() < _SATURDAY)

    def known(self, day: dt.date) -> bool | None:
        """Whether a day is a working day; None outside the years on file."""
        return self.works(day) if day.year in self.years else None

    def number(self, day: dt.date) -> int | None:
        """How many working days lie from the first day on file through `day`; None outside the years."""
        offset = (day - self.start).days if self.years else -1
        return self.counts[offset] if 0 <= offset < len(self.counts) else None

    def between(self, first: dt.date, second: dt.date) -> int | None:
        """Working days after the first day through the second; negative when the second is earlier."""
        before, through = self.number(first), self.number(second)
        return None if before is None or through is None else through - before

    def add(self, day: dt.date, count: int) -> dt.date | None:
        """The `count`-th working day after `day`, the day itself for 0; None for less or beyond the years."""
        before = self.number(day)
        if before is None or count < 0:
            return None
        if count == 0:
            return day
        position = before + count - 1
        return self.start + self.workdays[position] * _ONE if position < len(self.workdays) else None

    def load_into(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Define the macros that emitted SQL calls; do it before such an expression is bound."""
        number, at = "NULL", "NULL"
        if self.years:
            first, last = _date(self.start), _date(self.end)
            counted, worked = _packed(self.counts, f"(d - {first})"), _packed(self.workdays, "(n - 1)")
            number = f"CASE WHEN d BETWEEN {first} AND {last} THEN {counted} END"
            at = f"{first} + CAST(nullif({worked}, 0) AS INTEGER)"
        connection.execute(f"CREATE OR REPLACE MACRO {WORKDAY_NUMBER}(d) AS CAST({number} AS BIGINT)")
        connection.execute(f"CREATE OR REPLACE MACRO {WORKDAY_AT}(n) AS CAST({at} AS DATE)")


def between_sql(first: str, second: str) -> str:
    """`Calendar.between` in DuckDB."""
    return f"({WORKDAY_NUMBER}({second}) - {WORKDAY_NUMBER}({first}))"


def known_sql(day: str) -> str:
    """`Calendar.known` in DuckDB: the count grows on a working day."""
    return f"({WORKDAY_NUMBER}({day}) > {WORKDAY_NUMBER}({day} - 1))"


def add_sql(day: str, count: str) -> str:
    """`Calendar.add` in DuckDB; counts above the days on file have no answer, so no sum can overflow."""
    number = f"{WORKDAY_NUMBER}({day})"
    return (
        f"CASE WHEN {count} = 0 AND {number} IS NOT NULL THEN {day} "
        f"WHEN {count} BETWEEN 1 AND 1000000 THEN {WORKDAY_AT}({number} + {count}) END"
    )


def _date(day: dt.date) -> str:
    return f"DATE '{day.isoformat()}'"


def _packed(numbers: Sequence[int], place: str) -> str:
    """The number at a place (from 0), out of several packed into each of a list.

    Binding a list costs by its length wherever a macro is called, so that it has to be short: in these forms
    23 years cost less than 8 as plain lists.
    """
    bits = max(numbers[-1].bit_length(), 1)
    each = WIDTH // bits
    packed = [
        sum(number << (bits * place) for place, number in enumerate(numbers[start : start + each]))
        for start in range(0, len(numbers), each)
    ]
    listed = ",".join(map(str, packed))
    shift = f"CAST({bits} * ({place} % {each}) AS HUGEINT)"
    return f"((CAST([{listed}][{place} // {each} + 1] AS HUGEINT) >> {shift}) & {(1 << bits) - 1})"


def _read(path: Path, years: list[int]) -> dict[dt.date, bool]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            if rows.fieldnames != _COLUMNS:
                raise _malformed(path, 1, f"表头应为 {','.join(_COLUMNS)}")
            return dict(_day(path, line, row, years) for line, row in enumerate(rows, start=2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _malformed(path, None, str(error)) from error


def _day(path: Path, line: int, row: dict[str, str], years: list[int]) -> tuple[dt.date, bool]:
    day, works = read_date(row["day"]), _KINDS.get(row["kind"])
    if day is None or works is None:
        raise _malformed(path, line, "day 应为 YYYY-MM-DD，kind 应为 holiday 或 makeup")
    if day.year not in years:
        raise StandardError(
            "GJ-S231",
            f"{day.isoformat()} 不在有国务院办公厅通知的年份之内",
            place=Place(path.name, line),
            hint="请先在 calendars 中补上该年的 cn-YYYY.csv",
        )
    return day, works


def _malformed(path: Path, line: int | None, cause: str) -> StandardError:
    return StandardError(
        "GJ-S230",
        "工作日历不能读取",
        place=Place(path.name, line),
        cause=cause,
        hint="请对照其他年份的文件改正",
    )

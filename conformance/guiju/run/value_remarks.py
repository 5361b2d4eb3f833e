"""Traps of office data met in the columns that rules read: remarks with counts and first rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from guiju.engine.judge import Judged
from guiju.engine.plan import RowRule
from guiju.engine.tables import DatasetTable
from guiju.export import (
    ROUNDED,
    ROWS_SHOWN,
    STRIPPED,
    Remark,
    Trap,
    caught,
    identifier,
    kind_of,
    long_number,
    shape_sql,
    year_last_sql,
)
from guiju.run.odd_texts import FIRST_ROWS, OddText, odd_texts
from guiju.standard.checks import SchemaCheck

Texts = Mapping[str, Sequence[str]]
_FORMS_SHOWN = 4
_LEAST = 20
"""Lost zeros show in more than one of so many values, and nowhere is one left: spreadsheets leave none."""


@dataclass(frozen=True, slots=True)
class ValueRemarks:
    """What was met in one table: remarks by part, and by field the texts that are spoiled."""

    remarks: tuple[tuple[int, Remark], ...] = ()
    spoiled: Texts = field(default_factory=dict)


def value_remarks(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, judged: Iterable[Judged]
) -> ValueRemarks:
    """Look for traps among the values that rules read."""
    met: dict[tuple[str, Trap], list[OddText]] = {}
    for odd in odd_texts(connection, table, _malformed(table, judged)):
        for trap in caught(table.readings[odd.field], odd.text):
            met.setdefault((odd.field, trap), []).append(odd)
    kept = {key: odds for key, odds in met.items() if _counts(connection, table, *key, odds)}
    spoiled: dict[str, list[str]] = {}
    for (name, trap), odds in kept.items():
        if trap.spoils:
            spoiled.setdefault(name, []).extend(odd.text for odd in odds)
    found = [one for (name, trap), odds in kept.items() for one in _told(connection, table, name, trap, odds)]
    return ValueRemarks((*_orders(connection, table), *found, *_several_forms(connection, table)), spoiled)


def _malformed(table: DatasetTable, judged: Iterable[Judged]) -> dict[str, int]:
    """How many malformed values a rule found in each field of which one looked at every value."""
    found: dict[str, int] = {}
    for item in judged:
        planned = item.planned
        if not isinstance(planned, RowRule) or planned.table.dataset.id != table.dataset.id:
            continue
        check = planned.requirement.check
        if isinstance(check, SchemaCheck) and check.aspect == "form" and not check.when:
            found |= {} if item.counts.error else item.counts.by_field
    return found


def _counts(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, name: str, trap: Trap, odds: Sequence[OddText]
) -> bool:
    """Whether the column speaks for what a single text leaves open."""
    rows = sum(odd.count for odd in odds)
    source, raw = identifier(table.raw), identifier(name)
    if trap.code == ROUNDED:
        return rows > 1 and rows * 2 > _number(connection, f"count(*) FROM {source} WHERE {long_number(raw)}")
    if trap.code == STRIPPED:
        kept = f"SELECT 1 FROM {source} WHERE starts_with({raw}, '0') LIMIT 1"
        if _number(connection, f"count(*) FROM ({kept})"):
            return False
        return rows * _LEAST > _number(connection, f"count(*) FROM {source} WHERE {raw} <> ''")
    return True


def _number(connection: duckdb.DuckDBPyConnection, asked: str) -> int:
    ((count,),) = connection.execute(f"SELECT {asked}").fetchall()
    return int(count)


def _told(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, name: str, trap: Trap, odds: Sequence[OddText]
) -> list[tuple[int, Remark]]:
    """One remark for each part of the delivery."""
    source = identifier(table.raw)
    text = trap.text
    if any(odd.partial for odd in odds):
        source, text = f"(SELECT * FROM {source} LIMIT {FIRST_ROWS})", f"{text}（只看了前{FIRST_ROWS}行）"
    rows = connection.execute(
        f'SELECT "_part", count(*), min("_row", {ROWS_SHOWN}) FROM {source} '
        f"WHERE {identifier(name)} IN (SELECT unnest(?)) GROUP BY 1 ORDER BY 1",
        [[odd.text for odd in odds]],
    ).fetchall()
    heading = table.heading(name)
    return [
        (part, Remark(trap.code, f"“{heading}”{text}", heading, count, tuple(first), trap.hint))
        for part, count, first in rows
    ]


def _orders(connection: duckdb.DuckDBPyConnection, table: DatasetTable) -> list[tuple[int, Remark]]:
    """Columns whose dates end with the year, and how they were read."""
    found = []
    for name, item in table.readings.items():
        if item.order:
            ((count,),) = connection.execute(
                f"SELECT count_if({year_last_sql(identifier(name))}) FROM {identifier(table.raw)}"
            ).fetchall()
            heading = table.heading(name)
            read = "月在前、日在后" if item.order == "month-first" else "日在前、月在后"
            text = f"“{heading}”的日期年在最后，按{read}读：整列的值或者字段对应表表明如此"
            found.append((0, Remark("GJ-D327", text, heading, count)))
    return found


def _several_forms(connection: duckdb.DuckDBPyConnection, table: DatasetTable) -> list[tuple[int, Remark]]:
    """Columns in which dates are written in more than one way, as far as the first rows show."""
    dates = [name for name, item in table.readings.items() if kind_of(item.field) == "date"]
    if not dates:
        return []
    asked = ", ".join(f"list_sort(list(DISTINCT {shape_sql(identifier(name))}))" for name in dates)
    first = f"(SELECT * FROM {identifier(table.raw)} LIMIT {FIRST_ROWS})"
    (told,) = connection.execute(f"SELECT {asked} FROM {first}").fetchall()
    found = []
    for name, shapes in zip(dates, told, strict=True):
        shown = [shape for shape in shapes or () if shape and "9" in shape]
        if len(shown) > 1:
            heading, listed = table.heading(name), "、".join(shown[:_FORMS_SHOWN])
            text = f"“{heading}”的日期有{len(shown)}种写法：{listed}（9代表一个数）"
            found.append((0, Remark("GJ-D328", text, heading, hint="请按一种写法导出，如 2024-03-01")))
    return found

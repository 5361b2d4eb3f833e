"""What both forms do beside the row rules: uniqueness, indicators, the values of the rows that they list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from by_hand.items import HEADINGS, given, raw, readings
from by_hand.rules import RULES
from by_hand.source import Source

FIRST = 10
UNIQUE = "IM-006"


@dataclass(frozen=True, slots=True)
class Told:
    """What one rule came to: counts, and the first failing rows by number."""

    inapplicable: int
    failed: int
    undecided: int
    rows: list[int]
    values: dict[int, list[Any]] = field(default_factory=dict)


def unique(connection: duckdb.DuckDBPyConnection, source: Source) -> Told:
    """Codes that come more than once. Short hashes are grouped first; only suspects are compared as texts."""
    code = raw("task_code")
    code_given = given("task_code")
    missing_sql = f"SELECT count_if(NOT {code_given}) FROM {source.relation}"
    ((missing,),) = connection.execute(missing_sql).fetchall()
    twice = f"SELECT hash({code}) AS h FROM {source.relation} GROUP BY h HAVING count(*) > 1"
    suspects = (
        f"SELECT {source.number} AS n, {code} AS code FROM {source.relation} "
        f"WHERE hash({code}) IN ({twice}) AND {code_given}"
    )
    ((failed, rows),) = connection.execute(
        f"SELECT coalesce(sum(c), 0)::BIGINT, list_sort(flatten(list(r)))[:{FIRST}] "
        f"FROM (SELECT count(*) AS c, min(n, {FIRST}) AS r FROM ({suspects}) "
        "GROUP BY code HAVING count(*) > 1)"
    ).fetchall()
    return Told(0, failed, missing, rows or [])


def indicators(connection: duckdb.DuckDBPyConnection, source: Source) -> dict[str, Any]:
    """Both shares, the second one by level: numerator, denominator, and rows that cannot be decided."""
    wanted = readings()
    columns = ", ".join(f"{wanted[name]} AS {name}" for name in ("is_online", "limit_scene_num", "use_level"))
    rows = connection.execute(
        "SELECT coalesce(replace(use_level, '？', '?'), '（空）'), count(*), count_if(is_online), "
        "count_if(is_online IS NULL), count_if(limit_scene_num <= 1), count_if(limit_scene_num IS NULL) "
        f"FROM (SELECT {columns} FROM {source.relation}) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    total = [sum(part) for part in list(zip(*rows, strict=True))[1:]]
    return {
        "IM-030": {"share": [total[1], total[0], total[2]], "groups": {}},
        "IM-031": {
            "share": [total[3], total[0], total[4]],
            "groups": {level: [few, count, unread] for level, count, _, _, few, unread in rows},
        },
    }


def add_values(connection: duckdb.DuckDBPyConnection, source: Source, told: Mapping[str, Told]) -> None:
    """The key and the rule's columns of every listed row, fetched for all rules at once."""
    names = list(HEADINGS)
    numbers = ", ".join(
        str(row - source.first) for row in {row for item in told.values() for row in item.rows}
    )
    found = connection.execute(
        f"SELECT {source.number}, {', '.join(raw(name) for name in names)} FROM {source.relation} "
        f"SEMI JOIN (SELECT unnest([{numbers}]::BIGINT[]) AS file_row_number) USING (file_row_number)"
    ).fetchall()
    by_row = {row: dict(zip(names, values, strict=True)) for row, *values in found}
    for name, shown in shown_columns():
        for row in told[name].rows:
            told[name].values[row] = [by_row[row][column] for column in ("task_code", *shown)]


def shown_columns() -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each rule with the columns that its findings show."""
    return [(UNIQUE, ("task_code",)), *((rule.id, rule.shown) for rule in RULES)]

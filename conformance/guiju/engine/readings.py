"""Every row of a table judged by both readings of a rule, to hold one against the other."""

from __future__ import annotations

import duckdb

from guiju.engine.plan import RowRule, State
from guiju.engine.records import fetch
from guiju.rule import Env

STATES: tuple[State, ...] = ("inapplicable", "passed", "failed", "undecided")


def both_readings(
    connection: duckdb.DuckDBPyConnection, rule: RowRule, env: Env
) -> tuple[tuple[State, ...], tuple[State, ...]]:
    """The states of all rows, in order: as scanned by SQL, and as told by the Python reading."""
    scanned = connection.execute(
        f'{rule.reading}SELECT "_rid", CASE WHEN {rule.inapplicable} THEN 0 WHEN {rule.undecided} THEN 3 '
        f"WHEN {rule.broken} THEN 2 ELSE 1 END FROM {rule.source} ORDER BY 1"
    ).fetchall()
    rows = fetch(connection, rule.table, [row[0] for row in scanned], rule.fields, env)
    return tuple(STATES[row[1]] for row in scanned), tuple(rule.judge(row.record).state for row in rows)

"""One query for the counts of each row rule, and one more for its first failing rows: the plain way."""

from __future__ import annotations

import duckdb

from by_hand.beside import FIRST, Told
from by_hand.rules import RULES, Rule
from by_hand.source import Source


def judge(connection: duckdb.DuckDBPyConnection, source: Source) -> dict[str, Told]:
    """Counts and first failing rows of every rule."""
    return {rule.id: judge_one(connection, source.rows(), rule) for rule in RULES}


def judge_one(connection: duckdb.DuckDBPyConnection, rows: str, rule: Rule) -> Told:
    """Counts in one scan; the rows only where there are any."""
    when, claim = rule.when or "TRUE", rule.claim
    ready = f"({rule.decidable}) IS TRUE" if rule.decidable else "TRUE"
    failed = f"({when}) AND {ready} AND NOT ({claim})"
    unknown = f"({when}) IS NULL OR (({when}) AND (NOT {ready} OR ({claim}) IS NULL))"
    ((off, bad, undecided),) = connection.execute(
        f"SELECT count_if(NOT ({when})), count_if({failed}), count_if({unknown}) FROM ({rows})"
    ).fetchall()
    if not bad:
        return Told(off or 0, 0, undecided or 0, [])
    first = connection.execute(f"SELECT n FROM ({rows}) WHERE {failed} ORDER BY n LIMIT {FIRST}").fetchall()
    return Told(off or 0, bad, undecided or 0, [row for (row,) in first])

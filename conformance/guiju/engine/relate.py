"""Relations run: the four states counted in one query, failing rows located only where there are any."""

from __future__ import annotations

import duckdb

from guiju.engine.kinds.relations import FAILED, INAPPLICABLE, PASSED, UNDECIDED
from guiju.engine.plan import Relation, Shortcut
from guiju.engine.scan import FIRST_ROWS, RuleCounts
from guiju.export import identifier


def relate(connection: duckdb.DuckDBPyConnection, relation: Relation) -> RuleCounts:
    """Count the states of one relation."""
    try:
        if relation.shortcut is not None:
            return _by_shortcut(connection, relation, relation.shortcut)
        first_failed = f'min("_rid", {FIRST_ROWS}) FILTER (WHERE state = {FAILED})'
        counted = f"SELECT state, count(*), {first_failed} FROM ({relation.states}) GROUP BY state"
        rows = connection.execute(f"{relation.reading}{counted}").fetchall()
    except duckdb.Error as error:
        return RuleCounts(error=str(error).splitlines()[0])
    counts = {row[0]: row[1] for row in rows}
    first: list[int] | None = next((row[2] for row in rows if row[0] == FAILED), None)
    return RuleCounts(
        inapplicable=counts.get(INAPPLICABLE, 0),
        passed=counts.get(PASSED, 0),
        failed=counts.get(FAILED, 0),
        undecided=counts.get(UNDECIDED, 0),
        first=tuple(first or ()),
    )


def _by_shortcut(connection: duckdb.DuckDBPyConnection, relation: Relation, shortcut: Shortcut) -> RuleCounts:
    for name, query in shortcut.tables.items():
        made = f"CREATE OR REPLACE TEMP TABLE {identifier(name)} AS"
        connection.execute(f"{made} {relation.reading}SELECT * FROM ({query})")
    counts = dict(connection.execute(f"{relation.reading}{shortcut.counted}").fetchall())
    ((first,),) = connection.execute(f'SELECT min("_rid", {FIRST_ROWS}) FROM ({shortcut.failing})').fetchall()
    return RuleCounts(
        inapplicable=counts.get(INAPPLICABLE, 0),
        passed=relation.table.rows - sum(counts.values()),
        failed=counts.get(FAILED, 0),
        undecided=counts.get(UNDECIDED, 0),
        first=tuple(first or ()),
    )


def failing_relation_ids(
    connection: duckdb.DuckDBPyConnection, relation: Relation, counts: RuleCounts, limit: int
) -> tuple[int, ...]:
    """The first `limit` failing row ids of a relation."""
    if counts.failed <= len(counts.first) or limit <= len(counts.first):
        return counts.first[:limit]
    among = f'SELECT "_rid" FROM ({relation.states}) WHERE state = {FAILED}'
    failing = relation.shortcut.failing if relation.shortcut else among
    found = connection.execute(f'{relation.reading}{failing} ORDER BY "_rid" LIMIT {limit}').fetchall()
    return tuple(row[0] for row in found)


def row_states(connection: duckdb.DuckDBPyConnection, relation: Relation) -> dict[int, int]:
    """The state of each row by row id: for small tables such as examples."""
    query = f'{relation.reading}SELECT "_rid", state FROM ({relation.states})'
    return dict(connection.execute(query).fetchall())


def contexts(
    connection: duckdb.DuckDBPyConnection, relation: Relation, ids: tuple[int, ...]
) -> dict[int, str]:
    """What the relation has to say about single failing rows."""
    if not relation.context or not ids:
        return {}
    connection.execute('CREATE OR REPLACE TEMP TABLE wanted AS SELECT unnest(?) AS "_rid"', [list(ids)])
    return dict(connection.execute(f"{relation.reading}SELECT * FROM ({relation.context})").fetchall())

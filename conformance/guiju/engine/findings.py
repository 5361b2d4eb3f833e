"""Failing rows told: cells, key, owner and a sentence.

Each is judged once more by the Python reading: two readings that disagree become an error of ours, never a
finding against a region.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from guiju.engine.plan import Context, Relation, RowRule, State
from guiju.engine.records import Row, cells, fetch, key_text, owner_of
from guiju.engine.relate import contexts
from guiju.engine.tables import DatasetTable
from guiju.errors import InternalError, Place
from guiju.result import Finding
from guiju.rule import Env

ALL_SHOWN = 6
"""A rule with more fields shows only those to blame."""


def row_findings(
    connection: duckdb.DuckDBPyConnection,
    rule: RowRule,
    ids: Sequence[int],
    context: Context,
    texts: str = "",
) -> tuple[Finding, ...]:
    """Findings of a row rule, from the table of `texts` if there is one.

    Raises:
        InternalError: GJ-X901 when the Python reading does not fail a row that the scan failed.
    """
    if not ids:
        return ()
    return tuple(
        _row_finding(rule, row, context)
        for row in fetch(connection, rule.table, ids, rule.fields, context.env, texts)
    )


def _row_finding(rule: RowRule, row: Row, context: Context) -> Finding:
    verdict = rule.judge(row.record)
    if verdict.state != "failed":
        raise _disagree(rule.requirement.id, row, verdict.state)
    return _finding(rule.table, row, rule.fields, verdict.blamed, verdict.message, context)


def _disagree(requirement: str, row: Row, state: State) -> InternalError:
    return InternalError(
        "GJ-X901",
        f"{requirement} 的两种计算对同一行结论不同",
        place=Place(row.part, row.row),
        cause=f"扫描为不符合，逐行复核为 {state}",
        hint="请把这一行（去除敏感内容）和要求编号反馈给维护者",
    )


def relation_findings(
    connection: duckdb.DuckDBPyConnection, relation: Relation, ids: Sequence[int], context: Context
) -> tuple[Finding, ...]:
    """Findings of a relation, each with what the relation says of the row.

    Raises:
        InternalError: GJ-X901 when the Python reading does not fail a row that the query failed.
    """
    if not ids:
        return ()
    _twice(connection, relation, ids)
    said = contexts(connection, relation, tuple(ids))
    rows = fetch(connection, relation.table, ids, relation.fields, context.env)
    return tuple(
        _finding(
            relation.table,
            row,
            relation.fields,
            relation.blamed or relation.fields,
            "：".join(filter(None, (relation.message, said.get(row.rid, "")))),
            context,
        )
        for row in rows
    )


def _twice(connection: duckdb.DuckDBPyConnection, relation: Relation, ids: Sequence[int]) -> None:
    if relation.second is None:
        return
    for rid, state in relation.second.states(connection, ids).items():
        if state != "failed":
            (row,) = fetch(connection, relation.table, [rid], relation.fields, Env())
            raise _disagree(relation.requirement.id, row, state)


def _finding(
    table: DatasetTable,
    row: Row,
    fields: tuple[str, ...],
    blamed: tuple[str, ...],
    message: str,
    context: Context,
) -> Finding:
    shown = fields if len(fields) <= ALL_SHOWN else tuple(name for name in fields if name in blamed)
    return Finding(
        part=row.part,
        row=row.row,
        key=key_text(table, row),
        message=message,
        owner=owner_of(table, row, blamed[0] if blamed else ""),
        cells=cells(table, row, shown, blamed, context.standard.codelists),
    )

"""Failing rows told: cells, key, owner and a sentence.

Each is judged once more by the Python reading: two readings that disagree become an error of ours, never a
finding against a region.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from guiju.engine.plan import Context, Relation, RowRule
from guiju.engine.records import Row, cells, fetch, key_text, owner_of
from guiju.engine.relate import contexts
from guiju.engine.tables import DatasetTable
from guiju.errors import InternalError, Place
from guiju.result import Finding

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
        raise InternalError(
            "GJ-X901",
            f"{rule.requirement.id} 的两种计算对同一行结论不同",
            place=Place(row.part, row.row),
            cause=f"扫描为不符合，逐行复核为 {verdict.state}",
            hint="请把这一行（去除敏感内容）和要求编号反馈给维护者",
        )
    return _finding(rule.table, row, rule.fields, verdict.blamed, verdict.message, context)


def relation_findings(
    connection: duckdb.DuckDBPyConnection, relation: Relation, ids: Sequence[int], context: Context
) -> tuple[Finding, ...]:
    """Findings of a relation, each with what the relation says of the row."""
    if not ids:
        return ()
    said = contexts(connection, relation, tuple(ids))
    rows = fetch(connection, relation.table, ids, relation.fields, context.env)
    return tuple(
        _finding(
            relation.table,
            row,
            relation.fields,
            relation.fields,
            "：".join(filter(None, (relation.message, said.get(row.rid, "")))),
            context,
        )
        for row in rows
    )


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

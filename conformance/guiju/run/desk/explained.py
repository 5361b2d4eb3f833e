"""Explanations laid over what was judged: rows counted, findings marked, outcomes changed where allowed.

An explanation is a region's own word. It may set rows aside only where the requirement rests on nothing above
the region: practice, the region's own rules, or a proposal of the drafters. Where a law, a policy or a
standard asks for it, the explanation is printed beside the outcome and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from guiju.engine.fold import fold
from guiju.engine.judge import Judged
from guiju.engine.kinds.facts import column
from guiju.engine.kinds.relations import FAILED
from guiju.engine.plan import Relation, RowRule
from guiju.engine.tables import DatasetTable, Need, reading
from guiju.export import identifier, literal
from guiju.result import ExplanationUse, Finding, RequirementResult
from guiju.run.desk.explanations import Explanation, Span
from guiju.run.desk.identity import key_sql
from guiju.run.spoiled import TAKEN_BACK, make_taken_back
from guiju.standard.model import BASIS_WORDS

CHANGES = frozenset({"practice", "regional", "proposal"})
"""Bases under which explained rows are set aside."""
_MATCHED, _FAILING = "explained_rows", "failing_rows"


@dataclass(frozen=True, slots=True)
class Explaining:
    """The means: connection, explanations of the standard, the as-of day, and confirmed ids."""

    connection: duckdb.DuckDBPyConnection
    explanations: Sequence[Explanation]
    as_of: str
    confirmed: frozenset[str]


def explained(
    means: Explaining, judged: Sequence[Judged], results: Sequence[RequirementResult]
) -> tuple[tuple[RequirementResult, ...], tuple[ExplanationUse, ...]]:
    """The results with their explanations, and what became of each explanation, in the order of the file."""
    uses: dict[str, ExplanationUse] = {}
    told = [
        _result(means, item, result, uses) if _valid(means, item) else result
        for item, result in zip(judged, results, strict=True)
    ]
    return tuple(told), tuple(uses.get(item.id) or _use(item, means.as_of) for item in means.explanations)


def _valid(means: Explaining, judged: Judged) -> list[Explanation]:
    name = judged.planned.requirement.id
    return [item for item in means.explanations if item.requirement == name and item.holds(means.as_of)]


def _use(
    item: Explanation, as_of: str, rows: int = 0, *, used: bool = False, changes: bool = False
) -> ExplanationUse:
    return ExplanationUse(
        id=item.id,
        requirement=item.requirement,
        scope=item.scope,
        reason=item.reason,
        decided_by=item.decided_by,
        decided=item.decided,
        expires=item.expires,
        state="used" if used else "unused" if item.holds(as_of) else "expired",
        rows=rows,
        changes=changes,
    )


def _result(
    means: Explaining, judged: Judged, result: RequirementResult, uses: dict[str, ExplanationUse]
) -> RequirementResult:
    planned, valid = judged.planned, _valid(means, judged)
    changes = planned.requirement.basis in CHANGES
    if not isinstance(planned, RowRule | Relation):
        failed = judged.outcome in ("failed", "cantTell")
        uses |= {item.id: _use(item, means.as_of, used=failed) for item in valid}
        return result
    if not judged.counts.failed:
        return result
    _failing(means.connection, planned)
    marks = _matched(means.connection, planned.table, valid)
    counts = _counts(means.connection)
    total = sum(counts.values()) - _repeated(means.connection)
    for place, item in enumerate(valid):
        rows = counts.get(place, 0)
        uses[item.id] = _use(item, means.as_of, rows, used=rows > 0, changes=changes and rows > 0)
    marked = _marked(means.connection, planned.table, result, marks)
    whole = replace(result, findings=marked, counts=replace(result.counts, explained=total))
    return _changed(means, judged, whole, total) if changes and total else whole


def _failing(connection: duckdb.DuckDBPyConnection, planned: RowRule | Relation) -> None:
    """The rows that fail; those whose verdict was taken back do not."""
    if isinstance(planned, RowRule):
        failing = f'SELECT "_rid" FROM {planned.source} WHERE {planned.broken}'
    else:
        failing = f'SELECT "_rid" FROM ({planned.states}) WHERE state = {FAILED}'
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_FAILING} AS {planned.reading}{failing}")
    make_taken_back(connection)
    connection.execute(
        f'DELETE FROM {_FAILING} WHERE "_rid" IN (SELECT "_rid" FROM {TAKEN_BACK} WHERE requirement = ?)',
        [planned.requirement.id],
    )


def _matched(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, valid: Sequence[Explanation]
) -> dict[int, str]:
    """Put the failing rows that explanations cover into a table; returns the ids of these by number."""
    connection.execute(f'CREATE OR REPLACE TEMP TABLE {_MATCHED} (place INTEGER, "_rid" BIGINT)')
    for place, item in enumerate(valid):
        begin, rows = _covered(table, item)
        keys = [list(item.rows)] if item.span is None else []
        connection.execute(
            f'INSERT INTO {_MATCHED} {begin}SELECT {place}, "_rid" FROM ({rows}) '
            f'WHERE "_rid" IN (SELECT "_rid" FROM {_FAILING})',
            keys,
        )
    return {place: item.id for place, item in enumerate(valid)}


def _covered(table: DatasetTable, item: Explanation) -> tuple[str, str]:
    """A query of the rows that an explanation covers, and what it begins with."""
    if item.span is None:
        keys = f'SELECT "_rid", {key_sql(table)} AS key FROM {identifier(table.raw)}'
        return "", f'SELECT "_rid" FROM ({keys}) WHERE key IN (SELECT unnest(?))'
    if item.span.field not in table.available:
        return "", 'SELECT NULL::BIGINT AS "_rid" WHERE FALSE'
    begin = reading([Need(table, frozenset({item.span.field}))])
    return begin, f'SELECT "_rid" FROM {identifier(table.view)} WHERE {_within(table, item.span)}'


def _within(table: DatasetTable, span: Span) -> str:
    value = column(table.dataset.fields[span.field])
    return f"CAST({value} AS DATE) BETWEEN DATE {literal(span.first)} AND DATE {literal(span.last)}"


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    return dict(connection.execute(f"SELECT place, count(*) FROM {_MATCHED} GROUP BY place").fetchall())


def _repeated(connection: duckdb.DuckDBPyConnection) -> int:
    """How often rows are covered more than once."""
    ((times,),) = connection.execute(f'SELECT count(*) - count(DISTINCT "_rid") FROM {_MATCHED}').fetchall()
    return int(times)


def _marked(
    connection: duckdb.DuckDBPyConnection,
    table: DatasetTable,
    result: RequirementResult,
    marks: Mapping[int, str],
) -> tuple[Finding, ...]:
    found = connection.execute(
        f'SELECT r."_part", r."_row", min(m.place) FROM {_MATCHED} m JOIN {identifier(table.raw)} r '
        f'USING ("_rid") GROUP BY ALL ORDER BY min("_rid") LIMIT {len(result.findings)}'
    ).fetchall()
    by_place = {(table.parts[part], row): marks[place] for part, row, place in found}
    return tuple(replace(item, explained=by_place.get((item.part, item.row), "")) for item in result.findings)


def _changed(means: Explaining, judged: Judged, result: RequirementResult, total: int) -> RequirementResult:
    """The outcome without the explained rows, where it was failed by rows."""
    planned, counts = judged.planned, judged.counts
    if judged.outcome != "failed" or (isinstance(planned, RowRule) and planned.lacking):
        return result
    rest = replace(counts, failed=counts.failed - total)
    requirement = planned.requirement
    again = fold(requirement, rest, confirmed=requirement.id in means.confirmed)
    aside = f"另有{total}条不符合有例外说明，依据是{BASIS_WORDS[requirement.basis]}，不计入结论"
    return replace(result, outcome=again.outcome, reason=f"{again.reason}；{aside}")

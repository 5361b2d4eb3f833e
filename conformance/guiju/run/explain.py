"""A requirement explained: what it says, where from, how it is examined, and why one row got its outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from guiju.content import Pack
from guiju.engine.fold import SUSPECT
from guiju.engine.judge import Judged
from guiju.engine.kinds import plan
from guiju.engine.kinds.record import sequence_assertion
from guiju.engine.plan import Context, IndicatorPlan, Planned, Relation, RowRule, Untested
from guiju.engine.records import Row, cells, fetch
from guiju.engine.relate import contexts, row_states
from guiju.engine.tables import DatasetTable
from guiju.engine.undecided import row_reason
from guiju.errors import InputError
from guiju.export import identifier
from guiju.result import FindingCell
from guiju.result.model import OUTCOME_TITLES
from guiju.rule import Step, describe, trace
from guiju.rule.related import related_title
from guiju.run.blank_tables import with_records
from guiju.run.examples import Bench
from guiju.run.judging import Desk, loaded, open_desk, verdicts
from guiju.run.request import RunRequest
from guiju.run.spoiled import TAKEN_BACK
from guiju.standard.checks import RecordCheck, Related, SequenceCheck
from guiju.standard.model import Requirement, Standard

STATE_TITLES = ("不适用", "符合", "不符合", "无法判定")
FAILED_TITLE, UNDECIDED_TITLE = STATE_TITLES[2:]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A requirement with its expressions (as written and in words), its SQL and its examples (Gherkin)."""

    requirement: Requirement
    expressions: tuple[tuple[str, str, str], ...]
    sql: tuple[tuple[str, str], ...]
    examples: str


@dataclass(frozen=True, slots=True)
class RowExplanation:
    """Why one row got its state: its cells, and the steps by part of the check.

    `whole` is the outcome of the requirement on all rows, with its reason.
    """

    requirement: Requirement
    place: str
    state: str
    message: str
    cells: tuple[FindingCell, ...]
    steps: tuple[tuple[str, tuple[Step, ...]], ...]
    whole: str = ""


def explain(standard: Standard, packs: Sequence[Pack], name: str) -> Explanation:
    """Explain a requirement without any data.

    Raises:
        InputError: GJ-I309 when the standard has no such requirement.
    """
    item = _requirement(standard, name)
    bench = Bench(standard, packs)
    with bench.everything() as context:
        planned = plan(item, context)
        return Explanation(item, _expressions(item, context), _sql(planned), _examples(standard, item.id))


def _requirement(standard: Standard, name: str) -> Requirement:
    item = standard.requirement(name)
    if item is None:
        raise InputError(
            "GJ-I309", f"“{standard.title}”没有要求 {name}", hint="请给出标识（如 IM-023）或英文短名"
        )
    return item


def _texts(item: Requirement) -> list[tuple[str, str]]:
    check = item.check
    found = [("适用条件", getattr(check, "when", ""))]
    if isinstance(check, RecordCheck):
        found += [("可判定条件", check.decidable), ("断言", check.assertion)]
    if isinstance(check, SequenceCheck):
        found.append(("先后顺序", sequence_assertion(check)))
    found += [("分子", getattr(check, "numerator", "")), ("分母", getattr(check, "denominator", ""))]
    return [(title, text) for title, text in found if text]


def _expressions(item: Requirement, context: Context) -> tuple[tuple[str, str, str], ...]:
    dataset = getattr(item.check, "dataset", "")
    if not dataset:
        return ()
    scope = context.scope(item.check)
    told = [
        (title, text, describe(context.parse(dataset, text, item), scope)) for title, text in _texts(item)
    ]
    return (*(_related(one, context) for one in getattr(item.check, "related", ())), *told)


def _related(one: Related, context: Context) -> tuple[str, str, str]:
    """A related value as it is written, and in words."""
    other = context.standard.datasets[one.dataset]
    on = "，".join(f"{here} = {one.dataset}.{there}" for here, there in one.on)
    when = f"，when {one.when}" if one.when else ""
    value = f"{one.value}({one.field})" if one.field else one.value
    words = related_title(one, other, context.scopes[one.dataset])
    named = f"{one.title}：{words}" if one.title else words
    return f"对应 {one.name}", f"{value} of {one.dataset}，on {on}{when}", named


def _sql(planned: Planned) -> tuple[tuple[str, str], ...]:
    if isinstance(planned, RowRule):
        parts = [("不适用", planned.inapplicable), ("无法判定", planned.undecided)]
        return (*parts, *((f"不符合 {bit.field}".strip(), bit.sql) for bit in planned.bits))
    if isinstance(planned, Relation):
        return (("各行状态", planned.states),)
    if isinstance(planned, IndicatorPlan):
        return (("分子", planned.numerator), ("分母", planned.denominator))
    return ()


def _examples(standard: Standard, requirement_id: str) -> str:
    """The rule of a requirement as it stands in its feature, without the export scenario."""
    for text in standard.features.values():
        lines = text.splitlines()
        for start, line in enumerate(lines):
            if line.strip() == f"@{requirement_id}":
                rest = lines[start + 1 :]
                stop = next((n for n, other in enumerate(rest) if _starts_rule(other)), len(rest))
                return "\n".join([line, *rest[:stop]]).rstrip()
    return ""


def _starts_rule(line: str) -> bool:
    return line.startswith("  @") and not line.startswith("   ")


def explain_row(request: RunRequest, name: str, row: int, part: str = "") -> RowExplanation:
    """Explain the state of one row of an export, counted as the report counts it.

    Raises:
        InputError: GJ-I309 unknown requirement, GJ-I307 it cannot be judged by rows, GJ-I308 no such row.
    """
    desk = open_desk(request)
    item = _requirement(desk.standard, name)
    with loaded(desk) as (connection, tables):
        found = verdicts(connection, desk, with_records(tables))
        planned = plan(item, found.context)
        if isinstance(planned, Untested | IndicatorPlan):
            reason = planned.reason if isinstance(planned, Untested) else "这是对整个数据集的指标，不逐行判定"
            raise InputError(
                "GJ-I307", f"{item.id} 不能按行说明", cause=reason, hint="请看报告中该要求的原因"
            )
        record = _find(connection, planned.table, row, part, desk)
        told = _explained(connection, planned, found.context, record)
        judged = next(one for one in found.judged if one.planned.requirement.id == item.id)
        return _upheld(connection, told, judged, record.rid)


def _find(connection: duckdb.DuckDBPyConnection, table: DatasetTable, row: int, part: str, desk: Desk) -> Row:
    parts = [number for number, label in enumerate(table.parts) if part in label]
    rows = connection.execute(
        f'SELECT "_rid" FROM {identifier(table.raw)} WHERE "_row" = ? AND list_contains(?, "_part") LIMIT 1',
        [row, parts],
    ).fetchall()
    if not rows:
        raise InputError(
            "GJ-I308",
            f"数据集“{table.dataset.title}”中没有第{row}行",
            hint="行号以报告和原文件为准；有多个文件时用 --part 指明",
        )
    (found,) = fetch(connection, table, [rows[0][0]], table.available, desk.env)
    return found


def _explained(
    connection: duckdb.DuckDBPyConnection, planned: RowRule | Relation, context: Context, row: Row
) -> RowExplanation:
    item, table = planned.requirement, planned.table
    if isinstance(planned, Relation):
        state = STATE_TITLES[row_states(connection, planned)[row.rid]]
        message = contexts(connection, planned, (row.rid,)).get(row.rid, "")
        blamed: tuple[str, ...] = planned.blamed or planned.fields
    else:
        verdict = planned.judge(row.record)
        state = dict(zip(("inapplicable", "passed", "failed", "undecided"), STATE_TITLES, strict=True))[
            verdict.state
        ]
        message, blamed = verdict.message, verdict.blamed
        if verdict.state == "undecided":
            message = row_reason(planned, row)
    shown = cells(table, row, planned.fields, blamed, context.standard.codelists)
    record: Mapping[str, Any] = row.record
    if isinstance(planned, Relation) and planned.second is not None:
        record = planned.second.records(connection, (row.rid,)).get(row.rid, record)
    return RowExplanation(
        item, f"{row.part} 第{row.row}行", state, message, shown, _steps(item, context, record)
    )


def _upheld(
    connection: duckdb.DuckDBPyConnection, told: RowExplanation, judged: Judged, rid: int
) -> RowExplanation:
    """The row's state as the whole run leaves it: what was taken back is undecided, and why."""
    whole = f"{OUTCOME_TITLES[judged.outcome]}，{judged.reason}"
    alone = f"{told.state}（{told.message}）" if told.message else told.state
    taken = f'SELECT count(*) FROM {TAKEN_BACK} WHERE requirement = ? AND "_rid" = ?'
    ((count,),) = connection.execute(taken, [told.requirement.id, rid]).fetchall()
    if count and judged.undecided:
        said = f"{judged.undecided[0].reason}，不据以认定；只看现在的值是{alone}"
        return replace(told, state=UNDECIDED_TITLE, message=said, whole=whole)
    if told.state == FAILED_TITLE and judged.outcome == "cantTell" and SUSPECT in judged.reason:
        said = f"读数可疑，不据以认定：{judged.reason}；只看这一行是{alone}"
        return replace(told, state=UNDECIDED_TITLE, message=said, whole=whole)
    return replace(told, whole=whole)


def _steps(
    item: Requirement, context: Context, record: Mapping[str, Any]
) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    dataset = getattr(item.check, "dataset", "")
    scope = context.scope(item.check)
    return tuple(
        (title, tuple(trace(context.parse(dataset, text, item), record, context.env, scope)))
        for title, text in _texts(item)
    )

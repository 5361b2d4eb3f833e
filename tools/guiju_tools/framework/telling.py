"""The framework told: as tables for the terminal, and as data for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from guiju.standard.model import BASIS_WORDS, MARK_WORDS, Source
from guiju_tools.framework.due import STANDING_WORDS, Due, stand
from guiju_tools.framework.model import (
    PLAN_KIND_WORDS,
    RANK_WORDS,
    RELATION_WORDS,
    STATE_WORDS,
    Framework,
    Node,
    Plan,
)
from guiju_tools.report.words import STAGE

NODE_HEAD = ("编号", "名称", "层级", "状态", "实施日期", "核对程度")
PLAN_HEAD = ("计划编号", "标准", "类型", "下达", "周期", "到期", "阶段", "情况")
RELATION_HEAD = ("标准", "关系", "对方", "说明")
NOT_TOLD = "未给基准日，不判断"


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as texts: a title, the heads, the rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def node_tables(framework: Framework) -> Iterator[TableText]:
    """One table a group, in the order of the file."""
    for group in framework.groups:
        rows = tuple(_node_row(node) for node in framework.of(group))
        yield TableText(f"{group.title}：{group.about}", NODE_HEAD, rows)


def _node_row(node: Node) -> tuple[str, ...]:
    number = node.number or ("（草案）" if node.standard else "（无编号）")
    state, rank = STATE_WORDS[node.state], RANK_WORDS[node.rank]
    return (number, node.title, rank, state, node.effective, "" if node.standard else MARK_WORDS[node.mark])


def relation_table(framework: Framework) -> TableText:
    """Every relation of the pack's own drafts."""
    rows = tuple(
        (node.title, RELATION_WORDS[one.kind], framework.node(one.to).called, one.note)
        for node in framework.nodes
        if node.standard
        for one in node.relations
    )
    return TableText("草案与其他标准的关系", RELATION_HEAD, rows)


def plan_table(framework: Framework, as_of: date | None) -> TableText:
    """The register, with what is overdue on the day."""
    rows = tuple(_plan_row(framework, stand(plan, as_of)) for plan in framework.register)
    when = f"（截至{as_of.isoformat()}）" if as_of else ""
    return TableText(f"制修订计划{when}", PLAN_HEAD, rows)


def _plan_row(framework: Framework, due: Due) -> tuple[str, ...]:
    plan = due.plan
    return (
        plan.number,
        framework.node(plan.node).title,
        PLAN_KIND_WORDS[plan.kind] + _replaced(framework, plan),
        plan.issued_on.isoformat(),
        cycle_words(plan),
        due.due_on.isoformat(),
        STAGE.get(due.stage, "（没有记录）"),
        standing_words(due),
    )


def _replaced(framework: Framework, plan: Plan) -> str:
    return f"，代替{framework.node(plan.replaces).called}" if plan.replaces else ""


def cycle_words(plan: Plan) -> str:
    """The cycle in months, with its extension."""
    extended = f"，延期{plan.extension.months}个月" if plan.extension else ""
    return f"{plan.cycle_months}个月{extended}"


def standing_words(due: Due) -> str:
    """How the plan stands, with the days beyond the due day."""
    if due.standing is None:
        return NOT_TOLD
    late = f"{due.days}天" if due.days else ""
    return f"{STANDING_WORDS[due.standing]}{late}"


def overdue(framework: Framework, as_of: date) -> tuple[Due, ...]:
    """The plans that are overdue on the day, in the order of the register."""
    return tuple(
        due for due in (stand(plan, as_of) for plan in framework.register) if due.standing == "overdue"
    )


def development_lines(framework: Framework) -> Iterator[str]:
    """The development plan, a line each."""
    yield framework.plan_title
    for period in framework.periods:
        yield f"  {period.title}（{period.first.isoformat()}至{period.last.isoformat()}）"
        yield from (f"    目标：{goal}" for goal in period.goals)
        for task in period.tasks:
            yield f"    任务：{task.text}（依据：{BASIS_WORDS[task.basis]}；{sources_words(task.sources)}）"


def sources_words(sources: Iterable[Source]) -> str:
    """Where something comes from, in one text."""
    return "；".join(f"{one.document} {one.at}".strip() + f"（{MARK_WORDS[one.mark]}）" for one in sources)


def as_data(framework: Framework, as_of: date | None) -> dict[str, Any]:
    """The whole framework for other programs, with what is computed for the day."""
    return {
        "title": framework.title,
        "as_of": as_of.isoformat() if as_of else None,
        "groups": [
            {
                "id": group.id,
                "title": group.title,
                "named": group.named,
                "nodes": [_node_data(node) for node in framework.of(group)],
            }
            for group in framework.groups
        ],
        "register": [_plan_data(stand(plan, as_of)) for plan in framework.register],
    }


def _node_data(node: Node) -> dict[str, Any]:
    keys = (
        "id",
        "number",
        "title",
        "rank",
        "state",
        "mark",
        "standard",
        "issued",
        "effective",
        "owner",
        "note",
    )
    data: dict[str, Any] = {key: getattr(node, key) for key in keys if getattr(node, key)}
    data["relations"] = [{"to": one.to, "kind": one.kind, "note": one.note} for one in node.relations]
    return data


def _plan_data(due: Due) -> dict[str, Any]:
    plan = due.plan
    return {
        "number": plan.number,
        "node": plan.node,
        "kind": plan.kind,
        "replaces": plan.replaces or None,
        "issued_on": plan.issued_on.isoformat(),
        "cycle_months": plan.cycle_months,
        "extension_months": plan.extension.months if plan.extension else 0,
        "due_on": due.due_on.isoformat(),
        "stage": due.stage or None,
        "standing": due.standing,
        "days_late": due.days,
    }

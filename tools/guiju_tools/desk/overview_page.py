"""`overview.html`: all standards of one period on one page, with what people should look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guiju.engine.fold import SUSPECT
from guiju.result import Result
from guiju_tools.desk.opening import OpenDesk
from guiju_tools.desk.shelf import OVERVIEW
from guiju_tools.report.html import render_page

TIERS = {
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "township": "乡镇（街道）",
    "village": "村（社区）",
}
SHORT = 12
"""So many digits of a digest are enough to tell it from others."""


def write_overview(desk: OpenDesk, results: Sequence[Result], folder: Path) -> None:
    """Write the page into the folder of the period."""
    page = render_page(
        "overview.html.j2",
        title=f"{_whom(desk)}　{desk.workspace.period.title}",
        facts=facts(desk),
        results=results,
        notes=notes(desk, results),
    )
    (folder / OVERVIEW).write_text(page, encoding="utf-8", newline="\n")


def _whom(desk: OpenDesk) -> str:
    return desk.workspace.region.name or desk.division.name or desk.workspace.region.code


def facts(desk: OpenDesk) -> list[tuple[str, str]]:
    """What was judged, for whom, by which day."""
    known = "，".join(filter(None, (desk.division.name, desk.division.level, desk.division.note)))
    return [
        ("地区", f"{desk.workspace.region.code}{f'（{known}）' if known else ''}"),
        ("层级", TIERS[desk.workspace.tier]),
        ("期次", desk.workspace.period.title),
        ("数据基准日", f"{desk.as_of.day}，{desk.as_of.how}"),
        ("字段对应表的摘要", desk.mapping[:SHORT]),
    ]


def notes(desk: OpenDesk, results: Sequence[Result]) -> list[str]:
    """Confirmations that have lapsed, readings to be confirmed, explanations that are of no use."""
    told = [
        f"对 {item.requirement} 的读法的确认（{item.by}，{item.day}）已失效：{reason}"
        for task in desk.tasks
        for item, reason in task.confirmed.lapsed
    ]
    for result in results:
        told += [_to_confirm(desk, result, item.id) for item in result.requirements if SUSPECT in item.reason]
        for one in result.explanations:
            told += (
                [f"例外说明 {one.id}（{one.requirement}）已于 {one.expires} 失效"]
                if one.state == "expired"
                else []
            )
            told += [f"例外说明 {one.id}（{one.requirement}）没有用上"] if one.state == "unused" else []
    return told


def _to_confirm(desk: OpenDesk, result: Result, name: str) -> str:
    edition = result.standards[0].judging_digest[:SHORT]
    return (
        f"{name} 的读数可疑。核对列和代码没有读错之后，运行 guiju confirm {name} --by 姓名 --reason 理由，"
        f"或在 region.yaml 的 confirmed 中写明（mapping: {desk.mapping[:SHORT]}，edition: {edition}）"
    )

"""`guiju explain`: one requirement, or one row under it, told step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.content import find_packs
from guiju.export import delivery
from guiju.run.assemble import source_text
from guiju.run.explain import Explanation, RowExplanation, explain_row
from guiju.run.explain import explain as explain_requirement
from guiju.run.request import RunRequest
from guiju.standard.load import load, load_with
from guiju.standard.model import BASIS_WORDS, MODALITY_WORDS


def explain(
    requirement: Annotated[str, typer.Argument(help="要求的标识（如 IM-023）或英文短名")],
    exports: Annotated[
        list[str] | None, typer.Argument(help="与 --row 一起用：导出的文件或数据库的网址")
    ] = None,
    row: Annotated[int | None, typer.Option(min=1, help="说明第几行为什么得到这个结论（行号同报告）")] = None,
    part: Annotated[str, typer.Option(help="有多个文件或工作表时，指明是哪一个")] = "",
    standard: Annotated[str, typer.Option(help="标准的标识；缺省按要求的标识查找")] = "",
    mapping: Annotated[str, typer.Option(help="字段对应表")] = "",
    region: Annotated[str, typer.Option(help="六位区划代码")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="数据的基准日")] = "",
    confirm: Annotated[list[str] | None, typer.Option(help="已确认读数无误的要求标识，同 guiju run")] = None,
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """说明一条要求：文字、来源、表达式、SQL、示例；加 --row 逐步说明某一行。"""
    packs = find_packs(pack)
    found = load(packs, standard) if standard else load_with(packs, requirement)
    if row is None:
        typer.echo(_requirement(explain_requirement(found, packs, requirement)))
        return
    request = RunRequest(
        found.id,
        tuple(delivery(item) for item in exports or ()),
        mapping,
        region,
        pack,
        as_of,
        confirmed=frozenset(confirm or ()),
    )
    typer.echo(_row(explain_row(request, requirement, row, part)))


def _requirement(told: Explanation) -> str:
    item = told.requirement
    lines = [
        f"{item.id} {item.name}",
        f"{item.clause} {item.text}",
        f"类型：{MODALITY_WORDS[item.modality]}    依据性质：{BASIS_WORDS[item.basis]}",
        f"核验方式：{item.check.kind}",
        *(f"来源：{source_text(source)}" for source in item.sources),
        f"整改：{item.remedy}",
    ]
    if item.advisory:
        lines.append("说明：依据待核对原文，只作提示，不计入结论。")
    for title, text, words in told.expressions:
        lines += [f"\n{title}：{words}", f"  {text}"]
    for title, sql in told.sql:
        lines += [f"\nSQL（{title}）：", f"  {sql}"]
    return "\n".join([*lines, "", told.examples])


def _row(told: RowExplanation) -> str:
    lines = [f"{told.requirement.id} {told.requirement.text}", f"{told.place}：{told.state}"]
    if told.message:
        lines.append(f"  {told.message}")
    if told.whole:
        lines.append(f"  整条要求：{told.whole}")
    for cell in told.cells:
        mark = "→" if cell.blamed else " "
        lines.append(
            f"{mark} {cell.title}（列 {cell.column or '无'}）："
            f"原值“{cell.delivered}”，理解为“{cell.understood}”"
        )
    for title, steps in told.steps:
        lines.append(f"{title}：")
        lines += [f"  {step.text} = {step.value}" for step in steps]
    return "\n".join(lines)

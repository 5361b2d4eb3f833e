"""`guiju selftest`: every example of every standard judged by both readings of its rule."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from guiju.bdd.runner import run_examples
from guiju.content import Pack, find_packs
from guiju.standard.load import load_from
from guiju.standard.model import Standard


def selftest(
    name: Annotated[str, typer.Argument(help="只测某一个标准（标识）")] = "",
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """用标准自带的示例检验核验规则；有示例不成立时状态为 1。"""
    packs = find_packs(pack)
    bad = 0
    for item in packs:
        for standard_id in item.standard_ids():
            if name in ("", standard_id):
                bad += _one(load_from(item, standard_id, packs), packs)
    raise typer.Exit(1 if bad else 0)


def _one(standard: Standard, packs: Sequence[Pack]) -> int:
    report = run_examples(standard, packs)
    for scenario in report.failed:
        typer.echo(f"不成立：{scenario.name}\n  {scenario.message}")
    if report.fault:
        typer.echo(f"出错：{report.fault}")
    typer.echo(
        f"{standard.title}：示例 {len(report.scenarios)} 个，"
        f"成立 {report.count('passed')} 个，不成立 {len(report.failed)} 个"
    )
    return len(report.failed) + bool(report.fault)

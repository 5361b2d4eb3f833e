"""`guiju standards`: what can be examined."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from guiju.content import find_packs
from guiju.standard.load import load, load_from
from guiju.standard.model import MODALITY_WORDS, Standard

STAGES = {
    "00": "预阶段",
    "10": "立项",
    "20": "起草",
    "30": "征求意见",
    "40": "审查",
    "50": "批准",
    "60": "出版",
    "90": "复审",
    "95": "废止",
}


def standards(
    name: Annotated[str, typer.Argument(help="只看某一个标准，列出它的全部要求")] = "",
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """列出现有标准；给出名称时列出该标准的要求。"""
    packs = find_packs(pack)
    console = Console()
    if not name:
        found = [load_from(item, one, packs) for item in packs for one in item.standard_ids()]
        console.print(_overview(found))
        return
    console.print(_requirements(load(packs, name)))


def _overview(found: list[Standard]) -> Table:
    table = Table(title="标准（试点用草案，非国家标准）")
    for heading in ("标识", "名称", "版本", "阶段", "要求", "其中可用数据核验"):
        table.add_column(heading)
    for item in found:
        on_data = sum(one.on_data for one in item.requirements)
        stage = STAGES.get(item.stage, item.stage)
        table.add_row(item.id, item.title, item.version, stage, str(len(item.requirements)), str(on_data))
    return table


def _requirements(standard: Standard) -> Table:
    counted = Counter(MODALITY_WORDS[item.modality] for item in standard.requirements)
    told = "，".join(f"{word} {count}" for word, count in counted.items())
    table = Table(title=f"{standard.title} {standard.version}（{told}）")
    for heading in ("标识", "条款", "类型", "要求", "核验方式"):
        table.add_column(heading)
    for item in standard.requirements:
        table.add_row(item.id, item.clause, MODALITY_WORDS[item.modality], item.text, item.check.kind)
    return table

"""`guiju mutate`: whether the examples notice altered requirements, and the requirements spoiled data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from guiju.content import Pack, find_packs
from guiju.errors import InputError
from guiju_tools.cli.examine import progress
from guiju_tools.mutate.report import details, markdown, summary, to_json
from guiju_tools.mutate.whole import MutateRequest
from guiju_tools.mutate.whole import mutate as alter

Part = Literal["both", "checks", "data"]


def mutate(
    standards: Annotated[
        list[str] | None, typer.Argument(help="标准的标识，可以有多个；不写就是全部")
    ] = None,
    part: Annotated[Part, typer.Option(help="checks 只改核验项，data 只改数据，both 两样都做")] = "both",
    rows: Annotated[int, typer.Option(min=1, help="主要数据集生成多少行")] = 240,
    times: Annotated[int, typer.Option(min=1, help="每种差错在每个数据元上植入几处")] = 3,
    seed: Annotated[int, typer.Option(help="随机数种子；种子相同，结果相同")] = 1,
    region: Annotated[str, typer.Option(help="六位区划代码：使用该地区的适用参数")] = "990000",
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
    json: Annotated[Path | None, typer.Option(help="把结果写成 JSON 文件")] = None,
    out: Annotated[Path | None, typer.Option(help="把存留的改动和理由写成一页 Markdown")] = None,
) -> None:
    """故意改坏核验项和数据，看示例和要求能不能发现；有存留而没有理由时状态为 1。"""
    packs = find_packs(pack)
    request = MutateRequest(
        checks=part != "data", data=part != "checks", seed=seed, rows=rows, times=times, region=region
    )
    with progress(quiet=False) as tell:
        reports = [alter(home, name, packs, request, tell) for home, name in _chosen(packs, standards or [])]
    for report in reports:
        for line in (*summary(report), *details(report)):
            typer.echo(line)
    if json is not None:
        json.write_text(to_json(reports), encoding="utf-8")
    if out is not None:
        out.write_text(markdown(reports), encoding="utf-8")
    raise typer.Exit(0 if all(report.clean for report in reports) else 1)


def _chosen(packs: Sequence[Pack], names: Sequence[str]) -> Iterator[tuple[Pack, str]]:
    """The standards of the first pack, or those named, from the first pack that has them."""
    known = {name: pack for pack in reversed(packs) for name in pack.standard_ids()}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(
            "GJ-I341",
            f"没有标识为 {'、'.join(unknown)} 的标准",
            hint=f"现有：{'、'.join(sorted(known))}；用 guiju standards 查看",
        )
    for name in names or packs[0].standard_ids():
        yield known[name], name

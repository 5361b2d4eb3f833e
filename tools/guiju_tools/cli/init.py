"""`guiju init`: a desk set up, by options or by asking."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from guiju.errors import InputError
from guiju_tools.desk.overview_page import TIERS
from guiju_tools.desk.setting_up import Answers, set_up

HERE = Path()


def init(
    folder: Annotated[Path, typer.Argument(help="工作台的文件夹，没有就新建")] = HERE,
    region: Annotated[str, typer.Option(help="六位区划代码")] = "",
    name: Annotated[str, typer.Option(help="地区的名称")] = "",
    parent: Annotated[str, typer.Option(help="功能区所在区划的代码")] = "",
    tier: Annotated[str, typer.Option(help=f"层级：{'、'.join(TIERS)}")] = "",
    profile: Annotated[str, typer.Option(help="使用哪个地区的适用参数（六位代码）")] = "",
    standard: Annotated[list[str] | None, typer.Option(help="要核验的标准，可以有几个")] = None,
    period: Annotated[str, typer.Option(help="期次，如 2026-03、2026-Q1、2026")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="数据的基准日；不写就从数据中得出")] = "",
    delivery: Annotated[list[str] | None, typer.Option(help="交来的数据放在哪里，可以有几处")] = None,
    mapping: Annotated[str, typer.Option(help="字段对应表：文件或标识")] = "",
    explanations: Annotated[str, typer.Option(help="例外说明的文件")] = "",
) -> None:
    """建立工作台：写出 region.yaml。没有用选项写明的，在终端上逐项询问。"""
    said = {"region": region, "tier": tier, "period": period}
    several = {"standard": tuple(standard or ()), "delivery": tuple(delivery or ())}
    _ask(said, several)
    answers = Answers(
        region=said["region"],
        tier=said["tier"],
        standards=several["standard"],
        period=said["period"],
        deliveries=several["delivery"],
        name=name,
        parent=parent,
        profile=profile,
        as_of=as_of,
        mapping=mapping,
        explanations=explanations,
    )
    target, known = set_up(folder, answers)
    told = "，".join(filter(None, (known.name, known.level, known.note)))
    typer.echo(f"已写出 {target}" + (f"（{region or said['region']}：{told}）" if told else ""))
    typer.echo("请打开它核对各项，把数据放到写明的地方，然后在这个文件夹里运行 guiju run。")


_QUESTIONS = {
    "region": "六位区划代码",
    "tier": f"层级（{'、'.join(f'{key} {title}' for key, title in TIERS.items())}）",
    "period": "期次（如 2026-03、2026-Q1、2026）",
    "standard": "要核验的标准（标识，几个用空格隔开；guiju standards 列出有哪些）",
    "delivery": "数据放在哪里（文件、文件夹或通配写法，几处用空格隔开，如 数据/{period}）",
}


def _ask(said: dict[str, str], several: dict[str, tuple[str, ...]]) -> None:
    """Ask for what is missing where somebody sits at a terminal."""
    missing = [name for name in _QUESTIONS if not (said.get(name) or several.get(name))]
    if missing and not sys.stdin.isatty():
        options = "、".join(f"--{name}" for name in missing)
        raise InputError("GJ-I384", f"还缺 {options}", hint="请用选项写明；在终端上运行时程序会逐项询问")
    for name in missing:
        told = str(typer.prompt(_QUESTIONS[name])).strip()
        if name in said:
            said[name] = told
        else:
            several[name] = tuple(told.split())

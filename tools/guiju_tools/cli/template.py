"""`guiju template`: what to ask a vendor for, and workbooks to fill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from guiju.content import Pack, find_packs
from guiju.errors import InputError
from guiju.standard.assessment import read_form
from guiju.standard.load import load
from guiju.standard.model import Standard
from guiju_tools.template.skeleton import DIALECTS, Dialect, Period
from guiju_tools.template.told import tell
from guiju_tools.template.write import fill_files, only, request_files, write_files

OUT = Path("模板")
SELF_ASSESSMENT = "自评表.xlsx"
_PERIOD = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})")


def template(
    standards: Annotated[list[str], typer.Argument(help="标准的标识或名称，可以有多个")],
    request: Annotated[
        bool, typer.Option("--request", help="写给系统建设单位的取数说明、取数需求和取数语句，而不是填报表")
    ] = False,
    assessment: Annotated[
        bool, typer.Option("--self-assessment", help="自评表，而不是填报表；多个标准合成一个工作簿")
    ] = False,
    dataset: Annotated[list[str] | None, typer.Option(help="只要某个数据集，可以有多个")] = None,
    dialect: Annotated[
        str, typer.Option(help="取数语句用于哪种数据库：oracle、mysql、postgresql 或 all")
    ] = "all",
    period: Annotated[str, typer.Option(help="取数期间，如 2026-01-01/2026-03-31；不写则由取数的人填")] = "",
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")] = OUT,
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """写出填报表、自评表，或者给系统建设单位的取数说明。"""
    dialects, span = _dialects(dialect), _period(period)
    packs = find_packs(pack)
    wanted = [load(packs, name) for name in dict.fromkeys(standards)]
    if assessment:
        if request or dataset:
            raise InputError(
                "GJ-I410",
                "自评表不能与 --request、--dataset 一起要",
                hint="自评表按标准的全部要求写出；取数说明请另外用一条命令",
            )
        _assessment(packs, wanted, out)
        return
    for standard in wanted:
        told = only(tell(standard, packs), dataset or ())
        files = request_files(told, dialects, span) if request else fill_files(told)
        folder = out if len(standards) == 1 else out / standard.title
        typer.echo(f"{standard.title} {standard.version}：{len(told.datasets)}张表")
        for path in write_files(files, folder):
            typer.echo(f"  {path}")


def _assessment(packs: Sequence[Pack], standards: Sequence[Standard], out: Path) -> None:
    from guiju_tools.assessment.blank import form_book  # noqa: PLC0415 - openpyxl loads slowly

    forms = [read_form(packs, item) for item in standards]
    content = form_book(forms, [item.prefix for item in standards])
    for form in forms:
        typer.echo(f"{form.title}（第{form.version}版）：{len(form.lines)}行")
    for path in write_files({SELF_ASSESSMENT: content}, out):
        typer.echo(f"  {path}")


def _dialects(name: str) -> tuple[Dialect, ...]:
    chosen = DIALECTS if name == "all" else tuple(one for one in DIALECTS if one == name)
    if not chosen:
        raise InputError(
            "GJ-I353", f"没有数据库写法“{name}”", hint=f"--dialect 可选：{'、'.join(DIALECTS)}、all"
        )
    return chosen


def _period(text: str) -> Period:
    if not text:
        return Period()
    found = _PERIOD.fullmatch(text)
    try:
        first, last = (date.fromisoformat(part) for part in found.groups()) if found else (None, None)
    except ValueError:
        first, last = None, None
    if first is None or last is None or first > last:
        hint = "请写成 2026-01-01/2026-03-31 的样子，先首日后末日"
        raise InputError("GJ-I354", f"取数期间“{text}”不对", hint=hint)
    return Period(first.isoformat(), last.isoformat())

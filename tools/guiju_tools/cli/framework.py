"""`guiju framework`: the framework of standards, the development plan and the register of plans."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from guiju.content import find_packs
from guiju.errors import InputError
from guiju_tools.framework import telling
from guiju_tools.framework.load import read_framework
from guiju_tools.framework.model import Framework


def framework(
    as_of: Annotated[
        str, typer.Option("--as-of", help="以哪一天判断计划是否逾期，如 2026-12-31；不写就不判断")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供其他程序读取")] = False,
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """列出标准体系框架、发展规划和制修订计划，指出逾期的计划。"""
    day = _day(as_of)
    found = read_framework(find_packs(pack)[0])
    if as_json:
        typer.echo(json.dumps(telling.as_data(found, day), ensure_ascii=False, indent=1))
        return
    _print(found, day)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError("GJ-I370", f"基准日“{text}”不是日期", hint="请写成 2026-12-31 的样子") from error


def _print(found: Framework, day: date | None) -> None:
    console = Console()
    typer.echo(f"{found.title}\n{found.about}\n来源：{telling.sources_words(found.sources)}\n")
    for table in (*telling.node_tables(found), telling.relation_table(found)):
        console.print(_table(table))
    for line in telling.development_lines(found):
        typer.echo(line)
    typer.echo("")
    console.print(_table(telling.plan_table(found, day)))
    if day is not None:
        late = telling.overdue(found, day)
        for due in late:
            typer.echo(f"逾期：{due.plan.number} {found.node(due.plan.node).title}，已逾期{due.days}天")
        typer.echo(f"制修订计划{len(found.register)}项，逾期{len(late)}项。")


def _table(text: telling.TableText) -> Table:
    table = Table(title=text.title, title_justify="left")
    for index, heading in enumerate(text.head):
        table.add_column(heading, overflow="fold", no_wrap=index == 0 and text.head != telling.RELATION_HEAD)
    for row in text.rows:
        table.add_row(*row)
    return table

"""`guiju compare`: two periods of a desk side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.engine.session import Limits
from guiju_tools.cli.desk_run import the_desk
from guiju_tools.desk.compare_files import BOOK, PAGE, write_comparison
from guiju_tools.desk.comparing import compare as compare_periods
from guiju_tools.desk.comparing import last_two
from guiju_tools.desk.shelf import Shelf
from guiju_tools.desk.telling import lines


def compare(
    last: Annotated[str, typer.Argument(help="前一期，如 2026-02；都不写就比最近两期")] = "",
    this: Annotated[str, typer.Argument(help="后一期，如 2026-03")] = "",
    threads: Annotated[int | None, typer.Option(min=1, help="用几个线程")] = None,
    memory: Annotated[str, typer.Option(help="内存上限，如 2GB")] = "",
) -> None:
    """比较工作台的两期结果：新出现、已改好、仍未改的记录；判法有变的要求标为不可比。"""
    workspace = the_desk()
    shelf = Shelf(workspace.results)
    before, after = last_two(shelf, [name for name in (last, this) if name])
    pack = Path(workspace.resolved(workspace.pack)) if workspace.pack else None
    comparison = compare_periods(shelf, before, after, pack=pack, limits=Limits(threads, memory))
    folder = write_comparison(comparison, shelf)
    for line in lines(comparison):
        typer.echo(line)
    typer.echo(f"对比报告：{folder / PAGE}")
    typer.echo(f"工作簿：{folder / BOOK}")

"""`guiju demo`: an invented export generated, judged, and the way to its report told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.run.request import RunRequest
from guiju_tools.cli.examine import examine
from guiju_tools.cli.run import OUT
from guiju_tools.sample import write_demo

DATA = "示例数据"
REGION = "990000"
"""No region has this code: its profile is the demo's own."""


def demo(
    out: Annotated[Path, typer.Option(help="示例数据和结果写到哪个文件夹")] = OUT,
) -> None:
    """生成一份虚构的事项数据，核验它，并说明报告在哪里。示例中有意放入几处问题。"""
    files, planted = write_demo(out / DATA)
    typer.echo("已生成虚构的示例数据（机构、事项、电话都不存在），其中有意放入：")
    for fault in planted:
        typer.echo(f"  {fault.table}第{fault.row}条：{fault.what}（{fault.requirement}）")
    examine(RunRequest("item-management", tuple(files), region=REGION), out, quiet=False)
    typer.echo(f"请用浏览器打开：{out / '内部' / 'report.html'}")

"""`guiju confirm`: a suspicious reading confirmed for the desk."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from guiju_tools.cli.desk_run import the_desk
from guiju_tools.desk.confirming import confirm_reading


def confirm(
    requirement: Annotated[str, typer.Argument(help="要求的标识，如 IM-023")],
    by: Annotated[str, typer.Option(help="谁确认的")],
    reason: Annotated[str, typer.Option(help="为什么：怎样核对的")],
) -> None:
    """把核对过的读法记进工作台：列和代码没有读错，数据确实如此。对应表或标准的判法一变即失效。"""
    workspace = the_desk()
    confirm_reading(workspace, requirement, by, reason, date.today())  # noqa: DTZ011 - the day on the user's wall
    typer.echo(f"已记进 {workspace.folder / 'region.yaml'}：{requirement}，{by}。请重新运行 guiju run。")

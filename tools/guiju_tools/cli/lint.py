"""`guiju lint`: a pack held against the rules for writing standards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.content import Pack, find_packs
from guiju_tools.lint import fix as renew
from guiju_tools.lint import lint as examine


def lint(
    name: Annotated[str, typer.Argument(help="只查某一个标准（标识）")] = "",
    pack: Annotated[Path | None, typer.Option(help="标准包所在的文件夹；缺省为随程序附带的标准包")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="重新生成场景中由程序生成的部分")] = False,
    notices: Annotated[bool, typer.Option("--notices/--no-notices", help="是否列出提示")] = True,
) -> None:
    """检查标准的数据、文字、表达式和场景；有错误时状态为 2。"""
    packs = find_packs(pack)
    chosen: Pack = packs[0]
    if fix:
        for label in renew(chosen, name or None, packs[1:]):
            typer.echo(f"已更新 {label}")
    found = examine(chosen, name or None, packs[1:])
    errors = [item for item in found if item.level == "error"]
    for item in found:
        if notices or item.level == "error":
            typer.echo(str(item))
    typer.echo(f"错误 {len(errors)} 处，提示 {len(found) - len(errors)} 处。")
    raise typer.Exit(2 if errors else 0)

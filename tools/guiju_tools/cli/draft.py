"""`guiju draft`: a standard out to a workbook for drafters, and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from guiju.content import Pack, find_packs
from guiju.errors import InputError
from guiju.standard.load import load
from guiju.standard.model import Standard

draft = typer.Typer(
    help="起草：标准导出成工作簿，改好以后再导入。", no_args_is_help=True, add_completion=False
)


@draft.callback()
def _draft() -> None:
    """起草：标准导出成工作簿，改好以后再导入。"""


@draft.command("export")
def export(
    standard: Annotated[str, typer.Argument(help="标准的标识或名称")],
    out: Annotated[Path | None, typer.Option(help="写到哪个 .xlsx 文件；缺省用标准的名称")] = None,
    force: Annotated[bool, typer.Option("--force", help="文件已经有了，也照样覆盖")] = False,
    pack: Annotated[Path | None, typer.Option(help="标准包所在的文件夹；缺省为随程序附带的标准包")] = None,
) -> None:
    """把要求、章条、参考文献、参数和代码表导出成工作簿，供起草人修改。"""
    from guiju_tools.drafting.write_book import book_bytes  # noqa: PLC0415 - the help needs no workbook

    told, own, _ = _chosen(standard, pack)
    target = out or Path(f"{told.title}（起草）.xlsx")
    if target.suffix.lower() != ".xlsx" or (target.exists() and not force):
        said = (
            "要写成 .xlsx 文件"
            if target.suffix.lower() != ".xlsx"
            else "文件已经有了，里面可能有没有导入的改动"
        )
        raise InputError("GJ-I477", f"{target}：{said}", hint="请换一个文件名；确定要覆盖的加 --force")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(book_bytes(told, own))
    except OSError as fault:
        raise InputError(
            "GJ-I478", f"{target} 写不进去", cause=str(fault), hint="请关闭正打开它的程序，或者换一个位置"
        ) from fault
    typer.echo(f"{told.title} {told.version}：要求 {len(told.requirements)} 条")
    typer.echo(f"已写出 {target}；改好后用 guiju draft import {told.id} 导入。")


@draft.command("import")
def import_(
    standard: Annotated[str, typer.Argument(help="标准的标识或名称")],
    workbook: Annotated[Path, typer.Argument(help="改好的工作簿")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说会改什么，不写入")] = False,
    prefer: Annotated[
        str,
        typer.Option(help="两边都改了的地方以谁为准：book 工作簿，files 文件；不写就列出来，什么都不写入"),
    ] = "",
    withdraw: Annotated[
        list[str] | None, typer.Option(help="确认删去的行（要求的标识等），可以有多个；在终端上会逐行询问")
    ] = None,
    reason: Annotated[str, typer.Option(help="要求为什么废止")] = "起草组在工作簿中删去",
    renew_examples: Annotated[
        bool, typer.Option("--renew-examples", help="核验方式改了的要求，示例重新生成")
    ] = False,
    chapter: Annotated[str, typer.Option(help="新要求的那一章还没有文件时，写明文件名，如 06-queue")] = "",
    pack: Annotated[Path | None, typer.Option(help="标准包所在的文件夹；缺省为随程序附带的标准包")] = None,
) -> None:
    """把改好的工作簿导入：与导出时的底稿、现在的文件三方比较，只写入工作簿里改了的。"""
    from guiju_tools.drafting.importing import BOOK, FILES, Wanted, take_over  # noqa: PLC0415 - as above

    if prefer not in ("", BOOK, FILES):
        raise InputError(
            "GJ-I479", f"--prefer 没有“{prefer}”", hint=f"可选：{BOOK}（工作簿）、{FILES}（文件）"
        )
    told, own, packs = _chosen(standard, pack)
    ask = typer.confirm if sys.stdin.isatty() else None
    wanted = Wanted(prefer, tuple(withdraw or ()), ask, reason, renew_examples, chapter, dry_run)
    taken = take_over(own, told.id, packs, workbook, wanted)
    for line in taken.said:
        typer.echo(line)
    if not taken.said:
        typer.echo("工作簿里没有要写入的改动。")
        return
    typer.echo("只是预演，什么都没有写入；去掉 --dry-run 才写入。会改的文件：" if dry_run else "已写入：")
    for label in taken.files:
        typer.echo(f"  {label}")
    for text in taken.reminders:
        typer.echo(f"还要做：{text}")


def _chosen(standard: str, folder: Path | None) -> tuple[Standard, Pack, tuple[Pack, ...]]:
    packs = find_packs(folder)
    told = load(packs, standard)
    return told, next(item for item in packs if told.id in item.standard_ids()), packs

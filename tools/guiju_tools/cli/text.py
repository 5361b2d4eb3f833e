"""`guiju text`: a standard as one text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.content import find_packs
from guiju.errors import InputError, Place
from guiju.standard.load import load
from guiju_tools.text.compose import printed
from guiju_tools.text.markdown import markdown
from guiju_tools.text.plain import plain
from guiju_tools.text.titles import titles_of

FORMS = {".md": markdown, ".txt": plain}


def text(
    standard: Annotated[str, typer.Argument(help="标准的标识或名称；已发布的版本写 标识@版本")],
    out: Annotated[
        Path | None, typer.Option(help="写到哪个文件：.md 为 Markdown，.txt 为纯文本；不写就显示纯文本")
    ] = None,
    with_checks: Annotated[
        bool, typer.Option("--with-checks", help="每条要求之下写明标识、怎样核验、依据和来源")
    ] = False,
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """把一个标准按 GB/T 1.1 的次序印成一份连续的文字。"""
    form = plain if out is None else FORMS.get(out.suffix.lower())
    if form is None:
        raise InputError("GJ-I371", f"不能写成“{out}”", hint="文件名以 .md 或 .txt 结尾")
    packs = find_packs(pack)
    found = load(packs, standard)
    whole = form(printed(found, with_checks=with_checks, titles=titles_of(packs)))
    if out is None:
        typer.echo(whole, nl=False)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(whole, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            "GJ-I372",
            "文件写不出来",
            place=Place(str(out)),
            cause=str(error),
            hint="请检查文件夹是否可写，文件是否正被打开",
        ) from error
    typer.echo(f"已写出 {out}")

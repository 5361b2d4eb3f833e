"""`guiju diff`: two editions of a standard side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.errors import InputError, Place
from guiju_tools.editions.comparing import compare_editions
from guiju_tools.editions.opening import open_edition
from guiju_tools.editions.telling import lines
from guiju_tools.editions.writing import BOOK, NOTE, PAGE, write_difference


def diff(
    before: Annotated[str, typer.Argument(help="前一版本：标识@版本、标识，或 guiju edition 写出的 .json")],
    after: Annotated[str, typer.Argument(help="后一版本，写法相同；标识不带版本就是正在起草的")],
    out: Annotated[Path | None, typer.Option(help="把网页、工作簿和修订说明写到这个文件夹")] = None,
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """比较一个标准的两个版本：逐条说明是编辑性、兼容还是不兼容的改动，并建议版本号。"""
    first, second = open_edition(before, pack), open_edition(after, pack)
    comparison = compare_editions(first.document, second.document)
    for line in lines(comparison):
        typer.echo(line)
    if out is None:
        return
    try:
        write_difference(comparison, out)
    except OSError as error:
        raise InputError(
            "GJ-I492",
            "对比文件写不出来",
            place=Place(str(out)),
            cause=str(error),
            hint="请检查文件夹是否可写，其中的文件是否正被打开",
        ) from error
    typer.echo(f"已写出：{out / PAGE}、{BOOK}、{NOTE}")

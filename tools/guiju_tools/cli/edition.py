"""`guiju edition`: a standard as one frozen document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.errors import InputError, Place
from guiju.standard.edition import canonical
from guiju_tools.editions.opening import open_edition


def edition(
    standard: Annotated[str, typer.Argument(help="标准的标识或名称；已发布的版本写 标识@版本")],
    out: Annotated[Path | None, typer.Option(help="写到哪个 .json 文件；不写就只显示版本和摘要")] = None,
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """显示一个标准的版本和摘要，或者把它写成一个版本文档，供比较、存档和交换。"""
    found = open_edition(standard, pack)
    stage = "已发布" if found.published else "试点用草案，非国家标准"
    typer.echo(f"{found.title}（{found.id}）{found.version}（{stage}）")
    typer.echo(f"判定摘要：{found.judging_digest}")
    typer.echo(f"文字摘要：{found.text_digest}")
    if out is None:
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(canonical(found.document))
    except OSError as error:
        raise InputError(
            "GJ-I493",
            "版本文档写不出来",
            place=Place(str(out)),
            cause=str(error),
            hint="请检查文件夹是否可写，文件是否正被打开",
        ) from error
    typer.echo(f"已写出：{out}")

"""`guiju map`: a mapping proposed from an export, or brought back from the workbook that was filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guiju.errors import InputError, Place
from guiju.export import delivery, masked
from guiju.export.recognition.mapping_book import is_book
from guiju.export.recognition.mapping_form import BOOKS
from guiju_tools.mapping.desk import MapRequest, Written, apply_book, make_mapping

OUT = Path("字段对应表.yaml")


def map(  # noqa: A001 - a command has the name of its function
    exports: Annotated[
        list[str], typer.Argument(help="导出的文件、文件夹或数据库的网址；或者填好的字段对应表工作簿")
    ],
    standard: Annotated[str, typer.Option(help="标准的标识或名称，如 item-management")] = "",
    out: Annotated[Path | None, typer.Option(help="写到哪个 .yaml 文件；同名的工作簿写在旁边")] = None,
    mapping: Annotated[str, typer.Option(help="原来的字段对应表：已经定下的都保留")] = "",
    dataset: Annotated[str, typer.Option(help="认不出时写明这些表是哪个数据集，如 实施清单")] = "",
    region: Annotated[str, typer.Option(help="六位区划代码：使用该地区的代码对照表")] = "",
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="把填好的工作簿写回 .yaml 文件")] = False,
) -> None:
    """从导出数据写出字段对应表（.yaml 和工作簿），供人逐行确认；填好的工作簿写回 .yaml。"""
    given = tuple(delivery(item) for item in exports)
    book = given[0] if isinstance(given[0], Path) else Path()
    if apply or (len(given) == 1 and book.suffix.lower() in BOOKS and is_book(book)):
        written = apply_book(book, out, standard, pack)
    else:
        if not standard:
            raise InputError(
                "GJ-I215",
                "没有写明对照哪个标准",
                place=Place(masked(exports[0])),
                hint="请加上 --standard，如 item-management",
            )
        target = (out or OUT).with_suffix(".yaml")
        written = make_mapping(MapRequest(given, standard, target, mapping, region, pack, dataset))
    _tell(written)


def _tell(written: Written) -> None:
    proposals = written.proposals
    for item in proposals.datasets:
        decided = sum(not line.open for line in item.lines)
        asked = len(item.lines) - decided
        tables = (
            "、".join(f"{table.label}（{table.looked_at}）" for table in item.tables) or "（这次没有交来）"
        )
        typer.echo(f"{item.dataset.title}：{tables}")
        typer.echo(f"  认出{decided}列，待确认{asked}处")
        typer.echo(f"  没有找到必有的数据元{len(item.missing)}个，没有读取的列{len(item.unread)}个")
    for table in proposals.passed:
        typer.echo(f"没有认出：{table.label}")
    for path in written.files:
        typer.echo(f"已写出 {path}")
    if proposals.questions:
        typer.echo(f"还有{proposals.questions}处待确认：请在文件或工作簿里回答，再核验。")

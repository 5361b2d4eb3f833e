"""`guiju mark`: the region's own workbook with its bad cells marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from guiju.content import find_packs
from guiju.errors import InputError, Place
from guiju.export import known_words, open_sources
from guiju.export.recognition.match import normal_heading
from guiju.result import Result
from guiju.result.serial import from_json
from guiju.standard.load import load
from guiju_tools.cli.examine import progress
from guiju_tools.marked.mark import Made, mark_deliveries

FOLDER = "标注"
_PLACES = ("内部/result.json", "result.json")


def mark(
    results: Annotated[Path, typer.Argument(help="核验结果所在的文件夹，即当时的 --out")],
    exports: Annotated[list[Path], typer.Argument(help="当时核验的文件或文件夹，可以有多个")],
    out: Annotated[Path | None, typer.Option(help="写到哪个文件夹；缺省是结果的 内部/标注")] = None,
    pack: Annotated[Path | None, typer.Option(help="核验时用的另一个标准包所在的文件夹")] = None,
) -> None:
    """把不符合项标注在自己工作簿的副本上；太大的或不是工作簿的，摘录不符合的行。"""
    path = _result_file(results)
    result = from_json(path.read_text(encoding="utf-8"), str(path))
    target = out or path.parent / FOLDER
    with progress(quiet=False) as report:
        report("打开文件")
        made = mark_again(result, exports, target, pack)
    tell(made)


def mark_again(result: Result, exports: Sequence[Path], out: Path, pack: Path | None) -> list[Made]:
    """Open the deliveries as the run did, and mark them.

    Raises:
        InputError: as `open_sources` and `mark_deliveries`.
    """
    packs = find_packs(pack)
    words = {normal_heading(column.column) for table in result.inputs for column in table.columns}
    for one in result.standards:
        words |= known_words(load(packs, one.id).datasets, None)
    return mark_deliveries(result, open_sources(exports, frozenset(words)), out)


def tell(made: Sequence[Made]) -> None:
    """Say what was written; what was lost comes first."""
    if not made:
        typer.echo("没有列出不符合项，不需要标注。")
    for one in made:
        for text in one.remarks:
            typer.echo(f"注意：{text}")
        typer.echo(f"已标注{one.findings}项：{one.path}（含业务数据，不得外传）")


def _result_file(folder: Path) -> Path:
    found = next((folder / place for place in _PLACES if (folder / place).is_file()), None)
    found = found or (folder if folder.is_file() else None)
    if found is None:
        raise InputError(
            "GJ-I358",
            "这个文件夹里没有核验结果",
            place=Place(str(folder)),
            hint="请给出 guiju run 写出的结果文件夹，里面有 内部/result.json",
        )
    return found

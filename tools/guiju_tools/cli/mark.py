"""`guiju mark`: the region's own workbook with its bad cells marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guiju.content import find_packs
from guiju.errors import InputError, Place
from guiju.export import delivery, known_words, open_sources
from guiju.export.recognition.match import normal_heading
from guiju.result import Result
from guiju.result.serial import from_json
from guiju.run.request import RunRequest
from guiju.standard.load import load
from guiju_tools.cli.examine import progress
from guiju_tools.report.folders import INTERNAL, MARKED, RESULT

if TYPE_CHECKING:
    from guiju_tools.marked.mark import Made


def mark(
    results: Annotated[Path, typer.Argument(help="核验结果所在的文件夹，即当时的 --out")],
    exports: Annotated[list[str], typer.Argument(help="当时核验的文件、文件夹或数据库的网址，可以有多个")],
    out: Annotated[Path | None, typer.Option(help="写到哪个文件夹；缺省是结果的 内部/标注")] = None,
    pack: Annotated[Path | None, typer.Option(help="核验时用的另一个标准包所在的文件夹")] = None,
) -> None:
    """把不符合项标注在自己工作簿的副本上；太大的或不是工作簿的，摘录不符合的行。"""
    path = _result_file(results)
    result = from_json(path.read_text(encoding="utf-8", errors="replace"), str(path))
    deliveries = [delivery(item) for item in exports]
    _tell(_mark(result, deliveries, out or path.parent / MARKED, pack, quiet=False))


def mark_run(result: Result, request: RunRequest, out: Path, *, quiet: bool) -> None:
    """Mark what a run has just judged, in its internal folder.

    Raises:
        InputError: as `open_sources` and `mark_deliveries`.
    """
    made = _mark(result, request.exports, out / INTERNAL / MARKED, request.pack, quiet=quiet)
    if not quiet:
        _tell(made)


def _mark(
    result: Result, deliveries: Sequence[Path | str], out: Path, pack: Path | None, *, quiet: bool
) -> list[Made]:
    """Open the deliveries as the run did, and mark them."""
    from guiju_tools.marked.mark import mark_deliveries  # noqa: PLC0415 - slow to load, and help needs none of it

    packs = find_packs(pack)
    words = {normal_heading(column.column) for table in result.inputs for column in table.columns}
    for one in result.standards:
        words |= known_words(load(packs, one.id).datasets, None)
    with progress(quiet=quiet) as report:
        report("打开文件")
        return mark_deliveries(result, open_sources(deliveries, frozenset(words)), out, report=report)


def _tell(made: Sequence[Made]) -> None:
    """Say what was written; what was lost comes first."""
    if not made:
        typer.echo("没有列出不符合项，不需要标注。")
    for one in made:
        for text in one.remarks:
            typer.echo(f"注意：{text}")
        typer.echo(f"已标注{one.findings}项：{one.path}（含业务数据，不得外传）")


def _result_file(folder: Path) -> Path:
    places = (folder / INTERNAL / RESULT, folder / RESULT, folder)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise InputError(
            "GJ-I358",
            "这个文件夹里没有核验结果",
            place=Place(str(folder)),
            hint="请给出 guiju run 写出的结果文件夹，里面有 内部/result.json",
        )
    return found

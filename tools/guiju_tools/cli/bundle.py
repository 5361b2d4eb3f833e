"""`guiju bundle`: a run packed to be handed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from guiju.errors import InputError, Place
from guiju_tools.bundle.again import committed
from guiju_tools.bundle.keys import FOLDER as KEYS
from guiju_tools.bundle.keys import HomeKeys, read_keys
from guiju_tools.bundle.opened import open_bundle
from guiju_tools.bundle.packing import RunFolder, make_bundle, read_run
from guiju_tools.bundle.seal import Seal, can_print, page, pdf, seal_of
from guiju_tools.cli.desk_run import the_desk
from guiju_tools.cli.key import password
from guiju_tools.desk.shelf import Shelf
from guiju_tools.report.folders import INTERNAL
from guiju_tools.whole_file import put

OUT = "报送包"


def bundle(
    folder: Annotated[
        Path | None, typer.Argument(help="guiju run 写出的文件夹；不写就是工作台里这一期的全部标准")
    ] = None,
    key: Annotated[Path, typer.Option(help="密钥所在的文件夹")] = Path(KEYS),
    period: Annotated[str, typer.Option(help="工作台的哪一期，如 2026-03；不写就是 region.yaml 所写的")] = "",
    paper: Annotated[bool, typer.Option("--paper", help="不作电子签名，用盖章的签章页报送")] = False,
    no_rows: Annotated[
        bool, typer.Option("--no-rows", help="不备抽查（数据来自数据库，或者数据已经不在）")
    ] = False,
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")] = Path(OUT),
) -> None:
    """把核验结果打成报送包：不含业务数据，带摘要、签名和签章页。"""
    keys = read_keys(key, password())
    for run in _runs(folder, period):
        _pack(run, keys, out, signed=not paper, rows=not no_rows)


def _runs(folder: Path | None, period: str) -> Iterator[RunFolder]:
    if folder is not None:
        yield read_run(folder)
        return
    workspace = the_desk(period)
    place = Shelf(workspace.results).place(workspace.period)
    found = sorted(path.parent for path in place.glob(f"*/{INTERNAL}"))
    if not found:
        raise InputError(
            "GJ-I512",
            f"{workspace.period.title}还没有核验结果",
            place=Place(str(place)),
            hint="请先运行 guiju run",
        )
    yield from map(read_run, found)


def _pack(run: RunFolder, keys: HomeKeys, out: Path, *, signed: bool, rows: bool) -> None:
    content = make_bundle(run, keys, committed(run, keys.rows) if rows else (), signed=signed)
    path = out / f"{_name(run, keys.signer.region)}.zip"
    try:
        put(path, content)
        told = open_bundle(path)
        _seal(path, seal_of(told))
    except OSError as error:
        raise InputError(
            "GJ-I513",
            "报送包写不出来",
            place=Place(str(path)),
            cause=error.strerror or str(error),
            hint="请检查文件夹是否可写，原来的文件是否正被打开",
        ) from error
    typer.echo(f"报送包：{path}（{len(content) // 1024 + 1} KB）")
    typer.echo(f"摘要：{told.digest}")


def _seal(path: Path, seal: Seal) -> None:
    name = f"{path.name.removesuffix('.zip')}_签章页"
    path.with_name(f"{name}.html").write_text(page(seal), encoding="utf-8", newline="\n")
    if can_print():
        try:
            path.with_name(f"{name}.pdf").write_bytes(pdf(seal))
        except InputError as error:
            typer.echo(str(error), err=True)


def _name(run: RunFolder, region: str) -> str:
    result = run.result
    identity = result.standards[0]
    when = result.period or result.as_of or "未写明时期"
    return f"结果包_{region}_{identity.id}_{identity.version}_{when}"

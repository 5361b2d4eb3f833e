"""`guiju verify`: bundles held against their digests, editions and signers, offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from guiju.content import find_packs
from guiju.errors import InputError
from guiju_tools.bundle.digests import grouped
from guiju_tools.bundle.keys import read_signers
from guiju_tools.bundle.opened import FAULT_WORDS
from guiju_tools.bundle.verifying import Expected, Verified
from guiju_tools.bundle.verifying import verify as verify_one

EXIT_REFUSED = 1


def verify(
    bundles: Annotated[list[Path], typer.Argument(help="结果包，可以有多个；也可以是放结果包的文件夹")],
    signers: Annotated[Path | None, typer.Option(help="已登记的公钥：一个文件，或者一个文件夹")] = None,
    period: Annotated[str, typer.Option(help="应当是哪一期，如 2026-03")] = "",
    paper: Annotated[
        str, typer.Option(help="签章页上的摘要（没有电子签名时），空格不计；只核对一个包时用")
    ] = "",
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
) -> None:
    """核对结果包：内容、标准版本、签名人、是否过时。不需要联网；有不通过的，退出码是 1。"""
    paths = list(_paths(bundles))
    if paper and len(paths) != 1:
        raise InputError("GJ-I514", "--paper 只能用于一个结果包", hint="请一次核对一个")
    known = read_signers(signers) if signers else ()
    expected = Expected(find_packs(pack), known, period, paper)
    refused = [path for path in paths if not _told(path, expected)]
    if len(paths) > 1:
        typer.echo(f"共 {len(paths)} 个，通过 {len(paths) - len(refused)} 个，不通过 {len(refused)} 个")
    if refused:
        raise typer.Exit(EXIT_REFUSED)


def _paths(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        found = sorted(path.glob("*.zip")) if path.is_dir() else [path]
        if not found:
            raise InputError("GJ-I515", f"文件夹“{path}”里没有结果包", hint="结果包是 .zip 文件")
        yield from found


def _told(path: Path, expected: Expected) -> bool:
    found = verify_one(path, expected)
    typer.echo(f"{path.name}：{'通过' if found.whole else '不通过'}")
    for fault in found.faults:
        typer.echo(f"  {FAULT_WORDS[fault.kind]}：{fault.text}")
    for line in _about(found):
        typer.echo(f"  {line}")
    return found.whole


def _about(found: Verified) -> Iterator[str]:
    told = found.bundle.manifest
    if not told:
        return
    standards = "、".join(f"{item['title']} {item['version']}" for item in told["standards"])
    yield f"{told['region']} {told['unit']}，{standards}，{told['period'] or told['as_of'] or '未写明时期'}"
    yield f"摘要：{grouped(found.bundle.digest)}"

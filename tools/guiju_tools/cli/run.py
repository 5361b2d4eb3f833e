"""`guiju run`: an export examined, reports written; without arguments, the desk of the working directory."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from guiju.engine.session import Limits
from guiju.errors import InputError
from guiju.export import delivery
from guiju.result.serial import to_json
from guiju.run.request import RunRequest
from guiju_tools.cli.examine import examine

OUT = Path("结果")
_FOR_FILES = (
    "--mapping",
    "--region",
    "--out",
    "--pack",
    "--confirm",
    "--explanations",
    "--json",
    "--mark",
    "--claims",
)


def run(
    standard: Annotated[
        str, typer.Argument(help="标准的标识或名称，如 item-management；不写就按工作台的 region.yaml 核验")
    ] = "",
    exports: Annotated[
        list[str] | None, typer.Argument(help="导出的文件、文件夹或数据库的网址，可以有多个")
    ] = None,
    mapping: Annotated[
        str, typer.Option(help="字段对应表：.yaml 文件或填好的工作簿，或随标准包附带的标识")
    ] = "",
    region: Annotated[str, typer.Option(help="六位区划代码：使用该地区的适用参数和代码对照表")] = "",
    out: Annotated[Path, typer.Option(help="结果写到哪个文件夹")] = OUT,
    as_of: Annotated[str, typer.Option("--as-of", help="数据的基准日，如 2026-03-31")] = "",
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
    findings: Annotated[int, typer.Option(min=0, help="每条要求最多列出多少个不符合项")] = 1000,
    confirm: Annotated[list[str] | None, typer.Option(help="已确认读数无误的要求标识，可以有多个")] = None,
    explanations: Annotated[Path | None, typer.Option(help="例外说明的文件")] = None,
    claims: Annotated[
        list[Path] | None, typer.Option(help="自评结论的文件（guiju import 写出）或所在的文件夹")
    ] = None,
    period: Annotated[str, typer.Option(help="工作台：另一期次，如 2026-03")] = "",
    by_owner: Annotated[bool, typer.Option("--by-owner", help="另按责任单位各写一份不符合项")] = False,
    mark: Annotated[bool, typer.Option("--mark", help="另在交来的工作簿的副本上标注不符合项")] = False,
    threads: Annotated[int | None, typer.Option(min=1, help="用几个线程")] = None,
    memory: Annotated[str, typer.Option(help="内存上限，如 2GB")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="在标准输出上只写 result.json 的内容")] = False,
) -> None:
    """核验一份导出数据：逐条给出结论，并写出报告。不写标准和文件时，按工作台核验。"""
    limits = Limits(threads, memory)
    if not standard:
        from guiju_tools.cli.desk_run import Wanted, run_desk  # noqa: PLC0415 - only at a desk
        from guiju_tools.desk.opening import Settings  # noqa: PLC0415 - as above

        values = (mapping, region, out != OUT, pack, confirm, explanations, as_json, mark, claims)
        _only_for_files([name for name, value in zip(_FOR_FILES, values, strict=True) if value])
        raise typer.Exit(run_desk(Wanted(Settings(as_of, limits, findings), period, by_owner)))
    request = RunRequest(
        standard=standard,
        exports=_given(exports, period),
        mapping=mapping,
        region=region,
        pack=pack,
        as_of=as_of,
        limits=limits,
        findings=findings,
        confirmed=frozenset(confirm or ()),
    )
    request = _claimed(request, claims or [])
    if explanations is not None:
        request = _explained(request, explanations)
    result = examine(request, out, quiet=as_json, by_owner=by_owner)
    if mark:
        from guiju_tools.cli.mark import mark_run  # noqa: PLC0415 - slow to load, seldom wanted

        mark_run(result, request, out, quiet=as_json)
    if as_json:
        sys.stdout.write(to_json(result))
    raise typer.Exit(result.exit_code)


def _given(exports: list[str] | None, period: str) -> tuple[Path | str, ...]:
    """The files named on the command line; a period belongs to a desk."""
    if not exports or period:
        raise InputError(
            "GJ-I317",
            "写了标准，却没有写文件" if not exports else "--period 只用于工作台",
            hint="请写 guiju run 标准 文件…；或者什么都不写，按工作台核验",
        )
    return tuple(delivery(item) for item in exports)


def _claimed(request: RunRequest, files: list[Path]) -> RunRequest:
    if not files:
        return request
    from guiju_tools.assessment.claims_file import claims_for  # noqa: PLC0415 - seldom needed

    return replace(request, claims=claims_for(files, request.region))


def _explained(request: RunRequest, file: Path) -> RunRequest:
    from guiju.content import find_packs  # noqa: PLC0415 - seldom needed
    from guiju.run.desk.explanations import (  # noqa: PLC0415 - as above
        explanations_for,
        needs_day,
        read_explanations,
    )
    from guiju.standard.load import load  # noqa: PLC0415 - as above

    needs_day(request.as_of)
    standard = load(find_packs(request.pack), request.standard)
    told = explanations_for(read_explanations(file), [standard], str(file))
    return replace(request, explanations=told[standard.id])


def _only_for_files(written: list[str]) -> None:
    """Refuse, at a desk, what `region.yaml` says."""
    if written:
        raise InputError(
            "GJ-I314",
            f"{'、'.join(written)}不能用于工作台",
            hint="按工作台核验时，这些写在 region.yaml 中；或者写明标准和文件",
        )

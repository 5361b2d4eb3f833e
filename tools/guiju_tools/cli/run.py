"""`guiju run`: an export examined, reports written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from guiju.engine.session import Limits
from guiju.result.serial import to_json
from guiju.run.request import RunRequest
from guiju_tools.cli.examine import examine

OUT = Path("结果")


def run(
    standard: Annotated[str, typer.Argument(help="标准的标识或名称，如 item-management 或 政务服务事项管理")],
    exports: Annotated[list[Path], typer.Argument(help="导出的文件或文件夹，可以有多个")],
    mapping: Annotated[str, typer.Option(help="字段对应表：.yaml 文件，或随标准包附带的对应表标识")] = "",
    region: Annotated[str, typer.Option(help="六位区划代码：使用该地区的适用参数和代码对照表")] = "",
    out: Annotated[Path, typer.Option(help="结果写到哪个文件夹")] = OUT,
    as_of: Annotated[str, typer.Option("--as-of", help="数据的基准日，如 2026-03-31")] = "",
    pack: Annotated[Path | None, typer.Option(help="另一个标准包所在的文件夹")] = None,
    findings: Annotated[int, typer.Option(min=0, help="每条要求最多列出多少个不符合项")] = 1000,
    confirm: Annotated[list[str] | None, typer.Option(help="已确认读数无误的要求标识，可以有多个")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="用几个线程")] = None,
    memory: Annotated[str, typer.Option(help="内存上限，如 2GB")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="在标准输出上只写 result.json 的内容")] = False,
) -> None:
    """核验一份导出数据：逐条给出结论，并写出报告。"""
    request = RunRequest(
        standard=standard,
        exports=tuple(exports),
        mapping=mapping,
        region=region,
        pack=pack,
        as_of=as_of,
        limits=Limits(threads, memory),
        findings=findings,
        confirmed=frozenset(confirm or ()),
    )
    result = examine(request, out, quiet=as_json)
    if as_json:
        sys.stdout.write(to_json(result))
    raise typer.Exit(result.exit_code)

"""`guiju run`: an export examined, reports written."""

from __future__ import annotations

import platform
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from guiju.bdd.runner import run_exports
from guiju.engine.session import Limits
from guiju.result import Result
from guiju.result.serial import to_json
from guiju.run.judging import Progress, with_error
from guiju.run.judging import run as judge
from guiju.run.request import RunRequest
from guiju_tools.report.folders import write_folders
from guiju_tools.report.terminal import print_result

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


def examine(request: RunRequest, out: Path, *, quiet: bool) -> Result:
    """Judge, run the suite over the answers, write both folders, and tell the terminal."""
    started = time.monotonic()
    with progress(quiet=quiet) as report, tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        result, standard = judge(request, report)
        report("运行场景")
        junit = Path(folder) / "junit.xml"
        suite = run_exports(standard, result.requirements, junit)
        if suite.fault:
            result = with_error(result, suite.fault)
        report("写出报告")
        write_folders(result, out, run_info(request, time.monotonic() - started), junit)
    if not quiet:
        print_result(result, out)
    return result


def run_info(request: RunRequest, seconds: float) -> dict[str, object]:
    """What changes from run to run and so stays out of result.json."""
    return {
        "finished": datetime.now().astimezone().isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "host": socket.gethostname(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "exports": [str(path.resolve()) for path in request.exports],
        "mapping": request.mapping,
        "threads": request.limits.threads,
        "memory": request.limits.memory,
    }


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Steps shown on a terminal; nothing where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody watches

    console = Console(stderr=True)
    with console.status("开始") as status:
        yield lambda step: status.update(f"{step}…")

"""An export examined as the commands do it: judged, the suite run, the folders written, the terminal told."""

from __future__ import annotations

import platform
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import Thread

from guiju.export import masked
from guiju.result import Result
from guiju.run.desk.used import used
from guiju.run.judging import Progress, with_error
from guiju.run.judging import run as judge
from guiju.run.request import RunRequest
from guiju_tools.report.history import History
from guiju_tools.report.terminal import print_result


def _no_past(_: Result) -> History:
    return ()


def examine(
    request: RunRequest,
    out: Path,
    *,
    quiet: bool,
    shown: Path | None = None,
    past: Callable[[Result], History] = _no_past,
    by_owner: bool = False,
) -> Result:
    """Judge, run the suite over the answers, write both folders, and tell the terminal.

    Args:
        request: what is judged.
        out: the folder for both folders.
        quiet: nothing is printed.
        shown: where they will stand in the end, where that is another place than `out`.
        past: the last periods, given this result.
        by_owner: a workbook for each owner of findings as well.
    """
    started = time.monotonic()
    later = Thread(target=_load_later_parts)
    later.start()
    with progress(quiet=quiet) as report, tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        result, standard = judge(request, report)
        later.join()
        report("运行场景")
        from guiju.bdd.runner import run_exports  # noqa: PLC0415 - see `_load_later_parts`
        from guiju_tools.report.folders import write_folders  # noqa: PLC0415 - as above

        junit = Path(folder) / "junit.xml"
        suite = run_exports(standard, result.requirements, junit)
        if suite.fault:
            result = with_error(result, suite.fault)
        report("写出报告")
        write_folders(
            result,
            out,
            run_info(request, time.monotonic() - started) | {"used": used(request, standard)},
            junit,
            past(result),
            by_owner=by_owner,
        )
    if not quiet:
        print_result(result, shown or out)
    return result


def _load_later_parts() -> None:
    """Import what the judge has no use for while the database works, which needs no interpreter then."""
    with suppress(ImportError):  # told by the import that is meant
        import_module("guiju.bdd.runner")
        import_module("guiju.bdd.export_steps")
        import_module("guiju_tools.report.folders")


def run_info(request: RunRequest, seconds: float) -> dict[str, object]:
    """What changes from run to run and so stays out of result.json."""
    return {
        "finished": datetime.now().astimezone().isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "host": socket.gethostname(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "exports": [
            masked(item) if isinstance(item, str) else str(item.resolve()) for item in request.exports
        ],
        "mapping": _resolved(request.mapping),
        "more_mappings": [_resolved(name) for name in request.more_mappings],
        "others": sorted(request.others),
        "pack": str(request.pack.resolve()) if request.pack else "",
        "period": request.period,
        "threads": request.limits.threads,
        "memory": request.limits.memory,
    }


def _resolved(name: str) -> str:
    """A mapping's file by its whole path, so that the run can be read again from elsewhere; else its id."""
    return str(Path(name).resolve()) if Path(name).is_file() else name


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

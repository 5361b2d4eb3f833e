"""`guiju`: the commands put together, and the one place where faults turn into exit statuses."""

from __future__ import annotations

import io
import sys
import traceback

import typer

from guiju.errors import GuijuError, InternalError, Place
from guiju_tools.cli import demo, explain, lint, run, selftest, standards

app = typer.Typer(
    name="guiju",
    help="政务服务标准符合性核验工具（Guiju 规矩）：用本地导出的数据，对照标准自查。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("explain")(explain.explain)
app.command("standards")(standards.standards)
app.command("lint")(lint.lint)
app.command("selftest")(selftest.selftest)
app.command("demo")(demo.demo)


def main() -> None:
    """Entry point of `guiju`.

    Exit status: 0 all 应 met; 1 an 应 not met; 2 request, export or standard unusable; 3 our fault;
    4 incomplete.
    """
    _survive_narrow_consoles()
    try:
        app()
    except GuijuError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("已中断，没有写出结果。", file=sys.stderr)
        sys.exit(3)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a message, never a traceback
        print(_our_fault(error), file=sys.stderr)
        sys.exit(3)


def _our_fault(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    module = last.filename.replace("\\", "/").rsplit("/", 2)[-2:]
    where = f"{'/'.join(module)}:{last.lineno}"
    cause = f"{type(error).__name__}: {error}"
    return str(
        InternalError(
            "GJ-X999", "程序自身出错", place=Place(where), cause=cause, hint="请把以上内容反馈给维护者"
        )
    )


def _survive_narrow_consoles() -> None:
    """A redirected GBK console lacks some characters: print a question mark, do not fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")

"""`guiju`: the commands put together, and the one place where faults turn into exit statuses."""

from __future__ import annotations

import io
import sys
import traceback
from importlib import import_module
from keyword import iskeyword
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from guiju.errors import GuijuError, InternalError, Place

COMMANDS = (
    "run",
    "init",
    "compare",
    "confirm",
    "map",
    "explain",
    "standards",
    "framework",
    "text",
    "new",
    "draft",
    "edition",
    "diff",
    "what-if",
    "lint",
    "selftest",
    "mutate",
    "sample",
    "template",
    "import",
    "mark",
    "key",
    "bundle",
    "verify",
    "spot-check",
    "registry",
    "opinions",
    "lifecycle",
    "advance",
    "evaluate",
    "demo",
)
"""The commands in the order of the help; each is the function, or the group, of that name in its module.

A command named by a word of Python has a line below behind both names there.
"""


def module_of(command: str) -> str:
    """The name of a command's module, and of its function or group there."""
    return f"{command}_" if iskeyword(command) else command.replace("-", "_")


class Commands(TyperGroup):
    """The group of commands; a command is imported when it is asked for, and the others are not."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the base hands it over
        """The names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as above
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        name = module_of(cmd_name)
        found = getattr(import_module(f"guiju_tools.cli.{name}"), name)
        if isinstance(found, typer.Typer):
            group = get_command(found)
            group.name = cmd_name
            return group
        single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        single.command(cmd_name)(found)
        return get_command(single)


app = typer.Typer(
    name="guiju",
    cls=Commands,
    help="政务服务标准符合性核验工具（Guiju 规矩）：用本地导出的数据，对照标准自查。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _guiju() -> None:
    """政务服务标准符合性核验工具（Guiju 规矩）：用本地导出的数据，对照标准自查。"""


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

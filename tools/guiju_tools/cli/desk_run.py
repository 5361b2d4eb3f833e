"""`guiju run` at a desk: every standard judged, the period replaced whole, the ledger carried on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from guiju.errors import InputError
from guiju.result import Result
from guiju.run.conclude import EXIT_FAILED, EXIT_FAULT, EXIT_INCOMPLETE, EXIT_PASSED, EXIT_UNUSABLE
from guiju.run.desk.definitions import FILE as DEFINITIONS
from guiju.run.desk.workspace import Workspace, find_workspace, read_workspace
from guiju_tools.cli.examine import examine
from guiju_tools.desk.ledger import Ledger, open_ledger
from guiju_tools.desk.opening import OpenDesk, Settings, Task, open_desk
from guiju_tools.desk.overview_page import facts, notes, write_overview
from guiju_tools.desk.past import past_periods
from guiju_tools.desk.shelf import KEPT, OVERVIEW, Shelf, write_summary
from guiju_tools.report.folders import INTERNAL

_WORST_FIRST = (EXIT_FAULT, EXIT_UNUSABLE, EXIT_FAILED, EXIT_INCOMPLETE, EXIT_PASSED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks of a desk."""

    settings: Settings
    period: str = ""
    by_owner: bool = False


def the_desk(period: str = "") -> Workspace:
    """The desk of the working directory, in the period that is named or its own.

    Raises:
        InputError: GJ-I315 there is none here nor above.
    """
    found = find_workspace(Path.cwd())
    if found is None:
        raise InputError(
            "GJ-I315",
            "没有写要核验的标准和文件，这里和上级文件夹中也没有 region.yaml",
            hint="请写 guiju run 标准 文件…；或者先用 guiju init 建立工作台",
        )
    workspace = read_workspace(found)
    return workspace.for_period(period) if period else workspace


def run_desk(wanted: Wanted) -> int:
    """Judge everything that the desk lists and tell the terminal; returns the exit status."""
    workspace = the_desk(wanted.period)
    desk = open_desk(workspace, wanted.settings)
    ledger = open_ledger(workspace.folder, Shelf(workspace.results))
    shelf = Shelf(workspace.results)
    for label, text in facts(desk):
        typer.echo(f"{label}：{text}")
    with shelf.replacing(workspace.period.text, f"{workspace.period.title}的结果") as made:
        results = [_judge(desk, task, shelf, made, by_owner=wanted.by_owner) for task in desk.tasks]
        write_overview(desk, results, made)
        carried = _carried(ledger, workspace, results, made)
    ledger.put()
    _tell(desk, results, shelf, carried)
    return min((item.exit_code for item in results), key=_WORST_FIRST.index)


def _judge(desk: OpenDesk, task: Task, shelf: Shelf, made: Path, *, by_owner: bool) -> Result:
    place = made / task.standard.id
    period = desk.workspace.period
    with tempfile.TemporaryDirectory(prefix="guiju-") as temporary:
        keep = Path(temporary)
        result = examine(
            replace(task.request, keep=keep),
            place,
            quiet=False,
            shown=shelf.place(period) / task.standard.id,
            past=lambda found: past_periods(shelf, period, found, keep / DEFINITIONS),
            by_owner=by_owner,
        )
        write_summary(result, keep)
        shutil.copytree(keep, place / INTERNAL / KEPT)
    return result


def _carried(ledger: Ledger, workspace: Workspace, results: Sequence[Result], made: Path) -> str:
    told = [
        ledger.carry(result, made / result.standards[0].id / INTERNAL / KEPT, workspace.period)
        for result in results
    ]
    return "；".join(filter(None, told))


def _tell(desk: OpenDesk, results: Sequence[Result], shelf: Shelf, carried: str) -> None:
    period = desk.workspace.period
    for note in notes(desk, results):
        typer.echo(f"请注意：{note}")
    if carried:
        typer.echo(f"整改台账：{carried}")
    typer.echo(f"总览：{shelf.place(period) / OVERVIEW}")
    before = shelf.before(period, 1)
    if before:
        typer.echo(f"与{before[-1].title}比较：guiju compare {before[-1].text} {period.text}")

"""The two folders of a run: 内部 with everything, 报送 with what may leave the house.

Both are written beside their places and then renamed, so that nothing half written is ever seen; folders of
an earlier run are replaced together, foreign ones are left alone.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from guiju.errors import InputError, Place
from guiju.result import Result
from guiju.result.serial import canonical, document, masked, to_json
from guiju_tools.report.by_owner import write_by_owner
from guiju_tools.report.history import History
from guiju_tools.report.html import render
from guiju_tools.report.workbook import write_workbook

INTERNAL, SUBMITTED = "内部", "报送"
RESULT, PAGE, WORKBOOK, RUN, JUNIT = "result.json", "report.html", "findings.xlsx", "run.json", "junit.xml"
BY_OWNER = "按责任单位"
"""The folder of workbooks for single owners, where they were asked for."""
MARKED = "标注"
"""The folder of marked copies, where they were asked for."""
_OURS = {INTERNAL: {RESULT, PAGE, WORKBOOK, RUN, JUNIT, BY_OWNER, MARKED}, SUBMITTED: {RESULT, PAGE}}
_LEFT_BY_SYSTEMS = {"desktop.ini", "Thumbs.db", ".DS_Store"}


def write_folders(
    result: Result,
    out: Path,
    run_info: Mapping[str, object] | None = None,
    junit: Path | None = None,
    history: History = (),
    *,
    by_owner: bool = False,
) -> None:
    """Write both folders below `out`, replacing those of an earlier run.

    Args:
        result: everything is written from it.
        out: made where missing.
        run_info: what changes from run to run (`run.json`); only for the internal folder.
        junit: the suite's own report, copied into the internal folder where there is one.
        history: the last periods of a desk, this one last.
        by_owner: a workbook for each owner of findings as well.

    Raises:
        InputError: GJ-I324 a folder there is not ours, GJ-I325 it cannot be written.
    """
    for name, ours in _OURS.items():
        _refuse_foreign(out / name, ours)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".guiju-", dir=out, ignore_cleanup_errors=True) as temporary:
            desk = Path(temporary)
            _internal(desk / INTERNAL, result, run_info or {}, junit, history)
            if by_owner:
                write_by_owner(result, desk / INTERNAL / BY_OWNER)
            _submitted(desk / SUBMITTED, result, history)
            _exchange(desk, out)
    except OSError as error:
        raise InputError(
            "GJ-I325",
            "结果写不进这个文件夹，没有改动原有的内容",
            place=Place(str(out)),
            cause=error.strerror or str(error),
            hint="请关闭正打开着其中文件的程序，确认磁盘有空间、文件夹可写，或用 --out 换一个",
        ) from error


def _refuse_foreign(folder: Path, ours: set[str]) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    foreign = _foreign(folder, ours)
    if foreign:
        raise InputError(
            "GJ-I324",
            f"“{folder.name}”已经存在，其中有不是本程序写的内容，没有改动它",
            place=Place(str(folder)),
            cause=foreign,
            hint="请移走其中自己的文件，或用 --out 换一个文件夹",
        )


def _foreign(folder: Path, ours: set[str]) -> str:
    """Why a folder is not one of ours; empty if it is."""
    if folder.is_symlink() or not folder.is_dir():
        return "不是文件夹"
    names = {path.name for path in folder.iterdir()} - _LEFT_BY_SYSTEMS
    if names and RESULT not in names:
        return f"没有 {RESULT}"
    others = sorted(names - ours)
    return f"其中有：{'、'.join(others[:5])}" if others else ""


def _internal(
    folder: Path, result: Result, run_info: Mapping[str, object], junit: Path | None, history: History
) -> None:
    folder.mkdir()
    _text(folder / PAGE, render(document(result), history))
    write_workbook(result, folder / WORKBOOK)
    _text(folder / RESULT, to_json(result))
    if run_info:
        _text(folder / RUN, json.dumps(dict(run_info), ensure_ascii=False, sort_keys=True, indent=1) + "\n")
    if junit is not None and junit.is_file():
        shutil.copyfile(junit, folder / JUNIT)


def _submitted(folder: Path, result: Result, history: History) -> None:
    folder.mkdir()
    values = masked(result)
    _text(folder / PAGE, render(values, history))
    _text(folder / RESULT, canonical(values))


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def _exchange(desk: Path, out: Path) -> None:
    """Put both folders in place, or neither."""
    earlier = desk / "earlier"
    earlier.mkdir()
    moved: list[tuple[Path, Path]] = []
    try:
        for name in _OURS:
            if (out / name).exists():
                _move(out / name, earlier / name, moved)
            _move(desk / name, out / name, moved)
    except OSError:
        for source, target in reversed(moved):
            with suppress(OSError):
                target.rename(source)
        raise


def _move(source: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    source.rename(target)
    moved.append((source, target))

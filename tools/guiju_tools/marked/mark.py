"""What was delivered, marked by a result: a copy of each workbook, an extract of everything else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.engine.session import Limits, session
from guiju.errors import InputError, Place
from guiju.export import Digested, SourceTable, digest
from guiju.result import InputPart, Result
from guiju_tools.marked.extract import ExtractedTable, write_extract
from guiju_tools.marked.looked_over import Contents, look_over
from guiju_tools.marked.rows import rows_of
from guiju_tools.marked.told import Mark, marks_of
from guiju_tools.marked.workbook import CannotCopyError, MarkedSheet, mark_workbook

CELLS_MOST = 1_000_000
"""Cells of a workbook of which a marked copy is made: about half a minute and half a gigabyte of memory."""
EXTRACT = "不符合行摘录.xlsx"
_SUFFIXES = (".xlsx", ".xlsm")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, how many findings are in it, and what its reader has to know."""

    path: Path
    findings: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Delivered:
    """One delivered table with its findings; `label` is what findings call it."""

    source: SourceTable
    label: str
    marks: Sequence[Mark]


def mark_deliveries(
    result: Result,
    sources: Sequence[SourceTable],
    out: Path,
    limits: Limits | None = None,
    report: Progress = lambda _: None,
) -> list[Made]:
    """Mark what was delivered.

    Args:
        result: of the run over the same deliveries; not masked.
        sources: the deliveries, opened.
        out: the folder to write into, made where it is missing; files of that name are replaced.
        limits: threads and memory for fetching rows.
        report: told what is being done.

    Returns:
        What was written; nothing where there are no findings in these deliveries.

    Raises:
        InputError: GJ-I355 none of the deliveries is in the result, GJ-I356 one was changed since the run,
            GJ-I357 the folder cannot be written.
    """
    known = {part.name: part for table in result.inputs for part in table.parts}
    told = [item for item in _delivered(result, sources) if item.label in known]
    if not told:
        raise _strange(sources, known)
    for item in told:
        _check_unchanged(item, known[item.label])
    wanted = [item for item in told if item.marks]
    if not wanted:
        return []
    try:
        out.mkdir(parents=True, exist_ok=True)
        return _written(result, wanted, out, limits or Limits(), report)
    except OSError as error:
        raise InputError(
            "GJ-I357",
            "标注副本写不进这个文件夹，原文件没有改动",
            place=Place(str(out)),
            cause=error.strerror or str(error),
            hint="请关闭正打开着同名文件的程序，确认磁盘有空间、文件夹可写",
        ) from error


def _delivered(result: Result, sources: Sequence[SourceTable]) -> list[_Delivered]:
    marks = marks_of(result)
    labels = [f"{one.file} / {one.part}" if one.part else one.file for one in sources]
    return [_Delivered(one, label, marks.get(label, ())) for one, label in zip(sources, labels, strict=True)]


def _strange(sources: Sequence[SourceTable], known: Mapping[str, InputPart]) -> InputError:
    return InputError(
        "GJ-I355",
        "这份核验结果不是核验这些文件得来的",
        place=Place("、".join(dict.fromkeys(one.file for one in sources))),
        cause=f"结果中的文件：{'、'.join(known) or '无'}",
        hint="请给出当时核验的文件；文件改了名的，改回原名",
    )


def _check_unchanged(item: _Delivered, part: InputPart) -> None:
    source = item.source
    now = source.digest if isinstance(source, Digested) else digest(source.path)
    if now and now != part.sha256:  # rows of a database are known only once they are read again
        raise InputError(
            "GJ-I356",
            "文件在核验之后改过，行号和内容可能已经对不上，没有写标注副本",
            place=Place(item.label),
            cause=f"核验时的摘要 {part.sha256[:12]}…，现在 {now[:12]}…",
            hint="请用改过的文件重新核验，再标注",
        )


def _written(
    result: Result, told: Sequence[_Delivered], out: Path, limits: Limits, report: Progress
) -> list[Made]:
    by_path: dict[Path, list[_Delivered]] = {}
    for item in told:
        by_path.setdefault(item.source.path, []).append(item)
    made, rest, why = [], [], []
    for path, items in by_path.items():
        contents = _markable(path, items)
        if isinstance(contents, str):
            rest += items
            why.append(contents)
        else:
            report(f"标注 {path.name}")
            try:
                made.append(_copy(result, path, items, out, contents))
            except CannotCopyError:
                rest += items
                why.append(f"“{path.name}”的格式不能原样复制，请用表格软件打开后另存为 .xlsx，核验后再标注。")
    if rest:
        report("摘录不符合的行")
        made.append(_extract(result, rest, out, limits, tuple(dict.fromkeys(why))))
    return made


def _markable(path: Path, items: Sequence[_Delivered]) -> Contents | str:
    """What is in a workbook that can be marked, or why no copy of this can be."""
    name = items[0].source.file
    if path.suffix.lower() not in _SUFFIXES or name != path.name:
        return f"“{name}”不是单独交来的 .xlsx 工作簿，不能在原样上标注。"
    found = look_over(path)
    if found.cells > CELLS_MOST:
        return f"“{name}”有{found.cells}个单元格，超过{CELLS_MOST}个，标注副本会很慢。"
    return found


def _copy(result: Result, path: Path, items: Sequence[_Delivered], out: Path, contents: Contents) -> Made:
    sheets = [MarkedSheet(item.source.part, item.source.columns, item.marks) for item in items]
    target = _free(out / f"{path.stem}（标注）.xlsx", path)
    with tempfile.TemporaryDirectory(prefix=".guiju-", dir=out, ignore_cleanup_errors=True) as desk:
        part = Path(desk) / "marked.xlsx"
        mark_workbook(path, part, sheets, result, contents)
        part.replace(target)
    lost = "、".join(contents.lost)
    remarks = (f"没有保留或可能变样：{lost}；要看这些，请打开原文件",) if lost else ()
    return Made(target, sum(len(item.marks) for item in items), remarks)


def _free(target: Path, source: Path) -> Path:
    """Never the delivered file itself."""
    return target.with_name(f"{target.stem}（副本）.xlsx") if target.resolve() == source.resolve() else target


def _extract(
    result: Result, items: Sequence[_Delivered], out: Path, limits: Limits, why: tuple[str, ...]
) -> Made:
    target = out / EXTRACT
    files = [path for item in items for path in item.source.reads]
    with (
        tempfile.TemporaryDirectory(prefix=".guiju-", dir=out, ignore_cleanup_errors=True) as desk,
        session(files, limits) as con,
    ):
        tables = []
        for item in items:
            numbers = {mark.finding.row for mark in item.marks}
            rows = rows_of(con, item.source, numbers)
            one = item.source
            tables.append(ExtractedTable(one.file, one.part, one.columns, rows, item.marks))
        part = Path(desk) / "extract.xlsx"
        write_extract(part, tables, result, why)
        part.replace(target)
    return Made(target, sum(len(item.marks) for item in items), why)

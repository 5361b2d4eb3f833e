"""A comparison written as a page and a workbook, both internal: they hold keys of records."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from guiju.result.model import FOOT
from guiju_tools.desk import telling
from guiju_tools.desk.changes import (
    ADDED,
    CATEGORIES,
    MENDED,
    STATES,
    STILL,
    Comparison,
    RequirementChange,
    RowChange,
)
from guiju_tools.desk.comparing import LISTED
from guiju_tools.desk.shelf import Shelf
from guiju_tools.report import words
from guiju_tools.report.cells import Sheet, Value
from guiju_tools.report.folders import INTERNAL
from guiju_tools.report.html import render_page
from guiju_tools.report.workbook import LARGE, LINES_MOST, sheet_of, workbook

FOLDER = "对比"
PAGE, BOOK = "compare.html", "compare.xlsx"
_REQUIREMENTS = (
    "标准",
    "条款",
    "要求编号",
    "要求",
    "上期",
    "本期",
    "可比",
    "新出现",
    "其中新增的记录",
    "仍未改",
    "已改好",
    "其他",
)
_ROWS = ("要求编号", "条款", "变化", "主键", "原主键", "文件", "行号", "上期", "本期")


def write_comparison(comparison: Comparison, shelf: Shelf) -> Path:
    """Write page and workbook below the folder of results; returns the folder that holds them.

    Raises:
        InputError: they cannot be written; an earlier comparison is still there then.
    """
    title = f"{comparison.before.title}至{comparison.after.title}"
    name = f"{FOLDER}/{comparison.before.text}_{comparison.after.text}"
    with shelf.replacing(name, f"{title}的对比") as made:
        folder = made / INTERNAL
        folder.mkdir()
        (folder / PAGE).write_text(_page(comparison, title), encoding="utf-8", newline="\n")
        _book(comparison, title, folder / BOOK)
    return shelf.folder / name / INTERNAL


def _page(comparison: Comparison, title: str) -> str:
    return render_page(
        "compare.html.j2",
        comparison=comparison,
        title=title,
        told=telling,
        categories=CATEGORIES,
        states=STATES,
        foot=FOOT,
    )


def _book(comparison: Comparison, title: str, path: Path) -> None:
    listed = sum(len(rows) for _, rows in _moved(comparison))
    with workbook(path, f"{title}的对比", large=listed > LARGE) as (book, formats):
        _about(sheet_of(book, "说明", formats), comparison, title)
        _requirements(sheet_of(book, "要求", formats, wide=True), comparison)
        _rows(sheet_of(book, "记录", formats, wide=True), comparison, listed)
        _datasets(sheet_of(book, "数据集", formats, wide=True), comparison)
        _recoded(sheet_of(book, "主键改变", formats), comparison)


def _about(sheet: Sheet, comparison: Comparison, title: str) -> None:
    sheet.widths(24, 96)
    sheet.line([words.NOTICE], "notice")
    sheet.line([f"两期核验结果对比：{title}"], "title")
    for note in comparison.notes:
        sheet.line(["请注意", note], looks={0: "label"})
    for standard in comparison.standards:
        sheet.line([standard.after.title, telling.sentence(standard)], looks={0: "label"})
        for note in standard.notes:
            sheet.line(["请注意", note], looks={0: "label"})
    told = (
        f"每条要求每种变化最多列出{LISTED}行，数目都是全部的。"
        "判法、参数、字段对应或工作日历有变的要求不可比，不列行。"
    )
    sheet.line(["清单", told], looks={0: "label"})
    sheet.line([FOOT], "notice")


def _requirements(sheet: Sheet, comparison: Comparison) -> None:
    sheet.widths(18, 8, 10, 40, 26, 26, 34, 8, 8, 8, 8, 30)
    sheet.sheet.freeze_panes(1, 3)
    sheet.sheet.repeat_rows(0)
    sheet.line(_REQUIREMENTS, "head")
    for standard in comparison.standards:
        for change in standard.requirements:
            sheet.line([standard.after.title, *_requirement(change)])


def _requirement(change: RequirementChange) -> list[Value]:
    now = change.now
    comparable = "可比" if change.comparable else f"不可比：{telling.reasons(change)}"
    return [
        now.clause,
        now.id,
        now.text,
        telling.side(change.before),
        telling.side(change.after),
        comparable,
        telling.new(change),
        telling.count(change, ADDED),
        telling.count(change, STILL),
        telling.count(change, MENDED),
        telling.others(change),
    ]


def _moved(comparison: Comparison) -> Iterator[tuple[RequirementChange, tuple[RowChange, ...]]]:
    for standard in comparison.standards:
        for change in standard.requirements:
            if change.moves and change.moves.listed:
                yield change, change.moves.listed


def _rows(sheet: Sheet, comparison: Comparison, listed: int) -> None:
    sheet.widths(10, 8, 26, 30, 30, 24, 8, 16, 16)
    sheet.sheet.freeze_panes(1, 0)
    sheet.sheet.repeat_rows(0)
    sheet.sheet.autofilter(0, 0, max(1, min(listed, LINES_MOST)), len(_ROWS) - 1)
    sheet.line(_ROWS, "head")
    for line in islice(_lines(comparison), LINES_MOST):
        sheet.line(line)


def _lines(comparison: Comparison) -> Iterator[list[Value]]:
    for change, rows in _moved(comparison):
        for row in rows:
            place: list[Value] = [row.part, row.row]
            states: list[Value] = [STATES[row.before], STATES[row.after]]
            told = CATEGORIES[row.category]
            yield [change.now.id, change.now.clause, told, row.key, row.old_key, *place, *states]


def _datasets(sheet: Sheet, comparison: Comparison) -> None:
    sheet.widths(24, 10, 10, 10, 10, 14, 60)
    sheet.line(("数据集", "上期行数", "本期行数", "增加", "减少", "疑似改了主键", "说明"), "head")
    for standard in comparison.standards:
        for one in standard.datasets:
            figures = [one.before, one.after, one.added, one.gone, one.recoded]
            sheet.line([one.title, *figures, telling.dataset(one)])


def _recoded(sheet: Sheet, comparison: Comparison) -> None:
    sheet.widths(24, 40, 40)
    sheet.line(("数据集", "原主键", "现主键"), "head")
    for standard in comparison.standards:
        for one in standard.datasets:
            for pair in one.samples:
                sheet.line([one.title, pair.before, pair.after])

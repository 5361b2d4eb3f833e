"""What is said about a workbook: remarks, each with its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from guiju.export.book.content import Content
from guiju.export.book.facts import Facts
from guiju.export.book.looking import Looked
from guiju.export.layout.headings import listed
from guiju.export.remarks import SHOWN, Remark, of_rows


def of_book(path: Path, content: Content, looked: Looked, without: Sequence[str]) -> Iterator[Remark]:
    """What concerns the whole workbook, and sheets of it that are not read."""
    suffix = path.suffix.lower()
    usual = (".xlsx", ".xlsm") if content.kind == "xlsx" else (content.usual,)
    if suffix not in usual:
        text = f"扩展名是 {suffix}，内容是 {content.usual} 格式，按内容读取"
        yield Remark("GJ-D110", text, hint=f"请把扩展名改为 {content.usual}")
    if looked.macros:
        yield Remark("GJ-D111", "工作簿里有宏，宏没有运行，只读取单元格里的值")
    if looked.from_1904:
        yield Remark("GJ-D112", "工作簿的日期从1904年起算，已按此换算；按数值存放的日期没有换算")
    for name in without:
        yield Remark("GJ-D101", f"工作表“{name}”没有标题行，未读取")


def of_sheet(name: str, *, hidden: bool) -> Iterator[Remark]:
    """What concerns a sheet as such."""
    if hidden:
        yield Remark("GJ-D102", f"工作表“{name}”是隐藏的")


def of_cells(facts: Facts, head: int, last: int, named: Mapping[int, str]) -> Iterator[Remark]:
    """What concerns rows and cells of the data.

    Args:
        facts: what was found in the sheet.
        head: the last row of the head.
        last: the last row of the data.
        named: headings of the columns that were read, by the column's number.
    """
    yield from _hidden(facts, head, last)
    if facts.gaps:
        rows = [row + more for row, more in facts.gaps]
        text = f"第{listed(rows)}行之前有一千行以上的空行，孤立在远处的行也已读取"
        yield of_rows("GJ-D118", text, rows, hint="如果远处的内容不是数据，请删去整行后再交")
    yield from _errors(facts, head, named)
    if rows := sorted({row for row in facts.uncalculated if row > head}):
        text = f"第{listed(rows)}行有公式没有算出的值，按空白读取"
        hint = "请用表格软件打开，等公式算完后保存，再交"
        yield of_rows("GJ-D115", text, rows, hint=hint)
    for column in sorted(facts.percent):
        if column in named:
            text = f"“{named[column]}”列按百分比显示，读取的是存放的数（显示95%的，读作0.95）"
            yield Remark("GJ-D116", text, named[column])


def inexact(heading: str, numbers: Sequence[int]) -> Iterator[Remark]:
    """Numbers of which the file itself does not have all digits."""
    if numbers:
        text = (
            f"“{heading}”列有{len(numbers)}个数值超过15位，Excel按数值存放时只保留15位有效数字，"
            f"编码可能已失真（第{listed(numbers)}行）"
        )
        yield of_rows("GJ-D103", text, numbers, column=heading, hint="请把该列设为文本后重新导出")


def _hidden(facts: Facts, head: int, last: int) -> Iterator[Remark]:
    spans = [(max(first, head + 1), min(end, last)) for first, end in facts.hidden]
    spans = [(first, end) for first, end in spans if first <= end]
    if spans:
        count = sum(end - first + 1 for first, end in spans)
        shown = "、".join(str(first) if first == end else f"{first}—{end}" for first, end in spans[:SHOWN])
        more = "等" if len(spans) > SHOWN else ""
        rows = tuple(row for first, end in spans[:SHOWN] for row in range(first, min(end, first + SHOWN) + 1))
        text = f"有{count}行是隐藏的（第{shown}{more}行），已照常读取"
        hint = "如果是筛选后剩下的行，请核对隐藏的行应不应交"
        yield Remark("GJ-D113", text, count=count, rows=rows[:SHOWN], hint=hint)


def _errors(facts: Facts, head: int, named: Mapping[int, str]) -> Iterator[Remark]:
    found: dict[int, dict[int, str]] = {}
    for row, cells in facts.errors.items():
        for column, text in cells.items():
            if row > head and column in named:
                found.setdefault(column, {})[row] = text
    for column, texts in sorted(found.items()):
        rows = sorted(texts)
        kinds = "、".join(sorted(set(texts.values())))
        text = (
            f"“{named[column]}”列有{len(rows)}格是公式的错误值（{kinds}），"
            f"按原样的文字读取（第{listed(rows)}行）"
        )
        hint = "请修正公式，或粘贴为正确的值后再交"
        yield of_rows("GJ-D114", text, rows, column=named[column], hint=hint)

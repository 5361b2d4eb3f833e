"""A proposed mapping as a workbook, for those who do not open YAML: the same decisions and questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from guiju.export.recognition import mapping_form as form
from guiju.standard.fields import Dataset
from guiju_tools.mapping.proposal import HOW, Line, Proposal, Proposals

_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ROOM = 200
_WIDTHS = {"示例": 48, "可能的列": 40, "相近的代码": 36, "文件": 30, "列名": 28, "数据元": 28, "回答": 28}
_NARROW = 14
_ABOUT = (
    "在“列”一页逐行看：左边是导出数据里的列，“数据元”一格从下拉列表中选；不读的列选“不读”或留空。",
    "在“待确认”一页逐行回答：选一个列名，或者选“没有这一列”。还有没回答的，不能核验。",
    "在“代码值”一页，认得的值在“读作”里写上代码；读作空白的选“（空白）”，不知道的不写。",
    "在“表”一页看每张表认作哪个数据集对不对；不该读的在“是否读取”里选“否”。",
    "填好后可以直接交给核验：guiju run … --mapping 这个工作簿。",
    "也可以先写回 .yaml 文件：guiju map 这个工作簿 --apply。",
)


@dataclass(frozen=True, slots=True)
class _Pen:
    """A workbook with its formats and the place of each dataset's list of fields on the hidden sheet."""

    book: Any
    head: Any
    text: Any
    asked: Any
    lists: Mapping[str, str]

    def sheet(self, name: str, heads: Sequence[str]) -> Any:
        """A sheet with frozen headings, text format and a filter."""
        sheet = self.book.add_worksheet(name)
        for index, heading in enumerate(heads):
            sheet.set_column(index, index, _WIDTHS.get(heading, _NARROW), self.text)
            sheet.write_string(0, index, heading, self.head)
        sheet.freeze_panes(1, 0)
        return sheet

    def row(self, sheet: Any, number: int, cells: Iterable[object], *, asked: bool = False) -> None:
        """Write a row of texts, coloured where it is a question."""
        for index, cell in enumerate(cells):
            sheet.write_string(number, index, str(cell), self.asked if asked else self.text)


def write_book(proposals: Proposals, datasets: Mapping[str, Dataset], path: Path) -> None:
    """Write the workbook; the same proposals give the same bytes."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _MADE, "title": proposals.title})
        text = {"num_format": "@", "valign": "top", "text_wrap": True}
        pen = _Pen(
            book,
            book.add_format({"bold": True, "bg_color": "#D9E2F3", "num_format": "@"}),
            book.add_format(text),
            book.add_format({**text, "bg_color": "#FFF2CC"}),
            _field_places(datasets),
        )
        _about(pen, proposals)
        _tables(pen, proposals, datasets)
        _columns(pen, proposals)
        _codes(pen, proposals)
        _questions(pen, proposals)
        _fields(pen, datasets)


def _field_places(datasets: Mapping[str, Dataset]) -> dict[str, str]:
    """By dataset, the range of its fields' titles on the hidden sheet, ready for a drop-down."""
    found, row = {}, 3
    for name, dataset in datasets.items():
        last = row + len(dataset.fields) - 1
        found[name] = f"='{form.FIELDS}'!$C${row}:$C${last}"
        row = last + 1
    return found


def _about(pen: _Pen, proposals: Proposals) -> None:
    sheet = pen.book.add_worksheet(form.ABOUT)
    sheet.set_column(0, 0, 12, pen.text)
    sheet.set_column(1, 1, 100, pen.text)
    said = (("标识", proposals.id), ("名称", proposals.title), ("标准", proposals.standard))
    for row, cells in enumerate(said):
        pen.row(sheet, row, cells)
    pen.row(sheet, 4, ("怎样填", f"还有{proposals.questions}处待确认"))
    for row, text in enumerate(_ABOUT, 5):
        pen.row(sheet, row, ("", text))


def _tables(pen: _Pen, proposals: Proposals, datasets: Mapping[str, Dataset]) -> None:
    sheet = pen.sheet(form.TABLES, form.TABLE_HEAD)
    row = 0
    for item in proposals.datasets:
        for table in item.tables or (None,):
            row += 1
            file, part, rows = (
                (table.file, table.part, table.looked_at) if table else ("（这次没有交来）", "", "")
            )
            pen.row(sheet, row, (file, part, rows, "", item.dataset.title, item.use, *_settings(item)))
    for table in proposals.passed:
        row += 1
        cells = (table.file, table.part, table.looked_at, "", form.NOT_READ, "")
        pen.row(sheet, row, cells)
    titles = [form.NOT_READ, *dict.fromkeys(item.title for item in datasets.values())]
    last = row + _ROOM
    if sum(map(len, titles)) + len(titles) < 255:  # noqa: PLR2004 -- what a drop-down may hold
        sheet.data_validation(1, 4, last, 4, {"validate": "list", "source": titles})
    uses = [form.YES, form.NO, form.OPEN]
    sheet.data_validation(1, 5, last, 5, {"validate": "list", "source": uses})


def _settings(item: Proposal) -> tuple[str, ...]:
    told = item.told
    walks = "；".join(f"{codelist}={owner}" for codelist, owner in told.crosswalks.items())
    head = str(told.head) if told.head else ""
    return told.file, told.sheet, head, "、".join(map(str, told.skip)), walks


def _columns(pen: _Pen, proposals: Proposals) -> None:
    sheet = pen.sheet(form.COLUMNS, form.COLUMN_HEAD)
    row = 0
    for item in proposals.datasets:
        first = row + 1
        for cells in _column_rows(item):
            row += 1
            pen.row(sheet, row, cells)
        if row >= first:
            fields = {"validate": "list", "source": pen.lists[item.dataset.id], "ignore_blank": True}
            sheet.data_validation(first, 4, row, 4, {**fields, "error_type": "warning"})
    orders = {"validate": "list", "source": list(form.ORDERS)}
    sheet.data_validation(1, 9, row + _ROOM, 9, orders)
    sheet.autofilter(0, 0, max(row, 1), len(form.COLUMN_HEAD) - 1)


def _column_rows(item: Proposal) -> Iterable[tuple[object, ...]]:
    """Decided columns, those of constants, then what is read for nothing so far."""
    title, told = item.dataset.title, item.told
    back = {value: key for key, value in form.ORDERS.items()}
    decided = {line.heading: line for line in item.lines if line.heading}
    seen = [column.heading for column in item.columns]
    for heading in dict.fromkeys([*decided, *seen]):
        line = decided.get(heading)
        name = line.name if line else ""
        known = item.dataset.fields[name] if name else None
        column = item.column(heading)
        facts = (column.rate, column.shown) if column else ("", "")
        extra = (told.separators.get(name, ""), back.get(told.dates.get(name, ""), ""))
        yield (title, heading, *facts, known.title if known else "", *_how(line), "", *extra)
    for name, text in told.constant.items():
        extra = (told.separators.get(name, ""), back.get(told.dates.get(name, ""), ""))
        yield (title, "", "", "", item.dataset.fields[name].title, "", "", text, *extra)


def _how(line: Line | None) -> tuple[str, str]:
    return (HOW.get(line.how, line.how), str(line.score)) if line else ("", "")


def _codes(pen: _Pen, proposals: Proposals) -> None:
    sheet = pen.sheet(form.CODES, form.CODE_HEAD)
    row = 0
    for item in proposals.datasets:
        for cells in _code_rows(item):
            row += 1
            pen.row(sheet, row, cells)
    sheet.data_validation(
        1, 5, row + _ROOM, 5, {"validate": "list", "source": [form.BLANK_VALUE], "error_type": "information"}
    )


def _code_rows(item: Proposal) -> Iterable[tuple[object, ...]]:
    title, fields = item.dataset.title, item.dataset.fields
    counts = {(code.name, code.text): code.count for code in item.codes}
    for name, codes in item.told.values.items():
        for text, code in codes.items():
            count = counts.get((name, text), "")
            yield title, fields[name].title, text, count, "", code or form.BLANK_VALUE
    for one in item.codes:
        if one.text not in item.told.values.get(one.name, {}):
            yield title, fields[one.name].title, one.text, one.count, one.nearest, ""


def _questions(pen: _Pen, proposals: Proposals) -> None:
    sheet = pen.sheet(form.QUESTIONS, form.QUESTION_HEAD)
    row = 0
    for item in proposals.datasets:
        for line in item.lines:
            if line.open:
                row += 1
                _question(pen, sheet, row, item, line)
        for name in item.told.absent:
            row += 1
            field = item.dataset.fields[name]
            must = form.YES if field.required else ""
            pen.row(sheet, row, (item.dataset.title, field.title, must, "", form.NO_COLUMN))


def _question(pen: _Pen, sheet: Any, row: int, item: Proposal, line: Line) -> None:
    field = item.dataset.fields[line.name]
    told = [
        f"{one.heading}（{HOW[one.how]}{f' {one.score} 分' if one.score else ''}）" for one in line.candidates
    ]
    cells = (item.dataset.title, field.title, form.YES if field.required else "", "\n".join(told), form.OPEN)
    pen.row(sheet, row, cells, asked=True)
    choices = [one.heading for one in line.candidates if one.how != "gone"]
    source = [form.OPEN, form.NO_COLUMN, *(text for text in choices if "," not in text)]
    if sum(map(len, source)) + len(source) < 255:  # noqa: PLR2004 -- what a drop-down may hold
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(row, 4, row, 4, rule)


def _fields(pen: _Pen, datasets: Mapping[str, Dataset]) -> None:
    """The hidden sheet: what the titles in the drop-downs stand for."""
    sheet = pen.book.add_worksheet(form.FIELDS)
    pen.row(sheet, 0, (form.FORM,))
    pen.row(sheet, 1, form.FIELD_HEAD)
    row = 1
    for name, dataset in datasets.items():
        for field in dataset.fields.values():
            row += 1
            pen.row(sheet, row, (dataset.title, name, field.title, field.name))
    sheet.hide()

"""A standard as a workbook for drafters: drop-downs, frozen headings, texts as texts, same bytes again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from guiju.content import Pack
from guiju.standard.model import Standard
from guiju_tools.drafting import headings as h
from guiju_tools.drafting import sheets as s
from guiju_tools.drafting.about import write_about, write_fields
from guiju_tools.drafting.base import base_lines, base_of
from guiju_tools.drafting.headings import Cells, Tables
from guiju_tools.drafting.looks import CREATED, OPTIONS, PROTECTION, looks
from guiju_tools.drafting.sheets import Column, SheetForm
from guiju_tools.drafting.tables import editable_lists, most_sources, tables_of
from guiju_tools.drafting.told import Teller

_LEAST_SOURCES = 2
_LINE, _MOST_LINES = 15, 12
_WIDE = 12
"""Columns of a sheet that is printed on several pages side by side."""


@dataclass(frozen=True, slots=True)
class Pen:
    """A workbook in the making: its formats, and where the lists of choices stand."""

    book: Any
    looks: Mapping[str, Any]
    lists: Mapping[str, str]


def book_bytes(standard: Standard, pack: Pack) -> bytes:
    """The workbook of a standard."""
    tables = tables_of(standard, pack)
    sources = max(_LEAST_SOURCES, most_sources(tables[h.REQUIREMENTS]))
    forms = s.forms(sources, most_sources(tables[h.PARAMETERS]))
    buffer = BytesIO()
    book = Workbook(buffer, OPTIONS)
    title = f"{standard.title}（起草用）"
    book.set_properties({"title": title, "comments": "试点用草案，非国家标准", "created": CREATED})
    names = editable_lists(standard, pack)
    pen = Pen(book, looks(book), _places(_choices(standard, tables, names)))
    write_about(pen.book, pen.looks, standard, forms, _left_out(standard, names))
    told = _told(standard)
    for form in forms:
        extra = {s.TOLD: told} if form.name == h.REQUIREMENTS else {}
        _sheet(pen, form, tables[form.name], extra)
    write_fields(pen.book, pen.looks, standard)
    _lists(pen, _choices(standard, tables, names))
    _hidden(pen, base_lines(base_of(standard, tables)))
    book.close()
    return buffer.getvalue()


def _told(standard: Standard) -> dict[str, str]:
    teller = Teller(standard)
    return {item["id"]: teller.told(item["check"]) for item in standard.document["requirements"]}


def _left_out(standard: Standard, names: Sequence[str]) -> list[str]:
    return [name for name in standard.codelists if name not in names]


def _choices(standard: Standard, tables: Tables, names: Sequence[str]) -> dict[str, list[str]]:
    return {
        h.CLAUSE: list(tables[h.CLAUSES]),
        h.DATASET: list(dict.fromkeys(item.title for item in standard.datasets.values())),
        h.DOCUMENTS: list(dict.fromkeys([*tables[h.DOCUMENTS], "起草组建议"])),
        h.CODES: list(names),
    }


def _places(choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """By list, the range of its words on the hidden sheet."""
    return {
        name: f"='{s.LISTS}'!{xl_range_abs(1, column, max(len(words), 1), column)}"
        for column, (name, words) in enumerate(choices.items())
    }


def _lists(pen: Pen, choices: Mapping[str, Sequence[str]]) -> None:
    sheet = pen.book.add_worksheet(s.LISTS)
    for column, (name, words) in enumerate(choices.items()):
        sheet.write_string(0, column, name)
        for row, word in enumerate(words, 1):
            sheet.write_string(row, column, word)
    sheet.hide()


def _hidden(pen: Pen, lines: Sequence[str]) -> None:
    sheet = pen.book.add_worksheet(s.BASE)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
    sheet.protect("", {"select_locked_cells": False})
    sheet.very_hidden()


def _sheet(
    pen: Pen, form: SheetForm, rows: Mapping[str, Cells], extra: Mapping[str, Mapping[str, str]]
) -> None:
    sheet = pen.book.add_worksheet(form.name)
    sheet.freeze_panes(1, form.frozen)
    _printing(sheet, form)
    for index, column in enumerate(form.columns):
        ours = column.heading in (h.ID, s.TOLD) and form.name == h.REQUIREMENTS
        sheet.set_column(index, index, column.width, pen.looks["spare_locked" if ours else "free"])
        sheet.write_string(0, index, column.heading, pen.looks["chosen_head" if _chosen(column) else "head"])
    sheet.set_row(0, 30)
    number = 0
    for number, (key, cells) in enumerate(rows.items(), 1):
        told = {heading: texts.get(key, "") for heading, texts in extra.items()}
        _row(pen, sheet, form, number, {**cells, **told})
    last = number + s.SPARE
    for index, column in enumerate(form.columns):
        _validate(pen, sheet, index, column, last)
    sheet.autofilter(0, 0, max(number, 1), len(form.columns) - 1)
    sheet.protect("", PROTECTION)


def _chosen(column: Column) -> bool:
    return bool(column.words or column.listed)


def _row(pen: Pen, sheet: Any, form: SheetForm, number: int, cells: Cells) -> None:
    expert = cells.get(h.WAY) == h.EXPERT
    for index, column in enumerate(form.columns):
        locked = column.locked or (expert and column.heading in h.CHECK_HEADINGS)
        look = "key" if column.locked else "expert" if locked else "free"
        text = cells.get(column.heading, "")
        if text:
            sheet.write_string(number, index, text, pen.looks[look])
        else:
            sheet.write_blank(number, index, None, pen.looks[look])
    sheet.set_row(number, _height(form.columns, cells))


def _height(columns: Iterable[Column], cells: Cells) -> int:
    """Room for the longest text of a row, so that programs that do not fit rows show it whole."""
    lines = 1
    for column in columns:
        parts = cells.get(column.heading, "").split("\n")
        lines = max(lines, sum(-(-_width(part) // max(column.width - 1, 1)) or 1 for part in parts))
    return _LINE * min(lines, _MOST_LINES) + 3


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0xFF else 1 for letter in text)  # noqa: PLR2004 - wide letters lie above


def _validate(pen: Pen, sheet: Any, index: int, column: Column, last: int) -> None:
    if not _chosen(column):
        return
    rule: dict[str, Any] = {
        "validate": "list",
        "source": list(column.words) if column.words else pen.lists[column.listed],
        "error_title": column.heading,
        "error_message": "不在列表中。要用新的，先在对应的工作表里写上。"
        if column.loose
        else "请从下拉列表中选。",
        "error_type": "warning" if column.loose else "stop",
    }
    sheet.data_validation(1, index, last, index, rule)


def _printing(sheet: Any, form: SheetForm) -> None:
    wide = len(form.columns) > _WIDE
    if wide:
        sheet.repeat_columns(0, form.frozen - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(4 if wide else 1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&C试点用草案，非国家标准&R第 &P 页，共 &N 页")

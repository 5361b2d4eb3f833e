"""Workbooks of ours written with xlsxwriter: tints by need, the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from guiju_tools.report import words
from guiju_tools.report.cells import Sheet, looks
from guiju_tools.template.texts import storable

CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
OPTIONS: dict[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "微软雅黑", "font_size": 10}
_GRID = {"border": 1, "border_color": "#D5DBE3", "text_wrap": True, "valign": "top"}
_HEAD = {**_GRID, "bold": True, "valign": "vcenter", "font_color": "white"}
TINTS: Mapping[str, dict[str, Any]] = {
    "must": {**_GRID, "bg_color": "#DDE8F5", "bold": True},
    "wish": {**_GRID, "bg_color": "#EFF4EA"},
    "spare": {**_GRID, "font_color": "#8A94A0"},
    "instead": {**_GRID, "font_color": "#8A94A0"},
    "must_head": {**_HEAD, "bg_color": "#1F4A7A"},
    "wish_head": {**_HEAD, "bg_color": "#6C8A5A"},
    "code": {"font_name": "Consolas", "font_size": 10},
}


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook in the making, with its formats by name."""

    book: Any
    formats: Mapping[str, Any]

    def sheet(self, name: str, *, wide: bool = False) -> Sheet:
        """A new sheet, ready for A4."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        if wide:
            sheet.set_landscape()
        return Sheet(sheet, self.formats)


@contextmanager
def new_book(title: str, buffer: BytesIO) -> Iterator[Book]:
    """A workbook that is written into the buffer when the block ends."""
    book = Workbook(buffer, {**OPTIONS, "in_memory": True})
    book.set_properties({"title": storable(title), "comments": words.DRAFT, "created": CREATED})
    tints = {name: book.add_format({**_FONT, **look}) for name, look in TINTS.items()}
    yield Book(book, {**looks(book), **tints})
    book.close()

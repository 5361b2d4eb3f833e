"""Cells of a workbook: every text stays a text, whatever it looks like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

CELL_LONGEST = 16_000
"""Letters; Excel stops at 32,767 UTF-16 units, and drops a longer cell in silence."""
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_GRID: dict[str, Any] = {"border": 1, "border_color": "#D5DBE3"}
_TEXT: dict[str, Any] = {"text_wrap": True, "valign": "top", **_GRID}
_BLAMED = {**_TEXT, "bg_color": "#FBE3DD"}
_LOOKS: dict[str, dict[str, Any]] = {
    "body": _TEXT,
    "quoted": {**_TEXT, "quote_prefix": True},
    "blamed": _BLAMED,
    "blamed_quoted": {**_BLAMED, "quote_prefix": True},
    "number": {"valign": "top", "num_format": "0", "align": "right", "indent": 1, **_GRID},
    "head": {**_TEXT, "bold": True, "valign": "vcenter", "bg_color": "#1F4A7A", "font_color": "white"},
    "section": {"bold": True, "font_size": 13, "font_color": "#1F4A7A"},
    "title": {"bold": True, "font_size": 20, "valign": "vcenter"},
    "notice": {"bold": True, "font_size": 12, "font_color": "#A63A2B"},
    "label": {**_TEXT, "bold": True},
    "soft": {"font_color": "#566170", "valign": "top"},
}
_WRAPPED = ("body", "head", "label")
_HEIGHTS = {"title": 34.0, "section": 22.0, "notice": 22.0}
_LINE, _TALLEST = 15.5, 400.0
Value = str | int | None
_FONT = {"font_name": "微软雅黑", "font_size": 10}


def looks(book: Any) -> Mapping[str, Any]:
    """The formats of a workbook, by name."""
    return {name: book.add_format({**_FONT, **look}) for name, look in _LOOKS.items()}


def cell_text(text: str) -> str:
    """A text as a cell can hold it: cut where too long, without what XML cannot hold.

    xlsxwriter takes a text within ``<r>`` and ``</r>`` for markup of its own; a blank at the end undoes that.
    """
    if len(text) > CELL_LONGEST:
        text = f"{text[:CELL_LONGEST]}…（共{len(text)}字）"
    text = _NOT_IN_XML.sub("\ufffd", text)
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


@dataclass(slots=True)
class Sheet:
    """A worksheet written from the top down, one row after the other."""

    sheet: Any
    formats: Mapping[str, Any]
    row: int = 0
    _widths: list[float] = field(default_factory=list)

    def line(
        self, values: Sequence[Value], look: str = "body", looks: Mapping[int, str] | None = None
    ) -> None:
        """Write one row: integers as numbers, texts as texts, None not at all.

        `looks` gives single columns their own look.
        """
        self.sheet.set_row(self.row, self._height(values, look))
        for column, value in enumerate(values):
            self._cell(column, value, (looks or {}).get(column, look))
        self.row += 1

    def _cell(self, column: int, value: Value, look: str) -> None:
        if value is None:
            return
        if isinstance(value, int):
            self.sheet.write_number(self.row, column, value, self.formats["number"])
            return
        if value[:1] in _LOOKS_LIKE_FORMULA and value and look in ("body", "blamed"):
            look = "quoted" if look == "body" else "blamed_quoted"
        self.sheet.write_string(self.row, column, cell_text(value), self.formats[look])

    def _height(self, values: Sequence[Value], look: str) -> float:
        """Tall enough for the wrapped texts: not every program works that out when it opens the file."""
        if look not in _WRAPPED:
            return _HEIGHTS.get(look, _LINE)
        texts = [
            (value, width)
            for value, width in zip(values, self._widths, strict=False)
            if isinstance(value, str)
        ]
        return min(_TALLEST, 2 + _LINE * max((lines(text, width) for text, width in texts), default=1))

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def widths(self, *widths: float) -> None:
        """Widths of the columns, in characters."""
        self._widths = list(widths)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)


@lru_cache(maxsize=4096)
def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column; a wide letter takes the room of two."""
    return sum(1 + int(_room(part) / (width * 0.97)) for part in text[:CELL_LONGEST].split("\n"))


def _room(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WFA") for char in text)

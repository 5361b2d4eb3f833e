"""How the drafters' workbook looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
OPTIONS: Mapping[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
PROTECTION: Mapping[str, bool] = {
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "autofilter": True,
    "sort": True,
}
"""What a drafter may do besides filling in; the protection has no password."""

_TEXT = {"font_name": "宋体", "font_size": 10, "num_format": "@", "valign": "top", "text_wrap": True}
_GRID = {**_TEXT, "border": 1, "border_color": "#C9D2DC"}
_HEAD = {**_GRID, "bold": True, "font_color": "white", "align": "center", "valign": "vcenter"}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "free": {**_GRID, "locked": False},
    "key": {**_GRID, "bg_color": "#EEF1F5", "font_color": "#3A4653", "locked": True},
    "expert": {**_GRID, "bg_color": "#E3E6EA", "font_color": "#6B7682", "locked": True},
    "spare_locked": {**_GRID, "bg_color": "#EEF1F5", "locked": True},
    "head": {**_HEAD, "bg_color": "#1F4A7A"},
    "chosen_head": {**_HEAD, "bg_color": "#2F6F6A"},
    "title": {**_TEXT, "font_size": 16, "bold": True, "text_wrap": False, "valign": "vcenter"},
    "soft": {**_TEXT, "font_color": "#5B6672", "text_wrap": False},
    "section": {**_TEXT, "bold": True, "font_size": 12, "font_color": "#1F4A7A", "text_wrap": False},
    "label": {**_GRID, "bold": True, "bg_color": "#EEF1F5"},
    "cell": {**_GRID},
}


def looks(book: Any) -> dict[str, Any]:
    """The formats by name."""
    return {name: book.add_format(dict(look)) for name, look in _LOOKS.items()}

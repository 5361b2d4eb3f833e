"""An extract of the failing rows, where a marked copy would be too large or cannot be made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_rowcol_to_cell

from guiju.result import Result
from guiju_tools.marked.rows import Row
from guiju_tools.marked.tints import COLOURS
from guiju_tools.marked.told import (
    LINE_HEAD,
    LINE_WIDTHS,
    NATURE_MEANS,
    NATURE_WORDS,
    Mark,
    gravest,
    line,
    note,
    unlisted,
)
from guiju_tools.marked.workbook import NOTES_MOST
from guiju_tools.report import words
from guiju_tools.report.cells import Sheet, cell_text, looks

LINES_MOST = 1_000_000
LINKS_MOST = 20_000
COLUMNS_MOST = 16_000
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ROW_HEAD = ("原文件", "工作表", "原行号", "要求编号")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_SHEET_NAME = 28
_FONT = {"font_name": "宋体", "font_size": 11}
_LISTED = {
    "font_name": "微软雅黑",
    "font_size": 10,
    "valign": "top",
    "border": 1,
    "border_color": "#D5DBE3",
}


@dataclass(frozen=True, slots=True)
class ExtractedTable:
    """One delivered table: what it is called, its headings, its failing rows and their findings."""

    file: str
    part: str
    headings: Sequence[str]
    rows: Sequence[Row]
    marks: Sequence[Mark]


def write_extract(target: Path, tables: Sequence[ExtractedTable], result: Result, why: Sequence[str]) -> None:
    """Write the extract; the same bytes for the same rows and result.

    Args:
        target: the workbook.
        tables: what stands in it, one sheet each.
        result: for the edition, and for what is not listed.
        why: why there is no marked copy, one sentence a file.

    Raises:
        OSError: it cannot be written.
    """
    book = Workbook(str(target), {**_OPTIONS, "tmpdir": str(target.parent)})
    book.set_properties({"title": "不符合行摘录", "comments": words.NOTICE, "created": _CREATED})
    formats = {**looks(book), **_tints(book)}
    about = Sheet(book.add_worksheet("说明"), formats)
    listed = Sheet(book.add_worksheet("不符合项"), formats)
    places: list[tuple[Mark, str, str]] = []
    for number, table in enumerate(tables, 1):
        name = f"{number} {_NOT_IN_NAMES.sub(' ', table.part or Path(table.file).stem)}"[:_SHEET_NAME].strip()
        places += _table(book.add_worksheet(name), name, table, formats)
    _about(about, tables, result, why)
    _list(listed, places)
    for sheet in book.worksheets():
        _print(sheet)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _print(sheet: Any) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&C{words.NOTICE}")
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")


def _tints(book: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        name: book.add_format({**_FONT, "bg_color": f"#{tint}"}) for name, tint in COLOURS.items()
    }
    quoted = {
        f"{name}_quoted": book.add_format({**_FONT, "bg_color": f"#{tint}", "quote_prefix": True})
        for name, tint in COLOURS.items()
    }
    as_is = {"plain": _FONT, "plain_quoted": {**_FONT, "quote_prefix": True}}
    told = {
        f"{name}_told": book.add_format({**_LISTED, "bg_color": f"#{tint}"}) for name, tint in COLOURS.items()
    }
    link = {"link": book.add_format({**_LISTED, "underline": 1, "font_color": "#0563C1"})}
    return {
        **plain,
        **quoted,
        **told,
        **link,
        **{name: book.add_format(look) for name, look in as_is.items()},
    }


def _about(sheet: Sheet, tables: Sequence[ExtractedTable], result: Result, why: Sequence[str]) -> None:
    sheet.widths(20, 96)
    sheet.line([words.NOTICE], "notice")
    sheet.line(["不符合行摘录"], "title")
    editions = "；".join(f"《{one.title}》{one.version}" for one in result.standards)
    sheet.line(["依据", f"{editions}。行号是原文件中的行号，各列是交来时的原样。"], looks={0: "label"})
    for text in why:
        sheet.line(["为什么是摘录", text], looks={0: "label"})
    for nature, means in NATURE_MEANS.items():
        sheet.line([NATURE_WORDS[nature], f"{means}。"], looks={0: f"{nature}_told"})
    for table in tables:
        where = f"{table.file} / {table.part}" if table.part else table.file
        lost = len({mark.finding.row for mark in table.marks}) - len(table.rows)
        more = f"；另有{lost}行没有找到" if lost else ""
        sheet.line([words.visible(where), f"摘录{len(table.rows)}行{more}"], looks={0: "label"})
    for text in unlisted(result):
        sheet.line(["没有列全", f"{text}。"], looks={0: "label"})
    sheet.skip()
    sheet.line([result.foot], "notice")


def _table(
    sheet: Any, name: str, table: ExtractedTable, formats: dict[str, Any]
) -> list[tuple[Mark, str, str]]:
    """Write the rows of a table; gives each finding with the sheet and the cell that it is marked in."""
    headings = table.headings[:COLUMNS_MOST]
    for place, heading in enumerate((*_ROW_HEAD, *headings)):
        sheet.write_string(0, place, cell_text(words.visible(heading)), formats["head"])
    sheet.freeze_panes(1, len(_ROW_HEAD))
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(_ROW_HEAD) + len(headings) - 1)
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 2, 9)
    sheet.set_column(3, 3, 22)
    sheet.set_column(4, len(_ROW_HEAD) + len(headings) - 1, 16)
    columns = {heading: len(_ROW_HEAD) + place for place, heading in enumerate(headings)}
    by_row: dict[int, list[Mark]] = {}
    for mark in table.marks:
        by_row.setdefault(mark.finding.row, []).append(mark)
    notes, found = NOTES_MOST, []
    for place, (number, texts) in enumerate(table.rows, 1):
        marks = by_row.get(number, [])
        _row(sheet, place, _ahead(table, number, marks), texts[:COLUMNS_MOST], formats)
        at_cell = _by_cell(marks, columns)
        for column, marked in at_cell.items():
            text = _text_at(column, texts, marked)
            _write(sheet, place, column, text, gravest(marked), formats)
            if notes > 0:
                sheet.write_comment(
                    place, column, note(marked), {"x_scale": 3, "y_scale": 2.4, "author": "核验"}
                )
                notes -= 1
            address = xl_rowcol_to_cell(place, column)
            found += [(mark, name, address) for mark in marked if _first_place(mark, columns) == column]
    return found


def _ahead(table: ExtractedTable, number: int, marks: Sequence[Mark]) -> list[str | int]:
    ids = "、".join(dict.fromkeys(mark.requirement.id for mark in marks))
    return [words.visible(table.file), words.visible(table.part), number, ids]


def _by_cell(marks: Sequence[Mark], columns: dict[str, int]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        places = [columns[name] for name in mark.columns if name in columns] or [len(_ROW_HEAD) - 1]
        for place in places:
            found.setdefault(place, []).append(mark)
    return found


def _first_place(mark: Mark, columns: dict[str, int]) -> int:
    return next((columns[name] for name in mark.columns if name in columns), len(_ROW_HEAD) - 1)


def _text_at(column: int, texts: Sequence[str | None], marks: Sequence[Mark]) -> str:
    if column < len(_ROW_HEAD):
        return "、".join(dict.fromkeys(mark.requirement.id for mark in marks))
    return texts[column - len(_ROW_HEAD)] or ""


def _row(
    sheet: Any, place: int, ahead: Sequence[str | int], texts: Sequence[str | None], formats: dict[str, Any]
) -> None:
    for column, value in enumerate(ahead):
        if isinstance(value, int):
            sheet.write_number(place, column, value, formats["number"])
        else:
            _write(sheet, place, column, value, "plain", formats)
    for column, text in enumerate(texts, len(ahead)):
        if text:
            _write(sheet, place, column, text, "plain", formats)


def _write(sheet: Any, row: int, column: int, text: str, look: str, formats: dict[str, Any]) -> None:
    """A text as delivered stays a text; what a cell cannot hold is named."""
    shown = cell_text(text)
    quoted = text[:1] in ("=", "+", "-", "@") and text
    if shown:
        sheet.write_string(row, column, shown, formats[f"{look}_quoted" if quoted else look])
    else:
        sheet.write_blank(row, column, None, formats[look])


def _list(sheet: Sheet, places: Sequence[tuple[Mark, str, str]]) -> None:
    sheet.widths(*LINE_WIDTHS)
    sheet.sheet.freeze_panes(1, 3)
    shown = places[:LINES_MOST]
    sheet.sheet.autofilter(0, 0, max(1, len(shown)), len(LINE_HEAD) - 1)
    sheet.line(LINE_HEAD, "head")
    at = LINE_HEAD.index("单元格")
    for number, (mark, name, address) in enumerate(shown, 1):
        sheet.line(line(number, mark, address), looks={1: f"{mark.nature}_told"})
        if number <= LINKS_MOST:
            sheet.sheet.write_url(
                sheet.row - 1, at, f"internal:'{name}'!{address}", sheet.formats["link"], address
            )

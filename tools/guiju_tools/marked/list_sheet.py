"""The sheet 不符合项 of a marked copy: what was done, what is missing, every finding with a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from guiju.result import Result
from guiju_tools.marked.tints import COLOURS
from guiju_tools.marked.told import (
    LINE_HEAD,
    LINE_WIDTHS,
    NATURE_MEANS,
    NATURE_WORDS,
    Mark,
    line,
    unlisted,
)
from guiju_tools.report import words
from guiju_tools.report.cells import CELL_LONGEST, lines

NAME = "不符合项"
LINKS_MOST = 20_000
"""Lines with a link; a sheet of Excel takes 65,530 links, and opens slowly with them."""
LINES_MOST = 100_000
_PLACE, _NATURE = LINE_HEAD.index("单元格"), LINE_HEAD.index("性质")
_FONT = "微软雅黑"
_SIDE = Side("thin", color="D5DBE3")
_GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_TINTS = {word: COLOURS[nature] for nature, word in NATURE_WORDS.items()}
_LINE_HEIGHT, _TALLEST = 15.5, 240.0


@dataclass(frozen=True, slots=True)
class Listed:
    """One finding with the sheet and the address of the cell that is marked for it."""

    mark: Mark
    sheet: str
    address: str


def add_list(
    book: Workbook,
    listed: Sequence[Listed],
    result: Result,
    source: str,
    lost: Sequence[str],
    short: Sequence[str],
) -> None:
    """Put the sheet in front of the others and show it first."""
    sheet = book.create_sheet(_free(book.sheetnames), 0)
    for place, width in enumerate(LINE_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _above(sheet, result, source, lost, short, len(listed))
    _table(sheet, listed)
    _print(sheet)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _free(names: Sequence[str]) -> str:
    taken = {name.casefold() for name in names}
    number, name = 1, NAME
    while name.casefold() in taken:
        number += 1
        name = f"{NAME}（{number}）"
    return name


def _above(
    sheet: Worksheet, result: Result, source: str, lost: Sequence[str], short: Sequence[str], count: int
) -> None:
    edition = "；".join(f"《{one.title}》{one.version}" for one in result.standards)
    told = [
        f"这是“{source}”的标注副本：加了底色、批注和本工作表，别的没有改动；原文件没有动过。依据{edition}。",
        f"共列出{count}项。改正请在自己的数据里改，不必在本副本里改。{result.foot}",
        *(f"{NATURE_WORDS[nature]}：{means}。" for nature, means in NATURE_MEANS.items()),
        *([f"本副本可能没有保留原文件的：{'、'.join(lost)}。要看这些，请打开原文件。"] if lost else []),
        *(f"{text}。" for text in (*unlisted(result), *short)),
        *([f"只列出前{LINES_MOST}项。"] if count > LINES_MOST else []),
    ]
    _say(sheet, words.NOTICE, Font(_FONT, 11, bold=True, color="A63A2B"))
    _say(sheet, "不符合项（标注副本）", Font(_FONT, 16, bold=True, color="1F4A7A"), height=30)
    for text in told:
        nature = text.partition("：")[0]
        _say(sheet, text, Font(_FONT, 10), fill=_TINTS.get(nature, ""))


def _say(sheet: Worksheet, text: str, font: Font, *, height: float = 18, fill: str = "") -> None:
    row = sheet.max_row + 1 if sheet.cell(1, 1).value is not None else 1
    cell = _put(sheet, row, 1, text)
    cell.font = font
    cell.alignment = Alignment(vertical="center")
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    sheet.row_dimensions[row].height = height


def _table(sheet: Worksheet, listed: Sequence[Listed]) -> None:
    head = sheet.max_row + 2
    for place, text in enumerate(LINE_HEAD, 1):
        title = _put(sheet, head, place, text)
        title.font = Font(_FONT, 10, bold=True, color="FFFFFF")
        title.fill = PatternFill("solid", fgColor="1F4A7A")
        title.border, title.alignment = _GRID, Alignment(wrap_text=True, vertical="center")
    shown = listed[:LINES_MOST]
    looks = _looks(sheet, head)
    for number, one in enumerate(shown, 1):
        _line(sheet, head + number, number, one, looks)
    sheet.freeze_panes = f"C{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(LINE_HEAD))}{head + max(1, len(shown))}"
    sheet.print_title_rows = f"{head}:{head}"


def _looks(sheet: Worksheet, head: int) -> dict[str, Any]:
    """The looks of the lines, worked out once on a cell that is written over afterwards."""
    cell: Any = sheet.cell(head + 1, 1)
    cell.font, cell.border, cell.alignment = Font(_FONT, 10), _GRID, _WRAPPED
    found = {"body": copy(cell._style)}  # noqa: SLF001 - the library offers no other way to share a look
    for word, colour in _TINTS.items():
        cell.fill = PatternFill("solid", fgColor=colour)
        found[word] = copy(cell._style)  # noqa: SLF001 - as above
    cell._style = copy(found["body"])  # noqa: SLF001 - as above
    cell.font = Font(_FONT, 10, underline="single", color="0563C1")
    found["link"] = copy(cell._style)  # noqa: SLF001 - as above
    return found


def _line(sheet: Worksheet, row: int, number: int, one: Listed, looks: Mapping[str, Any]) -> None:
    values = line(number, one.mark, one.address)
    for place, value in enumerate(values):
        look = {_NATURE: str(value), _PLACE: "link"}.get(place, "body")
        cell: Any = _put(sheet, row, place + 1, value)
        quoted = cell.quotePrefix
        cell._style = copy(looks[look])  # noqa: SLF001 - as above
        if quoted:
            cell.quotePrefix = True
    texts = [
        (value, width) for value, width in zip(values, LINE_WIDTHS, strict=True) if isinstance(value, str)
    ]
    height = 2 + _LINE_HEIGHT * max(lines(text, width) for text, width in texts)
    sheet.row_dimensions[row].height = min(_TALLEST, height)
    if number <= LINKS_MOST:
        linked = sheet.cell(row, _PLACE + 1)
        quoted_name = one.sheet.replace("'", "''")
        linked.hyperlink = Hyperlink(linked.coordinate, location=f"'{quoted_name}'!{one.address}")


def _put(sheet: Worksheet, row: int, column: int, value: str | int) -> Cell:
    """Write a value: texts stay texts, whatever they begin with, and without what a cell cannot hold."""
    cell: Any = sheet.cell(row, column)
    if isinstance(value, int):
        cell.value = value
        return cell  # type: ignore[no-any-return] # a cell of a sheet of ours is never part of a merged range
    text = words.visible(value)
    cell.value = text if len(text) <= CELL_LONGEST else f"{text[:CELL_LONGEST]}…（共{len(text)}字）"
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True
    return cell  # type: ignore[no-any-return] # as above


def _print(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False

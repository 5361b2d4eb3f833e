"""退回的表: the region's own workbook with a note on each cell in question and a sheet that lists them."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from guiju.standard.assessment import Form
from guiju_tools.assessment import layout as at
from guiju_tools.assessment import looks
from guiju_tools.assessment.blank import form_book
from guiju_tools.assessment.problems import LEVEL_WORDS, Problem
from guiju_tools.assessment.reading import Read, ReadFile

LIST = "退回意见"
_AUTHOR = "自评表检查"
_TINTS = {"mend": PatternFill("solid", fgColor="FBD9D3"), "ask": PatternFill("solid", fgColor="FFF0C2")}
_WIDTHS = (6, 10, 16, 10, 46, 46, 12)


def returned_book(read: ReadFile) -> bytes:
    """The workbook to give back (.xlsx): the one that came; the form in force where an old one came."""
    foreign = not read.forms[0].claims.form_digest
    if any(item.old for item in read.forms) or (read.path.suffix.lower() != ".xlsx" and not foreign):
        book = _carried_over(read)
        problems = [_moved(item) for item in read.problems]
    elif read.path.suffix.lower() != ".xlsx":
        book, problems = Workbook(), [_moved(item) for item in read.problems]
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that openpyxl leaves out are none that a form of ours has
            book = load_workbook(read.path)
        problems = list(read.problems)
        _clear(book)
        for item in problems:
            _note(book, item)
    _list(book, problems, read.pictures)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _moved(item: Problem) -> Problem:
    """Cells of another workbook are no places here."""
    return Problem(item.code, item.level, item.sheet, 0, 0, f"{item.cell} {item.text}".strip(), item.hint)


@lru_cache(maxsize=4)
def _blank(forms: tuple[Form, ...], prefixes: tuple[str, ...]) -> bytes:
    """The blank form, made once for all old forms of a folder."""
    return form_book(forms, prefixes)


def _carried_over(read: ReadFile) -> Workbook:
    """The forms in force, with the answers of the lines that are the same."""
    forms = tuple(item.form for item in read.forms)
    prefixes = tuple(item.form.lines[0].id.split("-")[0] for item in read.forms)
    book = load_workbook(BytesIO(_blank(forms, prefixes)))
    claims = read.forms[0].claims
    for (name, _, row), value in zip(
        at.COVER_FIELDS, (claims.organisation, claims.region, claims.period), strict=True
    ):
        del name
        cell: Any = _sheet(book, at.COVER).cell(row, at.COVER_COLUMN)
        cell.value, cell.data_type = value, "s"
    for laid, item in zip(at.lay_out(forms, prefixes), read.forms, strict=True):
        _copy(_sheet(book, laid.name), {line.id: row for row, line in laid.lines}, item)
    return book


def _copy(sheet: Worksheet, rows: dict[str, int], read: Read) -> None:
    for typed in read.typed:
        values = (typed.answer, typed.score, typed.evidence, typed.note, typed.opinion)
        for column, value in zip(at.TO_FILL, values, strict=True):
            cell: Any = sheet.cell(rows[typed.line.id], column)
            cell.value = _number(value) if column == at.SCORE else (value or None)
            if isinstance(cell.value, str):
                cell.data_type = "s"  # what somebody typed is never a formula of ours


def _number(text: str) -> float | str | None:
    try:
        return float(text)
    except ValueError:
        return text or None


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)  # noqa: S101 - forms have no chart sheets
    return sheet


def _clear(book: Workbook) -> None:
    """Take away the notes of an earlier return."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == _AUTHOR:
                    cell.comment = None
                    cell.fill = looks.FILL_TINT


def _note(book: Workbook, item: Problem) -> None:
    if not item.cell or item.sheet not in book.sheetnames:
        return
    cell: Any = _sheet(book, item.sheet).cell(item.row, item.column)
    text = f"{LEVEL_WORDS[item.level]}：{item.text}。{item.hint}"
    if cell.comment is not None and cell.comment.author == _AUTHOR:
        text = f"{cell.comment.text}\n{text}"
    cell.comment = Comment(text, _AUTHOR, width=320, height=24 + 18 * (1 + len(text) // 22))
    cell.fill = _TINTS[item.level]


def _list(book: Workbook, problems: Sequence[Problem], pictures: int) -> None:
    if LIST in book.sheetnames:
        del book[LIST]
    sheet = book.create_sheet(LIST, 0)
    looks.widths(sheet, *_WIDTHS)
    looks.put(sheet, 1, 1, LIST, font=looks.TITLE, grid=False)
    sheet.cell(1, 1).alignment = looks.ONE_LINE
    mend = sum(item.level == "mend" for item in problems)
    told = f"须改正{mend}处，请核对{len(problems) - mend}处。改好后把这个工作簿再交一次；这一页不用删。"
    looks.put(sheet, 2, 1, told, font=looks.SOFT, grid=False)
    sheet.cell(2, 1).alignment = looks.ONE_LINE
    if pictures:
        told = f"原来的表里有{pictures}张图片，这一份里没有：请在原来的表上照这里的意见改，再交原来的表。"
        looks.put(sheet, 3, 1, told, font=looks.NOTICE, align=looks.ONE_LINE, grid=False)
    heads = ("序号", "性质", "工作表", "单元格", "问题", "怎么办", "代码")
    for column, head in enumerate(heads, 1):
        looks.put(sheet, 4, column, head, font=looks.WHITE, align=looks.MIDDLE, tint=looks.HEAD_TINT)
    for number, item in enumerate(problems, 1):
        _row(sheet, number, item)
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = f"A4:G{4 + len(problems)}"
    sheet.sheet_properties.tabColor = "A63A2B"
    looks.for_print(sheet, landscape=True, head="4:4")
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other.title == LIST


def _row(sheet: Worksheet, number: int, item: Problem) -> None:
    row = number + 4
    values = (number, LEVEL_WORDS[item.level], item.sheet, item.cell, item.text, item.hint, item.code)
    for column, value in enumerate(values, 1):
        looks.put(sheet, row, column, value, tint=_TINTS[item.level] if column == 2 else None)  # noqa: PLR2004 - 性质
        sheet.cell(row, column).data_type = "n" if column == 1 else "s"
    if item.cell:
        cell = sheet.cell(row, 4)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{item.sheet}'!{item.cell}")
        cell.font = looks.LINK
    sheet.row_dimensions[row].height = looks.height([(item.text, _WIDTHS[4]), (item.hint, _WIDTHS[5])])


def returned_name(read: ReadFile) -> str:
    """The name of the workbook that goes back: to be mended, or only to be looked at."""
    return f"{'核对' if read.usable else '退回'}-{read.path.stem}.xlsx"

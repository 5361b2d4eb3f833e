"""自评表.xlsx: the form of one or more standards, to be filled in with Excel, WPS or LibreOffice.

Formulas are plain ones that all of them know; there are neither macros nor functions of newer programs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from guiju.standard.assessment import Form, Line
from guiju_tools.assessment import layout as at
from guiju_tools.assessment import looks
from guiju_tools.assessment.check_sheet import write_check
from guiju_tools.assessment.front_sheets import write_cover, write_guide, write_sign
from guiju_tools.assessment.layout import FormSheet, Row
from guiju_tools.assessment.sums import sums

_WIDTHS: Sequence[float] = (5, 10, 12, 8, 38, 6, 26, 10, 8, 20, 14, 14)
_ALIGN = {
    **dict.fromkeys((at.BLOCK, at.GROUP), looks.TOP),  # a label in the middle of many pages is found on none
    **dict.fromkeys((at.CONTENT, at.CRITERIA, at.EVIDENCE, at.NOTE, at.OPINION), looks.BESIDE),
}
_CREATED = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - openpyxl writes naive times as UTC


def form_book(forms: Sequence[Form], prefixes: Sequence[str]) -> bytes:
    """The workbook as bytes; `prefixes` are those of the standards' ids, in the same order."""
    sheets = at.lay_out(forms, prefixes)
    book = Workbook()
    book.properties.creator = ""
    book.properties.title = "、".join(form.title for form in forms)
    book.properties.created = book.properties.modified = _CREATED
    write_cover(book.active, forms)  # type: ignore[arg-type]  # a new workbook has a worksheet
    write_guide(book.create_sheet(at.GUIDE), forms)
    for item in sheets:
        _write_form(book.create_sheet(item.name), item)
    write_check(book.create_sheet(at.CHECK), sheets)
    write_sign(book.create_sheet(at.SIGN), forms)
    _write_hidden(book.create_sheet(at.HIDDEN), sheets)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_form(sheet: Worksheet, item: FormSheet) -> None:
    looks.widths(sheet, *_WIDTHS)
    looks.put(sheet, at.TITLE_ROW, 1, item.form.title, font=looks.TITLE, align=looks.MIDDLE, grid=False)
    sheet.merge_cells(start_row=at.TITLE_ROW, end_row=at.TITLE_ROW, start_column=1, end_column=at.OPINION)
    sheet.row_dimensions[at.TITLE_ROW].height = 34
    for column, heading in enumerate(at.HEADINGS, 1):
        tint = looks.HEAD_TINT
        looks.put(sheet, at.HEAD_ROW, column, heading, font=looks.WHITE, align=looks.MIDDLE, tint=tint)
    sheet.row_dimensions[at.HEAD_ROW].height = 24
    number = 0
    for row in item.rows:
        if row.line is not None:
            number += 1
            _write_line(sheet, row, row.line, number)
    _write_sums(sheet, item)
    _merge(sheet, item)
    _validate(sheet, item)
    sheet.freeze_panes = f"{get_column_letter(at.CONTENT + 1)}{at.HEAD_ROW + 1}"
    sheet.sheet_properties.tabColor = "1F4A7A"
    looks.for_print(sheet, landscape=True, head=f"{at.TITLE_ROW}:{at.HEAD_ROW}")
    looks.locked(sheet)


def _write_line(sheet: Worksheet, row: Row, line: Line, number: int) -> None:
    content = f"{line.content}\n{line.question}" if line.question else line.content
    criteria = line.criteria + (f"\n佐证：{'、'.join(line.evidence)}" if line.evidence else "")
    put = (number, row.block and row.block.title, row.group and row.group.title, line.clause, content)
    for column, value in enumerate((*put, _points(line), criteria), 1):
        looks.put(sheet, row.number, column, value, align=_ALIGN.get(column, looks.MIDDLE))
    sheet.cell(row.number, at.CLAUSE).number_format = "@"
    for column in at.TO_FILL:
        align = _ALIGN.get(column, looks.MIDDLE)
        looks.put(sheet, row.number, column, None, align=align, tint=looks.FILL_TINT)
        cell = sheet.cell(row.number, column)
        cell.protection = looks.OPEN
        cell.number_format = "General" if column == at.SCORE else "@"
    texts = [(content, _WIDTHS[at.CONTENT - 1]), (criteria, _WIDTHS[at.CRITERIA - 1])]
    sheet.row_dimensions[row.number].height = max(30.0, looks.height(texts))


def _points(line: Line) -> Decimal:
    points = Decimal(line.points)
    return -points if line.role == "deduction" else points


def _write_sums(sheet: Worksheet, item: FormSheet) -> None:
    told = sums(item)
    for row in item.rows:
        if row.kind == "line":
            continue
        for column in range(1, at.OPINION + 1):
            looks.put(
                sheet, row.number, column, None, font=looks.BOLD, align=looks.MIDDLE, tint=looks.SUM_TINT
            )
        for column, value in zip((at.NUMBER, at.POINTS, at.SCORE), told[row.number], strict=True):
            sheet.cell(row.number, column).value = value
        if row.kind == "share":
            sheet.cell(row.number, at.SCORE).number_format = "0.00%"
        sheet.merge_cells(start_row=row.number, end_row=row.number, start_column=1, end_column=at.CONTENT)
        sheet.row_dimensions[row.number].height = 22


def _merge(sheet: Worksheet, item: FormSheet) -> None:
    for what, column in (("block", at.BLOCK), ("group", at.GROUP)):
        for first, last, _ in item.spans("block" if what == "block" else "group"):
            for row in range(first + 1, last + 1):
                sheet.cell(row, column).value = None
            if last > first:
                sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)


def _validate(sheet: Worksheet, item: FormSheet) -> None:
    """What the cells of a line take: one of four answers, and a score within the line's points."""
    answers = DataValidation("list", formula1=f'"{",".join(at.ANSWERS)}"', allow_blank=True)
    answers.error, answers.errorTitle = "请从下拉框中选择", "请核对"
    for row, line in item.lines:
        if line.role == "requirement":
            answers.add(sheet.cell(row, at.ANSWER))
    sheet.add_data_validation(answers)
    _bound(sheet, [row for row, line in item.lines if line.role != "deduction"], "得分应在0与分值之间")
    _bound(sheet, [row for row, line in item.lines if line.role == "deduction"], "扣分写负数，不超过分值")


def _bound(sheet: Worksheet, rows: Sequence[int], message: str) -> None:
    """Scores between nothing and the points of their own row: the formula speaks of the first row."""
    if not rows:
        return
    points = f"${get_column_letter(at.POINTS)}{rows[0]}"
    rule = DataValidation(
        "decimal", operator="between", formula1=f"MIN(0,{points})", formula2=f"MAX(0,{points})"
    )
    rule.allow_blank, rule.error, rule.errorTitle = True, message, "请核对"
    for row in rows:
        rule.add(sheet.cell(row, at.SCORE))
    sheet.add_data_validation(rule)


def _write_hidden(sheet: Worksheet, sheets: Sequence[FormSheet]) -> None:
    """The identity of the form and where each line stands, so that an old form is recognised."""
    sheet.append([at.FORMAT])
    for item in sheets:
        form = item.form
        sheet.append(["form", item.name, form.standard, form.standard_version, form.version, form.digest])
    for item in sheets:
        for row, line in item.lines:
            sheet.append(["line", item.name, line.id, row, line.points])
    sheet.sheet_state = "veryHidden"

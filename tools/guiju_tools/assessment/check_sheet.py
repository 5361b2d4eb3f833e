"""填报检查: what is still to be filled in, counted live by plain formulas, with links to the cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from guiju.standard.assessment import Line
from guiju_tools.assessment import layout as at
from guiju_tools.assessment import looks
from guiju_tools.assessment.layout import FormSheet

VERDICT_CELL, READY, NOT_READY = "B3", "可以上报", "还不能上报"
UNANSWERED, UNSCORED, NOT_A_NUMBER, OUTSIDE, NO_EVIDENCE = (
    "没有选结论",
    "没有填得分",
    "得分不是数字",
    "得分超出范围",
    "没有写佐证",
)
NOT_AN_ANSWER = "结论不在四种之内"
PROBLEMS = (UNANSWERED, NOT_AN_ANSWER, UNSCORED, NOT_A_NUMBER, OUTSIDE, NO_EVIDENCE)
_COVER = "封面没有填全"
_COUNTS_ROW, _WIDTHS = 5, (14, 22, 10, 46, 20, 10)


def write_check(sheet: Worksheet, sheets: Sequence[FormSheet]) -> None:
    """The counts first, then every line with what is wrong with it."""
    looks.widths(sheet, *_WIDTHS)
    looks.put(sheet, 1, 1, at.CHECK, font=looks.TITLE, grid=False)
    told = "这一页自动计算，不用填。点右边的“去填”可以跳到要填的单元格。"
    looks.put(sheet, 2, 1, told, font=looks.SOFT, grid=False)
    for row in (1, 2):
        sheet.cell(row, 1).alignment = Alignment(wrap_text=False)
    head = _COUNTS_ROW + len(PROBLEMS) + 3
    last = head + sum(1 for item in sheets for _ in item.lines)
    _counts(sheet, head + 1, last)
    titles = ("工作表", "二级指标", "条款号", "评价内容", "检查结果", "位置")
    for column, title in enumerate(titles, 1):
        looks.put(sheet, head, column, title, font=looks.WHITE, align=looks.MIDDLE, tint=looks.HEAD_TINT)
    row = head
    for item in sheets:
        for number, line in item.lines:
            row += 1
            _line(sheet, row, item, (number, line))
    _redden(sheet, f"E{head + 1}:E{last}", f'E{head + 1}<>""')
    _redden(sheet, VERDICT_CELL, f'{VERDICT_CELL}="{NOT_READY}"')
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:F{last}"
    sheet.sheet_properties.tabColor = "A63A2B"
    looks.for_print(sheet, landscape=False, head=f"{head}:{head}")
    looks.locked(sheet)
    sheet.protection.autoFilter = False


def _redden(sheet: Worksheet, cells: str, formula: str) -> None:
    rule = Rule("expression", formula=[formula], dxf=DifferentialStyle(font=Font(color="A63A2B", bold=True)))
    sheet.conditional_formatting.add(cells, rule)


def _counts(sheet: Worksheet, first: int, last: int) -> None:
    looks.put(sheet, 3, 1, "结论", font=looks.BOLD, align=looks.BESIDE)
    counted = f"B{_COUNTS_ROW}:B{_COUNTS_ROW + len(PROBLEMS)}"
    looks.put(sheet, 3, 2, f'=IF(SUM({counted})=0,"{READY}","{NOT_READY}")', font=looks.VERDICT)
    sheet.row_dimensions[3].height = 24
    for place, problem in enumerate(PROBLEMS):
        row = _COUNTS_ROW + place
        looks.put(sheet, row, 1, problem)
        looks.put(sheet, row, 2, f'=COUNTIF(E{first}:E{last},"{problem}")')
    row = _COUNTS_ROW + len(PROBLEMS)
    cells = f"{quote_sheetname(at.COVER)}!"
    letter = get_column_letter(at.COVER_COLUMN)
    looks.put(sheet, row, 1, _COVER)
    blank = "+".join(f'IF({cells}{letter}{number}="",1,0)' for _, _, number in at.COVER_FIELDS)
    looks.put(sheet, row, 2, f"={blank}")


def _line(sheet: Worksheet, row: int, item: FormSheet, told: tuple[int, Line]) -> None:
    number, line = told
    group = next(one.group for one in item.rows if one.number == number)
    values = (item.name, group.title if group else "", line.clause, line.content)
    for column, value in enumerate(values, 1):
        looks.put(sheet, row, column, value, align=looks.BESIDE)
    looks.put(sheet, row, 5, f"={problem_formula(item.name, number, line)}", align=looks.BESIDE)
    looks.put(sheet, row, 6, "去填", font=looks.LINK, align=looks.MIDDLE)
    target = f"{quote_sheetname(item.name)}!{get_column_letter(at.ANSWER)}{number}"
    cell = sheet.cell(row, 6)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
    sheet.row_dimensions[row].height = looks.height([(line.content, _WIDTHS[3])])


def problem_formula(name: str, row: int, line: Line) -> str:
    """The first thing that is wrong with a line, or nothing."""
    answer, score, evidence, points = (
        f"{quote_sheetname(name)}!{get_column_letter(column)}{row}"
        for column in (at.ANSWER, at.SCORE, at.EVIDENCE, at.POINTS)
    )
    outside = f"OR({score}>MAX({points},0),{score}<MIN({points},0))"
    scored = f'IF({score}="","",IF(ISNUMBER({score}),IF({outside},"{OUTSIDE}",""),"{NOT_A_NUMBER}"))'
    if line.role != "requirement":
        return scored
    proof = f'IF({evidence}="","{NO_EVIDENCE}","")' if line.evidence else '""'
    wanting = f'IF({answer}="不符合","",{proof})'
    bounded = f'IF({outside},"{OUTSIDE}",{wanting})'
    blank = f'"{UNSCORED}"' if Decimal(line.points) else wanting
    checked = f'IF({score}="",{blank},IF(ISNUMBER({score}),{bounded},"{NOT_A_NUMBER}"))'
    known = ",".join(f'{answer}="{word}"' for word in at.ANSWERS)
    left = f'IF({answer}="不适用","",{checked})'
    return f'IF({answer}="","{UNANSWERED}",IF(OR({known}),{left},"{NOT_AN_ANSWER}"))'

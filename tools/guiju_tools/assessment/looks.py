"""How the workbooks of forms look: fonts, frames, tints and print settings."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from guiju_tools.report.cells import lines

_LINE = Side(style="thin", color="BFC8D2")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
FONT = "宋体"
PLAIN = Font(name=FONT, size=10)
BOLD = Font(name=FONT, size=10, bold=True)
WHITE = Font(name=FONT, size=10, bold=True, color="FFFFFF")
TITLE = Font(name=FONT, size=18, bold=True)
VERDICT = Font(name=FONT, size=14, bold=True)
SOFT = Font(name=FONT, size=10, color="566170")
NOTICE = Font(name=FONT, size=12, bold=True, color="A63A2B")
LINK = Font(name=FONT, size=10, color="1F4A7A", underline="single")
HEAD_TINT = PatternFill("solid", fgColor="1F4A7A")
FILL_TINT = PatternFill("solid", fgColor="FFFBE6")
SUM_TINT = PatternFill("solid", fgColor="EAF0F7")
TOP = Alignment(vertical="top", wrap_text=True)
BESIDE = Alignment(vertical="center", wrap_text=True)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
ONE_LINE = Alignment(vertical="center", wrap_text=False)
OPEN = Protection(locked=False)
_HEIGHT, _TALLEST = 14.0, 400.0


def put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: object,
    *,
    font: Font = PLAIN,
    align: Alignment = TOP,
    tint: PatternFill | None = None,
    grid: bool = True,
) -> None:
    """Write one cell; a text that looks like a formula stays a text unless it is meant as one."""
    cell = sheet.cell(row, column)
    cell.value = value  # type: ignore[assignment]  # texts and numbers of ours only
    cell.font, cell.alignment = font, align
    if grid:
        cell.border = GRID
    if tint is not None:
        cell.fill = tint


def widths(sheet: Worksheet, *values: float) -> None:
    """Widths of the columns from the first, in characters."""
    for number, width in enumerate(values, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def height(texts: Sequence[tuple[str, float]]) -> float:
    """The height of a row that shows these texts in columns of these widths."""
    return min(_TALLEST, 6 + _HEIGHT * max((lines(text, width) for text, width in texts), default=1))


def for_print(sheet: Worksheet, *, landscape: bool, head: str = "") -> None:
    """A4, one page wide, with page numbers; `head` are the rows repeated on each page (``1:2``)."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(left=_part("&A"), right=_part("第 &P 页，共 &N 页"))
    sheet.sheet_view.showGridLines = False
    if head:
        sheet.print_title_rows = head


def _part(text: str) -> _HeaderFooterPart:
    return _HeaderFooterPart(text=text)


def locked(sheet: Worksheet) -> None:
    """Protect without a password all but the cells to fill; columns and rows may still be made wider."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False

"""征求意见汇总处理表, as a workbook that is filled in and read back, and as a document."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from guiju_tools.opinions.collected import ANSWERS, Line, counted
from guiju_tools.report.workbook import sheet_of, workbook
from guiju_tools.whole_file import put

TITLE = "征求意见汇总处理表"
HEAD = ("序号", "意见编号", "条款", "意见", "理由", "提出单位", "处理意见", "处理理由")
_WIDTHS = (6, 16, 10, 46, 34, 22, 12, 34)
_CENTIMETRES = (1.1, 2.6, 1.7, 6.6, 4.6, 3.2, 1.9, 4.0)
_FONT = "宋体"
_GUIDE = f"“处理意见”填{'、'.join(ANSWERS)}；部分采纳和未采纳的写明理由。填好用 guiju opinions answer 读回。"


def write_table(folder: Path, title: str, found: Sequence[Line]) -> tuple[Path, Path]:
    """Write workbook and document; gives both paths.

    Raises:
        OSError: they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    book, paper = (folder / f"{TITLE}.{suffix}" for suffix in ("xlsx", "docx"))
    _book(book, title, found)
    put(paper, _document(title, found))
    return book, paper


def _rows(found: Sequence[Line]) -> list[tuple[str | int, ...]]:
    return [
        (number, one.no, one.clause, one.opinion, one.reason, one.unit, one.answer, one.why)
        for number, one in enumerate(found, start=1)
    ]


def _book(path: Path, title: str, found: Sequence[Line]) -> None:
    with workbook(path, TITLE) as (book, formats):
        sheet = sheet_of(book, TITLE, formats, wide=True)
        sheet.widths(*_WIDTHS)
        sheet.line([f"{title}：{TITLE}"], "title")
        sheet.line([counted(found)], "soft")
        sheet.line([_GUIDE], "soft")
        first = sheet.row + 1
        sheet.line(HEAD, "head")
        sheet.sheet.freeze_panes(first, 0)
        sheet.sheet.repeat_rows(first - 1)
        for row in _rows(found):
            sheet.line(row)
        choice = {
            "validate": "list",
            "source": list(ANSWERS),
            "error_title": "处理意见",
            "error_message": "请从三种里选",
        }
        column = HEAD.index("处理意见")
        sheet.sheet.data_validation(first, column, max(first, sheet.row - 1), column, choice)


def _document(title: str, found: Sequence[Line]) -> bytes:
    paper = Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(10.5)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    heading = paper.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(f"{title}（试点用草案）{TITLE}")
    run.font.size, run.bold = Pt(16), True
    paper.add_paragraph(counted(found))
    table = paper.add_table(rows=1, cols=len(HEAD), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _CENTIMETRES, strict=True):
        column.width = Cm(width)
    _fill(table.rows[0], HEAD, bold=True)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 - the library has no name for it
    for row in _rows(found):
        _fill(table.add_row(), row)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def _fill(row: object, values: Sequence[str | int], *, bold: bool = False) -> None:
    for cell, value, width in zip(row.cells, values, _CENTIMETRES, strict=True):  # type: ignore[attr-defined] # a row of docx
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run("".join(sign for sign in str(value) if sign.isprintable()))
        run.font.size, run.bold = Pt(9), bold

"""`findings.xlsx`: every listed finding on a line of its own, with clause, wording and remedy.

The bytes are the same for the same result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from guiju.result import Finding, FindingCell, RequirementResult, Result
from guiju_tools.report import words
from guiju_tools.report.cells import Sheet, Value, looks
from guiju_tools.report.claims_sheet import write_claims
from guiju_tools.report.overview import about, summary

HEAD = (
    "要求编号",
    "条款",
    "要求原文",
    "文件",
    "行号",
    "主键",
    "列",
    "原值",
    "理解为",
    "说明",
    "责任单位",
    "整改建议",
    "性质",
    "例外说明",
)
WIDTHS = (11, 9, 36, 24, 8, 26, 16, 28, 22, 36, 20, 32, 10, 10)
_DELIVERED = HEAD.index("原值")
LINES_MOST = 1_000_000
"""A sheet of Excel ends at row 1,048,576."""
LARGE = 20_000
"""More lines than this are written through to disk, row by row."""
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - xlsxwriter takes naive times; fixed, so that bytes are equal


def write_workbook(result: Result, target: Path | BytesIO) -> None:
    """Write the workbook of a whole result.

    Args:
        result: not masked; a workbook never leaves the house.
        target: a path, or a buffer.

    Raises:
        OSError: it cannot be written.
    """
    listed = min(LINES_MOST, sum(len(item.findings) for item in result.requirements))
    with workbook(target, words.TITLE, large=listed > LARGE) as (book, formats):
        about(sheet_of(book, "说明", formats), result, listed)
        summary(sheet_of(book, "汇总", formats, wide=True), result)
        if result.claims:
            write_claims(sheet_of(book, "自评对照", formats, wide=True), result)
        write_findings(sheet_of(book, "不符合项", formats, wide=True), result, listed)


@contextmanager
def workbook(
    target: Path | BytesIO, title: str, *, large: bool = False
) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """A new workbook with its formats, closed at the end; a `large` one is written row by row.

    Raises:
        OSError: it cannot be written.
    """
    options: dict[str, Any] = {
        "constant_memory": large,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    if isinstance(target, Path):
        options["tmpdir"] = str(target.parent)
    book = Workbook(target if isinstance(target, BytesIO) else str(target), options)
    book.set_properties({"title": title, "comments": words.NOTICE, "created": _CREATED})
    yield book, looks(book)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def sheet_of(book: Any, name: str, formats: Mapping[str, Any], *, wide: bool = False) -> Sheet:
    """A new sheet that prints on A4, one page wide; `wide` turns the paper."""
    sheet = book.add_worksheet(name)
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&C{words.NOTICE}")
    sheet.set_footer(f"&L{words.TITLE}&R第 &P 页，共 &N 页")
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    if wide:
        sheet.set_landscape()
    return Sheet(sheet, formats)


def write_findings(sheet: Sheet, result: Result, listed: int) -> None:
    """不符合项: one line a finding, `listed` of them."""
    sheet.widths(*WIDTHS)
    sheet.sheet.freeze_panes(1, 2)
    sheet.sheet.repeat_rows(0)
    sheet.sheet.repeat_columns(0, 1)
    sheet.sheet.fit_to_pages(2, 0)
    sheet.sheet.autofilter(0, 0, max(1, listed), len(HEAD) - 1)
    sheet.sheet.ignore_errors({"number_stored_as_text": f"A1:N{listed + 1}"})
    sheet.line(HEAD, "head")
    for line in islice(_lines(result), LINES_MOST):
        sheet.line(line, looks={_DELIVERED: "blamed"})


def _lines(result: Result) -> Iterator[list[Value]]:
    for item in result.requirements:
        for finding in item.findings:
            yield _line(item, finding)


def _line(item: RequirementResult, finding: Finding) -> list[Value]:
    blamed = words.blamed_cells(finding)
    return [
        item.id,
        item.clause,
        item.text,
        finding.part,
        finding.row,
        finding.key,
        "\n".join(cell.title for cell in blamed),
        _values(blamed, "delivered"),
        _values(blamed, "understood"),
        _message(finding, blamed),
        finding.owner,
        item.remedy,
        _nature(item),
        finding.explained,
    ]


def _values(cells: tuple[FindingCell, ...], name: str) -> str:
    """One value as it is; several with their columns, one a line."""
    if len(cells) == 1:
        return str(getattr(cells[0], name)) or words.BLANK
    return "\n".join(f"{cell.title}：{getattr(cell, name) or words.BLANK}" for cell in cells)


def _message(finding: Finding, blamed: tuple[FindingCell, ...]) -> str:
    beside = [cell for cell in finding.cells if cell not in blamed]
    told = "，".join(f"{cell.title}为“{cell.delivered or words.BLANK}”" for cell in beside)
    return f"{finding.message}（同一行：{told}）" if told else finding.message


def _nature(item: RequirementResult) -> str:
    if item.outcome == "cantTell":
        return "待确认读法"
    return "请核实" if item.modality == "shall" and not item.advisory else "提示"

"""Plain sections of tables, as one page and as one workbook: for what is counted, not found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guiju_tools.report.cells import Value
from guiju_tools.report.html import render_page
from guiju_tools.report.workbook import sheet_of, workbook

Cell = str | int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and one table with the widths of its columns (in letters, for the workbook)."""

    title: str
    words: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    widths: tuple[float, ...] = ()
    picture: str = field(default="", repr=False)


def tables_page(title: str, subtitle: str, notice: str, sections: Sequence[Section], foot: str) -> str:
    """The page in the look of the report; `picture` of a section is inline SVG of our own making."""
    return render_page(
        "tables.html.j2", title=title, subtitle=subtitle, notice=notice, sections=sections, foot=foot
    )


def tables_book(path: Path, title: str, notice: str, sections: Sequence[Section], foot: str) -> None:
    """The same as a workbook, one sheet a section.

    Raises:
        OSError: it cannot be written.
    """
    with workbook(path, title) as (book, formats):
        for section in sections:
            sheet = sheet_of(book, section.title[:31], formats, wide=len(section.head) > 6)  # noqa: PLR2004 - columns of A4 upright
            sheet.widths(*(section.widths or (24.0,) * max(1, len(section.head))))
            sheet.line([notice], "notice")
            sheet.line([f"{title}：{section.title}"], "title")
            for sentence in section.words:
                sheet.line([sentence], "soft")
            if section.head:
                sheet.line(section.head, "head")
            for row in section.rows:
                values: list[Value] = list(row)
                sheet.line(values)
            sheet.line([foot], "soft")

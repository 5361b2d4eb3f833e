"""What a sheet's XML says and calamine does not: percentages, and digits of long codes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import unescape
from pathlib import Path

from guiju.export.book.columns_of import column_letters, column_number
from guiju.export.book.facts import Facts
from guiju.export.book.package import opened, pieces
from guiju.export.book.sheet_signs import beginning

KEPT_BY_EXCEL = 15
_PERCENT_BUILT_IN = frozenset({9, 10})
_FORMAT = re.compile(r'<(?:\w+:)?numFmt\b[^>]*?\bnumFmtId="(\d+)"[^>]*?\bformatCode="([^"]*)"')
_FORMATS = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf\b([^>]*)>")
_STYLE_FORMAT = re.compile(r'\bnumFmtId="(\d+)"')
_QUOTED = re.compile(r'"[^"]*"|\\.')


def percent_styles(styles: str) -> frozenset[int]:
    """Numbers of the cell styles that show percentages, from the text of ``styles.xml``."""
    formats = {
        int(number) for number, code in _FORMAT.findall(styles) if "%" in _QUOTED.sub("", unescape(code))
    }
    cells = _FORMATS.search(styles)
    found = _STYLE.findall(cells[0]) if cells else []
    numbers = [match and int(match[1]) for match in map(_STYLE_FORMAT.search, found)]
    return frozenset(index for index, number in enumerate(numbers) if number in formats | _PERCENT_BUILT_IN)


def note_percentages(head: bytes, facts: Facts, percent: frozenset[int]) -> None:
    """Columns of which a cell with a value near the beginning is shown as a percentage."""
    if percent:
        styles = "|".join(str(number) for number in sorted(percent))
        cell = rf'\br="([A-Z]{{1,3}})[0-9]+"[^>]*?\bs="(?:{styles})"[^>]*(?<!/)>'
        facts.percent.update(column_number(match[1].decode()) for match in re.finditer(cell.encode(), head))


def stored_digits(path: Path, entry: str, cells: Mapping[int, Collection[int]]) -> dict[int, dict[int, str]]:
    """The stored digits of numeric cells, by column and row (both from 1), where the file has them in full.

    calamine gives floats, which lose digits from the sixteenth on. Programs that write workbooks often put an
    18- or 31-digit code into a numeric cell with all its digits. Excel itself keeps only 15 and makes the
    rest zeros; such a cell stays as it is, and doubtful.

    Args:
        path: the workbook.
        entry: the sheet's entry in the archive.
        cells: rows by column, the cells in question.
    """
    found: dict[int, dict[int, str]] = {column: {} for column in cells}
    with opened(path) as archive:
        info = archive.getinfo(entry)
        _, signs = beginning(archive, info)
        letters = "|".join(column_letters(column) for column in sorted(cells))
        p = re.escape(signs.prefix)
        long = re.compile(
            rf'\br="({letters})([0-9]+)"[^>]*>(?:<{p}f\b[^>]*/>|<{p}f\b[^>]*>[^<]*</{p}f>)?'
            rf"<{p}v>(-?[0-9]{{16,}})</{p}v>".encode()
        )
        wanted = {column: frozenset(rows) for column, rows in cells.items()}
        for piece in pieces(path, archive, info, signs.cell):
            for match in long.finditer(piece):
                column, row, digits = column_number(match[1].decode()), int(match[2]), match[3].decode()
                if row in wanted[column] and len(digits.lstrip("-").rstrip("0")) > KEPT_BY_EXCEL:
                    found[column][row] = digits
    return found

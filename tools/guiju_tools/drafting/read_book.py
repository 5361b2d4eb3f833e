"""The drafters' workbook read back: texts by sheet and row, each with its cell; every fault is gathered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from guiju.errors import InputError, Place
from guiju.export.book.content import content_of
from guiju.export.book.looking import look
from guiju_tools.drafting import headings as h
from guiju_tools.drafting import sheets as s
from guiju_tools.drafting.base import Base, Damaged, read_base
from guiju_tools.drafting.sheets import Column, SheetForm

_ENOUGH = 20
"""Sources for which columns are known; nobody writes so many."""
_MOST_ROWS, _MOST_COLUMNS = 20_000, 120


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it came back: its sheet, its number, its texts by heading and the letters of its columns."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def at(self, heading: str = "") -> str:
        """A cell as messages name it."""
        letter = self.letters.get(heading, "A")
        return f"“{self.sheet}”页{letter}{self.number}"


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook as it came back."""

    base: Base
    lines: Mapping[str, tuple[Line, ...]]
    faults: tuple[str, ...]


def read_book(path: Path) -> Returned:
    """Read a workbook.

    Raises:
        InputError: GJ-I473 it is none that `guiju draft export` wrote, or damaged; GJ-I1xx no workbook.
    """
    book = _opened(path)
    absent = [form.name for form in s.forms(1) if form.name not in book.sheetnames]
    if s.BASE not in book.sheetnames or absent:
        told = f"没有工作表{'、'.join(f'“{name}”' for name in absent or [s.BASE])}"
        raise _no_draft(path, told)
    try:
        base = read_base([str(cell.value or "") for (cell,) in book[s.BASE].iter_rows(max_col=1)])
    except Damaged as fault:
        raise _no_draft(path, str(fault)) from fault
    faults: list[str] = []
    forms = s.forms(_ENOUGH, _ENOUGH)
    lines = {form.name: tuple(_lines(book[form.name], form, faults)) for form in forms}
    return Returned(base, lines, tuple(faults))


def _opened(path: Path) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and only a workbook needs it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - as above

    if not path.is_file():
        raise _no_draft(path, "没有这个文件")
    content = content_of(path)
    if content.kind != "xlsx":
        raise _no_draft(path, f"这是 {content.usual} 文件，请另存为 .xlsx")
    looked = look(path, content)  # refuses what would fill the memory
    try:
        book = load_workbook(path)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as fault:
        raise _no_draft(path, f"不是完好的工作簿（{type(fault).__name__}）") from fault
    for name in looked.sheets:
        if name in book.sheetnames and (book[name].max_row or 0) > _MOST_ROWS:
            raise _no_draft(path, f"“{name}”页第{_MOST_ROWS}行以下还有内容，请删去那些行")
    return book


def _no_draft(path: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I473",
        "这不是 guiju draft export 写出的工作簿",
        place=Place(str(path)),
        cause=cause,
        hint="请用 guiju draft export 重新导出，把改动写到新的工作簿里；不要删隐藏的工作表",
    )


def _lines(sheet: Any, form: SheetForm, faults: list[str]) -> Iterator[Line]:
    rows = sheet.iter_rows(max_col=_MOST_COLUMNS)
    first = next(rows, ())
    heads = {cell.column: str(cell.value).strip() for cell in first if cell.value not in (None, "")}
    known = {column.heading: column for column in form.columns}
    _check_heads(sheet, form, heads, faults)
    letters = {name: cell.column_letter for cell in first if (name := heads.get(cell.column))}
    for row in rows:
        cells = {}
        for cell in row:
            column = known.get(heads.get(cell.column, ""))
            if column is None or cell.value is None or column.heading == s.TOLD:
                continue
            text = _text(cell, column, form.name, faults)
            if text:
                cells[column.heading] = text
        if cells:
            yield Line(form.name, row[0].row, cells, letters)


def _check_heads(sheet: Any, form: SheetForm, heads: Mapping[int, str], faults: list[str]) -> None:
    names = list(heads.values())
    wanted = {column.heading for column in form.columns if not _source_past(column.heading, names)}
    faults += [
        f"“{sheet.title}”页第1行：缺少“{name}”一列，请从原来的工作簿补上"
        for name in sorted(wanted - set(names) - {s.TOLD})
    ]
    for column, name in heads.items():
        if names.count(name) > 1:
            faults.append(f"“{sheet.title}”页第1行：有两列都叫“{name}”，请删去一列")
            return
        if form.column(name) is None:
            cell = sheet.cell(1, column).coordinate
            faults.append(f"“{sheet.title}”页{cell}：不认识的列“{name}”，请删去，或者改回原来的列名")


def _source_past(heading: str, names: Sequence[str]) -> bool:
    """Whether a column is one of the further sources that a workbook need not have."""
    digits = "".join(letter for letter in heading if letter.isdecimal())
    return bool(digits) and h.DOCUMENT.format(digits) not in names and int(digits) > 1


def _text(cell: Any, column: Column, sheet: str, faults: list[str]) -> str:
    where = f"“{sheet}”页{cell.coordinate}"
    value = cell.value
    match value:
        case str() if cell.data_type == "f":
            faults.append(f"{where}：是公式，请改成文字")
        case str() if cell.data_type == "e":
            faults.append(f"{where}：是错误值 {value}，请改成文字")
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()
        case bool() if set(column.words) == {h.YES, h.NO}:
            return h.YES if value else h.NO
        case int() | float() if column.number and not isinstance(value, bool):
            return _number(value)
        case dt.datetime() | dt.date():
            return value.strftime("%Y-%m-%d")
        case _:
            faults.append(f"{where}：“{value}”成了数，不是文字；请把这一格设成文本格式，照原样重新输入")
    return ""


def _number(value: float) -> str:
    text = format(Decimal(repr(value)).normalize(), "f")
    return text if text != "-0" else "0"

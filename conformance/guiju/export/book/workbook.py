"""Excel workbooks: one table for each sheet that has headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from guiju.export.book.cells import Cell, cell_text, inexact
from guiju.export.book.stored_digits import put_back, stored_digits
from guiju.export.book.workbook_guard import broken, guard
from guiju.export.layout.headings import find_head, headings, listed, title_remark
from guiju.export.refusals import no_headings
from guiju.export.remarks import Remark, add, of_rows
from guiju.export.rows import Row, insert_rows


@dataclass(frozen=True, slots=True)
class SheetSource:
    """A sheet as a `SourceTable`; `head` is the sheet row of the headings, counted from 1.

    The parsed sheet is kept from opening to loading, for parsing is what costs.
    """

    path: Path
    part: str
    head: int
    columns: tuple[str, ...]
    _remarks: list[Remark] = field(default_factory=list, compare=False)
    _parsed: list[CalamineSheet] = field(default_factory=list, compare=False, repr=False)
    reads: tuple[Path, ...] = ()

    @property
    def file(self) -> str:
        """The file's name without folder."""
        return self.path.name

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the reader had to decide; inexact numbers are known once the table is loaded."""
        return tuple(self._remarks)

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the rows below the headings: see `SourceTable.load_into`."""
        places = {name: self.columns.index(heading) for name, heading in columns.items()}
        sheet = self._parsed.pop() if self._parsed else _workbook(self.path).get_sheet_by_name(self.part)
        doubtful: dict[int, list[int]] = {}
        rows = self._rows(sheet, list(places.values()), doubtful)
        total = insert_rows(con, table, list(places), part, rows)
        if doubtful:
            left = (sheet.start or (0, 0))[1] + 1
            known = stored_digits(
                self.path, self.part, {left + index: rows for index, rows in doubtful.items()}
            )
            for name, index in places.items():
                digits = known.get(left + index, {})
                if digits:
                    put_back(con, table, name, part, digits)
                self._remark_inexact(index, [row for row in doubtful.get(index, []) if row not in digits])
        return total

    def _rows(
        self, sheet: CalamineSheet, wanted: Sequence[int], doubtful: dict[int, list[int]]
    ) -> Iterator[Row]:
        for number, cells in _numbered(sheet):
            if number <= self.head or cells.count("") == len(cells):
                continue
            texts: list[str | None] = []
            for index in wanted:
                cell = cells[index]
                texts.append(cell if isinstance(cell, str) else cell_text(cell))
                if isinstance(cell, float) and inexact(cell):
                    doubtful.setdefault(index, []).append(number)
            yield number, texts

    def _remark_inexact(self, index: int, numbers: Sequence[int]) -> None:
        """Remark on numbers of which the file itself does not have all digits."""
        if not numbers:
            return
        heading = self.columns[index]
        text = (
            f"“{heading}”列有{len(numbers)}个数值超过15位，Excel按数值存放时只保留15位有效数字，"
            f"编码可能已失真（第{listed(numbers)}行）"
        )
        hint = "请把该列设为文本后重新导出"
        add(self._remarks, of_rows("GJ-D103", text, numbers, column=heading, hint=hint))


def open_workbook(
    path: Path,
    words: frozenset[str] = frozenset(),  # noqa: ARG001 -- taken for `find_area`
) -> list[SheetSource]:
    """The sheets of a workbook that have headings.

    Raises:
        InputError: as `guard`; GJ-I107 when no sheet has headings.
    """
    guard(path)
    workbook = _workbook(path)
    found: list[SheetSource] = []
    without: list[str] = []
    for meta in workbook.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = _sheet(workbook, path, meta.name)
        if sheet.start is None:
            continue
        source = _source(path, sheet, hidden=meta.visible != SheetVisibleEnum.Visible)
        without += [meta.name] if source is None else []
        found += [source] if source else []
    _remark_unread(path, found, without)
    return found


def _remark_unread(path: Path, found: Sequence[SheetSource], without: Sequence[str]) -> None:
    if not found:
        raise no_headings(path, "标题行是第一个有两个以上文字单元格的行，请检查工作表是否为空")
    for source in found:
        for name in without:
            add(source._remarks, Remark("GJ-D101", f"工作表“{name}”没有标题行，未读取"))  # noqa: SLF001 -- same module


def _source(path: Path, sheet: CalamineSheet, *, hidden: bool) -> SheetSource | None:
    head = find_head((number, [_word(cell) for cell in cells]) for number, cells in _numbered(sheet))
    if head is None or sheet.start is None:
        return None
    number, _, above = head
    cells = next(cells for row, cells in _numbered(sheet) if row == number)
    names = headings([cell_text(cell) or "" for cell in cells], sheet.start[1] + 1)
    remarks = [Remark("GJ-D102", f"工作表“{sheet.name}”是隐藏的")] if hidden else []
    remarks += [*title_remark(above), *names.remarks]
    return SheetSource(path, sheet.name, number, names.names, remarks, [sheet])


def _word(cell: Cell) -> str:
    return cell if isinstance(cell, str) else ""


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, list[Cell]]]:
    """Rows with their number in the sheet; cells from the first filled column."""
    yield from enumerate(sheet.iter_rows(), 1)


def _workbook(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise broken(path, str(error)) from error


def _sheet(workbook: CalamineWorkbook, path: Path, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise broken(path, f"工作表“{name}”：{error}") from error

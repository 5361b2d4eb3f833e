"""整改台账.xlsx as a workbook: opened without losing a typed cell, laid out for A4, put in place whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from guiju.errors import InputError, Place
from guiju_tools.report import words
from guiju_tools.report.cells import lines

FILE, BACKUP, SHEET = "整改台账.xlsx", "整改台账（备份）.xlsx", "整改台账"
HEAD = (
    "序号",
    "标准",
    "条款",
    "要求",
    "不符合项（行的主键）",
    "责任单位",
    "期限",
    "状态",
    "发现期次",
    "整改说明",
    "复核结果",
    "编号",
)
WIDTHS = (6, 20, 8, 40, 36, 20, 12, 20, 10, 32, 28, 24)
_LINE, _HIGHEST = 15.0, 300.0
"""Height of a line of text, and the greatest height of a row, in points."""
TODO, DOING, DONE, MENDED, AGAIN, NONE = (
    "待整改",
    "整改中",
    "已整改（待复核）",
    "已整改（系统复核）",
    "重新出现",
    "不属问题（见说明）",
)
STATUSES = (TODO, DOING, DONE, MENDED, AGAIN, NONE)
_GUIDE = (
    "每次核验后由程序接着写：新的不符合项加在最后，原有各行按“编号”对上，填写的内容一概保留。",
    "期限、状态、责任单位、整改说明由人填写；状态可选：" + "、".join(STATUSES) + "。",
    "复核后已符合的，状态改为“已整改（系统复核）”，原来的状态记在复核结果中；又不符合的，改为“重新出现”。",
    "可以排序、筛选、加列、加自己的行；不要改动“编号”一列，不要删改标题。",
    "判法或读法有变、数据中没有了这条记录的，程序不改状态，只在复核结果中写明，请人确认。",
)


@dataclass(slots=True)
class Line:
    """One row of the ledger that is ours: its row number in the sheet, and its texts by heading."""

    row: int
    texts: dict[str, str]


@dataclass(slots=True)
class Book:
    """The workbook, with where the columns stand.

    Use `lines` to read, `set` and `add` to write, `put` at the end. `last_row` is the last row in use: the
    library counts all cells each time that it is asked for it.
    """

    folder: Path
    book: Any
    sheet: Any
    columns: dict[str, int]
    last_row: int
    lines: dict[str, Line] = field(default_factory=dict)
    changed: bool = False

    def set(self, line: Line, heading: str, text: str) -> None:
        """Write one cell of a line, as a text whatever it looks like."""
        if line.texts.get(heading, "") == text:
            return
        line.texts[heading] = text
        _write(self.sheet.cell(line.row, self.columns[heading]), text)
        self._make_room(line)
        self.changed = True

    def _make_room(self, line: Line) -> None:
        """Make the row as high as its texts need; spreadsheets do not do so by themselves."""
        height = _LINE * max(
            lines(line.texts.get(heading, ""), width)
            for heading, width in zip(HEAD[:-1], WIDTHS, strict=False)
        )
        row = self.sheet.row_dimensions[line.row]
        row.height = max(row.height or 0, min(height, _HIGHEST))

    def add(self, name: str, texts: dict[str, str]) -> Line:
        """Append a line under an id."""
        self.last_row += 1
        row = self.last_row
        line = Line(row, dict.fromkeys(HEAD, ""))
        for heading in HEAD:
            _style(self.sheet.cell(row, self.columns[heading]))
        number = self.sheet.cell(row, self.columns["序号"])
        number.value = row - 1
        for heading, text in {**texts, "编号": name}.items():
            self.set(line, heading, text)
        self.lines[name] = line
        self.changed = True
        return line

    def put(self) -> None:
        """Put the workbook in place, the earlier one kept beside it.

        Raises:
            InputError: GJ-I318 it is held open by another program.
        """
        if not self.changed:
            return
        _lay_out(self.sheet, self.columns)
        target = self.folder / FILE
        try:
            with tempfile.TemporaryDirectory(prefix=".guiju-", dir=self.folder) as temporary:
                made = Path(temporary) / FILE
                self.book.save(made)
                if target.exists():
                    shutil.copy2(target, self.folder / BACKUP)
                made.replace(target)
        except OSError as error:
            raise _held(target, error.strerror or str(error)) from error


def open_book(folder: Path) -> Book:
    """The ledger of a folder, or a new one.

    Raises:
        InputError: GJ-I318 held open by another program; GJ-I319 damaged.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and only a desk needs it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - as above

    path = folder / FILE
    if not path.exists():
        return _new(folder)
    _refuse_locked(path)
    try:
        book = load_workbook(path)
    except PermissionError as error:
        raise _held(path, error.strerror or str(error)) from error
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        raise _damaged(path, f"不是完好的 .xlsx 工作簿（{type(error).__name__}）") from error
    if SHEET not in book.sheetnames:
        raise _damaged(path, f"没有名为“{SHEET}”的工作表")
    sheet = book[SHEET]
    found = Book(folder, book, sheet, _columns(sheet, path), sheet.max_row)
    found.lines |= dict(_lines(found, path))
    return found


def _columns(sheet: Any, path: Path) -> dict[str, int]:
    headings = [str(cell.value or "").strip() for cell in sheet[1]]
    missing = [name for name in HEAD if name not in headings]
    twice = [name for name in HEAD if headings.count(name) > 1]
    if missing or twice:
        told = f"缺少列：{'、'.join(missing)}" if missing else f"列重复：{'、'.join(twice)}"
        raise _damaged(path, f"第一行不是原来的标题，{told}")
    return {name: headings.index(name) + 1 for name in HEAD}


def _lines(found: Book, path: Path) -> Iterator[tuple[str, Line]]:
    """Our lines by id; rows without an id are people's own and stay as they are."""
    seen: dict[str, int] = {}
    for row in range(2, found.last_row + 1):
        texts = {name: _text(found.sheet.cell(row, column).value) for name, column in found.columns.items()}
        name = texts["编号"]
        if not name:
            continue
        if name in seen:
            raise _damaged(path, f"第{seen[name]}行和第{row}行的编号相同：{name}")
        seen[name] = row
        yield name, Line(row, texts)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _refuse_locked(path: Path) -> None:
    for name in (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#", f".~{path.name}"):
        if (path.parent / name).exists():
            raise _held(path, f"有锁文件 {name}")


def _held(path: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I318",
        "整改台账正被别的程序打开，不能更新",
        place=Place(str(path)),
        cause=cause,
        hint="请保存并关闭它，再运行一次；确实没有人打开的，删去锁文件",
    )


def _damaged(path: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I319",
        "整改台账对不上，没有改动它",
        place=Place(str(path)),
        cause=cause,
        hint=f"请恢复标题和“编号”一列，或者用“{BACKUP}”换回；不要了的，移走它，程序会另建一份",
    )


def _new(folder: Path) -> Book:
    from openpyxl import Workbook  # noqa: PLC0415 - as above

    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    for column, (heading, width) in enumerate(zip(HEAD, WIDTHS, strict=True), start=1):
        _write(sheet.cell(1, column), heading)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    guide = book.create_sheet("说明")
    guide.column_dimensions["A"].width = 110
    for row, text in enumerate((words.NOTICE, *_GUIDE), start=1):
        _write(guide.cell(row, 1), text)
    return Book(folder, book, sheet, {name: place for place, name in enumerate(HEAD, start=1)}, 1)


def _write(cell: Any, text: str) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - as above

    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)[:32000] or None
    if cell.value is not None:
        cell.data_type = "s"  # a text that begins with = is no formula


@cache
def _looks() -> tuple[Any, Any]:
    from openpyxl.styles import Alignment, Border, Side  # noqa: PLC0415 - as above

    line = Side(style="thin", color="D5DBE3")
    return Alignment(wrap_text=True, vertical="top"), Border(left=line, right=line, top=line, bottom=line)


def _style(cell: Any) -> None:
    cell.alignment, cell.border = _looks()


def _lay_out(sheet: Any, columns: dict[str, int]) -> None:
    """Frozen head, filter, drop-downs and print layout, over all rows that there are now."""
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - as above

    for column in columns.values():
        head = sheet.cell(1, column)
        _style(head)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="1F4A7A")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    letter = get_column_letter(columns["状态"])
    ours = f'"{",".join(STATUSES)}"'
    kept = [item for item in sheet.data_validations.dataValidation if item.formula1 != ours]
    sheet.data_validations.dataValidation = kept
    choice = DataValidation(type="list", formula1=ours, allow_blank=True, showErrorMessage=False)
    choice.add(f"{letter}2:{letter}{sheet.max_row + 200}")
    sheet.add_data_validation(choice)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    if columns["编号"] == sheet.max_column:
        sheet.print_area = f"A1:{get_column_letter(columns['编号'] - 1)}{sheet.max_row}"
    sheet.oddHeader.center.text = words.NOTICE
    sheet.oddFooter.right.text = "第 &P 页，共 &N 页"

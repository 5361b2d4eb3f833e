"""A mapping out of the workbook that `guiju map` wrote and somebody filled in, checked cell by cell."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place
from guiju.export.recognition import mapping_form as form
from guiju.export.recognition.mapping_form import OPEN
from guiju.export.values.forms import BLANKS

_LETTERS = 26
_META = ("id", "title", "standard")


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a sheet: its number and its texts by heading."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def text(self, heading: str) -> str:
        return self.cells.get(heading, "")

    def at(self, heading: str) -> str:
        return f"“{self.sheet}”页{self.letters.get(heading, '')}{self.number}"


@dataclass(slots=True)
class _Book:
    """What has been read so far, and what was wrong."""

    datasets: dict[str, str] = field(default_factory=dict)
    fields: dict[str, dict[str, str]] = field(default_factory=dict)
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    where: dict[tuple[str, str], str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def dataset(self, line: _Line) -> str:
        """The id behind the title of a dataset; empty (and a fault) where there is none."""
        return self._known(line, "数据集", self.datasets)

    def field(self, line: _Line, dataset: str) -> str:
        """The name behind the title of a field; empty (and a fault) where there is none."""
        return self._known(line, "数据元", self.fields.get(dataset, {}))

    def of(self, dataset: str) -> dict[str, Any]:
        """What is told of a dataset."""
        return self.told.setdefault(dataset, {"columns": {}})

    def wrong(self, line: _Line, heading: str, said: str) -> None:
        """Note a fault with its cell."""
        self.faults.append(f"{line.at(heading)}：{said}")

    def _known(self, line: _Line, heading: str, known: Mapping[str, str]) -> str:
        text = line.text(heading)
        if text in known:
            return known[text]
        close = difflib.get_close_matches(text, known, n=2)
        hint = f"，是否为{'、'.join(f'“{item}”' for item in close)}" if close else "，请从下拉列表中选"
        self.wrong(line, heading, f"没有名为“{text}”的{heading}{hint}")
        return ""


def read_book(path: Path) -> dict[str, Any]:
    """The mapping in a workbook, as the data of a mapping file.

    Raises:
        InputError: GJ-I211 no mapping's workbook, or unreadable; GJ-I210 wrong cells (all of them).
    """
    sheets = _sheets(path)
    lines = {name: list(_lines(name, rows)) for name, rows in sheets.items()}
    book = _Book()
    for line in lines[form.FIELDS]:
        book.datasets[line.text("数据集")] = line.text("数据集标识")
        book.fields.setdefault(line.text("数据集标识"), {})[line.text("数据元")] = line.text("数据元标识")
    for line in lines[form.TABLES]:
        _table(book, line)
    for line in lines[form.COLUMNS]:
        _column(book, line)
    for line in lines[form.QUESTIONS]:
        _question(book, line)
    for line in lines[form.CODES]:
        _code(book, line)
    _check_whole(book)
    if book.faults:
        raise InputError(
            "GJ-I210",
            f"字段对应表的工作簿有{len(book.faults)}处要改",
            place=Place(str(path)),
            cause="；".join(book.faults),
            hint="请逐处改正；带下拉列表的单元格请从列表中选",
        )
    meta = dict(zip(_META, (row[1] for row in sheets[form.ABOUT][:3]), strict=True))
    return {**meta, "datasets": {name: told for name, told in book.told.items() if told["columns"]}}


def book_rows(path: Path, sheet: str) -> list[Mapping[str, str]]:
    """The rows of one sheet, as texts by heading.

    Raises:
        InputError: GJ-I211 as `read_book`.
    """
    return [line.cells for line in _lines(sheet, _sheets(path)[sheet])]


def is_book(path: Path) -> bool:
    """Whether the file is a mapping's workbook (and not an export)."""
    try:
        _sheets(path)
    except InputError:
        return False
    return True


def _sheets(path: Path) -> dict[str, list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 -- most mappings are no workbooks

    from guiju.export.book.cells import cell_text  # noqa: PLC0415 -- as above

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = [name for name in form.SHEETS if name in workbook.sheet_names]
        read = {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except (CalamineError, OSError) as error:
        raise _no_book(path, str(error)) from error
    found = {name: [[cell_text(cell) or "" for cell in row] for row in rows] for name, rows in read.items()}
    absent = [name for name in form.SHEETS if name not in found]
    if absent:
        raise _no_book(path, f"没有工作表{'、'.join(f'“{name}”' for name in absent)}")
    if found[form.FIELDS][0][:1] != [form.FORM]:
        raise _no_book(path, f"工作表“{form.FIELDS}”被改过")
    return found


def _no_book(path: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I211",
        "这个工作簿不是 guiju map 写出的字段对应表",
        place=Place(str(path)),
        cause=cause,
        hint="请用 guiju map 重新写出，或者使用 .yaml 文件",
    )


def _lines(sheet: str, rows: list[list[str]]) -> Iterator[_Line]:
    """Rows below the heading, which is row 2 of the hidden sheet and row 1 of the others."""
    top = 1 if sheet == form.FIELDS else 0
    head = [cell.strip(BLANKS) for cell in rows[top]] if len(rows) > top else []
    letters = {name: _letter(index) for index, name in enumerate(head) if name}
    for number, row in enumerate(rows[top + 1 :], top + 2):
        cells = {name: cell.strip(BLANKS) for name, cell in zip(head, row, strict=False) if name}
        if any(cells.values()):
            yield _Line(sheet, number, cells, letters)


def _table(book: _Book, line: _Line) -> None:
    if line.text("数据集") in ("", form.NOT_READ):
        return
    name = book.dataset(line)
    if not name:
        return
    use = line.text("是否读取") or form.YES
    if use not in (form.YES, form.NO, OPEN):
        book.wrong(line, "是否读取", "只能是“是”“否”或“待确认”")
    given: dict[str, Any] = {"use": use} if use != form.YES else {}
    given |= {key: line.text(head) for key, head in (("file", "只限文件"), ("sheet", "只限工作表"))}
    given |= _numbers(book, line)
    given |= {"crosswalks": _walks(book, line)}
    for key, value in given.items():
        if value:
            _agreed(book, line, name, key, value)
    book.of(name)


def _agreed(book: _Book, line: _Line, name: str, key: str, value: Any) -> None:
    """Tables of one dataset share what is told of it."""
    told, place = book.of(name), (name, key)
    if key in told and told[key] != value:
        book.wrong(line, "数据集", f"与{book.where[place]}对同一个数据集的写法不同，请改成一样")
    told[key] = value
    book.where.setdefault(place, line.at("数据集"))


def _numbers(book: _Book, line: _Line) -> dict[str, Any]:
    head, skip = line.text("指定标题行"), line.text("不读的行")
    numbers = [text for text in skip.replace("、", ",").replace("，", ",").split(",") if text.strip()]
    if head and not head.isdecimal():
        book.wrong(line, "指定标题行", "应为行号")
    if not all(text.strip().isdecimal() for text in numbers):
        book.wrong(line, "不读的行", "应为行号，如 7、8")
        numbers = []
    return {
        "head": int(head) if head.isdecimal() else 0,
        "skip": sorted({int(text) for text in numbers}),
    }


def _walks(book: _Book, line: _Line) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in line.text("代码对照表").replace("；", ";").replace("、", ";").split(";"):
        codelist, sign, owner = (text.strip() for text in part.partition("="))
        if part.strip() and not (sign and codelist and owner):
            book.wrong(line, "代码对照表", "应写成“代码表=来源”，如 item-type=unpadded")
        elif part.strip():
            found[codelist] = owner
    return found


def _column(book: _Book, line: _Line) -> None:
    if line.text("数据元") in ("", form.NOT_READ):
        return
    dataset = book.dataset(line)
    name = book.field(line, dataset) if dataset else ""
    heading, constant = line.cells.get("列名", ""), line.text("每行相同的值")
    if not name:
        return
    if bool(heading) == bool(constant):
        book.wrong(line, "列名", "列名和“每行相同的值”应当只写一个")
        return
    told = book.of(dataset)
    if not _once(book, line, dataset, name, heading or constant):
        return
    if constant:
        told.setdefault("constant", {})[name] = constant
    else:
        told["columns"][name] = heading
    if line.text("分隔符"):
        told.setdefault("separators", {})[name] = line.text("分隔符")
    if order := line.text("日期顺序"):
        if order in form.ORDERS:
            told.setdefault("dates", {})[name] = form.ORDERS[order]
        else:
            book.wrong(line, "日期顺序", f"只能是{'、'.join(form.ORDERS)}")


def _once(book: _Book, line: _Line, dataset: str, name: str, said: str) -> bool:
    """Whether the field is told for the first time, or again with the same heading."""
    place = (dataset, f"column {name}")
    before = book.of(dataset)["columns"].get(name) or book.of(dataset).get("constant", {}).get(name)
    if before is not None and before != said:
        book.wrong(line, "数据元", f"与{book.where[place]}选了同一个数据元")
        return False
    book.where.setdefault(place, line.at("数据元"))
    return True


def _question(book: _Book, line: _Line) -> None:
    dataset = book.dataset(line)
    name = book.field(line, dataset) if dataset else ""
    if not name:
        return
    told, answer = book.of(dataset), line.text("回答")
    chosen = told["columns"].get(name) or told.get("constant", {}).get(name)
    if answer in ("", OPEN):
        told["columns"].setdefault(name, OPEN) if chosen is None else None
    elif answer == form.NO_COLUMN:
        if chosen is not None:
            book.wrong(line, "回答", f"写着没有，而{book.where[dataset, f'column {name}']}已选了“{chosen}”")
        told.setdefault("absent", []).append(name)
    elif chosen not in (None, answer):
        book.wrong(line, "回答", f"与{book.where[dataset, f'column {name}']}选的“{chosen}”不同")
    else:
        told["columns"][name] = answer
        book.where.setdefault((dataset, f"column {name}"), line.at("回答"))


def _code(book: _Book, line: _Line) -> None:
    text, code = line.text("导出里的写法"), line.text("读作")
    if not code:
        return
    dataset = book.dataset(line)
    name = book.field(line, dataset) if dataset else ""
    if not name:
        return
    codes = book.of(dataset).setdefault("values", {}).setdefault(name, {})
    plain = "" if code == form.BLANK_VALUE else code.split("（", 1)[0].split("(", 1)[0].strip()
    if codes.setdefault(text, plain) != plain:
        book.wrong(line, "读作", f"“{text}”前面已写作“{codes[text]}”")


def _check_whole(book: _Book) -> None:
    """A heading serves one field; something must be mapped."""
    for dataset, told in book.told.items():
        users: dict[str, list[str]] = {}
        for name, heading in told["columns"].items():
            users.setdefault(heading, []).append(name)
        for heading, names in users.items():
            if heading != OPEN and len(names) > 1:
                places = "、".join(book.where[dataset, f"column {name}"] for name in names)
                book.faults.append(f"{places}：列“{heading}”选给了{len(names)}个数据元")
    if not any(told["columns"] for told in book.told.values()):
        book.faults.append(f"“{form.COLUMNS}”页：没有一列选了数据元")


def _letter(index: int) -> str:
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, _LETTERS)
        text = chr(65 + rest) + text
    return text

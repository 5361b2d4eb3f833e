"""意见反馈表 as units fill them in, in Word or as a workbook: 序号, 条款, 意见, 理由, 单位.

The head is found by its words, wherever it stands; what is merged counts for each of its rows. A unit that is
named once above the table counts for all rows that name none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from guiju.errors import InputError, Place
from guiju_tools.assessment.grid import SUFFIXES, read_grids

_COLUMNS = {
    "clause": ("条款", "章条编号", "标准章条编号", "章条", "条文编号", "条号", "标准条款"),
    "opinion": (
        "意见",
        "意见内容",
        "修改意见",
        "意见和建议",
        "意见建议",
        "修改意见和建议",
        "意见或建议",
        "意见（建议）",
    ),
    "reason": ("理由", "修改理由", "理由或依据", "理由和依据", "依据"),
    "unit": ("单位", "提出单位", "意见提出单位", "反馈单位", "单位名称"),
    "answer": ("处理意见", "处理结果", "采纳情况", "处理"),
    "why": ("处理理由", "未采纳理由", "未采纳或部分采纳的理由", "不采纳理由", "处理意见及理由"),
    "no": ("意见编号",),
}
_HEADED = 30
"""Rows in which the head of a table is looked for."""
_UNIT = re.compile(
    r"^(?:反馈|提出|填报|意见提出|回函)?单位(?:名称|（(?:盖章|公章)）)?[:：]\s*(\S.*?)\s*(?:（(?:盖章|公章)）)?$"
)
_NOTHING = re.compile(r"^(?:无|无意见|没有意见|无不同意见|无修改意见|同意|/|—|-)[。．.]?$")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Opinion:
    """One opinion: on which clause, what and why, by whom, and where it stands (file, table, row)."""

    clause: str
    opinion: str
    reason: str
    unit: str
    place: str

    def number(self, standard: str) -> str:
        """Its number in the registry: the same opinion of the same unit has the same one."""
        told = f"{standard}\n{self.unit}\n{self.clause}\n{self.opinion}"
        return f"YJ-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Answered:
    """One line of a table of answers: the opinion's number, the answer, the reason, and where it stands."""

    no: str
    answer: str
    reason: str
    place: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a form holds: its opinions, and rows that say nothing (empty, or 无意见)."""

    opinions: tuple[Opinion, ...]
    silent: int


def read_opinions(path: Path, unit: str = "") -> Read:
    """The opinions of one form.

    Args:
        path: a .docx, or a workbook.
        unit: who sent it, where the form does not say.

    Raises:
        InputError: GJ-I570 it cannot be read; GJ-I571 it has no table with 条款 and 意见; GJ-I572 no unit.
    """
    found: list[Opinion] = []
    silent = 0
    tables = list(_tables(path))
    headed = [(name, rows, head) for name, rows, _ in tables if (head := _head(rows, "opinion"))]
    if not headed:
        raise InputError(
            "GJ-I571",
            "没有找到意见表",
            place=Place(path.name),
            cause="没有一张表有“条款”和“意见”两列",
            hint="第一行写列名：序号、条款、意见、理由、单位",
        )
    named = unit or next((told for _, _, told in tables if told), "")
    for name, rows, (start, columns) in headed:
        for number, row in enumerate(rows[start + 1 :], start=start + 2):
            told = {key: row[place] for key, place in columns.items() if place < len(row)}
            if not told.get("opinion") or _NOTHING.match(told["opinion"]):
                silent += any(row)
                continue
            found.append(
                Opinion(
                    told.get("clause", ""),
                    told["opinion"],
                    told.get("reason", ""),
                    told.get("unit", "") or named,
                    f"{path.name} {name} 第{number}行",
                )
            )
    nameless = next((one for one in found if not one.unit), None)
    if nameless is not None:
        raise InputError(
            "GJ-I572",
            "不知道是哪个单位的意见",
            place=Place(nameless.place),
            hint="请在表前写一行“单位：…”，或者填“单位”一列，或者用 --unit 写明",
        )
    return Read(tuple(dict.fromkeys(found)), silent)


def read_answers(path: Path) -> tuple[Answered, ...]:
    """The answers in a table that we wrote and somebody filled in; lines without an answer are left out.

    Raises:
        InputError: GJ-I570 it cannot be read; GJ-I573 it is not such a table.
    """
    for name, rows, _ in _tables(path):
        head = _head(rows, "answer")
        if head and "no" in head[1]:
            return tuple(_answers(path, name, rows, head))
    raise InputError(
        "GJ-I573",
        "这不是处理表",
        place=Place(path.name),
        cause="没有一张表有“意见编号”和“处理意见”两列",
        hint="请用 guiju opinions table 写出的 .xlsx 填写",
    )


def _answers(path: Path, name: str, rows: Sequence[Sequence[str]], head: Any) -> Iterator[Answered]:
    start, columns = head
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        told = {key: row[place] for key, place in columns.items() if place < len(row)}
        if told.get("no") and told.get("answer"):
            yield Answered(
                told["no"], told["answer"], told.get("why", ""), f"{path.name} {name} 第{number}行"
            )


def _head(rows: Sequence[Sequence[str]], needed: str) -> tuple[int, dict[str, int]] | None:
    """Which row is the head, and which column is what; None where no row names what is needed."""
    for number, row in enumerate(rows[:_HEADED]):
        columns: dict[str, int] = {}
        for place, text in enumerate(row):
            said = _BLANKS.sub("", text)
            key = next((key for key, words in _COLUMNS.items() if said in words), "")
            columns.setdefault(key, place)
        columns.pop("", None)
        if needed in columns and ("clause" in columns or "no" in columns):
            return number, columns
    return None


Rows = list[list[str]]


def _tables(path: Path) -> Iterator[tuple[str, Rows, str]]:
    """Every table with its name, its rows as texts, and the unit that is named above it or in it."""
    suffix = path.suffix.lower()
    if suffix == ".docx":
        yield from _word(path)
    elif suffix in SUFFIXES:
        for grid in read_grids(path):
            across = range(1, grid.last_column + 1)
            rows = [[grid.text(row, column) for column in across] for row in range(1, grid.last_row + 1)]
            yield f"“{grid.name}”", _filled(rows, grid.merged), _unit(text for row in rows for text in row)
    else:
        raise _unreadable(path, "不是 .docx，也不是工作簿")


def _filled(rows: Rows, merged: Sequence[tuple[int, int, int, int]]) -> Rows:
    """Rows with what is merged downwards in each of its rows."""
    for top, left, bottom, _ in merged:
        for row in range(top, min(bottom, len(rows))):
            rows[row][left - 1] = rows[row][left - 1] or rows[top - 1][left - 1]
    return rows


def _word(path: Path) -> Iterator[tuple[str, Rows, str]]:
    try:
        paper = Document(str(path))
        above = _unit(line.text.strip() for line in paper.paragraphs)
        for number, table in enumerate(paper.tables, start=1):
            rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
            yield f"表{number}", rows, above or _unit(text for row in rows for text in row)
    except (OSError, PackageNotFoundError, ValueError, KeyError) as error:
        raise _unreadable(path, "不是 .docx 文件，或者已损坏") from error


def _unit(texts: Iterator[str]) -> str:
    found = (_UNIT.match(" ".join(text.split())) for text in texts)
    return next((match[1] for match in found if match), "")


def _unreadable(path: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I570",
        "意见表不能读取",
        place=Place(path.name),
        cause=cause,
        hint="请用 .docx 或 .xlsx；旧的 .doc 请另存为 .docx",
    )

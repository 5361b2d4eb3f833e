"""Self-assessments on forms of others: headings and lines recognised, nothing guessed in silence.

Such a form has its own points, so its scores are told as they stand and are not added up by our rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place, StandardError, StandardErrors
from guiju.export import normal_text
from guiju.standard.assessment import Form, Line
from guiju.standard.checked import checked
from guiju_tools.assessment.grid import Grid
from guiju_tools.assessment.problems import Problem

ROLES: Mapping[str, tuple[str, ...]] = {
    "number": ("条款号", "序号", "编号", "指标编号", "项目编号"),
    "content": (
        "评价内容",
        "考核内容",
        "考核点",
        "内容要求",
        "评定项目与内容",
        "考核标准",
        "评价指标",
        "三级指标",
        "要求",
        "项目",
    ),
    "points": ("分值", "标准分", "满分", "分数"),
    "answer": ("自评结论", "结论", "是否符合", "符合情况", "自查情况", "自评结果"),
    "score": ("自评得分", "自评分", "得分", "自查得分", "扣分/加分情况", "扣分加分情况"),
    "evidence": ("佐证材料", "证明材料", "材料", "支撑材料"),
    "note": ("备注", "说明", "自评描述", "自评说明"),
    "opinion": ("意见建议", "意见", "建议"),
}
_TOTALS = re.compile(r"^(小计|合计|总计|总分|得分合计|本项小计)[：: ]*")
_IN_TEXT = re.compile(r"[(（]\s*([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*分\s*[)）]")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,2})?")
_HEAD_WITHIN = 15


@dataclass(frozen=True, slots=True)
class FormMapping:
    """What somebody has said of a form of others; empty where nothing was said."""

    standard: str
    region: str
    organisation: str
    period: str
    sheets: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignLine:
    """One line as it stands: its place, its texts by role, its points (empty where none are told)."""

    sheet: str
    row: int
    texts: Mapping[str, str]
    columns: Mapping[str, int]
    points: str


def read_form_mapping(path: Path) -> FormMapping:
    """The mapping of a form.

    Raises:
        InputError: GJ-I440 it cannot be read or does not keep to its schema.
    """
    try:
        data: Any = checked(path, "form-mapping", str(path))
    except (StandardError, StandardErrors) as error:
        hint = "请按 standards/schema/form-mapping.schema.json 改正"
        raise InputError(
            "GJ-I440", "自评表的对应表不能用", place=Place(str(path)), cause=str(error), hint=hint
        ) from error
    except OSError as error:
        raise InputError(
            "GJ-I440", "读不到自评表的对应表", place=Place(str(path)), cause=str(error), hint="请核对文件名"
        ) from error
    return FormMapping(
        data["standard"],
        data["region"],
        data["organisation"],
        data["period"],
        tuple(data.get("sheets", ())),
        data.get("columns", {}),
        tuple(data.get("lines", ())),
    )


def foreign_lines(grids: Sequence[Grid], mapping: FormMapping) -> list[ForeignLine]:
    """The lines of all sheets that have a heading row."""
    wanted = [grid for grid in grids if not mapping.sheets or grid.name in mapping.sheets]
    return [line for grid in wanted for line in _lines(grid, mapping)]


def _lines(grid: Grid, mapping: FormMapping) -> Iterator[ForeignLine]:
    head, columns = find_head(grid, mapping)
    if not head:
        return
    spread = _spread(grid)
    for row in range(head + 1, grid.last_row + 1):
        texts = {role: _text(grid, spread, row, column) for role, column in columns.items()}
        content = texts.get("content", "")
        first = next(
            (text for column in range(1, grid.last_column + 1) if (text := grid.text(row, column))), ""
        )
        if not content or _TOTALS.match(first) or _TOTALS.match(content) or _is_head(texts, mapping):
            continue
        if not any(texts.get(role) for role in ("answer", "score", "points")) and not _points(texts):
            continue
        yield ForeignLine(grid.name, row, texts, columns, _points(texts))


def find_head(grid: Grid, mapping: FormMapping) -> tuple[int, dict[str, int]]:
    """The heading row and the column of each role; row 0 where there is none."""
    for row in range(1, min(grid.last_row, _HEAD_WITHIN) + 1):
        found: dict[str, int] = {}
        for column in range(1, grid.last_column + 1):
            role = _role(grid.text(row, column), mapping)
            if role and role not in found:
                found[role] = column
        if "content" in found and ("answer" in found or "score" in found):
            return row, found
    return 0, {}


def _role(heading: str, mapping: FormMapping) -> str:
    plain = _plain(heading)
    if not plain:
        return ""
    for role, name in mapping.columns.items():
        if plain == _plain(name):
            return role
    return next(
        (
            role
            for role, names in ROLES.items()
            if role not in mapping.columns and plain in map(_plain, names)
        ),
        "",
    )


def _plain(text: str) -> str:
    return "".join(normal_text(text).split())


def _is_head(texts: Mapping[str, str], mapping: FormMapping) -> bool:
    """A heading row repeated on a later page."""
    return all(_role(text, mapping) == role for role, text in texts.items() if text)


def _spread(grid: Grid) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Cells below the top of a merged range, and the cell that holds its value."""
    return {
        (row, column): (top, left)
        for top, left, bottom, right in grid.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _text(grid: Grid, spread: Mapping[tuple[int, int], tuple[int, int]], row: int, column: int) -> str:
    return grid.text(*spread.get((row, column), (row, column)))


def _points(texts: Mapping[str, str]) -> str:
    """The points of a line: of their own column, or written behind the content in brackets."""
    own = _NUMBER.fullmatch(normal_text(texts.get("points", "")).removesuffix("分"))
    if own:
        return own[0]
    found = _IN_TEXT.findall(normal_text(texts.get("content", "")))
    return str(found[-1]) if found else ""


def matched(
    lines: Sequence[ForeignLine], form: Form, mapping: FormMapping
) -> tuple[list[tuple[ForeignLine, Line]], list[Problem]]:
    """Each line with the requirement that it is about; lines that no rule fits are told."""
    by_id = {line.id: line for line in form.lines}
    by_clause = {line.clause: line for line in form.lines if line.role == "requirement"}
    by_text = {_plain(line.content): line for line in form.lines}
    found: list[tuple[ForeignLine, Line]] = []
    problems: list[Problem] = []
    taken: dict[str, ForeignLine] = {}
    for one in lines:
        name = _named(one, mapping)
        if name == "none":
            continue
        line = by_id.get(name) or by_text.get(_plain(_IN_TEXT.sub("", one.texts["content"])))
        line = line or by_clause.get(_plain(one.texts.get("number", "")))
        if line is None:
            text = f"“{one.texts['content'][:30]}”对不上任何一条要求" + (f"（{name}）" if name else "")
            hint = "请在对应表的 lines 中写明，不对应的写 none"
            problems.append(Problem("GJ-D520", "ask", one.sheet, one.row, one.columns["content"], text, hint))
            continue
        if line.id in taken:
            text = f"与第{taken[line.id].row}行都对应 {line.id}，只用了前一行"
            hint = "请在对应表的 lines 中写明"
            problems.append(
                Problem("GJ-D521", "mend", one.sheet, one.row, one.columns["content"], text, hint)
            )
            continue
        taken[line.id] = one
        found.append((one, line))
    return found, problems


def _named(one: ForeignLine, mapping: FormMapping) -> str:
    number, content = _plain(one.texts.get("number", "")), _plain(one.texts["content"])
    for item in mapping.lines:
        by_number = "number" not in item or _plain(item["number"]) == number
        by_text = "text" not in item or _plain(item["text"]) in content
        if ("number" in item or "text" in item) and by_number and by_text:
            return item["requirement"]
    return ""


def answer_of(one: ForeignLine) -> tuple[str, str]:
    """The answer's word and the score as they stand; without an answer column, the score and points tell.

    Full points are 符合, none are 不符合, those between 部分符合, and so are points that were taken away.
    """
    answer, score = normal_text(one.texts.get("answer", "")), normal_text(one.texts.get("score", ""))
    if answer or not score:
        return answer, score
    number = _NUMBER.fullmatch(score.removesuffix("分").strip())
    if number is None:
        return ("不适用" if score in ("不涉及", "不适用", "/", "-", "—") else ""), score
    value = Decimal(number[0])
    if value < 0:
        return "部分符合", score
    if not one.points:
        return "", score
    if value >= Decimal(one.points):
        return "符合", score
    return ("部分符合" if value else "不符合"), score

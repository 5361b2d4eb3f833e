"""Findings as marks: by sheet, row and column, with the words of clause, reading and remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from guiju.result import Finding, FindingCell, RequirementResult, Result
from guiju_tools.report import words
from guiju_tools.report.cells import CELL_LONGEST

Nature = Literal["wrong", "advice", "doubt"]
NATURE_WORDS: Mapping[Nature, str] = {"wrong": "请核实", "doubt": "待确认读法", "advice": "提示"}
"""The gravest first."""
NATURE_MEANS: Mapping[Nature, str] = {
    "wrong": "不符合一条“应”的要求，请核实",
    "doubt": "这一条的读法可疑（取错列、代码表或口径），请先确认读法",
    "advice": "不符合一条“宜”“可”的要求，或者依据待核对原文，只作提示",
}
_SHOWN = 5
"""So many findings are told in the note of one cell."""
_VALUE_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding with the requirement it is of."""

    requirement: RequirementResult
    finding: Finding

    @property
    def nature(self) -> Nature:
        """How grave it is."""
        item = self.requirement
        if item.outcome == "cantTell":
            return "doubt"
        return "wrong" if item.modality == "shall" and not item.advisory else "advice"

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the cells to blame, each once; empty where no delivered column is to blame."""
        return tuple(dict.fromkeys(cell.column for cell in words.blamed_cells(self.finding) if cell.column))


def marks_of(result: Result) -> dict[str, list[Mark]]:
    """The findings of a result by file or sheet (as findings call it), in the order of the requirements."""
    found: dict[str, list[Mark]] = {}
    for item in result.requirements:
        for finding in item.findings:
            found.setdefault(finding.part, []).append(Mark(item, finding))
    return found


def unlisted(result: Result) -> list[str]:
    """A line for each requirement of which not every failing row is listed."""
    return [
        f"{item.id}（{item.clause}）共有{item.counts.failed}行不符合，只列出并标注前{len(item.findings)}行"
        for item in result.requirements
        if item.counts.failed > len(item.findings) and item.method != "indicator"
    ]


def note(marks: Sequence[Mark]) -> str:
    """The note of one cell: every finding with clause, wording, what was read and what to do."""
    parts = [_told(mark) for mark in marks[:_SHOWN]]
    more = len(marks) - len(parts)
    return "\n\n".join([*parts, *([f"另有{more}项，见“不符合项”工作表。"] if more > 0 else [])])


def _told(mark: Mark) -> str:
    item, finding = mark.requirement, mark.finding
    lines = [
        f"【{NATURE_WORDS[mark.nature]}】{item.id}　{item.clause}",
        item.text,
        f"读到：{'；'.join(_read(cell) for cell in words.blamed_cells(finding))}",
        f"说明：{finding.message}" if finding.message else "",
        f"整改：{item.remedy}" if item.remedy else "",
        f"已有例外说明：{finding.explained}" if finding.explained else "",
    ]
    return words.visible("\n".join(line for line in lines if line))


def _read(cell: FindingCell) -> str:
    delivered = _cut(cell.delivered) or words.BLANK
    understood = "" if cell.understood in ("", cell.delivered) else f"，理解为{_cut(cell.understood)}"
    return f"{cell.title} {delivered}{understood}"


def _cut(text: str) -> str:
    return text if len(text) <= _VALUE_LONGEST else f"{text[:_VALUE_LONGEST]}…"


def gravest(marks: Sequence[Mark]) -> Nature:
    """The gravest nature among marks of one cell."""
    natures = {mark.nature for mark in marks}
    return next(nature for nature in NATURE_WORDS if nature in natures)


LINE_HEAD = (
    *("序号", "性质", "要求编号", "条款", "要求原文", "文件（工作表）", "行号", "列"),
    *("单元格", "原值", "理解为", "说明", "整改建议", "责任单位"),
)
LINE_WIDTHS = (6, 10, 10, 8, 36, 24, 8, 16, 9, 26, 20, 34, 32, 18)


def line(number: int, mark: Mark, place: str) -> list[str | int]:
    """One line of the list of findings; `place` is the cell's address."""
    item, finding = mark.requirement, mark.finding
    blamed = words.blamed_cells(finding)
    return [
        number,
        NATURE_WORDS[mark.nature],
        item.id,
        item.clause,
        item.text,
        finding.part,
        finding.row,
        "\n".join(dict.fromkeys(cell.column or cell.title for cell in blamed)),
        place,
        _cell_values(blamed, "delivered"),
        _cell_values(blamed, "understood"),
        finding.message,
        item.remedy,
        finding.owner,
    ]


def _cell_values(cells: Sequence[FindingCell], name: str) -> str:
    if len(cells) == 1:
        return str(getattr(cells[0], name))[:CELL_LONGEST] or words.BLANK
    return "\n".join(f"{cell.title}：{getattr(cell, name) or words.BLANK}" for cell in cells)[:CELL_LONGEST]

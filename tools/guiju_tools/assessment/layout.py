"""Where everything stands in the workbook of a form; the writer and the reader share it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from guiju.standard.assessment import Block, Form, Group, Line

FORMAT = "guiju-form/1"
COVER, GUIDE, CHECK, SIGN, HIDDEN = "封面", "填报说明", "填报检查", "签章页", "_guiju"
ANSWERS = ("符合", "部分符合", "不符合", "不适用")
HEADINGS = (
    "序号",
    "一级指标",
    "二级指标",
    "条款号",
    "评价内容",
    "分值",
    "评分标准",
    "自评结论",
    "自评得分",
    "佐证材料",
    "备注",
    "意见建议",
)
NUMBER, BLOCK, GROUP, CLAUSE, CONTENT, POINTS, CRITERIA, ANSWER, SCORE, EVIDENCE, NOTE, OPINION = range(1, 13)
"""Columns, from 1."""
TITLE_ROW, HEAD_ROW = 1, 2
TO_FILL = (ANSWER, SCORE, EVIDENCE, NOTE, OPINION)
COVER_FIELDS = (("organisation", "填报单位", 6), ("region", "区划代码", 7), ("period", "期次", 8))
"""What the cover asks for: name, label, row; the value stands in column C."""
COVER_COLUMN = 3
SIGN_FIELDS = (("填表人", 4), ("审核人", 5), ("负责人", 6), ("日期", 7), ("公章", 8))
SIGN_COLUMN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet below the headings."""

    number: int
    kind: Literal["line", "subtotal", "total", "share"]
    block: Block | None = None
    group: Group | None = None
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form laid out on its sheet."""

    form: Form
    name: str
    rows: tuple[Row, ...]

    @property
    def lines(self) -> Iterator[tuple[int, Line]]:
        """Each line with its row."""
        return ((row.number, row.line) for row in self.rows if row.line is not None)

    def spans(self, what: Literal["block", "group"]) -> Iterator[tuple[int, int, Block | Group]]:
        """First and last row of every block or group of lines, with it."""
        found: list[tuple[int, int, Block | Group]] = []
        for row in self.rows:
            here = row.block if what == "block" else row.group
            if row.kind != "line" or here is None:
                continue
            if found and found[-1][2] is here:
                found[-1] = (found[-1][0], row.number, here)
            else:
                found.append((row.number, row.number, here))
        return iter(found)


def lay_out(forms: Sequence[Form], prefixes: Sequence[str]) -> tuple[FormSheet, ...]:
    """The sheets of a workbook: one a form, named after its prefix where there are several."""
    names = ["自评表"] if len(forms) == 1 else [f"自评表-{prefix}" for prefix in prefixes]
    return tuple(FormSheet(form, name, tuple(_rows(form))) for form, name in zip(forms, names, strict=True))


def _rows(form: Form) -> Iterator[Row]:
    number = HEAD_ROW
    for block in form.blocks:
        for group in block.groups:
            for line in group.lines:
                number += 1
                yield Row(number, "line", block, group, line)
        number += 1
        yield Row(number, "subtotal", block)
    yield Row(number + 1, "total")
    yield Row(number + 2, "share")

"""One altered requirement, and how it is called in lists, reasons and reports."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.standard.checks import Check
from guiju.standard.model import Requirement

KINDS = {
    "boundary": "换比较符",
    "connective": "“且”“或”互换",
    "term-dropped": "去掉一个条件",
    "constant-moved": "常量差一",
    "other-text": "换代码或文字",
    "option-dropped": "少列一个取值",
    "option-added": "多列一个取值",
    "end-dropped": "去掉区间的一端",
    "null-test": "有无填写颠倒",
    "negated": "条件取反",
    "other-function": "换函数",
    "arguments-exchanged": "参数颠倒",
    "other-field": "换数据元",
    "calculation": "换运算符",
    "condition-dropped": "去掉整个前提",
    "field-dropped": "少查一个数据元",
    "comparison-dropped": "少比一个数据元",
    "comparison-way": "换比对方式",
    "stage-dropped": "少一个阶段",
    "stages-exchanged": "阶段颠倒",
    "ties": "先后相同的规定颠倒",
    "missing": "缺时间的规定改变",
    "exception-dropped": "不看例外清单",
    "reason-ignored": "例外不看理由",
    "operator": "换指标比较符",
    "threshold-moved": "指标限值差一",
    "group-dropped": "不分组",
    "window-changed": "改动滚动窗口",
    "other-value": "换取值方式",
    "period-changed": "不看期次，或者看另一个时间",
    "target-dropped": "不看目标日期",
    "target-moved": "目标日期差一天",
}
"""Kinds of alteration and their titles."""
NOTHING = "（去掉）"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A requirement with one part of its check altered.

    `part` is the key of the check in the requirement's file, one below another behind a dot, `before` and
    `after` what stood and what stands there, `requirement` the whole altered requirement.
    """

    part: str
    kind: str
    before: str
    after: str
    requirement: Requirement

    @property
    def id(self) -> str:
        """The id of the requirement."""
        return self.requirement.id

    @property
    def alteration(self) -> str:
        """What was altered, in the words that lists of reasons use."""
        return f"{self.part}: {self.before} → {self.after}"

    @property
    def check(self) -> Check:
        """The altered check."""
        return self.requirement.check

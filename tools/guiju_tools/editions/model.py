"""What differs between two editions, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["editorial", "compatible", "breaking"]
"""What a change can do to an outcome.

`editorial`: nothing. `compatible`: whoever met the earlier edition meets the later one. `breaking`: that
cannot be shown; a region that met the earlier edition may not meet the later one.
"""
Part = Literal["requirement", "parameter", "dataset", "field", "codelist", "conclusion", "text", "example"]

GRADES: tuple[Grade, ...] = ("editorial", "compatible", "breaking")
GRADE_WORDS: dict[Grade, str] = {"editorial": "编辑性", "compatible": "兼容", "breaking": "不兼容"}
GRADE_LEGEND: dict[Grade, str] = {
    "editorial": "不影响任何结论。",
    "compatible": "符合前一版本的，一定也符合后一版本；原来不符合的，可能变为符合。",
    "breaking": "符合前一版本的，可能不符合后一版本；不能证明没有变严的，也归在这里。",
}
PART_WORDS: dict[Part, str] = {
    "requirement": "要求",
    "parameter": "参数",
    "dataset": "数据集",
    "field": "数据元",
    "codelist": "代码表",
    "conclusion": "结论规则",
    "text": "正文",
    "example": "示例",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: of which part and which id, what in words, before and after, and its grade.

    `before` and `after` are texts, empty where there is nothing. `reassess` says that the wording of a
    requirement changed, so that its check is to be confirmed anew (GB/T 47462-2026).
    """

    part: Part
    id: str
    title: str
    what: str
    before: str
    after: str
    grade: Grade
    reassess: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A requirement that seems to go on under another id, and by what that was told."""

    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two editions: id, title, version, digests."""

    id: str
    title: str
    version: str
    judging_digest: str
    text_digest: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions beside each other; `version` is the proposed number of the later one."""

    before: Side
    after: Side
    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    version: str

    @property
    def grade(self) -> Grade | None:
        """The heaviest grade of all changes; None where there is none."""
        found = {change.grade for change in self.changes}
        return next((grade for grade in reversed(GRADES) if grade in found), None)

    def of(self, grade: Grade) -> tuple[Change, ...]:
        """The changes of one grade, in order."""
        return tuple(change for change in self.changes if change.grade == grade)

"""What a comparison of two periods says, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.result import RequirementResult, StandardIdentity
from guiju.run.desk.period import Period
from guiju_tools.desk.definitions import Difference

BROKEN, ADDED, STILL, MENDED, VOID, UNCLEAR, GONE, OTHER = (
    "broken",
    "added",
    "still",
    "mended",
    "void",
    "unclear",
    "gone",
    "other",
)
CATEGORIES: Mapping[str, str] = {
    BROKEN: "新出现（原有记录变为不符合）",
    ADDED: "新出现（新增的记录）",
    STILL: "仍未改",
    MENDED: "已改好",
    VOID: "不再适用",
    UNCLEAR: "转为无法判定",
    GONE: "记录已不在",
}
"""What became of rows that fail now or failed before."""
STATES: Mapping[str, str] = {
    "failed": "不符合",
    "undecided": "无法判定",
    "inapplicable": "不适用",
    "passed": "符合",
    "absent": "（没有这条记录）",
}


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row under one requirement: category, key, where it stands now (or stood), both states.

    `old_key` is the key it had before, where that has changed.
    """

    category: str
    key: str
    part: str
    row: int
    before: str
    after: str
    old_key: str = ""


@dataclass(frozen=True, slots=True)
class Moves:
    """Rows of one requirement by how they moved: counts by (state before, state after), and the listed ones.

    `listed` holds at most the stated number of each category; the counts are complete.
    """

    by_states: Mapping[tuple[str, str], int] = field(default_factory=dict)
    listed: tuple[RowChange, ...] = ()

    def count(self, category: str) -> int:
        """How many rows fell into a category."""
        return sum(number for states, number in self.by_states.items() if category_of(*states) == category)


def category_of(before: str, after: str) -> str:
    """What became of a row, by its states then and now."""
    if after == "failed":
        return STILL if before == "failed" else ADDED if before == "absent" else BROKEN
    if before != "failed":
        return OTHER
    return {"passed": MENDED, "inapplicable": VOID, "undecided": UNCLEAR, "absent": GONE}[after]


@dataclass(frozen=True, slots=True)
class RequirementChange:
    """One requirement in two periods; None where the edition of that period did not have it.

    `moves` is None where rows are not compared: `reasons` or `note` say why.
    """

    before: RequirementResult | None
    after: RequirementResult | None
    reasons: tuple[Difference, ...] = ()
    note: str = ""
    moves: Moves | None = None

    @property
    def now(self) -> RequirementResult:
        """The requirement as it is now, or was."""
        found = self.after or self.before
        if found is None:
            raise ValueError(self)
        return found

    @property
    def comparable(self) -> bool:
        """Whether the two numbers speak of the same thing."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Recoded:
    """A row that was delivered under another key, its other cells being the same."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DatasetChange:
    """The rows of one dataset: how many then and now, added, gone, and under another key.

    `keyed`: rows are known by their key; otherwise by their content, and one that was altered counts as gone
    and added. `repeated` is the number of keys that several rows share in either period.
    """

    dataset: str
    title: str
    before: int
    after: int
    added: int
    gone: int
    recoded: int
    keyed: bool
    repeated: int
    samples: tuple[Recoded, ...] = ()


@dataclass(frozen=True, slots=True)
class StandardChange:
    """One standard in two periods."""

    before: StandardIdentity
    after: StandardIdentity
    requirements: tuple[RequirementChange, ...]
    datasets: tuple[DatasetChange, ...]
    notes: tuple[str, ...] = ()

    def count(self, category: str) -> int:
        """Rows of a category over all requirements that are compared, counted once for each requirement."""
        return sum(item.moves.count(category) for item in self.requirements if item.moves)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods of one desk."""

    before: Period
    after: Period
    standards: tuple[StandardChange, ...]
    notes: tuple[str, ...] = ()

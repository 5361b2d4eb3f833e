"""What is proposed for one dataset: decisions, how each was come by, and open questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from guiju.export import DatasetMapping
from guiju.standard.fields import Dataset

EQUAL = 99
"""The score of headings that say a field's own words with equal right."""

HOW = {
    "kept": "人工确认，或沿用原来的对应表",
    "name": "凭数据元标识",
    "title": "凭数据元名称",
    "alias": "凭别名",
    "comment": "凭列的注释",
    "near": "列名相近",
    "beside": "凭相邻的列",
    "values": "凭值",
    "equal": "同样像",
    "gone": "原来的列不见了",
}


@dataclass(frozen=True, slots=True)
class TableNote:
    """A table for reading: file, sheet, how much of it was looked at, and its headings."""

    file: str
    part: str
    looked_at: str
    headings: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """File and sheet."""
        return f"{self.file} / {self.part}" if self.part else self.file


@dataclass(frozen=True, slots=True)
class ColumnNote:
    """A column for reading: heading, fill rate, a few values (or why none are shown)."""

    heading: str
    rate: str
    shown: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A heading that a field could be under: how it was come by, and a score up to 100."""

    heading: str
    how: str
    score: int


@dataclass(frozen=True, slots=True)
class Line:
    """One field: the heading that is decided on, or (empty) the candidates to choose from."""

    name: str
    heading: str
    how: str
    score: int
    candidates: tuple[Candidate, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it is a question."""
        return not self.heading


@dataclass(frozen=True, slots=True)
class CodeQuestion:
    """A value that is no code: how often it occurs, and (for reading) the codes that look like it."""

    name: str
    text: str
    count: int
    nearest: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One dataset.

    Attributes:
        dataset: the dataset.
        tables: the tables it is taken from; none where only an earlier mapping speaks of it.
        told: what is kept of an earlier mapping (or nothing yet) besides columns.
        use: 是, 否 or 待确认.
        lines: fields in the order of the dataset.
        columns: the columns of the first table, for reading.
        codes: values that are no codes.
        others: labels of tables that look like this dataset, with headings that differ.
    """

    dataset: Dataset
    tables: tuple[TableNote, ...]
    told: DatasetMapping
    use: str
    lines: tuple[Line, ...]
    columns: tuple[ColumnNote, ...] = ()
    codes: tuple[CodeQuestion, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def unread(self) -> list[ColumnNote]:
        """Columns that are under no field and no candidate."""
        used = {line.heading for line in self.lines}
        used |= {item.heading for line in self.lines for item in line.candidates}
        return [column for column in self.columns if column.heading not in used]

    @property
    def missing(self) -> list[str]:
        """Mandatory fields without a column, a constant or a question."""
        said = {line.name for line in self.lines} | set(self.told.absent) | set(self.told.constant)
        return [
            name
            for name, item in self.dataset.fields.items()
            if item.required and not item.derived_from and name not in said
        ]

    def column(self, heading: str) -> ColumnNote | None:
        """The column under a heading."""
        return next((item for item in self.columns if item.heading == heading), None)


@dataclass(frozen=True, slots=True)
class Proposals:
    """A whole mapping as proposed: identity, datasets, tables that are no dataset."""

    id: str
    title: str
    standard: str
    datasets: tuple[Proposal, ...]
    passed: Sequence[TableNote] = field(default_factory=tuple)

    @property
    def questions(self) -> int:
        """How many questions are open."""
        return sum(
            sum(line.open for line in item.lines) + (item.use not in ("是", "否"))
            for item in self.datasets
            if item.use != "否"
        )

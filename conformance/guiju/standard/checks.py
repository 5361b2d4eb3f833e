"""The kinds of check as data: what a requirement's `check` says, before anything is compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class SchemaCheck:
    """Facts of single fields: one aspect (presence, form or code) of the listed fields; empty means all."""

    dataset: str
    aspect: Literal["presence", "form", "code"]
    fields: tuple[str, ...] = ()
    when: str = ""
    kind: Literal["schema"] = "schema"


RelatedValue = Literal["count", "sum", "min", "max", "one"]
"""What is taken from the partners of a row; see `Related`."""


@dataclass(frozen=True, slots=True)
class Related:
    """A named value that a row takes from its partners in another dataset, found by equal `on` fields.

    `count` partners; `sum`, `min`, `max` of their `field`; `one`: the `field` that all of them share.
    Partners are the rows for which `when` (over the other dataset) is true.
    """

    name: str
    dataset: str
    on: tuple[tuple[str, str], ...]
    value: RelatedValue
    field: str = ""
    when: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """An assertion on one record: `when` false is not applicable, `decidable` not true is undecided."""

    dataset: str
    assertion: str
    when: str = ""
    decidable: str = ""
    related: tuple[Related, ...] = ()
    kind: Literal["record"] = "record"


@dataclass(frozen=True, slots=True)
class UniqueCheck:
    """No two applicable records share the values of `fields`; a record lacking one of them is undecided."""

    dataset: str
    fields: tuple[str, ...]
    when: str = ""
    kind: Literal["unique"] = "unique"


@dataclass(frozen=True, slots=True)
class ReferenceCheck:
    """The values of `fields` exist as `to_fields` of another dataset."""

    dataset: str
    fields: tuple[str, ...]
    to: str
    to_fields: tuple[str, ...]
    when: str = ""
    kind: Literal["reference"] = "reference"


Way = Literal["same", "name", "cited", "shown"]
"""How two values are compared; see `Comparison`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one field is held against another.

    `same`; `name`: a situation suffix allowed; `cited`: local additions allowed; `shown`: side by side, never
    failed.
    """

    field: str
    to: str
    how: Way


@dataclass(frozen=True, slots=True)
class MatchCheck:
    """A record against its partner of another dataset, found by equal `on` fields.

    Only records for which `to_when` (over the other dataset) is true are partners.
    """

    dataset: str
    to: str
    on: Mapping[str, str]
    compare: tuple[Comparison, ...]
    when: str = ""
    to_when: str = ""
    kind: Literal["match"] = "match"


@dataclass(frozen=True, slots=True)
class ExceptionList:
    """The dataset that lists records which need no partner, with a reason."""

    dataset: str
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CoverageCheck:
    """Every applicable record of `dataset` has a record in `by`, or stands on the exception list."""

    dataset: str
    fields: tuple[str, ...]
    by: str
    by_fields: tuple[str, ...]
    when: str = ""
    exceptions: ExceptionList | None = None
    kind: Literal["coverage"] = "coverage"


@dataclass(frozen=True, slots=True)
class SequenceCheck:
    """Stamps in the declared order; what ties and missing stamps mean is declared too."""

    dataset: str
    stages: tuple[str, ...]
    ties: Literal["allowed", "refused"] = "allowed"
    missing: Literal["skip", "undecided", "refused"] = "skip"
    when: str = ""
    kind: Literal["sequence"] = "sequence"


@dataclass(frozen=True, slots=True)
class Window:
    """Rolling windows (t - hours, t] at every event, judged where at least `min_count` events fall in."""

    stamp: str
    hours: int
    min_count: int


@dataclass(frozen=True, slots=True)
class Target:
    """From the day `by` (YYYY-MM-DD) on the threshold is asked for; `baseline` is where it started."""

    by: str
    baseline: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorCheck:
    """An exact share: rows where `numerator` holds among rows where `denominator` holds.

    `operator` and `threshold` (a decimal text or ``:parameter``) are compared by cross-multiplication;
    `period` names the stamp that puts a row into the run's period, `groups` the fields it is told apart by.
    """

    dataset: str
    numerator: str
    denominator: str
    operator: Literal[">=", "<=", ">", "<", "="]
    threshold: str
    groups: tuple[str, ...] = ()
    period: str | None = None
    window: Window | None = None
    target: Target | None = None
    related: tuple[Related, ...] = ()
    kind: Literal["indicator"] = "indicator"


@dataclass(frozen=True, slots=True)
class DeclaredCheck:
    """Answered by a self-assessment."""

    question: str
    kind: Literal["declared"] = "declared"


@dataclass(frozen=True, slots=True)
class ExaminedCheck:
    """Looked at on the spot or in papers."""

    question: str
    method: str = field(default="")
    kind: Literal["examined"] = "examined"


DataCheck = (
    SchemaCheck
    | RecordCheck
    | UniqueCheck
    | ReferenceCheck
    | MatchCheck
    | CoverageCheck
    | SequenceCheck
    | IndicatorCheck
)
Check = DataCheck | DeclaredCheck | ExaminedCheck
DATA_KINDS = ("schema", "record", "unique", "reference", "match", "coverage", "sequence", "indicator")

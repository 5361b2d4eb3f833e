"""A standard as the rest of the program sees it: frozen, parsed once at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from guiju.standard.checks import DATA_KINDS, Check
from guiju.standard.fields import Codelist, Dataset

Modality = Literal["shall", "should", "may"]
Basis = Literal["law", "standard", "policy", "regional", "practice", "proposal"]
Mark = Literal["verified", "seen", "recalled"]

MODALITY_WORDS: Mapping[str, str] = {"shall": "应", "should": "宜", "may": "可"}
BASIS_WORDS: Mapping[str, str] = {
    "law": "法律法规",
    "standard": "标准",
    "policy": "政策",
    "regional": "地方规定",
    "practice": "通行做法",
    "proposal": "起草组建议",
}
MARK_WORDS: Mapping[str, str] = {"verified": "原文已核", "seen": "二手转述", "recalled": "待核对原文"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a requirement comes from, and how well that was verified."""

    document: str
    at: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or text that expressions name as ``:id``; `value` is a text, None until a profile sets it."""

    id: str
    title: str
    type: Literal["integer", "number", "text"]
    kind: Literal["directed", "fixed", "profile-sets"]
    value: str | None
    unit: str = ""
    tighter: Literal["lower", "higher"] | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement (要求): the clause it stands in, what it says, where from, how it is examined.

    `tolerance` and `undecided_max` are shares as decimal texts ("0" to "1").
    """

    id: str
    name: str
    clause: str
    modality: Modality
    text: str
    basis: Basis
    sources: tuple[Source, ...]
    check: Check
    remedy: str
    key: bool = False
    tolerance: str = "0"
    undecided_max: str = "0"

    @property
    def advisory(self) -> bool:
        """Law, standard or policy known only from memory: reported as advice, outside every conclusion."""
        cited = self.basis in ("law", "standard", "policy")
        return cited and all(source.mark == "recalled" for source in self.sources)

    @property
    def on_data(self) -> bool:
        """Whether an export can answer it."""
        return self.check.kind in DATA_KINDS


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause of the text with its title (an empty title where it has none)."""

    number: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term."""

    number: str
    term: str
    english: str
    definition: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The edition's rule for a conclusion on the whole standard (decimal shares as texts)."""

    pass_share: str
    examined_share: str
    key_requirements: Literal["all-passed", "not-considered"] = "all-passed"


@dataclass(frozen=True, slots=True)
class Standard:
    """One edition (版本) of one standard, complete: everything a run, a page or a diff needs."""

    id: str
    prefix: str
    title: str
    title_en: str
    version: str
    stage: str
    published: bool
    requirements: tuple[Requirement, ...]
    datasets: Mapping[str, Dataset]
    codelists: Mapping[str, Codelist]
    parameters: Mapping[str, Parameter]
    clauses: tuple[Clause, ...]
    terms: tuple[Term, ...]
    conclusion: Conclusion
    features: Mapping[str, str]
    judging_digest: str = ""
    text_digest: str = ""
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def requirement(self, key: str) -> Requirement | None:
        """The requirement with that id or name."""
        return next((item for item in self.requirements if key in (item.id, item.name)), None)

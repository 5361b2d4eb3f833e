"""What the page shows, worked out of a result's JSON values, whole or masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from guiju.result.claims import AGREEMENT_TITLES
from guiju.result.model import OUTCOME_LEGEND, OUTCOME_TITLES
from guiju_tools.report.claims_matrix import Matrix, matrix
from guiju_tools.report.words import BY_CLAIM, outcome_words

Document = Mapping[str, Any]
SHOWN_FINDINGS = 10
SHOWN_UNMET = 10
WIDEST_TABLE = 6
ADVICE = "advice"
_SUMMARY_NAMES = {"cantTell": "cant_tell", "error": "errors"}
_BAR_ORDER = ("passed", "failed", "cantTell", "untested", "inapplicable", "error")


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of the bar of outcomes: `start` and `width` in per cent of the whole."""

    outcome: str
    title: str
    count: int
    start: float
    width: float

    @property
    def middle(self) -> float:
        """Where the figure stands."""
        return self.start + self.width / 2


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample rows of a requirement as a table.

    `titles` are the headings of the cells, each once; a row has its finding and its cells in that order, None
    where a finding has no such cell. `said` is the message and `part` the file or sheet when all share it.
    `wide`: too many to stand side by side.
    """

    titles: tuple[str, ...]
    rows: tuple[tuple[Document, tuple[Document | None, ...]], ...]
    said: str
    part: str
    keyed: bool
    owned: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One requirement: its JSON values, its outcome in words, its sample rows."""

    data: Document
    label: str
    sample: Sample | None

    @property
    def group(self) -> str:
        """What the filter knows it by: its outcome, or advice."""
        return ADVICE if self.data["advisory"] else str(self.data["outcome"])


@dataclass(frozen=True, slots=True)
class Missing:
    """Requirements that were not examined for one and the same reason."""

    reason: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template needs."""

    data: Document
    masked: bool
    published: bool
    bar: tuple[Segment, ...]
    sections: tuple[Section, ...]
    unmet: tuple[Section, ...]
    unmet_more: int
    missing: tuple[Missing, ...]
    legend: Mapping[str, str]
    groups: tuple[tuple[str, str, int], ...]
    agreements: tuple[tuple[str, str, tuple[Section, ...]], ...]
    matrix: Matrix


def page_of(document: Document) -> Page:
    """Work out what the page shows."""
    sections = tuple(_section(item) for item in document["requirements"])
    unmet = sorted((one for one in sections if _counts_as_unmet(one)), key=_weight)
    return Page(
        data=document,
        masked=document["masked"],
        published=all(standard["published"] for standard in document["standards"]),
        bar=_bar(document["summary"]),
        sections=sections,
        unmet=tuple(unmet[:SHOWN_UNMET]),
        unmet_more=max(0, len(unmet) - SHOWN_UNMET),
        missing=_missing(sections),
        legend=OUTCOME_LEGEND,
        groups=_groups(sections),
        agreements=_agreements(sections),
        matrix=matrix(
            (one.data["claim"]["answer"], str(one.data["outcome"]))
            for one in sections
            if one.data["claim"] and one.data["method"] not in BY_CLAIM
        ),
    )


def _section(item: Document) -> Section:
    label = outcome_words(item["outcome"], item["modality"], advisory=item["advisory"])
    findings = [one for one in item["findings"] if one["key"] or one["message"] or _has_values(one)]
    return Section(item, label, _sample(findings[:SHOWN_FINDINGS]) if findings else None)


def _has_values(finding: Document) -> bool:
    return any(cell["delivered"] or cell["understood"] for cell in finding["cells"])


def _sample(findings: Sequence[Document]) -> Sample:
    titles = tuple(dict.fromkeys(cell["title"] for one in findings for cell in one["cells"]))
    return Sample(
        titles=titles,
        rows=tuple((one, _cells(one, titles)) for one in findings),
        said=_shared(findings, "message"),
        part=_shared(findings, "part"),
        keyed=any(one["key"] for one in findings),
        owned=any(one["owner"] for one in findings),
        wide=len(titles) > WIDEST_TABLE,
    )


def _shared(findings: Sequence[Document], name: str) -> str:
    texts = {str(one[name]) for one in findings}
    return texts.pop() if len(texts) == 1 and len(findings) > 1 else ""


def _cells(finding: Document, titles: Sequence[str]) -> tuple[Document | None, ...]:
    by_title = {cell["title"]: cell for cell in finding["cells"]}
    return tuple(by_title.get(title) for title in titles)


def _counts_as_unmet(section: Section) -> bool:
    return section.data["outcome"] == "failed" and not section.data["advisory"]


def _weight(section: Section) -> tuple[int, bool, bool]:
    """Most rows first; where they are equal, 应 before 宜 and 可, key requirements before others."""
    data = section.data
    rows = magnitude(data["counts"]["failed"]) or _short(data["indicator"])
    return (-rows, data["modality"] != "shall", not data["key"])


def _short(indicator: Document | None) -> int:
    """Cases of an indicator that are not among those counted."""
    return magnitude(indicator["denominator"]) - magnitude(indicator["numerator"]) if indicator else 0


def magnitude(figure: int | str) -> int:
    """A figure to sort by, hidden ones by their bound."""
    return figure if isinstance(figure, int) else int(figure[1:])


def _bar(summary: Document) -> tuple[Segment, ...]:
    counts = {word: summary[_SUMMARY_NAMES.get(word, word)] for word in _BAR_ORDER}
    total = sum(counts.values())
    segments: list[Segment] = []
    start = 0.0
    for word, count in counts.items():
        if count:
            width = 100 * count / total
            segments.append(Segment(word, OUTCOME_TITLES[word], count, round(start, 3), round(width, 3)))
            start += width
    return tuple(segments)


def _missing(sections: Sequence[Section]) -> tuple[Missing, ...]:
    untested = [one for one in sections if one.data["outcome"] == "untested"]
    untested.sort(key=lambda one: str(one.data["reason"]))
    found = groupby(untested, key=lambda one: str(one.data["reason"]))
    told = [Missing(reason, tuple(held)) for reason, held in found]
    return tuple(sorted(told, key=lambda one: -len(one.sections)))


def _groups(sections: Sequence[Section]) -> tuple[tuple[str, str, int], ...]:
    words = [section.group for section in sections]
    titles = {**OUTCOME_TITLES, ADVICE: "依据待核对原文"}
    return tuple((word, title, words.count(word)) for word, title in titles.items() if word in words)


def _agreements(sections: Sequence[Section]) -> tuple[tuple[str, str, tuple[Section, ...]], ...]:
    """What was claimed beside what was measured: word, title, and the requirements, those at odds first."""
    claimed = [one for one in sections if one.data["claim"]]
    words = ("claimed-more", "claimed-less", "scope-differs", "unproven", "nothing-beside", "agrees")
    found = [
        (
            word,
            AGREEMENT_TITLES[word],
            tuple(one for one in claimed if one.data["claim"]["agreement"] == word),
        )
        for word in words
    ]
    return tuple(item for item in found if item[2])

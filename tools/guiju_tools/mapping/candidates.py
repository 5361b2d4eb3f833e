"""Columns that a field could be under: by heading, by the column beside it, by values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.export import DatasetMapping, Mapping_, Reading
from guiju.export.recognition.closeness import NEAR, closeness, notions, opposed
from guiju.export.recognition.match import BESIDE
from guiju.standard.fields import Codelist, Dataset
from guiju.standard.model import Standard
from guiju_tools.mapping.evidence import durations, fit, share_of_durations, specific
from guiju_tools.mapping.facts import ColumnFacts, TableFacts
from guiju_tools.mapping.proposal import EQUAL, Candidate, Line

LIKELY = 75
"""From this score on a column is taken for a sign of the dataset."""
_CANDIDATES = 3
_FAR_BEHIND = 15
_SURE_VALUES = 0.9
_WRONG_VALUES = 0.2
_FEW = 3
_BONUS, _MALUS = 6, 30
_BY_VALUES = 62
_COUNTED = re.compile(r"（\d+）$")
_LAST_WORD = re.compile(r"(?:统一)?(?:编码|代码|编号|名称|号码|号|序号|ID|id)$")


@dataclass(frozen=True, slots=True)
class Means:
    """What proposals are made with: the standard, readings by dataset and field, the earlier mapping.

    `only` names the dataset that somebody says all tables are.
    """

    standard: Standard
    readings: Mapping[str, Mapping[str, Reading]]
    old: Mapping_ | None = None
    only: str = ""

    def told(self, dataset: str) -> DatasetMapping | None:
        """What the earlier mapping says of a dataset."""
        return self.old.datasets.get(dataset) if self.old else None

    def codelist(self, dataset: Dataset, name: str) -> Codelist | None:
        """The code list of a field."""
        return self.standard.codelists.get(dataset.fields[name].codelist or "")


def candidates_of(
    table: TableFacts, dataset: Dataset, asked: Sequence[str], lines: Mapping[str, Line], means: Means
) -> dict[str, tuple[Candidate, ...]]:
    """By field asked about, the free columns that it could be under, the likeliest first."""
    used = {line.heading for line in lines.values() if line.heading}
    bound = [name for name, line in lines.items() if line.heading]
    lasting = durations(dataset)
    found: dict[str, list[Candidate]] = {}
    for column, context in _with_context(table.columns):
        if column.heading in used or column.heading.startswith(BESIDE) or not column.filled:
            continue
        scored = [_score(column, context, dataset, name, means) for name in asked]
        best = max((item.score for item in scored), default=0)
        limit = max(
            (item.score for one, item in zip(asked, scored, strict=True) if one in lasting), default=0
        )
        taken = max((closeness(column.heading, dataset.fields[name]) for name in bound), default=0)
        for name, item in zip(asked, scored, strict=True):
            by_values = item.how == "values" and (limit if name in lasting else best) < LIKELY
            least = NEAR if by_values else max(NEAR, best - _FAR_BEHIND)
            if item.score >= least and (item.how != "near" or item.score >= taken):
                found.setdefault(name, []).append(item)
    ranked = {name: sorted(items, key=lambda item: -item.score) for name, items in found.items()}
    return {name: tuple(items[:_CANDIDATES]) for name, items in ranked.items()}


def _with_context(columns: Sequence[ColumnFacts]) -> list[tuple[ColumnFacts, str]]:
    """Columns, those with a repeated heading with what the column before them makes of it."""
    bases = [_COUNTED.sub("", item.heading) for item in columns]
    found = []
    for index, item in enumerate(columns):
        stem = _LAST_WORD.sub("", bases[index - 1]) if index else ""
        repeated = bases.count(bases[index]) > 1 and stem not in ("", bases[index])
        found.append((item, f"{stem}{bases[index]}" if repeated else ""))
    return found


def _score(column: ColumnFacts, context: str, dataset: Dataset, name: str, means: Means) -> Candidate:
    field = dataset.fields[name]
    score, how = closeness(column.heading, field), "near"
    beside = closeness(context, field) if context else 0
    if beside > score:
        score, how = beside, "beside"
    codelist = means.codelist(dataset, name)
    lasting = name in durations(dataset)
    share = (
        share_of_durations(column)
        if lasting
        else fit(field, means.readings[dataset.id][name], codelist, column)
    )
    if share is None:
        return Candidate(column.heading, how, score)
    if share <= _WRONG_VALUES and column.distinct >= _FEW:
        return Candidate(column.heading, how, max(score - _MALUS, 0))
    if share >= _SURE_VALUES and score >= NEAR:
        return Candidate(column.heading, how, min(score + _BONUS, EQUAL - 1))
    said = notions(column.heading)
    against = said.chinese and opposed(said, notions(field.title))
    if share >= _SURE_VALUES and not against and (lasting or specific(field, codelist, column)):
        return Candidate(column.heading, "values", _BY_VALUES)
    return Candidate(column.heading, how, score)

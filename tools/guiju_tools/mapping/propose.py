"""Proposals: what is known exactly is decided, what is merely close becomes a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from guiju.export import DatasetMapping, Mapping_, Reading
from guiju.export.recognition.closeness import NEAR, closeness, notions, opposed
from guiju.export.recognition.match import BESIDE, Match, match
from guiju.export.recognition.recognise import Fit, fits_of
from guiju.standard.fields import Codelist, Dataset
from guiju.standard.model import Standard
from guiju_tools.mapping.evidence import (
    durations,
    fit,
    nearest_codes,
    personal,
    share_of_durations,
    shown,
    specific,
    unknown_codes,
)
from guiju_tools.mapping.facts import ColumnFacts, TableFacts
from guiju_tools.mapping.proposal import (
    Candidate,
    CodeQuestion,
    ColumnNote,
    Line,
    Proposal,
    Proposals,
    TableNote,
)

OPEN, YES, NO = "待确认", "是", "否"
_CANDIDATES = 3
_FAR_BEHIND = 15
_SURE_VALUES = 0.9
_WRONG_VALUES = 0.2
_FEW = 3
_BONUS, _MALUS = 6, 30
_BY_VALUES = 62
_EQUAL = 99
_LIKELY = 75
_FEWEST = 2
_NEARLY = 0.8
_CODES_SHOWN = 30
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


def propose(tables: Sequence[TableFacts], means: Means, name: str, title: str) -> Proposals:
    """A whole mapping for the tables; what the earlier mapping decided is kept."""
    found: dict[str, Proposal] = {}
    passed: list[TableFacts] = []
    for table in tables:
        made = _for_table(table, means)
        if not made:
            passed.append(table)
        for item in made:
            before = found.get(item.dataset.id)
            found[item.dataset.id] = _together(before, item) if before else item
    for dataset, told in (means.old.datasets if means.old else {}).items():
        if dataset not in found:
            found[dataset] = _carried(means.standard.datasets[dataset], told)
    ordered = tuple(found[dataset] for dataset in means.standard.datasets if dataset in found)
    identity = (means.old.id, means.old.title) if means.old else (name, title)
    return Proposals(*identity, means.standard.id, ordered, tuple(map(_note, passed)))


def _for_table(table: TableFacts, means: Means) -> list[Proposal]:
    """The dataset that a table is; several, as questions, where that is not sure."""
    told = means.old.datasets if means.old else {}
    datasets = means.standard.datasets
    if means.only:
        dataset = datasets[means.only]
        return [_proposal(table, _said(table, dataset, told.get(means.only)), means, YES)]
    exact = {item.dataset.id: item for item in fits_of(table.source, datasets, told)}
    decided = [item for item in exact.values() if item.told is not None and not item.missing]
    if len(decided) == 1 and decided[0].told is not None:
        return [_proposal(table, decided[0], means, _use(decided[0].told))]
    weights = {name: _weight(table, item, exact.get(name)) for name, item in datasets.items()}
    best = max(weights.values(), default=0)
    if best < _FEWEST:
        return []
    chosen = [name for name, weight in weights.items() if weight == best]
    run = max(exact.values(), key=lambda item: item.score, default=None)
    if run is not None and run.dataset.id not in chosen:
        chosen.append(run.dataset.id)
    sure = len(chosen) == 1 and run is not None
    return [
        _proposal(table, exact.get(name) or _said(table, datasets[name], None), means, YES if sure else OPEN)
        for name in chosen
    ]


def _said(table: TableFacts, dataset: Dataset, told: DatasetMapping | None) -> Fit:
    return Fit(dataset, match(table.source.columns, dataset), told=told)


def _use(told: DatasetMapping) -> str:
    return {True: YES, False: NO, None: OPEN}[told.use]


def _weight(table: TableFacts, dataset: Dataset, exact: Fit | None) -> float:
    """Fields known exactly, fields that are likely, the key, and being called like the dataset."""
    known = exact.found.columns if exact else {}
    free = [item.heading for item in table.columns if item.heading not in known.values()]
    taken: set[str] = set()
    for name, item in dataset.fields.items():
        if name in known or item.derived_from:
            continue
        best = max(((closeness(heading, item), heading) for heading in free), default=(0, ""))
        if best[0] >= _LIKELY:
            taken.add(best[1])
    keys = sum(1 for name in dataset.key if name in known)
    return len(known) + _NEARLY * len(taken) + keys / 100 + (0.001 if exact and exact.named else 0)


def _proposal(table: TableFacts, found: Fit, means: Means, use: str) -> Proposal:
    dataset = found.dataset
    told = means.told(dataset.id) or DatasetMapping({})
    lines = {line.name: line for line in _known(table, found, told)}
    silent = {*lines, *told.absent, *told.constant}
    asked = [name for name, item in dataset.fields.items() if name not in silent and not item.derived_from]
    for name, candidates in _candidates(table, dataset, asked, lines, means).items():
        lines[name] = Line(name, "", "near", candidates[0].score, candidates)
    must = [name for name in asked if dataset.fields[name].required] if means.only else []
    for name in (*told.questions, *must):
        lines.setdefault(name, Line(name, "", "gone", 0))
    ordered = tuple(lines[name] for name in dataset.fields if name in lines)
    codes = tuple(_codes(table, dataset, ordered, means))
    return Proposal(dataset, (_note(table),), told, use, ordered, _columns(table, dataset, ordered), codes)


def _note(table: TableFacts) -> TableNote:
    headings = tuple(item.heading for item in table.columns)
    return TableNote(table.source.file, table.source.part, table.looked_at, headings)


def _columns(table: TableFacts, dataset: Dataset, lines: Sequence[Line]) -> tuple[ColumnNote, ...]:
    """The columns for reading; one that could be a field about persons shows no values."""
    fields: dict[str, list[str]] = {}
    for line in lines:
        for heading in (line.heading, *(item.heading for item in line.candidates)):
            fields.setdefault(heading, []).append(line.name)
    found = []
    for column in table.columns:
        could_be = [dataset.fields[name] for name in fields.get(column.heading, ())]
        about = next((item for item in could_be if personal(item, column)), None)
        found.append(ColumnNote(column.heading, column.rate, shown(about, column)))
    return tuple(found)


def _known(table: TableFacts, found: Fit, told: DatasetMapping) -> list[Line]:
    """Earlier decisions first, then what is known exactly; equal rights are questions."""
    there = {item.heading for item in table.columns}
    exact = match(table.source.columns, found.dataset) if found.told is not None else found.found
    lines = [
        Line(name, heading, _how(exact, name, heading), 100) if heading in there else _gone(name, heading)
        for name, heading in told.columns.items()
    ]
    taken = {line.name for line in lines} | set(told.absent) | set(told.constant)
    used = {line.heading for line in lines}
    lines += [
        Line(name, heading, exact.how[name], 100)
        for name, heading in exact.columns.items()
        if name not in taken and heading not in used
    ]
    taken |= {line.name for line in lines}
    for doubt in exact.doubts:
        free = [heading for heading in doubt.headings if heading not in used]
        equal = tuple(Candidate(heading, "equal", _EQUAL) for heading in free)
        lines += [
            Line(name, "", "equal", _EQUAL, equal) for name in doubt.names if name not in taken and equal
        ]
        taken |= set(doubt.names)
    return lines


def _how(exact: Match, name: str, heading: str) -> str:
    return exact.how[name] if exact.columns.get(name) == heading else "kept"


def _gone(name: str, heading: str) -> Line:
    return Line(name, "", "gone", 0, (Candidate(heading, "gone", 0),))


def _candidates(
    table: TableFacts, dataset: Dataset, asked: Sequence[str], lines: Mapping[str, Line], means: Means
) -> dict[str, tuple[Candidate, ...]]:
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
            by_values = item.how == "values" and (limit if name in lasting else best) < _LIKELY
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
        return Candidate(column.heading, how, min(score + _BONUS, _EQUAL - 1))
    against = opposed(notions(column.heading), notions(field.title))
    if share >= _SURE_VALUES and not against and (lasting or specific(field, codelist, column)):
        return Candidate(column.heading, "values", _BY_VALUES)
    return Candidate(column.heading, how, score)


def _codes(table: TableFacts, dataset: Dataset, lines: Sequence[Line], means: Means) -> list[CodeQuestion]:
    """Values of decided coded fields that are no codes, the commonest first."""
    found = []
    for line in lines:
        codelist = means.codelist(dataset, line.name)
        column = table.column(line.heading)
        if codelist is None or column is None:
            continue
        unknown = unknown_codes(means.readings[dataset.id][line.name], codelist, column)
        found += [
            CodeQuestion(line.name, text, count, "、".join(nearest_codes(text, codelist)))
            for text, count in unknown[:_CODES_SHOWN]
        ]
    return found


def _together(before: Proposal, item: Proposal) -> Proposal:
    """Two tables of one dataset: together where the second has all columns of the first."""
    if all(line.heading in item.tables[0].headings for line in before.lines if line.heading):
        return replace(before, tables=(*before.tables, *item.tables))
    return replace(before, others=(*before.others, item.tables[0].label))


def _carried(dataset: Dataset, told: DatasetMapping) -> Proposal:
    """What an earlier mapping says of a dataset of which no table came this time."""
    lines = {name: Line(name, heading, "kept", 100) for name, heading in told.columns.items()}
    lines |= {name: Line(name, "", "gone", 0) for name in told.questions if name not in lines}
    ordered = tuple(lines[name] for name in dataset.fields if name in lines)
    return Proposal(dataset, (), told, _use(told), ordered)

"""Proposals: what is known exactly is decided, what is merely close becomes a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from guiju.export import DatasetMapping
from guiju.export.recognition.closeness import closeness
from guiju.export.recognition.match import Match, match
from guiju.export.recognition.nested import inherited
from guiju.export.recognition.recognise import Fit, fits_of
from guiju.standard.fields import Dataset
from guiju_tools.mapping.candidates import LIKELY, Means, candidates_of
from guiju_tools.mapping.evidence import (
    nearest_codes,
    personal,
    shown,
    unknown_codes,
)
from guiju_tools.mapping.facts import TableFacts
from guiju_tools.mapping.proposal import (
    EQUAL,
    Candidate,
    CodeQuestion,
    ColumnNote,
    Line,
    Proposal,
    Proposals,
    TableNote,
)

OPEN, YES, NO = "待确认", "是", "否"
_FEWEST = 2
_NEARLY = 0.8
_CODES_SHOWN = 30


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
    apart = {*known.values(), *inherited(table.source)}
    free = [item.heading for item in table.columns if item.heading not in apart]
    taken: set[str] = set()
    for name, item in dataset.fields.items():
        if name in known or item.derived_from:
            continue
        best = max(((closeness(heading, item), heading) for heading in free), default=(0, ""))
        if best[0] >= LIKELY:
            taken.add(best[1])
    keys = sum(1 for name in dataset.key if name in known)
    return len(known) + _NEARLY * len(taken) + keys / 100 + (0.001 if exact and exact.named else 0)


def _proposal(table: TableFacts, found: Fit, means: Means, use: str) -> Proposal:
    dataset = found.dataset
    told = means.told(dataset.id) or DatasetMapping({})
    lines = {line.name: line for line in _known(table, found, told)}
    silent = {*lines, *told.absent, *told.constant}
    asked = [name for name, item in dataset.fields.items() if name not in silent and not item.derived_from]
    for name, candidates in candidates_of(table, dataset, asked, lines, means).items():
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
        equal = tuple(Candidate(heading, "equal", EQUAL) for heading in free)
        lines += [
            Line(name, "", "equal", EQUAL, equal) for name in doubt.names if name not in taken and equal
        ]
        taken |= set(doubt.names)
    return lines


def _how(exact: Match, name: str, heading: str) -> str:
    return exact.how[name] if exact.columns.get(name) == heading else "kept"


def _gone(name: str, heading: str) -> Line:
    return Line(name, "", "gone", 0, (Candidate(heading, "gone", 0),))


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

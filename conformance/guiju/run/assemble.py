"""What was judged, written as a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from guiju.engine.codes import CodeStats
from guiju.engine.judge import Judged
from guiju.engine.plan import IndicatorPlan, Relation, RowRule, Untested
from guiju.engine.tables import DatasetTable, part_label
from guiju.export import Binding, Digested, Remark, digest, once
from guiju.result import Counts, InputPart, InputTable, RequirementResult
from guiju.result.model import CodeReading, ColumnCount, ColumnReading, InputRemark
from guiju.standard.model import BASIS_WORDS, MARK_WORDS, Requirement, Source, Standard


@dataclass(frozen=True, slots=True)
class Delivered:
    """One dataset as delivered: table, bindings, code statistics, and the crosswalks used."""

    table: DatasetTable
    bindings: Sequence[Binding]
    codes: Mapping[str, CodeStats]
    crosswalks: Mapping[str, str]
    rows: Sequence[int]


def requirement_result(standard: Standard, judged: Judged) -> RequirementResult:
    """One requirement with its outcome."""
    item = judged.planned.requirement
    dataset = _dataset(judged)
    counts = judged.counts
    return RequirementResult(
        standard=standard.id,
        id=item.id,
        name=item.name,
        clause=item.clause,
        modality=item.modality,
        text=item.text,
        basis=BASIS_WORDS[item.basis],
        sources=tuple(source_text(source) for source in item.sources),
        mark=_weakest(item),
        advisory=item.advisory,
        key=item.key,
        method=item.check.kind,
        dataset=dataset,
        dataset_title=standard.datasets[dataset].title if dataset else "",
        outcome=judged.outcome,
        reason=judged.reason,
        remedy=item.remedy,
        counts=Counts(counts.inapplicable, counts.passed, counts.failed, counts.undecided),
        undecided_reasons=judged.undecided,
        columns=_columns(judged),
        indicator=judged.indicator,
        findings=judged.findings,
    )


def source_text(source: Source) -> str:
    """A source as people cite it, with its mark."""
    place = f" {source.at}" if source.at else ""
    return f"{source.document}{place}〔{MARK_WORDS[source.mark]}〕"


def _weakest(item: Requirement) -> str:
    marks = [source.mark for source in item.sources]
    return next((mark for mark in ("verified", "seen", "recalled") if mark in marks), "recalled")


def _dataset(judged: Judged) -> str:
    planned = judged.planned
    return planned.dataset if isinstance(planned, Untested) else planned.table.dataset.id


def _columns(judged: Judged) -> tuple[ColumnCount, ...]:
    planned = judged.planned
    if isinstance(planned, Untested | IndicatorPlan) or not judged.counts.failed:
        return ()
    return tuple(_column(planned, name, count) for name, count in _blamed(planned, judged).items() if count)


def _blamed(planned: RowRule | Relation, judged: Judged) -> dict[str, int]:
    if judged.counts.by_field:
        return judged.counts.by_field
    blamed = dict.fromkeys(planned.fields, judged.counts.failed)
    if judged.findings:
        guilty = {cell.field for finding in judged.findings for cell in finding.cells if cell.blamed}
        blamed = {name: count for name, count in blamed.items() if name in guilty}
    return blamed


def _column(planned: RowRule | Relation, name: str, count: int) -> ColumnCount:
    table = planned.table
    field = table.dataset.fields[name]
    owner = "" if field.owner in table.dataset.fields else field.owner
    return ColumnCount(name, field.title, table.heading(name), owner, count)


def input_table(delivered: Delivered, met: Sequence[tuple[int, Remark]] = ()) -> InputTable:
    """How one dataset was delivered and read; `met` are remarks of values, with their part."""
    table = delivered.table
    parts = tuple(
        input_part(binding, rows) for binding, rows in zip(delivered.bindings, delivered.rows, strict=True)
    )
    return InputTable(
        dataset=table.dataset.id,
        title=table.dataset.title,
        rows=table.rows,
        parts=parts,
        columns=_column_readings(delivered),
        unread_columns=tuple(sorted({name for binding in delivered.bindings for name in binding.unread})),
        codes=tuple(_code_reading(item, delivered) for item in delivered.codes.values()),
        remarks=_remarks(delivered.bindings, met),
    )


def input_part(binding: Binding, rows: int) -> InputPart:
    """A delivered file or sheet with its digest."""
    source, label = binding.source, part_label(binding)
    if isinstance(source, Digested):
        return InputPart(label, rows, source.digest, source.archive_digest)
    return InputPart(label, rows, digest(source.path))


def told_once(inputs: Sequence[InputTable]) -> tuple[InputTable, ...]:
    """The inputs; what concerns a whole folder, archive or database is told under the first of its tables."""
    told: set[InputRemark] = set()
    found: list[InputTable] = []
    for item in inputs:
        remarks = tuple(remark for remark in dict.fromkeys(item.remarks) if remark not in told)
        told.update(remarks)
        found.append(replace(item, remarks=remarks))
    return tuple(found)


def _remarks(bindings: Sequence[Binding], met: Sequence[tuple[int, Remark]]) -> tuple[InputRemark, ...]:
    return tuple(
        InputRemark(
            remark.code,
            remark.whole or part_label(item),
            remark.column,
            remark.text,
            remark.count,
            remark.rows,
            remark.hint,
        )
        for part, item in enumerate(bindings)
        for remark in once(
            (*item.source.remarks, *item.remarks, *(one for owner, one in met if owner == part))
        )
    )


def _column_readings(delivered: Delivered) -> tuple[ColumnReading, ...]:
    fields = delivered.table.dataset.fields
    found: dict[str, ColumnReading] = {}
    for binding in delivered.bindings:
        for name, heading in binding.columns.items():
            found.setdefault(name, ColumnReading(name, fields[name].title, heading, binding.how[name]))
    return tuple(found[name] for name in fields if name in found)


def _code_reading(stats: CodeStats, delivered: Delivered) -> CodeReading:
    codelist = stats.field.codelist or ""
    return CodeReading(
        field=stats.field.name,
        title=stats.field.title,
        codelist=codelist,
        crosswalk=delivered.crosswalks.get(codelist, ""),
        present=stats.present,
        known=stats.known,
        unknown=stats.unknown,
    )

"""Tables that lie within the records of another: which of their headings tell what they are."""

from __future__ import annotations

from dataclasses import replace

from guiju.export.recognition.match import Match, match, normal_heading
from guiju.export.source import Nested, SourceTable
from guiju.standard.fields import Dataset

_TWICE = 2


def inherited(source: SourceTable) -> tuple[str, ...]:
    """Headings of the record around the rows; none for a table of its own."""
    return source.inherited if isinstance(source, Nested) else ()


def own_headings(source: SourceTable) -> tuple[str, ...]:
    """The other headings."""
    lent = frozenset(inherited(source))
    return tuple(heading for heading in source.columns if heading not in lent)


def own_words(source: SourceTable) -> tuple[str, str]:
    """What the table is called: by its sheet and its file, or by the array's key."""
    if inherited(source):
        return source.part, source.part.rpartition(".")[2]
    return source.part, source.file.rpartition(".")[0] or source.file


def with_references(found: Match, source: SourceTable, dataset: Dataset) -> Match:
    """The match of the own headings, and the fields that refer to the record around the rows."""
    lent = inherited(source)
    missing = {
        name: item for name, item in dataset.fields.items() if item.reference and name not in found.columns
    }
    if not lent or not missing:
        return found
    around = match(lent, replace(dataset, fields=missing))
    return Match(
        {**found.columns, **around.columns}, {**found.how, **around.how}, (*found.doubts, *around.doubts)
    )


def like_enough(found: Match, source: SourceTable, dataset: Dataset, *, named: bool) -> bool:
    """Whether a table within another has most of what the dataset requires, or is called like it.

    Other arrays share headings such as 名称 and 备注 with many datasets.
    """
    if not inherited(source) or named:
        return True
    required = [name for name, item in dataset.fields.items() if item.required and not item.reference]
    return len(required) < _TWICE * sum(1 for name in required if name in found.columns)


def own_outweigh(headings: list[str], source: SourceTable) -> bool:
    """Whether, of the headings that a mapping names, a third at least belong to the table itself."""
    lent = frozenset(inherited(source))
    taken = sum(1 for heading in headings if heading in lent)
    return not lent or taken <= _TWICE * (len(headings) - taken)


def called_like(source: SourceTable, dataset: Dataset) -> bool:
    """Whether sheet, array or file are called like the dataset."""
    own = {normal_heading(word) for word in (dataset.id, dataset.title, *dataset.aliases)}
    return bool({normal_heading(word) for word in own_words(source)} & own - {""})

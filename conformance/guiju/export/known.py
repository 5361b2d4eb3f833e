"""The headings that a standard and a mapping know, by which readers find the row of the headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.export.recognition.mapping import Mapping_
from guiju.export.recognition.match import JOINT, KnownWords, normal_heading
from guiju.standard.fields import Dataset


def known_words(datasets: Mapping[str, Dataset], mapping: Mapping_ | None) -> KnownWords:
    """Names, titles and aliases of all fields and the headings of the mapping, as `normal_heading` has them.

    What stands in brackets is both kept and left out: headings are matched either way. Rows of headings that
    the mapping names are carried along.
    """
    said = {*_of_fields(datasets), *_of_mapping(mapping)}
    forms = {normal_heading(word, brackets=brackets) for word in said for brackets in (True, False)}
    words = KnownWords(forms - {""})
    words.heads = frozenset(told.head for told in (mapping.datasets.values() if mapping else ()) if told.head)
    return words


def _of_fields(datasets: Mapping[str, Dataset]) -> Iterator[str]:
    for dataset in datasets.values():
        for item in dataset.fields.values():
            yield from (item.name, item.title, *item.aliases)


def _of_mapping(mapping: Mapping_ | None) -> Iterator[str]:
    for told in mapping.datasets.values() if mapping else ():
        for heading in told.columns.values():
            yield from (heading, *heading.split(JOINT))

"""One delivery judged by several standards: what belongs to the others is passed over, not refused.

A table is recognised among the datasets of all of them. Two standards have columns in common, and a table
that is looked at by one alone would be taken for the nearest thing that it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from guiju.content import Pack
from guiju.errors import StandardError
from guiju.export import Binding, Mapping_, SourceTable, recognise
from guiju.export.recognition.unfit import NothingFits, nothing_fits
from guiju.standard.fields import Dataset
from guiju.standard.load import load_from
from guiju.standard.model import Standard

Datasets = Mapping[str, Dataset]


def neighbours(packs: Sequence[Pack], standard: Standard) -> Datasets:
    """The datasets of all other standards at hand; a standard that is broken has none.

    What is called as a dataset of its own is left out: asked about a standard, its own datasets come first.
    """
    mine = {item.title for item in standard.datasets.values()}
    found: dict[str, Dataset] = {}
    for pack in packs:
        for name in pack.standard_ids():
            with suppress(StandardError):
                found |= load_from(pack, name, packs).datasets
    return {
        name: item for name, item in found.items() if name not in standard.datasets and item.title not in mine
    }


def own_part(mapping: Mapping_ | None, others: Datasets) -> Mapping_ | None:
    """The mapping without the datasets of other standards; None where nothing is left."""
    if mapping is None or not others:
        return mapping
    mine = {name: told for name, told in mapping.datasets.items() if name not in others}
    return replace(mapping, datasets=mine) if mine else None


def recognised(
    sources: Sequence[SourceTable],
    standard: Standard,
    mapping: Mapping_ | None,
    others: Datasets,
    *,
    alone: bool = False,
) -> list[Binding]:
    """The tables bound to the datasets of a standard, recognised among those of others too.

    Raises:
        InputError: as `recognise` does; that no table is for this standard only where it is judged `alone`.
    """
    try:
        found = recognise(sources, {**others, **standard.datasets}, mapping)
    except NothingFits:
        if alone:
            raise nothing_fits(sources, standard.datasets, mapping.datasets if mapping else {}) from None
        return []
    mine = [item for item in found if item.dataset.id in standard.datasets]
    if not mine and alone:
        raise nothing_fits(sources, standard.datasets, mapping.datasets if mapping else {})
    return mine

"""One delivery judged by several standards: what belongs to the others is passed over, not refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from guiju.export import Binding, Mapping_, SourceTable, recognise
from guiju.export.recognition.unfit import NothingFits
from guiju.standard.model import Standard


def own_part(mapping: Mapping_ | None, others: frozenset[str]) -> Mapping_ | None:
    """The mapping without the datasets of other standards; None where nothing is left."""
    if mapping is None or not others:
        return mapping
    mine = {name: told for name, told in mapping.datasets.items() if name not in others}
    return replace(mapping, datasets=mine) if mine else None


def recognised(
    sources: Sequence[SourceTable], standard: Standard, mapping: Mapping_ | None, others: frozenset[str]
) -> list[Binding]:
    """The tables bound to the datasets of a standard; none where all belong to other standards.

    Raises:
        InputError: as `recognise` does; that nothing fits only where there is no other standard.
    """
    try:
        return recognise(sources, standard.datasets, mapping)
    except NothingFits:
        if not others:
            raise
        return []

"""Which delivered table is which dataset, and which column is which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from guiju.export.recognition import nested, unfit
from guiju.export.recognition.adjusted import adjusted, constant_heading
from guiju.export.recognition.mapping import DatasetMapping, Mapping_
from guiju.export.recognition.match import Match, match
from guiju.export.recognition.near import near_headings, near_remarks
from guiju.export.remarks import Remark
from guiju.export.source import Commented, SourceTable
from guiju.standard.fields import Dataset

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Binding:
    """A delivered table bound to a dataset.

    Attributes:
        dataset: the dataset.
        source: the table, as the mapping wants it.
        columns: heading by field.
        how: by field, what the heading was known by: mapping, constant, name, title, alias or comment.
        unread: headings that are no field.
        near: by missing field, unread headings that are close to it.
        remarks: what was met while the columns were recognised.
    """

    dataset: Dataset
    source: SourceTable
    columns: Mapping[str, str]
    how: Mapping[str, str]
    unread: tuple[str, ...]
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a table fits a dataset.

    What a mapping says in full comes first; then matched fields, key fields, and being called like it.
    `enough` is false where a table within another has too little of its own.
    """

    dataset: Dataset
    found: Match
    missing: tuple[str, ...] = ()
    named: bool = False
    told: DatasetMapping | None = None
    enough: bool = True

    @property
    def score(self) -> tuple[bool, int, int, bool]:
        """For comparison with other datasets."""
        keys = sum(1 for name in self.dataset.key if name in self.found.columns)
        return self.told is not None and not self.missing, len(self.found.columns), keys, self.named

    @property
    def fits(self) -> bool:
        """Enough fields: two (or all there are); half of those that a mapping names."""
        enough = len(self.found.columns) >= min(_FEWEST, len(self.dataset.fields))
        return self.meant or (self.enough and enough and len(self.missing) <= len(self.found.columns))

    @property
    def meant(self) -> bool:
        """The mapping says that this table, by its file or sheet, is the dataset."""
        return self.told is not None and self.told.placed


def recognise(
    sources: Sequence[SourceTable], datasets: Mapping[str, Dataset], mapping: Mapping_ | None
) -> list[Binding]:
    """Bind delivered tables to datasets.

    A dataset that the mapping describes is read by it alone; the others by name, title or alias of their
    fields, or by comments. Several tables may feed one dataset. A table that fits none is left out and
    remarked, unless none fits. Headings that are merely close are remarked and not read.

    Raises:
        InputError: GJ-I202 the mapping names unknown datasets, fields or code lists; GJ-I203 it names columns
            that the export lacks; GJ-I204 no table fits; GJ-I205 two datasets fit equally; GJ-I206 columns
            that cannot be told apart; GJ-I207 the mapping leaves questions open.
    """
    told = mapping.datasets if mapping else {}
    if mapping:
        unfit.check_names(mapping, datasets)
        if error := unfit.unanswered(mapping, datasets):
            raise error
    bindings: list[Binding] = []
    passed: list[SourceTable] = []
    for source in sources:
        chosen = _best(source, fits_of(source, datasets, told))
        if chosen is None:
            passed.append(source)
        elif chosen.told is None or chosen.told.use:
            bindings.append(_binding(source, chosen))
    if not bindings:
        raise unfit.nothing_fits(sources, datasets, told)
    return _with_passed(bindings, passed)


def fits_of(
    source: SourceTable, datasets: Mapping[str, Dataset], told: Mapping[str, DatasetMapping]
) -> list[Fit]:
    """The datasets that the table could be; those alone that the mapping says it is, where it does."""
    possible = {name: item for name, item in datasets.items() if _possible(source, told.get(name))}
    found = [fit for name, item in possible.items() if (fit := _fit(source, item, told.get(name))).fits]
    return [fit for fit in found if fit.meant] or found


def _possible(source: SourceTable, told: DatasetMapping | None) -> bool:
    return told is None or told.meant(source.file, source.part)


def _fit(source: SourceTable, dataset: Dataset, told: DatasetMapping | None) -> Fit:
    named = nested.called_like(source, dataset)
    if told is None:
        comments = source.comments if isinstance(source, Commented) else {}
        own = match(nested.own_headings(source), dataset, comments)
        enough = nested.like_enough(own, source, dataset, named=named)
        found = nested.with_references(own, source, dataset)
        return Fit(dataset, found, (), named, enough=enough)
    there = {name: heading for name, heading in told.columns.items() if heading in source.columns}
    missing = tuple(heading for heading in told.columns.values() if heading not in source.columns)
    enough = nested.own_outweigh(list(there.values()), source)
    return Fit(dataset, Match(there, dict.fromkeys(there, "mapping")), missing, named, told, enough)


def _best(source: SourceTable, fits: Sequence[Fit]) -> Fit | None:
    ranked = sorted(fits, key=lambda fit: fit.score, reverse=True)
    rivals = [fit for fit in ranked if fit.score == ranked[0].score]
    if len(rivals) > 1:
        if nested.inherited(source):
            return None
        raise unfit.tie(source, [fit.dataset for fit in rivals])
    return rivals[0] if rivals else None


def _binding(source: SourceTable, fit: Fit) -> Binding:
    if fit.missing:
        raise unfit.lacking(source, fit.missing, fit.dataset)
    if fit.found.doubts:
        raise unfit.doubtful(source, fit.dataset, fit.found.doubts)
    used = set(fit.found.columns.values())
    unread = tuple(heading for heading in nested.own_headings(source) if heading not in used)
    constant = {name: constant_heading(text) for name, text in fit.told.constant.items()} if fit.told else {}
    columns = {**fit.found.columns, **constant}
    how = {**fit.found.how, **dict.fromkeys(constant, "constant")}
    near = near_headings(unread, fit.dataset, columns, fit.told.absent if fit.told else ())
    table = adjusted(source, fit.told) if fit.told else source
    return Binding(fit.dataset, table, columns, how, unread, near, near_remarks(near, fit.dataset))


def _with_passed(bindings: list[Binding], passed: Sequence[SourceTable]) -> list[Binding]:
    """Tables that are no dataset, told beside the first that is one."""
    said = tuple(
        Remark(
            "GJ-D214",
            "这张表不像所选标准的任何数据集，未读取",
            hint=unfit.HINT,
            whole=f"{source.file} / {source.part}" if source.part else source.file,
        )
        for source in passed
    )
    first = replace(bindings[0], remarks=(*bindings[0].remarks, *said))
    return [first, *bindings[1:]]

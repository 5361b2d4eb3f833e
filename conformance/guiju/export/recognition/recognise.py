"""Which delivered table is which dataset, and which column is which field."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guiju.errors import InputError, Place
from guiju.export.recognition.mapping import DatasetMapping, Mapping_
from guiju.export.recognition.match import Match, match, normal_heading
from guiju.export.source import SourceTable
from guiju.standard.fields import Dataset

_FEWEST = 2
_HINT = "请用 --mapping 指定字段对应表，写明各列对应的数据元"


@dataclass(frozen=True, slots=True)
class Binding:
    """A delivered table bound to a dataset.

    Attributes:
        dataset: the dataset.
        source: the table.
        columns: heading by field.
        how: by field, what the heading was known by: mapping, name, title or alias.
        unread: headings that are no field.
    """

    dataset: Dataset
    source: SourceTable
    columns: Mapping[str, str]
    how: Mapping[str, str]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a table fits a dataset.

    What a mapping says in full comes first; then matched fields, key fields, and being called like it.
    """

    dataset: Dataset
    found: Match
    missing: tuple[str, ...]
    named: bool
    told: bool = False

    @property
    def score(self) -> tuple[bool, int, int, bool]:
        keys = sum(1 for name in self.dataset.key if name in self.found.columns)
        return self.told and not self.missing, len(self.found.columns), keys, self.named

    @property
    def fits(self) -> bool:
        """Enough fields: two (or all there are); half of those that a mapping names."""
        enough = len(self.found.columns) >= min(_FEWEST, len(self.dataset.fields))
        return enough and len(self.missing) <= len(self.found.columns)


def recognise(
    sources: Sequence[SourceTable], datasets: Mapping[str, Dataset], mapping: Mapping_ | None
) -> list[Binding]:
    """Bind delivered tables to datasets.

    A dataset that the mapping describes is read by it alone; the others by name, title or alias of their
    fields. Several tables may feed one dataset. A table that fits none is left out, unless none fits.

    Raises:
        InputError: GJ-I202 the mapping names unknown datasets, fields or code lists; GJ-I203 it names columns
            that the export lacks; GJ-I204 no table fits; GJ-I205 two datasets fit equally; GJ-I206 columns
            that cannot be told apart.
    """
    told = mapping.datasets if mapping else {}
    if mapping:
        _check_names(mapping, datasets)
    bindings: list[Binding] = []
    for source in sources:
        fits = [_fit(source, item, told.get(name)) for name, item in datasets.items()]
        chosen = _best(source, [fit for fit in fits if fit.fits])
        bindings += [_binding(source, chosen)] if chosen else []
    if not bindings:
        raise _nothing_fits(sources, datasets, told)
    return bindings


def _fit(source: SourceTable, dataset: Dataset, told: DatasetMapping | None) -> _Fit:
    named = _called(source, dataset)
    if told is None:
        return _Fit(dataset, match(source.columns, dataset), (), named)
    there = {name: heading for name, heading in told.columns.items() if heading in source.columns}
    missing = tuple(heading for heading in told.columns.values() if heading not in source.columns)
    return _Fit(dataset, Match(there, dict.fromkeys(there, "mapping")), missing, named, told=True)


def _called(source: SourceTable, dataset: Dataset) -> bool:
    """Whether sheet or file are called like the dataset."""
    own = {normal_heading(word) for word in (dataset.id, dataset.title, *dataset.aliases)}
    return bool({normal_heading(source.part), normal_heading(source.path.stem)} & own - {""})


def _best(source: SourceTable, fits: Sequence[_Fit]) -> _Fit | None:
    ranked = sorted(fits, key=lambda fit: fit.score, reverse=True)
    rivals = [fit for fit in ranked if fit.score == ranked[0].score]
    if len(rivals) > 1:
        titles = "、".join(f"{fit.dataset.title}（{fit.dataset.id}）" for fit in rivals)
        raise InputError(
            "GJ-I205",
            f"无法确定这张表是哪个数据集：{titles}都同样符合",
            place=_place(source),
            cause=f"表中的列：{_quoted(source.columns)}",
            hint=_HINT + "；也可把文件或工作表改名为数据集的名称",
        )
    return rivals[0] if rivals else None


def _binding(source: SourceTable, fit: _Fit) -> Binding:
    if fit.missing:
        raise _lacking(source, fit.missing, fit.dataset)
    if fit.found.doubts:
        raise InputError(
            "GJ-I206",
            f"数据集“{fit.dataset.title}”的列无法区分",
            place=_place(source),
            cause="；".join(dict.fromkeys(fit.found.doubts)),
            hint=_HINT,
        )
    used = set(fit.found.columns.values())
    unread = tuple(heading for heading in source.columns if heading not in used)
    return Binding(fit.dataset, source, fit.found.columns, fit.found.how, unread)


def _lacking(source: SourceTable, missing: Iterable[str], dataset: Dataset) -> InputError:
    return InputError(
        "GJ-I203",
        f"导出数据缺少字段对应表为“{dataset.title}”写明的列：{_quoted(missing)}",
        place=_place(source),
        cause=f"表中的列：{_quoted(source.columns)}",
        hint=_nearest(missing, source.columns) or "请核对列名是否与表头逐字相同",
    )


def _nothing_fits(
    sources: Sequence[SourceTable], datasets: Mapping[str, Dataset], told: Mapping[str, DatasetMapping]
) -> InputError:
    if len(sources) == 1 and len(told) == 1:
        name, item = next(iter(told.items()))
        absent = [heading for heading in item.columns.values() if heading not in sources[0].columns]
        if absent:
            return _lacking(sources[0], absent, datasets[name])
    seen = "；".join(f"{_place(source)}：{_quoted(source.columns[:20])}" for source in sources)
    titles = "、".join(f"{item.title}（{name}）" for name, item in datasets.items())
    return InputError(
        "GJ-I204",
        f"没有一张表能认出是所选标准的数据集：{titles}",
        place=_place(sources[0]) if len(sources) == 1 else Place(),
        cause=f"所见的列：{seen}",
        hint=_HINT,
    )


def _check_names(mapping: Mapping_, datasets: Mapping[str, Dataset]) -> None:
    """Every dataset, field and code list that the mapping names must exist."""
    wrong: list[str] = []
    near: list[str] = []
    for name, told in mapping.datasets.items():
        if name not in datasets:
            wrong.append(f"数据集 {name}")
            near.append(_nearest([name], list(datasets)))
            continue
        fields = datasets[name].fields
        lists = {item.codelist for item in fields.values() if item.codelist}
        for kind, given, known in (("数据元", told.fields, set(fields)), ("代码表", told.crosswalks, lists)):
            unknown = [word for word in given if word not in known]
            wrong += [f"{kind} {name}.{word}" for word in unknown]
            near.append(_nearest(unknown, sorted(known)))
    if wrong:
        raise InputError(
            "GJ-I202",
            f"字段对应表写了标准中没有的名称：{'、'.join(wrong)}",
            place=Place(mapping.file),
            hint="；".join(filter(None, near)) or "请对照标准的数据集说明改正",
        )


def _nearest(words: Iterable[str], known: Sequence[str]) -> str:
    """Suggestions: for each word the known ones that look like it."""
    normal: dict[str, str] = {normal_heading(item): item for item in reversed(known)}
    found: list[str] = []
    for word in words:
        close = difflib.get_close_matches(normal_heading(word), normal, n=3)
        if close:
            found.append(f"“{word}”是否为{'、'.join(f'“{normal[item]}”' for item in close)}")
    return "；".join(found)


def _quoted(words: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in words)


def _place(source: SourceTable) -> Place:
    return Place(source.file, inside=source.part)

"""Why tables and mapping do not fit the standard, in the words of users."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from guiju.errors import InputError, Place
from guiju.export.recognition.mapping import DatasetMapping, Mapping_
from guiju.export.recognition.match import Doubt, normal_heading
from guiju.export.source import SourceTable
from guiju.standard.fields import Dataset

HINT = "请用 guiju map 写出字段对应表，确认后用 --mapping 交给核验"


def tie(source: SourceTable, rivals: Sequence[Dataset]) -> InputError:
    """Two datasets fit a table equally."""
    titles = "、".join(f"{item.title}（{item.id}）" for item in rivals)
    return InputError(
        "GJ-I205",
        f"无法确定这张表是哪个数据集：{titles}都同样符合",
        place=place(source),
        cause=f"表中的列：{quoted(source.columns)}",
        hint=HINT + "；也可把文件或工作表改名为数据集的名称",
    )


def doubtful(source: SourceTable, dataset: Dataset, doubts: Sequence[Doubt]) -> InputError:
    """Columns that cannot be told apart."""
    return InputError(
        "GJ-I206",
        f"数据集“{dataset.title}”的列无法区分",
        place=place(source),
        cause="；".join(doubt.text(dataset) for doubt in doubts),
        hint=HINT,
    )


def unanswered(mapping: Mapping_, datasets: Mapping[str, Dataset]) -> InputError | None:
    """The questions that a mapping leaves open; None where there are none."""
    asked: list[str] = []
    for name, told in mapping.datasets.items():
        dataset = datasets[name]
        asked += [f"哪张表是“{dataset.title}”（{name} 的 use）"] if told.use is None else []
        if told.use is not False:
            fields = [dataset.fields[one] for one in told.questions]
            asked += [f"“{dataset.title}”的“{item.title}”（{name}.{item.name}）" for item in fields]
    if not asked:
        return None
    return InputError(
        "GJ-I207",
        f"字段对应表还有{len(asked)}处待确认",
        place=Place(mapping.file),
        cause="；".join(asked),
        hint="请逐处回答：写上列名，或者把确认没有的数据元写进 absent；工作簿里在“待确认”一页选",
    )


class NothingFits(InputError):  # noqa: N818 - says what is the matter
    """No delivered table is a dataset of the standard."""


def lacking(source: SourceTable, missing: Iterable[str], dataset: Dataset) -> InputError:
    """The mapping names columns that the table does not have."""
    return InputError(
        "GJ-I203",
        f"导出数据缺少字段对应表为“{dataset.title}”写明的列：{quoted(missing)}",
        place=place(source),
        cause=f"表中的列：{quoted(source.columns)}",
        hint=_nearest(missing, source.columns) or "请核对列名是否与表头逐字相同",
    )


def nothing_fits(
    sources: Sequence[SourceTable], datasets: Mapping[str, Dataset], told: Mapping[str, DatasetMapping]
) -> InputError:
    """No table is a dataset; where there is one table and one mapped dataset, which columns are missing."""
    if len(sources) == 1 and len(told) == 1:
        name, item = next(iter(told.items()))
        absent = [heading for heading in item.columns.values() if heading not in sources[0].columns]
        if absent:
            return lacking(sources[0], absent, datasets[name])
    seen = "；".join(f"{place(source)}：{quoted(source.columns[:20])}" for source in sources)
    titles = "、".join(f"{item.title}（{name}）" for name, item in datasets.items())
    return NothingFits(
        "GJ-I204",
        f"没有一张表能认出是所选标准的数据集：{titles}",
        place=place(sources[0]) if len(sources) == 1 else Place(),
        cause=f"所见的列：{seen}",
        hint=HINT,
    )


def check_names(mapping: Mapping_, datasets: Mapping[str, Dataset]) -> None:
    """Every dataset, field and code list that the mapping names must exist.

    Raises:
        InputError: GJ-I202.
    """
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


def quoted(words: Iterable[str]) -> str:
    """Words in quotation marks, for reading."""
    return "、".join(f"“{word}”" for word in words)


def place(source: SourceTable) -> Place:
    """Where a table is."""
    return Place(source.file, inside=source.part)


def _nearest(words: Iterable[str], known: Sequence[str]) -> str:
    """Suggestions: for each word the known ones that look like it."""
    normal: dict[str, str] = {normal_heading(item): item for item in reversed(known)}
    found: list[str] = []
    for word in words:
        close = difflib.get_close_matches(normal_heading(word), normal, n=3)
        if close:
            found.append(f"“{word}”是否为{'、'.join(f'“{normal[item]}”' for item in close)}")
    return "；".join(found)

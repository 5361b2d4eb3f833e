"""One standard as far as it can be read: a broken file is told and left out, the others stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.content import Pack
from guiju.errors import Place, StandardError
from guiju.standard import decode, source
from guiju.standard.fields import Codelist, Dataset
from guiju.standard.load import stage_of
from guiju.standard.model import Parameter, Requirement
from guiju.standard.source import SourceFile
from guiju.standard.used import used_datasets
from guiju_tools.lint.finding import Notice, error, of_fault


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement beside the file and the position in it where it is written."""

    model: Requirement
    data: Mapping[str, Any]
    file: SourceFile
    at: tuple[str | int, ...]

    def place(self, *inside: str | int) -> Place:
        """Where a part of the requirement stands; the requirement itself where the part has no line."""
        found = self.file.place(*self.at, *inside)
        return found if found.line is not None else self.file.place(*self.at)

    @property
    def chapter(self) -> str:
        """The name of its file without ending: its feature file is called the same."""
        return Path(self.file.label).stem


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """One dataset beside its file."""

    model: Dataset
    file: SourceFile

    def place(self, *inside: str | int) -> Place:
        """Where a part of the record schema stands."""
        return self.file.place(*inside)

    def field_place(self, name: str, key: str = "") -> Place:
        """Where a field, or one keyword of it, stands."""
        return self.file.place("properties", name, *([key] if key else []))


@dataclass(frozen=True, slots=True)
class View:
    """What lint reads of one standard.

    `datasets` are its own, `used` those of other standards, which are looked at where they are defined;
    `broken` are ids of datasets that exist but could not be read; `complete` says that every file of
    requirements was read, so that an unknown id is unknown indeed.
    """

    pack: Pack
    id: str
    stage: str
    standard: SourceFile | None
    items: tuple[Item, ...]
    datasets: Mapping[str, DatasetFile]
    used: Mapping[str, DatasetFile]
    parameters: Mapping[str, Parameter]
    codelists: Mapping[str, Codelist]
    features: tuple[Path, ...]
    complete: bool = True
    broken: frozenset[str] = field(default_factory=frozenset)

    @property
    def label(self) -> str:
        """How messages call the standard's own file."""
        return f"standards/{self.id}/standard.yaml"

    def item(self, requirement_id: str) -> Item | None:
        """The requirement with that id."""
        return next((item for item in self.items if item.model.id == requirement_id), None)

    def dataset(self, name: str) -> Dataset | None:
        """The dataset with that id, None when it is unknown or broken."""
        file = self.datasets.get(name) or self.used.get(name)
        return None if file is None else file.model

    @property
    def every(self) -> Mapping[str, DatasetFile]:
        """Its own datasets, and those of others that it uses."""
        return {**self.used, **self.datasets}

    def label_of(self, path: Path) -> str:
        """A path as messages name it."""
        return path.relative_to(self.pack.root).as_posix()


def read_view(pack: Pack, standard_id: str, libraries: Sequence[Pack] = ()) -> tuple[View, list[Notice]]:
    """Everything of one standard that can be read, and a remark for everything that cannot."""
    folder = pack.standards / standard_id
    found: list[Notice] = []
    standard = _read(pack, folder / "standard.yaml", "standard", found)
    paths = sorted((folder / "requirements").glob("*.yaml"))
    chapters = [_read(pack, path, "requirements", found) for path in paths]
    datasets, broken = _datasets(pack, folder / "datasets", found)
    used = _used(standard, datasets, (pack, *libraries), found)
    view = View(
        pack=pack,
        id=standard_id,
        stage=_stage(pack, standard_id, found),
        standard=standard,
        items=tuple(_items(chapters)),
        datasets=datasets,
        used=used,
        parameters=_parameters(standard),
        codelists=_codelists({**used, **datasets}, (pack, *libraries), found),
        features=tuple(sorted((pack.features / standard_id).glob("*.feature"))),
        complete=None not in chapters,
        broken=frozenset(broken),
    )
    return view, found


def read_file(pack: Pack, path: Path, schema: str) -> tuple[SourceFile | None, list[Notice]]:
    """One YAML file that agrees with its schema, or None and the reasons."""
    found: list[Notice] = []
    return _read(pack, path, schema, found), found


def items_of(file: SourceFile, *at: str | int) -> Iterator[Item]:
    """The requirements that stand as a list at that position of a file."""
    data: Any = file.data
    for key in at:
        data = data[key]
    for index, item in enumerate(data):
        yield Item(decode.requirement(item), item, file, (*at, index))


def _read(pack: Pack, path: Path, schema: str, found: list[Notice]) -> SourceFile | None:
    try:
        file, faults = source.read_yaml(path, schema, pack.root)
    except StandardError as fault:
        found += of_fault(fault)
        return None
    found += [notice for fault in faults for notice in of_fault(fault)]
    return None if faults else file


def _items(chapters: Sequence[SourceFile | None]) -> Iterator[Item]:
    for file in chapters:
        if file is not None:
            yield from items_of(file)


def _datasets(pack: Pack, folder: Path, found: list[Notice]) -> tuple[dict[str, DatasetFile], set[str]]:
    datasets: dict[str, DatasetFile] = {}
    broken: set[str] = set()
    for path in sorted(folder.glob("*.yaml")):
        file = _read(pack, path, "dataset", found)
        if file is None:
            broken.add(path.stem)
        elif file.data["$id"] in datasets:
            other = datasets[file.data["$id"]].file.label
            found.append(_twice(file, other))
        else:
            datasets[file.data["$id"]] = DatasetFile(decode.dataset(file.data), file)
    return datasets, broken


def _used(
    standard: SourceFile | None,
    own: Mapping[str, DatasetFile],
    packs: Sequence[Pack],
    found: list[Notice],
) -> dict[str, DatasetFile]:
    """Datasets of other standards; what is wrong inside them is told with their owner."""
    listed: dict[str, DatasetFile] = {}
    if standard is None:
        return listed
    for used, fault in used_datasets(standard.data["id"], standard.data.get("uses", ()), packs):
        if used is None:
            found += [error(fault.code, fault.message, standard.place("uses"), fault.hint)] if fault else []
            continue
        file = _read(used.pack, used.path, "dataset", [])
        if file is None:
            continue
        name = file.data["$id"]
        if name in own or name in listed:
            other = (own.get(name) or listed[name]).file.label
            found.append(_twice(file, other))
            continue
        listed[name] = DatasetFile(decode.dataset(file.data), file)
    return listed


def _twice(file: SourceFile, other: str) -> Notice:
    return error(
        "GJ-S301",
        f"数据集 {file.data['$id']} 在 {other} 中已经有了",
        file.place("$id"),
        hint="一个标识只能有一个数据集，请改名",
    )


def _parameters(standard: SourceFile | None) -> dict[str, Parameter]:
    listed = {} if standard is None else standard.data.get("parameters", {})
    return {name: decode.parameter(name, item) for name, item in listed.items()}


def _codelists(
    datasets: Mapping[str, DatasetFile], packs: Sequence[Pack], found: list[Notice]
) -> dict[str, Codelist]:
    lists: dict[str, Codelist] = {}
    missing: set[str] = set()
    for file in datasets.values():
        for item in file.model.fields.values():
            name = item.codelist
            if name is None or name in lists or name in missing:
                continue
            try:
                lists[name] = _codelist(name, packs)
            except StandardError as fault:
                missing.add(name)
                found += _missing_list(fault, file.field_place(item.name, "x-codelist"))
    return lists


def _codelist(name: str, packs: Sequence[Pack]) -> Codelist:
    document = source.read_codelist(name, packs)
    codes = [{"code": "", "label": "", **row} for row in document["codes"]]  # what is empty is told elsewhere
    return decode.codelist(name, {**document, "codes": codes})


def _missing_list(fault: StandardError, place: Place) -> list[Notice]:
    if fault.place.line is not None:  # the list itself is broken, and says so at its own line
        return of_fault(fault)
    return [error(fault.code, fault.message, place, fault.hint)]


def _stage(pack: Pack, standard_id: str, found: list[Notice]) -> str:
    try:
        return stage_of(pack, standard_id)
    except StandardError as fault:
        found += of_fault(fault)
        return "20"

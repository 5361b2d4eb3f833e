"""A standard's folder of YAML, CSV and features read into one edition document (版本文档)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.content import Pack
from guiju.errors import Place, StandardError, StandardErrors
from guiju.standard import strict_yaml, validate
from guiju.standard.strict_yaml import Positions
from guiju.standard.tables import read_csv
from guiju.standard.used import used_datasets

FORMAT = "guiju-edition/1"
CODELIST_COLUMNS = (
    "code",
    "label",
    "description",
    "valid_from",
    "valid_to",
    "replaced_by",
    "owner",
    "source",
)
_CODE_COLUMNS = CODELIST_COLUMNS[:6]
_ALWAYS = ("code", "label")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One YAML file as read: its label for messages, data and positions."""

    label: str
    data: Any
    positions: Positions

    def place(self, *path: str | int) -> Place:
        """Where the value at `path` stands."""
        line, column = self.positions.get(path, (None, None))
        return Place(self.label, line, column)


@dataclass(frozen=True, slots=True)
class StandardSource:
    """The files of one standard, and the document made of them."""

    standard: SourceFile
    requirements: tuple[SourceFile, ...]
    datasets: tuple[SourceFile, ...]
    features: dict[str, str]
    document: dict[str, Any]
    faults: tuple[StandardError, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)


def read_yaml(path: Path, schema: str, root: Path) -> tuple[SourceFile, list[StandardError]]:
    """Read one file and hold it against its schema; the faults come back, they are not raised."""
    label = path.relative_to(root).as_posix()
    data, positions = strict_yaml.read(path, name=label)
    return SourceFile(label, data, positions), validate.faults(schema, data, positions, label)


def read_standard(pack: Pack, standard_id: str, libraries: Sequence[Pack] = ()) -> StandardSource:
    """Read one standard of a pack; code lists are looked up in the pack, then in `libraries`.

    Raises:
        StandardErrors: every schema fault of its files together; StandardError for unreadable files.
    """
    folder = pack.standards / standard_id
    faults: list[StandardError] = []

    def each(paths: Sequence[Path], schema: str) -> tuple[SourceFile, ...]:
        files = []
        for path in paths:
            file, found = read_yaml(path, schema, pack.root)
            files.append(file)
            faults.extend(found)
        return tuple(files)

    (standard,) = each([folder / "standard.yaml"], "standard")
    requirements = each(sorted((folder / "requirements").glob("*.yaml")), "requirements")
    datasets = each(sorted((folder / "datasets").glob("*.yaml")), "dataset")
    if faults:
        raise StandardErrors(faults)
    features = _features(pack.features / standard_id)
    used = _used(standard, (pack, *libraries))
    document = _document(standard, requirements, (*datasets, *used), features)
    document["codelists"] = _codelists(document["datasets"], (pack, *libraries))
    return StandardSource(standard, requirements, datasets, features, document, places=_places(requirements))


def _used(standard: SourceFile, packs: Sequence[Pack]) -> tuple[SourceFile, ...]:
    """The record schemas of other standards that this one uses."""
    found: list[SourceFile] = []
    faults: list[StandardError] = []
    for used, fault in used_datasets(standard.data["id"], standard.data.get("uses", ()), packs):
        if used is None:
            faults += [fault] if fault else []
            continue
        file, wrong = read_yaml(used.path, "dataset", used.pack.root)
        found.append(file)
        faults += wrong
    if faults:
        raise StandardErrors(faults)
    return tuple(found)


def _document(
    standard: SourceFile,
    requirements: tuple[SourceFile, ...],
    datasets: tuple[SourceFile, ...],
    features: dict[str, str],
) -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    for file in datasets:
        if file.data["$id"] in schemas:
            raise StandardError(
                "GJ-S112", f"数据集 {file.data['$id']} 重复", place=file.place("$id"), hint="请改名"
            )
        schemas[file.data["$id"]] = file.data
    listed = [item for file in requirements for item in file.data]
    return {
        "format": FORMAT,
        "parameters": {},
        **standard.data,
        "requirements": listed,
        "datasets": schemas,
        "features": features,
    }


def _places(requirements: tuple[SourceFile, ...]) -> dict[str, Place]:
    return {item["id"]: file.place(index) for file in requirements for index, item in enumerate(file.data)}


def _features(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.feature"))}


def _codelists(datasets: dict[str, Any], packs: Sequence[Pack]) -> dict[str, Any]:
    used = {
        prop["x-codelist"]
        for schema in datasets.values()
        for prop in schema["properties"].values()
        if "x-codelist" in prop
    }
    return {name: read_codelist(name, packs) for name in sorted(used)}


def read_codelist(name: str, packs: Sequence[Pack]) -> dict[str, Any]:
    """One code list as a document: owner, source (of its first row) and codes.

    Raises:
        StandardError: GJ-S120 missing, GJ-S121 wrong columns, GJ-S122 duplicate code.
    """
    for pack in packs:
        path = pack.standards / "codelists" / f"{name}.csv"
        if path.is_file():
            return _read_codelist(path, path.relative_to(pack.root).as_posix())
    raise StandardError(
        "GJ-S120",
        f"找不到代码表 {name}",
        place=Place(f"standards/codelists/{name}.csv"),
        hint="请补上该文件，或改正 x-codelist",
    )


def _read_codelist(path: Path, label: str) -> dict[str, Any]:
    rows = read_csv(path, CODELIST_COLUMNS, label)
    seen: set[str] = set()
    for number, row in rows:
        if row["code"] in seen:
            raise StandardError(
                "GJ-S122", f"代码“{row['code']}”重复", place=Place(label, number), hint="同一代码只能有一行"
            )
        seen.add(row["code"])
    codes = [{key: row[key] for key in _CODE_COLUMNS if row[key] or key in _ALWAYS} for _, row in rows]
    first = rows[0][1] if rows else dict.fromkeys(CODELIST_COLUMNS, "")
    return {"owner": first["owner"], "source": first["source"], "codes": codes}

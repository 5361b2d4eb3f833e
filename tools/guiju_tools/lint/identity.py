"""The pack itself: its prefixes, what it extends, and that folders and files are called as their ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from guiju.content import Pack
from guiju.errors import GuijuError
from guiju.standard import strict_yaml
from guiju.standard.source import SourceFile
from guiju_tools.lint.finding import Notice, error
from guiju_tools.lint.view import View, read_file


def lint_pack(pack: Pack, libraries: Sequence[Pack]) -> Iterator[Notice]:
    """Every rule on `pack.yaml`."""
    file, found = read_file(pack, pack.standards / "pack.yaml", "pack")
    yield from found
    if file is None:
        return
    standards = set(pack.standard_ids())
    for prefix, standard_id in file.data["prefixes"].items():
        if standard_id not in standards and not (pack.standards / standard_id).is_dir():
            place = file.place("prefixes", prefix)
            yield error(
                "GJ-S313", f"前缀 {prefix} 所属的标准 {standard_id} 不存在", place, hint="请改正或删去"
            )
    known = {name for library in libraries if (name := _pack_id(library))}
    for index, extended in enumerate(file.data["extends"]):
        if extended not in known:
            yield error(
                "GJ-S314",
                f"找不到所扩展的标准包 {extended}",
                file.place("extends", index),
                hint="请安装该标准包，或改正标识",
            )


def lint_names(view: View) -> Iterator[Notice]:
    """Folder, file and prefix agree with the ids inside."""
    for file in view.datasets.values():
        stem = Path(file.file.label).stem
        if stem != file.model.id:
            yield error(
                "GJ-S315",
                f"文件名 {stem} 与数据集标识 {file.model.id} 不一致",
                file.place("$id"),
                hint="文件名须与标识相同",
            )
    if view.standard is not None:
        yield from _standard_names(view, view.standard)


def _standard_names(view: View, file: SourceFile) -> Iterator[Notice]:
    if file.data["id"] != view.id:
        yield error(
            "GJ-S315",
            f"标准标识 {file.data['id']} 与文件夹 {view.id} 不一致",
            file.place("id"),
            hint="文件夹须与标识同名",
        )
    prefixes = _prefixes(view.pack)
    if prefixes is not None and prefixes.get(file.data["prefix"]) != view.id:
        yield error(
            "GJ-S316",
            f"pack.yaml 没有把前缀 {file.data['prefix']} 分给 {view.id}",
            file.place("prefix"),
            hint="请在 pack.yaml 的 prefixes 中登记",
        )


def _prefixes(pack: Pack) -> dict[str, str] | None:
    file, _ = read_file(pack, pack.standards / "pack.yaml", "pack")
    return None if file is None else file.data["prefixes"]


def _pack_id(pack: Pack) -> str:
    try:
        data, _ = strict_yaml.read(pack.standards / "pack.yaml")
    except GuijuError:
        return ""
    return str(data.get("id", "")) if isinstance(data, dict) else ""

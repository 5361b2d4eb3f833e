"""Requirements as records: ids, names, basis and sources, and what published editions have promised."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.errors import Place
from guiju.standard.checks import DeclaredCheck
from guiju_tools.lint.finding import PUBLISHED, Notice, error, graded, unreadable
from guiju_tools.lint.view import Item, View
from guiju_tools.lint.withdrawn import lint_withdrawn

_CITED = ("law", "standard", "policy")


def lint_requirements(view: View) -> Iterator[Notice]:
    """Every rule on single requirements and on how they relate to each other and to earlier editions."""
    yield from _unique(view)
    yield from lint_withdrawn(view)
    for item in view.items:
        yield from _identity(item, view)
        yield from _basis(item, view)
    yield from _questions(view)
    yield from _history(view)


def _unique(view: View) -> Iterator[Notice]:
    ids: dict[str, Item] = {}
    names: dict[str, Item] = {}
    for item in view.items:
        model = item.model
        if model.id in ids:
            yield error(
                "GJ-S302",
                f"标识 {model.id} 在 {ids[model.id].place('id')} 已经用过",
                item.place("id"),
                hint="标识不可重复，请取一个没有用过的",
            )
        if model.name in names:
            yield error(
                "GJ-S303",
                f"英文短名 {model.name} 已由 {names[model.name].model.id} 使用",
                item.place("name"),
                hint="请换一个短名",
            )
        ids.setdefault(model.id, item)
        names.setdefault(model.name, item)


def _identity(item: Item, view: View) -> Iterator[Notice]:
    model = item.model
    if view.standard is not None and not model.id.startswith(f"{view.standard.data['prefix']}-"):
        yield error(
            "GJ-S304",
            f"标识 {model.id} 的前缀不是本标准的 {view.standard.data['prefix']}",
            item.place("id"),
            hint="每个标准用自己的前缀",
        )
    if model.key and model.modality != "shall":
        yield error("GJ-S305", "关键条款的性质不是“应”", item.place("key"), hint="只有“应”才能是关键条款")


def _basis(item: Item, view: View) -> Iterator[Notice]:
    model = item.model
    if model.basis == "proposal" and model.modality == "shall":
        yield graded(
            "GJ-S306",
            "起草组建议不能作为出版标准中的“应”",
            item.place("basis"),
            hint="请改为“宜”，或找到依据",
            stage=view.stage,
            until=PUBLISHED,
        )
    if model.basis in _CITED:
        yield from _documents(item, view)
    if model.advisory:
        yield graded(
            "GJ-S308",
            "依据只凭记忆，没有核对原文：结果只作提示，不计入结论，也不能通过出版准入",
            item.place("source"),
            hint="请核对原文后改 mark；查不到原文的请改 basis",
            stage=view.stage,
            until=PUBLISHED,
        )


def _documents(item: Item, view: View) -> Iterator[Notice]:
    if view.standard is None:
        return
    listed = [*view.standard.data["references"], *view.standard.data["bibliography"]]
    known = {name for entry in listed for name in (entry["document"], entry["title"])}
    for index, source in enumerate(item.model.sources):
        if source.document not in known:
            yield error(
                "GJ-S307",
                f"来源 {source.document} 不在规范性引用文件和参考文献中",
                item.place("source", index),
                hint="请列入 standard.yaml 的 references 或 bibliography，写法须一致",
            )


def _questions(view: View) -> Iterator[Notice]:
    if any(isinstance(item.model.check, DeclaredCheck) for item in view.items):
        path = view.pack.standards / view.id / "self-assessment.yaml"
        if not path.is_file():
            yield graded(
                "GJ-S309",
                "有靠自评回答的要求，却没有自评表",
                Place(view.label),
                hint="请写 self-assessment.yaml，列出问题、分值和佐证",
                stage=view.stage,
            )


@dataclass(frozen=True, slots=True)
class _Edition:
    """Ids and names of a published edition."""

    label: str
    version: tuple[int, ...]
    names: Mapping[str, str]


def _history(view: View) -> Iterator[Notice]:
    editions: list[_Edition] = []
    for path in sorted((view.pack.standards / "editions").glob(f"{view.id}-*.json")):
        if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)*", path.stem.removeprefix(f"{view.id}-")):
            continue  # an edition of a standard whose id begins with ours
        edition = _edition(path, view.label_of(path))
        if isinstance(edition, Notice):
            yield edition
        else:
            editions.append(edition)
    editions.sort(key=lambda edition: edition.version)
    if editions:
        yield from _version(view, editions[-1])
        yield from _promises(view, editions)


def _edition(path: Path, label: str) -> _Edition | Notice:
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
        names = {item["id"]: item["name"] for item in document["requirements"]}
        return _Edition(label, _numbers(document["version"]), names)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        return unreadable(label, fault)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _version(view: View, newest: _Edition) -> Iterator[Notice]:
    if view.standard is None:
        return
    version = view.standard.data["version"]
    if _numbers(version) < newest.version:
        yield error(
            "GJ-S310",
            f"版本 {version} 比已出版的 {newest.label} 还旧",
            view.standard.place("version"),
            hint="请提高版本号",
        )


def _promises(view: View, editions: list[_Edition]) -> Iterator[Notice]:
    """An id once published keeps its meaning (its name) for ever; once withdrawn it does not come back."""
    ids = {name: (key, edition) for edition in editions for key, name in edition.names.items()}
    for item in view.items:
        model, place = item.model, item.place("id")
        for edition in editions:
            name = edition.names.get(model.id, model.name)
            if name != model.name:
                yield error(
                    "GJ-S311",
                    f"{model.id} 在 {edition.label} 中是 {name}",
                    place,
                    hint="标识不改作他用：新的要求用新的标识，旧的短名不改",
                )
                break
        published = ids.get(model.name)
        if published is not None and published[0] != model.id:
            yield error(
                "GJ-S312",
                f"{model.name} 在 {published[1].label} 中的标识是 {published[0]}",
                place,
                hint="标识不重新编号，请改回来",
            )
        if _withdrawn(model.id, editions):
            yield error(
                "GJ-S311",
                f"{model.id} 在 {editions[-1].label} 中已经废止",
                place,
                hint="废止的标识不再使用，请取新的标识",
            )


def _withdrawn(requirement_id: str, editions: list[_Edition]) -> bool:
    earlier = any(requirement_id in edition.names for edition in editions[:-1])
    return earlier and requirement_id not in editions[-1].names

"""Profiles of regions: they tighten, raise and add; what they may not do is refused here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from guiju.content import Pack
from guiju.errors import Place
from guiju.standard.model import Parameter
from guiju.standard.source import SourceFile
from guiju_tools.lint.checks import lint_check
from guiju_tools.lint.figures import well_formed
from guiju_tools.lint.finding import Notice, error
from guiju_tools.lint.prose import wording
from guiju_tools.lint.view import Item, View, items_of, read_file


@dataclass(frozen=True, slots=True)
class _Profile:
    """One profile, the standards it is for, and the profiles it extends (nearest first)."""

    file: SourceFile
    views: tuple[View, ...]
    inherited: tuple[SourceFile, ...]

    def item(self, requirement_id: str) -> Item | None:
        """The requirement of one of the profile's standards."""
        return next((item for view in self.views if (item := view.item(requirement_id))), None)


def lint_profiles(pack: Pack, views: Mapping[str, View], libraries: Sequence[Pack] = ()) -> Iterator[Notice]:
    """Every rule on `standards/regions/*/profile.yaml`; `views` are the standards known here, by id."""
    files: dict[str, SourceFile] = {}
    for path in sorted((pack.standards / "regions").glob("*/profile.yaml")):
        file, found = read_file(pack, path, "profile")
        yield from found
        if file is not None:
            files[path.parent.name] = file
    for code, file in files.items():
        chain, found = _chain(code, files, libraries)
        yield from found
        named = tuple(views[name] for name in file.data["standards"] if name in views)
        profile = _Profile(file, named, chain)
        yield from _standards(pack, profile, views, libraries)
        if len(named) == len(file.data["standards"]):
            yield from _parameters(profile)
            yield from _choices(profile)
            yield from _added(profile)


def _chain(
    code: str, files: Mapping[str, SourceFile], libraries: Sequence[Pack]
) -> tuple[tuple[SourceFile, ...], list[Notice]]:
    chain: list[SourceFile] = []
    seen = {code}
    current = files[code]
    while "extends" in current.data:
        parent = current.data["extends"]
        place = current.place("extends")
        if parent in seen:
            return tuple(chain), [
                error("GJ-S335", f"地区 {parent} 的扩展成了圈", place, hint="请改正 extends")
            ]
        if parent not in files:
            elsewhere = any(_region(library, parent).is_file() for library in libraries)
            found = (
                []
                if elsewhere
                else [error("GJ-S335", f"没有地区 {parent} 的适用参数", place, hint="请改正 extends")]
            )
            return tuple(chain), found
        seen.add(parent)
        current = files[parent]
        chain.append(current)
    return tuple(chain), []


def _region(pack: Pack, code: str) -> Path:
    return pack.standards / "regions" / code / "profile.yaml"


def _standards(
    pack: Pack, profile: _Profile, views: Mapping[str, View], libraries: Sequence[Pack]
) -> Iterator[Notice]:
    for name, version in profile.file.data["standards"].items():
        place = profile.file.place("standards", name)
        view = views.get(name)
        if view is None:
            if not any((known.standards / name).is_dir() for known in (pack, *libraries)):
                yield error("GJ-S336", f"没有标准 {name}", place, hint="请改正标识")
            continue
        frozen = view.pack.standards / "editions" / f"{name}-{version}.json"
        current = view.standard is None or view.standard.data["version"] == version
        if not current and not frozen.is_file():
            yield error("GJ-S336", f"标准 {name} 没有 {version} 版", place, hint="请改为现有的版本")


def _parameters(profile: _Profile) -> Iterator[Notice]:
    known = {name: item for view in profile.views for name, item in view.parameters.items()}
    complete = all(view.standard is not None for view in profile.views)
    for name, value in profile.file.data.get("parameters", {}).items():
        place = profile.file.place("parameters", name)
        parameter = known.get(name)
        if parameter is None:
            if complete and profile.views:
                yield error("GJ-S337", f"所适用的标准没有参数 {name}", place, hint="请改正或删去")
        else:
            yield from _setting(profile, parameter, value, place)


def _setting(profile: _Profile, parameter: Parameter, value: str, place: Place) -> Iterator[Notice]:
    if parameter.kind == "fixed":
        yield error(
            "GJ-S338", f"参数 {parameter.id}（{parameter.title}）是固定的", place, hint="地方不可改，请删去"
        )
        return
    if not well_formed(parameter, value):
        yield error(
            "GJ-S339", f"参数 {parameter.id} 的值“{value}”不是 {parameter.type}", place, hint="请写数字"
        )
        return
    floor = _inherited(profile, parameter)
    if parameter.kind == "directed" and floor is not None and _loosens(parameter, value, floor):
        way = "不大于" if parameter.tighter == "lower" else "不小于"
        yield error(
            "GJ-S338",
            f"参数 {parameter.id}（{parameter.title}）由 {floor} 放宽为 {value}",
            place,
            hint=f"地方只可收紧：应{way} {floor}",
        )


def _inherited(profile: _Profile, parameter: Parameter) -> str | None:
    set_above = (file.data.get("parameters", {}).get(parameter.id) for file in profile.inherited)
    return next((value for value in set_above if value is not None), parameter.value)


def _loosens(parameter: Parameter, value: str, floor: str) -> bool:
    if parameter.type == "text" or parameter.tighter is None or not well_formed(parameter, floor):
        return False
    if parameter.tighter == "lower":
        return Decimal(value) > Decimal(floor)
    return Decimal(value) < Decimal(floor)


def _choices(profile: _Profile) -> Iterator[Notice]:
    if not all(view.complete for view in profile.views):
        return
    for index, name in enumerate(profile.file.data.get("raise", ())):
        item = profile.item(name)
        if item is None or item.model.modality != "should":
            yield error(
                "GJ-S340",
                f"{name} 不是所适用标准中的“宜”，不能升为“应”",
                profile.file.place("raise", index),
                hint="只有“宜”可以升为“应”",
            )
    for index, entry in enumerate(profile.file.data.get("switch-off", ())):
        place = profile.file.place("switch-off", index, "id")
        item = profile.item(entry["id"])
        if item is None:
            yield error("GJ-S341", f"所适用的标准没有要求 {entry['id']}", place, hint="请改正标识")
        elif item.model.basis != "practice" or item.model.modality == "shall":
            yield error(
                "GJ-S341",
                f"{entry['id']} 是“应”或者依据不是通行做法，不可关闭",
                place,
                hint="不适用的请在例外说明中写明，由数据和说明并列",
            )
        elif not entry["reason"].strip():
            place = profile.file.place("switch-off", index, "reason")
            yield error("GJ-S341", f"关闭 {entry['id']} 没有写理由", place, hint="请写明书面理由")


def _added(profile: _Profile) -> Iterator[Notice]:
    if "add" not in profile.file.data:
        return
    for item in items_of(profile.file, "add"):
        if profile.item(item.model.id) is not None:
            yield error(
                "GJ-S342",
                f"地方增加的 {item.model.id} 与标准自己的要求同标识",
                item.place("id"),
                hint="请换一个标准没有用过的序号，如 901 以后",
            )
        if item.model.basis not in ("regional", "practice"):
            yield error(
                "GJ-S342",
                f"地方增加的 {item.model.id} 的依据不是地方规定或通行做法",
                item.place("basis"),
                hint="上位依据的要求写进标准",
            )
        view = _view_of(profile, item)
        if view is None:
            yield error(
                "GJ-S342",
                f"地方增加的 {item.model.id} 不知道属于哪个标准",
                item.place("id"),
                hint="标识的前缀用所补充的标准的前缀",
            )
        else:
            yield from lint_check(view, item)
        yield from wording(item)


def _view_of(profile: _Profile, item: Item) -> View | None:
    prefix = item.model.id.partition("-")[0]
    listed = (
        view for view in profile.views if view.standard is not None and view.standard.data["prefix"] == prefix
    )
    return next(listed, None)

"""`region.yaml` (地方工作台的设置) read strictly: whom, by which standards, which deliveries, when."""

from __future__ import annotations

import glob
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place, StandardError, StandardErrors
from guiju.run.desk.period import Period, period
from guiju.standard.checked import checked
from guiju.standard.formats import is_date

FILE = "region.yaml"
RESULTS = "结果"
LONGEST_DELAY = timedelta(days=184)
"""An export made later than this after the end of its period belongs to another one."""


@dataclass(frozen=True, slots=True)
class Region:
    """Whom the data are about; `parent` is the division that a 功能区 lies in."""

    code: str
    name: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery: a path (file, folder or pattern) or the address of a database, and its mapping."""

    path: str = ""
    url: str = ""
    mapping: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A reading that somebody has confirmed, for one mapping and one edition (digests may be cut)."""

    requirement: str
    by: str
    day: str
    reason: str
    mapping: str
    edition: str


@dataclass(frozen=True, slots=True)
class Workspace:
    """What `region.yaml` says.

    `as_of` is a day or empty, `newest` the ``dataset.field`` whose newest stamp is the day.
    """

    folder: Path
    region: Region
    tier: str
    standards: tuple[str, ...]
    period: Period
    deliveries: tuple[Delivery, ...]
    profile: str = ""
    pack: str = ""
    as_of: str = ""
    newest: str = ""
    mapping: str = ""
    explanations: str = ""
    claims: str = ""
    confirmed: tuple[Confirmation, ...] = ()

    @property
    def results(self) -> Path:
        """Where results of all periods are kept."""
        return self.folder / RESULTS

    def place(self, inside: str) -> Place:
        """A place in the file, for messages."""
        return Place(str(self.folder / FILE), inside=inside)

    def resolved(self, name: str) -> str:
        """A path relative to `region.yaml` where there is such a file; else the name as it is."""
        if not name:
            return ""
        path = self.folder / name
        return str(path) if path.exists() or path.suffix in (".yaml", ".yml", ".xlsx") else name

    def mappings(self) -> tuple[str, ...]:
        """Every mapping that is named, each once."""
        named = (self.mapping, *(item.mapping for item in self.deliveries))
        return tuple(dict.fromkeys(self.resolved(name) for name in named if name))

    def for_period(self, text: str) -> Workspace:
        """The same desk in another period."""
        return replace(self, period=period(text))


def find_workspace(start: Path) -> Path | None:
    """The nearest `region.yaml` in a folder or above it."""
    folder = start.resolve()
    return next((above / FILE for above in (folder, *folder.parents) if (above / FILE).is_file()), None)


def read_workspace(path: Path) -> Workspace:
    """Read a `region.yaml`.

    Raises:
        InputError: GJ-I329 unreadable, not strict YAML, or not as `region.schema.json` says (all faults);
            GJ-I326 no period; GJ-I335 a day that is none; GJ-I336 a password in an address.
    """
    label = str(path)
    try:
        data = checked(path, "region", label)
    except StandardErrors as errors:
        raise _refused(label, errors.faults) from errors
    except StandardError as error:
        raise _refused(label, [error]) from error
    as_of = data.get("as_of", "")
    for day in (as_of, *(item["date"] for item in data.get("confirmed", []))):
        _day(day, label)
    return Workspace(
        folder=path.parent.resolve(),
        region=Region(**{"name": "", "parent": "", **data["region"]}),
        tier=data["tier"],
        standards=tuple(data["standards"]),
        period=period(data["period"], Place(label, inside="period")),
        deliveries=tuple(_delivery(item, label) for item in data["deliveries"]),
        as_of=as_of if isinstance(as_of, str) else "",
        newest="" if isinstance(as_of, str) else as_of["newest"],
        confirmed=tuple(_confirmation(item) for item in data.get("confirmed", [])),
        **{name: data.get(name, "") for name in ("profile", "pack", "mapping", "explanations", "claims")},
    )


def _delivery(item: Mapping[str, str], label: str) -> Delivery:
    address = item.get("url", "")
    owner = address.partition("://")[2].partition("/")[0].rpartition("@")[0]
    if ":" in owner:
        raise InputError(
            "GJ-I336",
            "数据库地址里写了密码",
            place=Place(label, inside="deliveries"),
            hint="请删去密码；运行时再由环境变量或提示输入，密码不留在文件里",
        )
    return Delivery(item.get("path", ""), address, item.get("mapping", ""))


def _confirmation(item: Mapping[str, str]) -> Confirmation:
    names = ("requirement", "by", "date", "reason", "mapping", "edition")
    return Confirmation(*(item[name] for name in names))


def _day(value: Any, label: str) -> None:
    if value and isinstance(value, str) and not is_date(value):
        raise InputError(
            "GJ-I335", f"“{value}”不是日期", place=Place(label), hint='请写成 "2026-03-31" 的样子'
        )


def _refused(label: str, faults: Sequence[StandardError]) -> InputError:
    told = "；".join(f"第{fault.place.line or '?'}行 {fault.message}" for fault in faults)
    return InputError(
        "GJ-I329",
        f"工作台的设置不能使用，有{len(faults)}处问题",
        place=faults[0].place if len(faults) == 1 else Place(label),
        cause=told,
        hint=faults[0].hint or "请逐处改正；编辑器可按文件首行所列的模式给出提示",
    )


def delivered_files(workspace: Workspace) -> tuple[Path | str, ...]:
    """The files and folders of all deliveries, patterns spelt out, for the period; addresses as texts.

    Raises:
        InputError: GJ-I337 nothing there.
    """
    return tuple(
        found
        for item in workspace.deliveries
        for found in ([item.url] if item.url else _matching(workspace, item))
    )


def _matching(workspace: Workspace, delivery: Delivery) -> list[Path]:
    pattern = _spelt_out(delivery.path, workspace.period)
    plain = workspace.folder / pattern
    found = [plain] if plain.exists() else _globbed(pattern, workspace.folder)
    if not found:
        raise InputError(
            "GJ-I337",
            f"没有找到{workspace.period.title}的数据：{pattern}",
            place=workspace.place("deliveries"),
            hint="请把导出的文件放到那里，或改正 deliveries 中的路径（从 region.yaml 所在的文件夹算起）",
        )
    return found


def _globbed(pattern: str, folder: Path) -> list[Path]:
    names = sorted(glob.glob(pattern, root_dir=folder, recursive=True))  # noqa: PTH207 - patterns may be absolute
    return [folder / name for name in names if not Path(name).name.startswith(("~$", "."))]


def _spelt_out(text: str, when: Period) -> str:
    words = {"{period}": when.text, "{year}": f"{when.last.year}", "{month}": f"{when.last.month:02}"}
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def check_day(workspace: Workspace, day: str) -> None:
    """Refuse an as-of day that cannot belong to the period.

    Raises:
        InputError: GJ-I338.
    """
    when, told = workspace.period, date.fromisoformat(day)
    if not when.first <= told <= when.last + LONGEST_DELAY:
        raise InputError(
            "GJ-I338",
            f"数据的基准日 {day} 不属于{when.title}",
            place=workspace.place("as_of"),
            cause=f"{when.title}是 {when.first} 至 {when.last}",
            hint="请核对交来的是不是这一期的数据，改正 as_of 或期次",
        )

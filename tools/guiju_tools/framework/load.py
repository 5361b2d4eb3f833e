"""`standards/framework.yaml` read, held against its schema and its own rules, and turned into the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from guiju.content import Pack
from guiju.errors import Place, StandardError, StandardErrors
from guiju.standard import source
from guiju.standard.checked import checked
from guiju.standard.model import Source
from guiju.standard.source import SourceFile
from guiju_tools.framework.faults import faults_of
from guiju_tools.framework.model import Extension, Framework, Group, Node, Period, Plan, Relation, Task

Data = Mapping[str, Any]


def framework_path(pack: Pack) -> Path:
    """Where a pack keeps its framework."""
    return pack.standards / "framework.yaml"


def read_framework(pack: Pack) -> Framework:
    """The framework of a pack.

    Raises:
        StandardError: GJ-S170 when the pack has none.
        StandardErrors: every fault of the file together.
    """
    path = framework_path(pack)
    if not path.is_file():
        raise StandardError(
            "GJ-S170",
            "这个标准包没有标准体系框架",
            place=Place(path.relative_to(pack.root).as_posix()),
            hint="请补上该文件，写法见参考中的“文件格式”",
        )
    file, faults = source.read_yaml(path, "framework", pack.root)
    faults = faults or list(faults_of(file, pack))
    if faults:
        raise StandardErrors(faults)
    return _framework(file, pack)


def _framework(file: SourceFile, pack: Pack) -> Framework:
    data = file.data
    own = {item["id"]: item["standard"] for item in data["nodes"] if "standard" in item}
    return Framework(
        title=data["title"],
        about=data["about"],
        sources=_sources(data["source"]),
        groups=tuple(Group(**item) for item in data["groups"]),
        nodes=tuple(_node(item) for item in data["nodes"]),
        plan_title=data["development"]["title"],
        periods=tuple(_period(item) for item in data["development"]["periods"]),
        register=tuple(_plan(item, pack, own.get(item["node"], "")) for item in data["register"]),
    )


def _sources(items: list[Data]) -> tuple[Source, ...]:
    return tuple(Source(item["document"], item["at"], item["mark"]) for item in items)


def _node(item: Data) -> Node:
    relations = tuple(Relation(**one) for one in item.get("relations", ()))
    return Node(**{**item, "relations": relations})


def _period(item: Data) -> Period:
    return Period(
        id=item["id"],
        title=item["title"],
        first=date.fromisoformat(item["from"]),
        last=date.fromisoformat(item["to"]),
        goals=tuple(item["goals"]),
        tasks=tuple(_task(one) for one in item["tasks"]),
    )


def _task(item: Data) -> Task:
    nodes = tuple(item.get("nodes", ()))
    return Task(item["id"], item["text"], nodes, item["basis"], _sources(item["source"]))


def _plan(item: Data, pack: Pack, standard_id: str) -> Plan:
    issued = date.fromisoformat(item["issued-on"])
    extended = item.get("extension")
    return Plan(
        number=item["number"],
        node=item["node"],
        kind=item["kind"],
        issued_on=issued,
        cycle_months=item["cycle-months"],
        stages=_own_stages(pack, standard_id, issued) if standard_id else _stages(item.get("stages", ())),
        replaces=item.get("replaces", ""),
        extension=extended and _extension(extended),
        note=item.get("note", ""),
    )


def _extension(item: Data) -> Extension:
    return Extension(item["months"], date.fromisoformat(item["decided-on"]), item["reason"])


def _stages(entries: Iterable[Data]) -> tuple[tuple[str, date], ...]:
    return tuple((item["stage"], date.fromisoformat(item["date"])) for item in entries)


def _own_stages(pack: Pack, standard_id: str, issued: date) -> tuple[tuple[str, date], ...]:
    """The pack's own log of stages; without one, a draft is drafted since its plan was issued."""
    path = pack.standards / standard_id / "lifecycle.yaml"
    if not path.is_file():
        return (("20" if standard_id in pack.standard_ids() else "10", issued),)
    return _stages(checked(path, "lifecycle", path.relative_to(pack.root).as_posix())["entries"])

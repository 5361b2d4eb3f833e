"""Definitions of two periods held together: where they differ, and in what words that is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place
from guiju.run.desk.definitions import FORMAT


@dataclass(frozen=True, slots=True)
class Definitions:
    """What was kept of one run; `datasets` and `requirements` as `definitions.json` has them."""

    mapping: str = ""
    datasets: Mapping[str, Any] = field(default_factory=dict)
    requirements: Mapping[str, Any] = field(default_factory=dict)


def read_definitions(path: Path) -> Definitions | None:
    """Read what was kept; None where nothing was.

    Raises:
        InputError: GJ-I348 it is damaged, or of another format.
    """
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] == FORMAT:
            return Definitions(data["mapping"], data["datasets"], data["requirements"])
        cause = f"格式 {data['format']}"
    except (OSError, ValueError, KeyError, TypeError) as error:
        cause = str(error)
    raise InputError(
        "GJ-I348",
        "这一期留下的判法记录不能读取",
        place=Place(str(path)),
        cause=cause,
        hint="请把这一期重新核验一次",
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One reason why two answers cannot be compared: from where it comes, and in words."""

    kind: str
    words: str


KINDS = {"edition": "标准版本", "parameters": "参数", "mapping": "字段对应", "calendar": "工作日历"}


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], titles: Mapping[str, str]
) -> list[Difference]:
    """Where the definitions of a requirement differ; `titles` are of parameters and of ``dataset.field``."""
    found = []
    if before["rule"] != after["rule"]:
        found.append(Difference("edition", "标准中这条要求的判法、数据元或代码表改了"))
    found += _parameters(before["parameters"], after["parameters"], titles)
    found += _fields(before["fields"], after["fields"], titles)
    if before["calendar"] != after["calendar"]:
        found.append(Difference("calendar", "工作日历改了"))
    return found


def _parameters(
    before: Mapping[str, str], after: Mapping[str, str], titles: Mapping[str, str]
) -> list[Difference]:
    return [
        Difference(
            "parameters",
            f"参数“{titles.get(name, name)}”由 {before[name] or '未设定'} 改为 {after[name] or '未设定'}",
        )
        for name in after
        if name in before and before[name] != after[name]
    ]


def _fields(
    before: Mapping[str, Any], after: Mapping[str, Any], titles: Mapping[str, str]
) -> list[Difference]:
    found = []
    for name in after:
        old, new = before.get(name), after[name]
        if old is None:
            continue
        title = titles.get(name, name)
        if not old["columns"] or not new["columns"]:
            missing = "上期" if new["columns"] else "本期"
            delivered = bool(old["columns"]) != bool(new["columns"])
            found += [Difference("mapping", f"“{title}”{missing}没有交来")] if delivered else []
        elif old["columns"] != new["columns"]:
            columns = f"“{'、'.join(old['columns'])}”改为“{'、'.join(new['columns'])}”"
            found.append(Difference("mapping", f"“{title}”取自的列由{columns}"))
        if old["values"] != new["values"]:
            found.append(Difference("mapping", f"“{title}”的值的读法改了（字段对应表或代码对照表）"))
    return found

"""The framework of a pack, where it has one: its schema, its own rules, and the references of its drafts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guiju.content import Pack
from guiju.errors import StandardError
from guiju.standard import strict_yaml
from guiju.standard.source import SourceFile
from guiju_tools.framework.faults import faults_of
from guiju_tools.framework.load import framework_path
from guiju_tools.lint.finding import Notice, notice, of_fault
from guiju_tools.lint.view import read_file


def lint_framework(pack: Pack) -> Iterator[Notice]:
    """Remarks on `standards/framework.yaml`."""
    path = framework_path(pack)
    if not path.is_file():
        return
    file, found = read_file(pack, path, "framework")
    yield from found
    if file is not None:
        for fault in faults_of(file, pack):
            yield from of_fault(fault)
        yield from _cited(file, pack)


def _cited(file: SourceFile, pack: Pack) -> Iterator[Notice]:
    """What a draft refers to normatively is drawn as such in the framework, and nothing else is."""
    numbers = {node["id"]: _bare(node.get("number", "")) for node in file.data["nodes"]}
    known = {number for number in numbers.values() if number}
    for index, node in enumerate(file.data["nodes"]):
        if "standard" not in node:
            continue
        listed = _references(pack, node["standard"])
        drawn = {numbers.get(one["to"], "") for one in node.get("relations", ()) if one["kind"] == "cites"}
        for number in sorted((listed & known) ^ drawn):
            said = "没有引用的关系" if number in listed else "不在其规范性引用文件中"
            yield notice(
                "GJ-S184",
                f"{node['id']} 与 {number}：{said}",
                file.place("nodes", index),
                hint="请核对 relations 中的 cites 与 standard.yaml 的 references",
            )


def _bare(number: str) -> str:
    """A number without its year."""
    return number.rpartition("-")[0] or number


def _references(pack: Pack, standard_id: str) -> set[str]:
    """The numbers a standard refers to normatively; none where its file cannot be read."""
    try:
        data: Any
        data, _ = strict_yaml.read(pack.standards / standard_id / "standard.yaml")
    except StandardError:
        return set()
    listed = data.get("references") if isinstance(data, dict) else None
    documents = [one.get("document", "") for one in listed or () if isinstance(one, dict)]
    return {_bare(str(document)) for document in documents}

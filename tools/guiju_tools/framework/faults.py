"""What the schema cannot say of a framework: ids that exist, days in order, numbers that mislead nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from guiju.content import Pack
from guiju.errors import StandardError
from guiju.standard import strict_yaml
from guiju.standard.source import SourceFile

Data = Mapping[str, Any]

_RANKS = {"national": re.compile(r"GB(/[TZ])? "), "local": re.compile(r"DB[0-9]+(/[TZ])? ")}
_ISSUED = ("in-force", "upcoming", "revising", "withdrawn")
_ID_PARTS = (("groups", "id", "类别"), ("nodes", "id", "节点"), ("register", "number", "计划编号"))


def faults_of(file: SourceFile, pack: Pack) -> Iterator[StandardError]:
    """Every fault of a framework that agrees with its schema, part by part."""
    yield from _twice(file)
    yield from _unknown(file)
    yield from _days(file)
    for index, node in enumerate(file.data["nodes"]):
        yield from _number(file, index, node)
        yield from _draft(file, index, node, pack)
    yield from _without_node(file, pack)
    yield from _replaced(file)
    yield from _plans(file, pack)


def _twice(file: SourceFile) -> Iterator[StandardError]:
    for part, key, word in _ID_PARTS:
        seen: Counter[str] = Counter()
        for index, item in enumerate(file.data[part]):
            seen[item[key]] += 1
            if seen[item[key]] > 1:
                place = file.place(part, index, key)
                yield StandardError(
                    "GJ-S171", f"{word} {item[key]} 重复", place=place, hint="一个标识只能用一次，请改名"
                )


def _unknown(file: SourceFile) -> Iterator[StandardError]:
    groups = {item["id"] for item in file.data["groups"]}
    nodes = {item["id"] for item in file.data["nodes"]}
    for path, name in _named(file.data):
        known, word = (groups, "类别") if path[-1] == "group" else (nodes, "节点")
        if name not in known:
            yield StandardError(
                "GJ-S172", f"没有{word} {name}", place=file.place(*path), hint=f"请改正标识，或补上这个{word}"
            )


def _named(data: Data) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every id that is named somewhere, with the path to it."""
    for index, node in enumerate(data["nodes"]):
        yield ("nodes", index, "group"), node["group"]
        for at, relation in enumerate(node.get("relations", ())):
            yield ("nodes", index, "relations", at, "to"), relation["to"]
    for at, period in enumerate(data["development"]["periods"]):
        for index, task in enumerate(period["tasks"]):
            for number, name in enumerate(task.get("nodes", ())):
                yield ("development", "periods", at, "tasks", index, "nodes", number), name
    for index, plan in enumerate(data["register"]):
        for key in ("node", "replaces"):
            if key in plan:
                yield ("register", index, key), plan[key]


def _days(file: SourceFile) -> Iterator[StandardError]:
    for path, texts in _spans(file.data):
        place = file.place(*path)
        try:
            days = [date.fromisoformat(text) for text in texts]
        except ValueError:
            yield StandardError(
                "GJ-S173", f"没有这一天：{'、'.join(texts)}", place=place, hint="请写成真实存在的日期"
            )
            continue
        if days != sorted(days):
            told = "、".join(texts)
            yield StandardError(
                "GJ-S173", f"日期的先后不对：{told}", place=place, hint="请按先后核对这些日期"
            )


def _spans(data: Data) -> Iterator[tuple[tuple[str | int, ...], list[str]]]:
    """Days that follow each other, in the order in which they should."""
    for index, node in enumerate(data["nodes"]):
        yield ("nodes", index), [node[key] for key in ("issued", "effective") if key in node]
    for index, period in enumerate(data["development"]["periods"]):
        yield ("development", "periods", index), [period["from"], period["to"]]
    for index, plan in enumerate(data["register"]):
        extended = plan.get("extension", {})
        decided = [extended["decided-on"]] if extended else []
        yield ("register", index), [plan["issued-on"], *decided]
        yield ("register", index, "stages"), [item["date"] for item in plan.get("stages", ())]


def _number(file: SourceFile, index: int, node: Data) -> Iterator[StandardError]:
    number, rank = node.get("number", ""), node["rank"]
    pattern = _RANKS.get(rank)
    if number and pattern and not pattern.match(number):
        yield StandardError(
            "GJ-S174",
            f"编号 {number} 与层级不一致",
            place=file.place("nodes", index, "number"),
            hint="国家标准的编号以 GB 开头，地方标准的编号以 DB 加区划代码开头",
        )
    if rank != "pack" and node["state"] in _ISSUED and not number:
        yield StandardError(
            "GJ-S174",
            f"节点 {node['id']} 已发布而没有编号",
            place=file.place("nodes", index),
            hint="请写上编号；还没有发布的，状态写 planned 或 drafting",
        )


def _draft(file: SourceFile, index: int, node: Data, pack: Pack) -> Iterator[StandardError]:
    """The pack's own drafts: no number, no dates of issue, and never in force."""
    if (node["rank"] == "pack") != ("standard" in node):
        yield StandardError(
            "GJ-S175",
            f"节点 {node['id']} 的层级与 standard 不一致",
            place=file.place("nodes", index),
            hint="本包的草案，层级写 pack 并写明 standard；其他标准两样都不写",
        )
    if node["rank"] != "pack":
        return
    claims = [key for key in ("number", "issued", "effective", "owner") if key in node]
    if claims or node["state"] not in ("drafting", "planned", "withdrawn"):
        yield StandardError(
            "GJ-S176",
            f"试点草案 {node['id']} 写得像已经发布的标准",
            place=file.place("nodes", index),
            cause="、".join([*claims, f"state: {node['state']}"]),
            hint="草案没有编号、发布日期、实施日期和归口单位，状态只能是 drafting、planned 或 withdrawn",
        )
    known = pack.standard_ids()
    if "standard" in node and node["standard"] not in known and node["state"] != "planned":
        yield StandardError(
            "GJ-S177",
            f"标准包里没有标准 {node['standard']}",
            place=file.place("nodes", index, "standard"),
            hint=f"现有：{'、'.join(known) or '无'}；还没有起草的，状态写 planned",
        )
    title = _title(pack, node.get("standard", ""))
    if title and title != node["title"]:
        yield StandardError(
            "GJ-S183",
            f"节点 {node['id']} 的名称“{node['title']}”与标准的名称“{title}”不同",
            place=file.place("nodes", index, "title"),
            hint="请使两处一致",
        )


def _title(pack: Pack, standard_id: str) -> str:
    """The title of a standard of the pack; empty where there is none or its file cannot be read."""
    path = pack.standards / standard_id / "standard.yaml"
    try:
        data, _ = strict_yaml.read(path)
    except StandardError:
        return ""
    title = data.get("title") if isinstance(data, dict) else None
    return str(title.get("zh", "")) if isinstance(title, dict) else ""


def _without_node(file: SourceFile, pack: Pack) -> Iterator[StandardError]:
    placed = {item.get("standard") for item in file.data["nodes"]}
    for name in pack.standard_ids():
        if name not in placed:
            yield StandardError(
                "GJ-S178",
                f"标准 {name} 在体系框架中没有位置",
                place=file.place("nodes"),
                hint="请加一个节点，写明 standard",
            )


def _replaced(file: SourceFile) -> Iterator[StandardError]:
    nodes = {item["id"]: item for item in file.data["nodes"]}
    for index, node in enumerate(file.data["nodes"]):
        for at, relation in enumerate(node.get("relations", ())):
            old = nodes.get(relation["to"])
            replaced = relation["kind"] == "replaces" and node["state"] == "in-force"
            if replaced and old is not None and old["state"] != "withdrawn":
                yield StandardError(
                    "GJ-S179",
                    f"{old['id']} 已被 {node['id']} 替代，状态却不是废止",
                    place=file.place("nodes", index, "relations", at),
                    hint="请核对两者的状态和关系",
                )


def _plans(file: SourceFile, pack: Pack) -> Iterator[StandardError]:
    prefix = _pack_id(pack)
    nodes = {item["id"]: item for item in file.data["nodes"]}
    for index, plan in enumerate(file.data["register"]):
        at = ("register", index)
        if not re.fullmatch(rf"{re.escape(prefix)}-[0-9]{{4}}-[0-9]{{2}}", plan["number"]):
            yield StandardError(
                "GJ-S180",
                f"计划编号 {plan['number']} 不是本标准包的编号",
                place=file.place(*at, "number"),
                hint=f"请写成 {prefix}-年份-两位顺序号；国家标准计划号不写在这里",
            )
        if (plan["kind"] == "revise") != ("replaces" in plan):
            yield StandardError(
                "GJ-S181",
                f"计划 {plan['number']} 的 kind 与 replaces 不一致",
                place=file.place(*at),
                hint="修订（revise）写明所代替的节点，制定（establish）不写",
            )
        own = "standard" in nodes.get(plan["node"], {})
        if own == ("stages" in plan):
            yield StandardError(
                "GJ-S182",
                f"计划 {plan['number']} 的阶段记录{'写了两处' if own else '没有写'}",
                place=file.place(*at),
                hint="本包的标准以其 lifecycle.yaml 为准，这里不写 stages；其他标准在这里写",
            )


def _pack_id(pack: Pack) -> str:
    data, _ = strict_yaml.read(pack.standards / "pack.yaml", name="standards/pack.yaml")
    return str(data.get("id", "")) if isinstance(data, dict) else ""

"""Record schemas: every fact about a field is one that all readers understand alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from guiju.errors import StandardError
from guiju.rule import fields_of
from guiju.rule.kinds import alike, kind_of_field
from guiju.standard.fields import Dataset, Field
from guiju_tools.lint.expressions import parse_in
from guiju_tools.lint.finding import Notice, error, notice, of_fault
from guiju_tools.lint.patterns import pattern_fault
from guiju_tools.lint.view import DatasetFile, View

_CALL = re.compile(r"[a-z_]+\s*\(.*\)", re.DOTALL)
# keyword of a record schema: the field types it means something for
_KEYWORDS: dict[str, tuple[str, ...]] = {
    "enum": ("string", "set"),
    "const": ("string",),
    "pattern": ("string",),
    "minLength": ("string",),
    "maxLength": ("string",),
    "minimum": ("integer", "number"),
    "maximum": ("integer", "number"),
    "format": ("date", "date-time"),
    "items": ("set",),
    "x-separator": ("set",),
    "x-codelist": ("string", "set"),
}
_NEEDS = {"x-as-of": "x-codelist"}
_NOT_TOGETHER = (("enum", "x-codelist"), ("const", "x-codelist"), ("const", "enum"))
_BOUNDS = (("minLength", "maxLength"), ("minimum", "maximum"))


def lint_records(view: View) -> Iterator[Notice]:
    """Every rule on the datasets of a standard."""
    for file in view.datasets.values():
        yield from _required(file)
        for field in file.model.fields.values():
            yield from _keywords(file, field)
            yield from _relations(view, file, field)
        yield from _derivations(view, file)
        yield from _aliases(file)
        yield from _parent(view, file)
    yield from _dataset_names(view)


def heading_form(heading: str) -> str:
    """A heading as it is compared: full width to half, lower case, without blanks and separators."""
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"[\s_\-]", "", plain)


def names_of(field: Field) -> tuple[str, ...]:
    """The words by which an export or an example may call a field."""
    return (field.name, field.title, *field.aliases)


def _required(file: DatasetFile) -> Iterator[Notice]:
    for index, name in enumerate(file.model.schema["required"]):
        if name not in file.model.fields:
            place = file.place("required", index)
            yield error("GJ-S317", f"required 中的 {name} 不是本数据集的数据元", place, hint="请改正或删去")
    if not file.model.key and not file.model.parent:
        yield notice(
            "GJ-S318",
            f"{file.model.title}没有主键",
            file.place("$id"),
            hint="请在能区分记录的数据元上写 x-key: true，不符合项才说得清是哪一条",
        )


def _keywords(file: DatasetFile, field: Field) -> Iterator[Notice]:
    schema = field.schema
    for key in schema:
        types = _KEYWORDS.get(key)
        if types is not None and field.type not in types:
            yield error(
                "GJ-S319",
                f"{field.title}的类型是 {schema['type']}，不能用 {key}",
                file.field_place(field.name, key),
                hint="请改类型，或删去这个键",
            )
        if key in _NEEDS and _NEEDS[key] not in schema:
            yield error(
                "GJ-S319",
                f"{field.title}有 {key} 却没有 {_NEEDS[key]}",
                file.field_place(field.name, key),
                hint="请补上，或删去这个键",
            )
    if schema["type"] == "array" and "items" not in schema:
        yield error(
            "GJ-S319",
            f"{field.title}是列表，却没有 items",
            file.field_place(field.name),
            hint="请写 items: {type: string}",
        )
    yield from _clashes(file, field)
    fault = pattern_fault(field.pattern) if field.pattern is not None else ""
    if fault:
        place = file.field_place(field.name, "pattern")
        yield error(
            "GJ-S320", f"{field.title}的 pattern {fault}", place, hint="只用明确的字符类和 ^…$，如 ^[0-9]{6}$"
        )


def _clashes(file: DatasetFile, field: Field) -> Iterator[Notice]:
    schema = field.schema
    for one, other in _NOT_TOGETHER:
        if one in schema and other in schema:
            place = file.field_place(field.name, other)
            yield error("GJ-S319", f"{field.title}同时有 {one} 和 {other}", place, hint="请只留一个")
    for low, high in _BOUNDS:
        if low in schema and high in schema and schema[low] > schema[high]:
            place = file.field_place(field.name, low)
            yield error("GJ-S319", f"{field.title}的 {low} 大于 {high}", place, hint="请改正")


def _relations(view: View, file: DatasetFile, field: Field) -> Iterator[Notice]:
    if field.as_of is not None:
        stamp = file.model.fields.get(field.as_of)
        if stamp is None or stamp.type not in ("date", "date-time"):
            place = file.field_place(field.name, "x-as-of")
            yield error(
                "GJ-S321",
                f"{field.title}的 x-as-of 指向 {field.as_of}，它不是日期",
                place,
                hint="请指向本数据集中 format 为 date 的数据元",
            )
    if field.reference is not None:
        yield from _reference(view, file, field, field.reference)


def _reference(view: View, file: DatasetFile, field: Field, reference: str) -> Iterator[Notice]:
    dataset_id, _, name = reference.partition(".")
    target = view.dataset(dataset_id)
    place = file.field_place(field.name, "x-reference")
    if target is None and dataset_id not in view.broken:
        yield error("GJ-S322", f"没有数据集 {dataset_id}", place, hint="写成 数据集.数据元")
    elif target is not None and name not in target.fields:
        yield error("GJ-S322", f"{target.title}没有数据元 {name}", place, hint="写成 数据集.数据元")
    elif target is not None and target.fields[name].type != field.type:
        yield error("GJ-S322", f"{field.title}与 {reference} 类型不同", place, hint="请使两边类型相同")


def _derivations(view: View, file: DatasetFile) -> Iterator[Notice]:
    graph: dict[str, frozenset[str]] = {}
    for field in file.model.fields.values():
        if field.derived_from is None:
            continue
        place = file.field_place(field.name, "x-from")
        if not _CALL.fullmatch(field.derived_from.strip()):
            yield error("GJ-S323", f"{field.title}的 x-from 不是一个函数", place, hint="写成 函数(数据元)")
            continue
        try:
            node = parse_in(view, file.model, field.derived_from, place, None)
        except StandardError as fault:
            yield from of_fault(fault)
            continue
        graph[field.name] = fields_of(node)
        if not alike(node.kind, kind_of_field(field)):
            yield error(
                "GJ-S323",
                f"{field.title}的类型与 x-from 得出的{node.kind.value}不符",
                place,
                hint="请改 type，或换一个函数",
            )
    yield from _circles(file, graph)


def _circles(file: DatasetFile, graph: dict[str, frozenset[str]]) -> Iterator[Notice]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as fault:
        circle: list[str] = fault.args[1]
        yield error(
            "GJ-S324",
            f"数据元相互推导，成了圈：{' → '.join(circle)}",
            file.field_place(min(circle), "x-from"),
            hint="请去掉其中一个 x-from",
        )


def _aliases(file: DatasetFile) -> Iterator[Notice]:
    owners: dict[str, Field] = {}
    for field in file.model.fields.values():
        for name in names_of(field):
            owner = owners.setdefault(heading_form(name), field)
            if owner is not field:
                key = "x-aliases" if name in field.aliases else "title"
                place = file.field_place(field.name, key)
                yield error(
                    "GJ-S325",
                    f"“{name}”既指{owner.title}，又指{field.title}",
                    place,
                    hint="数据元的名称和别名在数据集内不可重复（全半角、大小写、空格不计）",
                )


def _dataset_names(view: View) -> Iterator[Notice]:
    owners: dict[str, Dataset] = {}
    for file in view.every.values():
        for name in (file.model.id, file.model.title, *file.model.aliases):
            owner = owners.setdefault(heading_form(name), file.model)
            if owner is not file.model:
                key = "x-aliases" if name in file.model.aliases else "title"
                yield error(
                    "GJ-S326",
                    f"“{name}”既指{owner.title}，又指{file.model.title}",
                    file.place(key),
                    hint="数据集的名称和别名在标准内不可重复",
                )


def _parent(view: View, file: DatasetFile) -> Iterator[Notice]:
    parent = file.model.parent
    if parent is None:
        return
    place = file.place("x-parent", "dataset")
    target = view.dataset(parent)
    if target is None and parent not in view.broken:
        yield error("GJ-S327", f"没有父数据集 {parent}", place, hint="请改正 x-parent")
    elif target is not None and target.parent is not None:
        yield error("GJ-S327", f"父数据集 {parent} 自己也是子数据集", place, hint="只分一层")

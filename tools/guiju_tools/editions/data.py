"""Parameters, record schemas, code lists and the rule of conclusion of two editions beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from guiju_tools.editions.model import Change, Grade
from guiju_tools.editions.requirements import sources

Document = Mapping[str, Any]
_TOLD = {"title": "名称", "description": "说明", "x-grain": "粒度", "x-unit": "单位", "x-owner": "责任单位"}
_LEAST = {"minLength": "最短长度", "minimum": "最小值"}
_MOST = {"maxLength": "最长长度", "maximum": "最大值"}
_SILENT = ("$schema", "$id", "properties", "required", "description")
_CONCLUSION = {"pass-share": "符合比例", "examined-share": "最低核验比例"}


def parameter_changes(before: Document, after: Document) -> Iterator[Change]:
    """Parameters: a value that is tighter in its declared sense breaks, a looser one does not."""
    old, new = before["parameters"], after["parameters"]
    for name, item in new.items():
        if name not in old:
            yield Change("parameter", name, item["title"], "新增", "", _value(item), "compatible")
            continue
        first = old[name]
        if first.get("value") != item.get("value"):
            grade = _value_grade(first, item)
            yield Change("parameter", name, item["title"], "取值", _value(first), _value(item), grade)
        yield from _parameter_facts(name, first, item)
    for name in old.keys() - new.keys():
        yield Change("parameter", name, old[name]["title"], "删去", _value(old[name]), "", "compatible")


def _parameter_facts(name: str, old: Document, new: Document) -> Iterator[Change]:
    for key, title in {"kind": "种类", "type": "类型", "tighter": "收紧的方向"}.items():
        if old.get(key) != new.get(key):
            words = (str(old.get(key) or ""), str(new.get(key) or ""))
            yield Change("parameter", name, new["title"], title, *words, "breaking")
    for key, title in {"title": "名称", "unit": "单位"}.items():
        if old.get(key, "") != new.get(key, ""):
            grade: Grade = "breaking" if key == "unit" else "editorial"
            yield Change("parameter", name, new["title"], title, old.get(key, ""), new.get(key, ""), grade)
    if old.get("source") != new.get("source"):
        yield Change("parameter", name, new["title"], "来源", sources(old), sources(new), "editorial")


def _value(item: Document) -> str:
    return "由地方设定" if item.get("value") is None else f"{item['value']}{item.get('unit', '')}"


def _value_grade(old: Document, new: Document) -> Grade:
    tighter = new.get("tighter")
    try:
        first, second = Decimal(old["value"]), Decimal(new["value"])
    except (InvalidOperation, TypeError, KeyError):
        return "breaking"
    if first == second:
        return "editorial"
    if tighter is None:
        return "breaking"
    return "breaking" if (second < first) == (tighter == "lower") else "compatible"


def dataset_changes(before: Document, after: Document) -> Iterator[Change]:
    """Record schemas: whatever refuses a value that was taken before breaks."""
    old, new = before["datasets"], after["datasets"]
    for name, schema in new.items():
        if name not in old:
            yield Change("dataset", name, schema["title"], "新增", "", schema["title"], "compatible")
            continue
        yield from _facts("dataset", name, old[name], schema)
        yield from _fields(name, old[name], schema)
    for name in old.keys() - new.keys():
        yield Change("dataset", name, old[name]["title"], "删去", old[name]["title"], "", "compatible")


def _fields(name: str, before: Document, after: Document) -> Iterator[Change]:
    old, new = before["properties"], after["properties"]
    required = (set(before.get("required", ())), set(after.get("required", ())))
    for field, facts in new.items():
        key, needed = f"{name}.{field}", field in required[1]
        if field not in old:
            grade: Grade = "breaking" if needed else "compatible"
            yield Change("field", key, facts["title"], "新增", "", "必填" if needed else "选填", grade)
            continue
        if needed != (field in required[0]):
            words = ("选填", "必填") if needed else ("必填", "选填")
            yield Change(
                "field", key, facts["title"], "填写要求", *words, "breaking" if needed else "compatible"
            )
        yield from _facts("field", key, old[field], facts)
    for field in old.keys() - new.keys():
        yield Change(
            "field", f"{name}.{field}", old[field]["title"], "删去", old[field]["title"], "", "compatible"
        )


def _facts(part: Any, key: str, old: Document, new: Document) -> Iterator[Change]:
    silent = _SILENT if part == "dataset" else ("description",)
    for fact in sorted(({*old} | {*new}) - set(silent)):
        first, second = old.get(fact), new.get(fact)
        if first != second:
            title = {**_TOLD, **_LEAST, **_MOST}.get(fact, fact)
            yield Change(
                part, key, new["title"], title, _told(first), _told(second), _grade(fact, first, second)
            )
    if old.get("description", "") != new.get("description", ""):
        words = (old.get("description", ""), new.get("description", ""))
        yield Change(part, key, new["title"], "说明", *words, "editorial")


def _told(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _grade(fact: str, old: Any, new: Any) -> Grade:
    """The grade of one changed fact of a field."""
    if fact in ("x-owner", "x-grain", "x-sensitive"):
        return "editorial"
    if fact in ("x-aliases", "enum"):
        return (
            "compatible" if set(old or ()) <= set(new or ()) and (old or fact == "x-aliases") else "breaking"
        )
    if fact in _LEAST:
        return "compatible" if new is None or (old is not None and new < old) else "breaking"
    if fact in _MOST:
        return "compatible" if new is None or (old is not None and new > old) else "breaking"
    if fact in ("pattern", "x-codelist", "x-reference") and new is None:
        return "compatible"
    return "breaking"


def codelist_changes(before: Document, after: Document) -> Iterator[Change]:
    """Code lists: a code more is compatible; one that is gone, ended or renamed breaks."""
    old, new = before["codelists"], after["codelists"]
    for name, item in new.items():
        if name in old:
            yield from _codes(name, old[name]["codes"], item["codes"])
            for fact, title in {"owner": "维护单位", "source": "来源"}.items():
                words = (old[name].get(fact, ""), item.get(fact, ""))
                if words[0] != words[1]:
                    yield Change("codelist", name, name, title, *words, "editorial")
        else:
            yield Change("codelist", name, name, "新增", "", f"{len(item['codes'])}个代码", "compatible")
    for name in old.keys() - new.keys():
        yield Change("codelist", name, name, "删去", f"{len(old[name]['codes'])}个代码", "", "compatible")


def _codes(name: str, before: Any, after: Any) -> Iterator[Change]:
    old, new = ({item["code"]: item for item in codes} for codes in (before, after))
    for code, item in new.items():
        title = f"{code} {item['label']}"
        if code not in old:
            yield Change("codelist", name, title, "新增代码", "", title, "compatible")
            continue
        for fact in sorted(({*old[code]} | {*item}) - {"code"}):
            first, second = (one.get(fact, "") for one in (old[code], item))
            if first != second:
                yield Change(
                    "codelist",
                    name,
                    title,
                    f"代码的{_CODE[fact]}",
                    first,
                    second,
                    _code_grade(fact, first, second),
                )
    for code in old.keys() - new.keys():
        title = f"{code} {old[code]['label']}"
        yield Change("codelist", name, title, "删去代码", title, "", "breaking")


_CODE = {
    "label": "名称",
    "description": "说明",
    "valid_from": "启用日期",
    "valid_to": "停用日期",
    "replaced_by": "代替它的代码",
}


def _code_grade(fact: str, old: str, new: str) -> Grade:
    if fact in ("description", "replaced_by"):
        return "editorial"
    if fact == "valid_to":
        return "compatible" if not new or (old and new > old) else "breaking"
    if fact == "valid_from":
        return "compatible" if not new or (old and new < old) else "breaking"
    return "breaking"


def conclusion_changes(before: Document, after: Document) -> Iterator[Change]:
    """The rule of the conclusion on the whole standard."""
    old, new = before["conclusion"], after["conclusion"]
    for key, title in _CONCLUSION.items():
        if Decimal(old[key]) != Decimal(new[key]):
            grade: Grade = "breaking" if Decimal(new[key]) > Decimal(old[key]) else "compatible"
            yield Change("conclusion", key, "对整个标准的结论", title, old[key], new[key], grade)
    key = "key-requirements"
    first, second = (item.get(key, "all-passed") for item in (old, new))
    if first != second:
        grade = "breaking" if second == "all-passed" else "compatible"
        yield Change("conclusion", key, "对整个标准的结论", "关键条款", first, second, grade)

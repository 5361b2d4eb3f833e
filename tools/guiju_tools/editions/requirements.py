"""Requirements of two editions beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from guiju.standard.model import BASIS_WORDS, MARK_WORDS, MODALITY_WORDS
from guiju_tools.editions.model import Change, Grade, Moved

Document = Mapping[str, Any]
_STRENGTH = ("may", "should", "shall")
_PROSE = {"name": "英文短名", "clause": "条款号", "remedy": "整改建议"}
_SHARES = {"tolerance": "允许的偏差比例", "undecided-max": "允许的无法判定比例"}
_CHECK = {
    "kind": "种类",
    "dataset": "数据集",
    "when": "适用条件",
    "decidable": "可判定的条件",
    "assert": "断言",
    "fields": "数据元",
    "aspect": "方面",
    "threshold": "阈值",
    "operator": "比较",
    "numerator": "分子",
    "denominator": "分母",
    "target": "目标",
    "window": "滚动窗口",
    "related": "关联的值",
    "question": "问题",
    "method": "方法",
}
_TOLD_ONLY = ("baseline", "source")


def requirement_changes(before: Document, after: Document) -> Iterator[Change]:
    """Every difference between the requirements of two edition documents, in the order of the later one."""
    old, new = _by_id(before), _by_id(after)
    for key, item in new.items():
        yield from _changes(old[key], item) if key in old else [_added(item)]
    for key in old.keys() - new.keys():
        text = old[key]["text"]
        yield Change("requirement", key, text, "删去", f"{_head(old[key])} {text}", "", "compatible")


def moved(before: Document, after: Document) -> tuple[Moved, ...]:
    """Requirements that are gone, with the new ones that seem to take their place."""
    old, new = _by_id(before), _by_id(after)
    added = [item for key, item in new.items() if key not in old]
    found = []
    for key in sorted(old.keys() - new.keys()):
        for item in added:
            why = _same(old[key], item)
            if why:
                found.append(Moved(key, item["id"], why))
                break
    return tuple(found)


def _by_id(document: Document) -> dict[str, Document]:
    return {item["id"]: item for item in document["requirements"]}


def _same(old: Document, new: Document) -> str:
    same = {"name": "英文短名相同", "text": "文字相同", "check": "核验办法相同"}
    return next((why for key, why in same.items() if old[key] == new[key]), "")


def _head(item: Document) -> str:
    return f"{item['clause']}（{MODALITY_WORDS[item['modality']]}）"


def _added(item: Document) -> Change:
    binding = item["modality"] == "shall" and not _advisory(item)
    grade: Grade = "breaking" if binding else "compatible"
    return Change("requirement", item["id"], item["text"], "新增", "", f"{_head(item)} {item['text']}", grade)


def _advisory(item: Document) -> bool:
    cited = item["basis"] in ("law", "standard", "policy")
    return cited and all(source["mark"] == "recalled" for source in item["source"])


def _changes(old: Document, new: Document) -> Iterator[Change]:
    def change(what: str, before: str, after: str, grade: Grade, *, reassess: bool = False) -> Change:
        return Change("requirement", new["id"], new["text"], what, before, after, grade, reassess)

    if old["modality"] != new["modality"]:
        stronger = _STRENGTH.index(new["modality"]) > _STRENGTH.index(old["modality"])
        words = (MODALITY_WORDS[old["modality"]], MODALITY_WORDS[new["modality"]])
        yield change("应、宜、可", *words, "breaking" if stronger else "compatible")
    if old["text"] != new["text"]:
        yield change("文字", old["text"], new["text"], "editorial", reassess=True)
    yield from _prose(old, new, change)
    yield from _standing(old, new, change)
    for key, title in _SHARES.items():
        first, second = (item.get(key, {}).get("share", "0") for item in (old, new))
        if Decimal(first) != Decimal(second):
            less = Decimal(second) < Decimal(first)
            yield change(title, first, second, "breaking" if less else "compatible")
    if old["check"] != new["check"]:
        grade = check_grade(old["check"], new["check"])
        yield change("核验办法", *_differing(old["check"], new["check"]), grade)


def _prose(old: Document, new: Document, change: Any) -> Iterator[Change]:
    for key, title in _PROSE.items():
        if old.get(key, "") != new.get(key, ""):
            yield change(title, old.get(key, ""), new.get(key, ""), "editorial")
    if old["source"] != new["source"]:
        yield change("来源", sources(old), sources(new), "editorial")


def _standing(old: Document, new: Document, change: Any) -> Iterator[Change]:
    """What weighs: the key, the basis, and whether the requirement binds or only advises."""
    if old.get("key", False) != new.get("key", False):
        raised = new.get("key", False)
        words = ("是" if old.get("key") else "否", "是" if raised else "否")
        yield change("关键条款", *words, "breaking" if raised else "compatible")
    if old["basis"] != new["basis"]:
        fixed = ("law", "policy")
        bound = new["basis"] in fixed and old["basis"] not in fixed
        words = (BASIS_WORDS[old["basis"]], BASIS_WORDS[new["basis"]])
        yield change("依据的性质", *words, "breaking" if bound else "compatible")
    if _advisory(old) != _advisory(new):
        words = ("仅供参考", "计入结论") if _advisory(old) else ("计入结论", "仅供参考")
        yield change("是否计入结论", *words, "breaking" if _advisory(old) else "compatible")


def sources(item: Document) -> str:
    """The sources of a requirement or a parameter in words."""
    return "；".join(
        f"{source['document']} {source['at']}〔{MARK_WORDS[source['mark']]}〕"
        for source in item.get("source", ())
    )


def _differing(old: Document, new: Document) -> tuple[str, str]:
    """The keys of two checks that differ, each side in words."""
    keys = [key for key in sorted({*old} | {*new}) if old.get(key) != new.get(key)]
    first, second = ("；".join(_told(key, item[key]) for key in keys if key in item) for item in (old, new))
    return first or "（没有）", second or "（没有）"


def _told(key: str, value: Any) -> str:
    plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return f"{_CHECK.get(key, key)}：{plain}"


def check_grade(old: Document, new: Document) -> Grade:
    """The grade of a changed check: breaking unless it is shown that nothing became stricter."""
    first, second = dict(old), dict(new)
    grades: list[Grade] = []
    targets = [dict(first.pop("target", {})), dict(second.pop("target", {}))]
    if targets[0] != targets[1]:
        grades.append(_target_grade(targets[0], targets[1]))
    thresholds = (first.pop("threshold", ""), second.pop("threshold", ""))
    if thresholds[0] != thresholds[1]:
        grades.append(_threshold_grade(first.get("operator", ""), *thresholds))
    if first != second:
        grades.append("breaking")
    return next((grade for grade in ("breaking", "compatible") if grade in grades), "editorial")


def _threshold_grade(operator: str, old: str, new: str) -> Grade:
    if ":" in old + new or not old or not new:
        return "breaking"
    higher = Decimal(new) > Decimal(old)
    looser = (operator[:1] == "<" and higher) or (operator[:1] == ">" and not higher)
    if Decimal(new) == Decimal(old):
        return "editorial"
    return "compatible" if looser else "breaking"


def _target_grade(old: Document, new: Document) -> Grade:
    """A later day, or a target where the threshold held at once, asks for less."""
    binding = [{key: value for key, value in item.items() if key not in _TOLD_ONLY} for item in (old, new)]
    if binding[0] == binding[1]:
        return "editorial"
    later = str(new.get("by", "")) > str(old.get("by", ""))
    return "compatible" if later else "breaking"

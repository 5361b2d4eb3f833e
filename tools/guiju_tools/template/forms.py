"""The form of a field in plain words: type, length, limits, what stands for none."""

from __future__ import annotations

from guiju.standard.fields import Field
from guiju_tools.template.lengths import pattern_lengths
from guiju_tools.template.told import FieldTold

TYPE_WORDS = {
    "string": "文本",
    "integer": "整数",
    "number": "数",
    "boolean": "是或否",
    "date": "日期",
    "date-time": "日期时间",
    "set": "多个值",
}
_BY_TYPE = {
    "integer": "不带单位、千分位和小数点",
    "number": "不带单位、千分位和百分号",
    "boolean": "写“是”或“否”",
    "date": "2026-03-31 的样子",
    "date-time": "2026-03-31 09:30:00 的样子，24小时制",
}
_READERS_SHOWN = 6
SEPARATOR = "；"


def form_words(item: Field) -> str:
    """Length and form in one line, without the pattern; empty where anything may stand."""
    parts = [_BY_TYPE.get(item.type, ""), _length(item), _limits(item)]
    if item.type == "set":
        parts.append(f"多个值之间用“{item.separator or SEPARATOR}”隔开")
    if item.enum:
        parts.append(f"只能是：{'、'.join(item.enum)}")
    return "；".join(part for part in parts if part)


def null_words(item: Field) -> str:
    """What to write where there is nothing."""
    words = item.null.words
    if not item.required:
        return f"可空，或写{'、'.join(words[:3])}" if words else "可空"
    return f"每行都有值；确实没有的写“{words[0]}”" if words and item.null.satisfies_required else "每行都有值"


def readers_words(told: FieldTold) -> str:
    """Which clauses read the field, those of 应 first."""
    words = {"shall": "应", "should": "宜", "may": "可"}
    shown = [f"{item.id}（{item.clause}，{words[item.modality]}）" for item in told.readers[:_READERS_SHOWN]]
    more = len(told.readers) - len(shown)
    return "、".join(shown) + (f"等{len(told.readers)}条" if more > 0 else "")


def note_words(item: Field) -> str:
    """What else is to be said of a field."""
    parts = [item.description]
    if item.unit:
        parts.append(f"单位：{item.unit}")
    if item.derived_from:
        parts.append(f"程序由 {item.derived_from} 得出")
    if item.sensitive:
        parts.append("敏感数据：只供本单位内部核验，不得外传")
    return "；".join(part for part in parts if part)


def _length(item: Field) -> str:
    if item.pattern and (widths := pattern_lengths(item.pattern)):
        return "或者".join(f"{width}位" for width in widths)
    if item.min_length and item.max_length:
        return f"{item.min_length}至{item.max_length}字"
    if item.max_length:
        return f"不超过{item.max_length}字"
    return f"不少于{item.min_length}字" if item.min_length else ""


def _limits(item: Field) -> str:
    if item.minimum is not None and item.maximum is not None:
        return f"{item.minimum}至{item.maximum}"
    if item.minimum is not None:
        return f"不小于{item.minimum}"
    return f"不大于{item.maximum}" if item.maximum is not None else ""

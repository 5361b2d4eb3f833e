"""An expression in Chinese words, with the titles of fields and the labels of codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from guiju.rule.functions import FUNCTIONS
from guiju.rule.kinds import Kind
from guiju.rule.scope import Scope
from guiju.rule.tree import (
    Arithmetic,
    Between,
    Call,
    Compare,
    Constant,
    FieldRef,
    IsNull,
    Logic,
    Member,
    Negate,
    Node,
    Not,
    ParameterRef,
    RelatedRef,
)
from guiju.rule.typed import codelist_of

_NUMBER_WORDS = {"=": "等于", "<>": "不等于", "<": "小于", "<=": "不大于", ">": "大于", ">=": "不小于"}
_TIME_WORDS = {"=": "等于", "<>": "不等于", "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}
_TEXT_WORDS = {"=": "为", "<>": "不为"}
_ARITHMETIC_WORDS = {"+": "加", "-": "减", "*": "乘以", "//": "整除以", "%": "除以"}
_ALWAYS = {True: "始终", False: "从不"}


def describe(node: Node, scope: Scope) -> str:  # noqa: PLR0911 -- one case a class of nodes
    """The expression as a Chinese clause, such as 承诺办结时限不大于法定办结时限."""
    match node:
        case Logic():
            return _logic(node, scope)
        case Not():
            return _negated(node.operand, scope)
        case Compare():
            return _compare(node, scope)
        case Member():
            return f"{value(node.operand, scope)}为{_listed(node, scope)}之一"
        case Between():
            low, high = (value(item, scope, node.operand) for item in (node.low, node.high))
            return f"{value(node.operand, scope)}在{low}至{high}之间（含两端）"
        case IsNull():
            return f"{value(node.operand, scope)}{_absent(node.operand)}"
        case Constant(kind=Kind.BOOLEAN):
            return _ALWAYS[bool(node.value)]
        case FieldRef(kind=Kind.BOOLEAN):
            return f"{value(node, scope)}为是"
        case _:
            return value(node, scope)


def value(node: Node, scope: Scope, beside: Node | None = None) -> str:  # noqa: PLR0911 -- as in `describe`
    """A value in words; `beside` is what it is compared with, whose code list labels it."""
    match node:
        case Constant():
            return _constant(node, scope, beside)
        case FieldRef():
            return scope.fields[node.name].title
        case ParameterRef():
            return _parameter(node, scope)
        case Negate():
            return f"负的{value(node.operand, scope)}"
        case Arithmetic():
            return _arithmetic(node, scope)
        case Call():
            return _call(node, scope)
        case _:
            return f"（{describe(node, scope)}）"


def _logic(node: Logic, scope: Scope) -> str:
    parts = [describe(item, scope) for item in node.operands]
    nested = [
        f"（{part}）" if isinstance(item, Logic) else part
        for item, part in zip(node.operands, parts, strict=True)
    ]
    return ("，且" if node.operator == "and" else "，或者").join(nested)


def _negated(node: Node, scope: Scope) -> str:
    match node:
        case IsNull():
            return f"{value(node.operand, scope)}{_present(node.operand)}"
        case Member():
            return f"{value(node.operand, scope)}不是{_listed(node, scope)}之一"
        case FieldRef():
            return f"{value(node, scope)}为否"
        case _:
            return f"并非（{describe(node, scope)}）"


def _absent(node: Node) -> str:
    if isinstance(node, RelatedRef):
        return "没有值"
    return "未填写" if isinstance(node, FieldRef) else "得不出"


def _present(node: Node) -> str:
    if isinstance(node, RelatedRef):
        return "有值"
    return "已填写" if isinstance(node, FieldRef) else "可以得出"


def _compare(node: Compare, scope: Scope) -> str:
    left, right = value(node.left, scope, node.right), value(node.right, scope, node.left)
    return f"{left}{_words(node)[node.operator]}{right}"


def _words(node: Compare) -> Mapping[str, str]:
    kind = node.left.kind
    if kind in (Kind.TEXT, Kind.BOOLEAN):
        between_fields = not isinstance(node.left, Constant) and not isinstance(node.right, Constant)
        return _NUMBER_WORDS if between_fields and kind is Kind.TEXT else _TEXT_WORDS
    return _TIME_WORDS if kind in (Kind.DATE, Kind.STAMP) else _NUMBER_WORDS


def _listed(node: Member, scope: Scope) -> str:
    return "、".join(value(option, scope, node.operand) for option in node.options)


def _constant(node: Constant, scope: Scope, beside: Node | None) -> str:
    match node.value:
        case bool():
            return "是" if node.value else "否"
        case str():
            return _labelled(node.value, scope, beside)
        case dt.date():
            return f"{node.value.year}年{node.value.month}月{node.value.day}日"
        case Decimal():
            return f"{node.value:f}"
        case _:
            return str(node.value)


def _labelled(text: str, scope: Scope, beside: Node | None) -> str:
    listed = None if beside is None else codelist_of(beside, scope)
    label = "" if listed is None else listed.label(text)
    return f"“{label}”（{text}）" if label else f"“{text}”"


def _parameter(node: ParameterRef, scope: Scope) -> str:
    item = scope.parameters[node.name]
    shown = "未设定" if item.value is None else f"{item.value}{item.unit}"
    return f"{item.title}（{shown}）"


def _arithmetic(node: Arithmetic, scope: Scope) -> str:
    left, right = (
        f"（{value(item, scope)}）" if isinstance(item, Arithmetic) else value(item, scope)
        for item in (node.left, node.right)
    )
    tail = "的余数" if node.operator == "%" else ""
    return f"{left}{_ARITHMETIC_WORDS[node.operator]}{right}{tail}"


def _call(node: Call, scope: Scope) -> str:
    function = FUNCTIONS[node.name]
    holder = node.arguments[0] if function.codes_of_first else None
    words = [
        function.labels.get(str(item.value), "") or value(item, scope, holder)
        if isinstance(item, Constant)
        else value(item, scope)
        for item in node.arguments
    ]
    return function.words.format(*words, more="、".join(words[len(function.arguments) - 1 :]))

"""The plain Python reading of an expression: runs the examples, explains a row, is the oracle of the SQL."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from guiju.rule import arithmetic, moments
from guiju.rule.functions import FUNCTIONS
from guiju.rule.kinds import Kind
from guiju.rule.scope import Env, parameter_value
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

Record = Mapping[str, Any]
UNKNOWN = object()
"""Stands in a record for a related value of which nothing is known, not even whether there is one."""


def evaluate(node: Node, record: Record, env: Env) -> Any:  # noqa: C901, PLR0911 -- one case a class of nodes
    """The value of an expression on a canonical record.

    Args:
        node: a tree from `parse`.
        record: field -> JSON value; a blank is an absent key, a word for none is None, unreadable text str.
            Related values stand in it as they are, or as `UNKNOWN`.
        env: parameter values, calendar, as-of day.

    Returns:
        bool, int, Decimal, str, date, list of texts, or `Span` for a stamp; None where it has no value.
    """
    match node:
        case Constant():
            return node.value
        case RelatedRef():
            value = record.get(node.name)
            return None if value is UNKNOWN else value
        case FieldRef():
            return _READERS[node.kind](record.get(node.name))
        case ParameterRef():
            return parameter_value(node, env)
        case Not():
            return _not(evaluate(node.operand, record, env))
        case Logic():
            return _logic(node, record, env)
        case Compare():
            return compare(node.operator, evaluate(node.left, record, env), evaluate(node.right, record, env))
        case Member():
            return _member(node, record, env)
        case Between():
            return _between(node, record, env)
        case IsNull():
            return _is_null(node, record, env)
        case Negate() | Arithmetic():
            return _arithmetic(node, record, env)
        case Call():
            return _call(node, record, env)


def compare(sign: str, left: Any, right: Any) -> bool | None:
    """A comparison of two values of like kind; None where one is missing or stamps do not decide it."""
    if left is None or right is None:
        return None
    if isinstance(left, moments.Span):
        return _SPANS[sign](left, right)
    result: bool = _PLAIN[sign](left, right)
    return result


_PLAIN: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SPANS: Mapping[str, Callable[[moments.Span, moments.Span], bool | None]] = {
    "=": moments.same,
    "<>": lambda left, right: _not(moments.same(left, right)),
    "<": lambda left, right: moments.before(left, right, or_same=False),
    "<=": lambda left, right: moments.before(left, right, or_same=True),
    ">": lambda left, right: moments.before(right, left, or_same=False),
    ">=": lambda left, right: moments.before(right, left, or_same=True),
}


def unmet(node: Node, record: Record, env: Env) -> tuple[Node, ...]:
    """The parts of a false expression that are to blame: the false ones of an `and`, else the whole."""
    if not isinstance(node, Logic) or node.operator != "and":
        return (node,)
    false = [part for part in node.operands if evaluate(part, record, env) is False]
    return tuple(found for part in false for found in unmet(part, record, env)) or (node,)


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _logic(node: Logic, record: Record, env: Env) -> bool | None:
    decisive = node.operator == "or"
    unknown = False
    for operand in node.operands:
        value: bool | None = evaluate(operand, record, env)
        if value is decisive:
            return decisive
        unknown = unknown or value is None
    return None if unknown else not decisive


def _member(node: Member, record: Record, env: Env) -> bool | None:
    value = evaluate(node.operand, record, env)
    found = [compare("=", value, evaluate(option, record, env)) for option in node.options]
    return True if True in found else None if None in found else False


def _between(node: Between, record: Record, env: Env) -> bool | None:
    value = evaluate(node.operand, record, env)
    ends = {
        compare(">=", value, evaluate(node.low, record, env)),
        compare("<=", value, evaluate(node.high, record, env)),
    }
    return False if False in ends else None if None in ends else True


def _is_null(node: IsNull, record: Record, env: Env) -> bool | None:
    if isinstance(node.operand, RelatedRef):
        value = record.get(node.operand.name)
        return None if value is UNKNOWN else value is None
    if isinstance(node.operand, FieldRef):
        return record.get(node.operand.name) is None
    return evaluate(node.operand, record, env) is None


def _arithmetic(node: Negate | Arithmetic, record: Record, env: Env) -> int | Decimal | None:
    if isinstance(node, Negate):
        left, sign, right = 0, "-", evaluate(node.operand, record, env)
    else:
        left, sign, right = evaluate(node.left, record, env), node.operator, evaluate(node.right, record, env)
    if left is None or right is None:
        return None
    if node.kind is Kind.DECIMAL:
        return arithmetic.decimal(sign, left, right)
    return arithmetic.integer(sign, left, right)


def _call(node: Call, record: Record, env: Env) -> Any:
    values = [evaluate(argument, record, env) for argument in node.arguments]
    if any(value is None for value in values):
        return None
    return FUNCTIONS[node.name].python(env, *values)


def _integer(value: Any) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and arithmetic.LEAST <= value <= arithmetic.MOST else None


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def _instance(wanted: type) -> Callable[[Any], Any]:
    return lambda value: value if isinstance(value, wanted) else None


def _date(value: Any) -> dt.date | None:
    return moments.read_date(value)


_READERS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _instance(str),
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.BOOLEAN: _instance(bool),
    Kind.DATE: _date,
    Kind.STAMP: moments.read_stamp,
    Kind.SET: _instance(list),
}

"""A typed tree as the text of an expression, so that reading the text gives the same tree again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

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
)

_SIGNS = frozenset({"and", "or", "not", "in", "between", "is", "null", "true", "false", "date"})
_REFUSED = frozenset(
    {
        *("case", "when", "like", "ilike", "similar", "select", "exists", "cast", "try_cast"),
        *("count", "sum", "avg", "min", "max", "interval", "timestamp"),
    }
)
"""Words that the language refuses unless a comparison follows; as names of fields they are quoted."""


def written(node: Node) -> str:  # noqa: C901, PLR0911 -- one case a class of nodes
    """The expression as people write it, with brackets wherever they could matter."""
    match node:
        case Constant():
            return _constant(node)
        case FieldRef():
            return f'"{node.name}"' if node.name.lower() in _SIGNS | _REFUSED else node.name
        case ParameterRef():
            return f":{node.name}"
        case Not():
            return _negated(node.operand)
        case Logic():
            return f" {node.operator} ".join(_term(item) for item in node.operands)
        case Compare():
            return f"{_side(node.left)} {node.operator} {_side(node.right)}"
        case Arithmetic():
            return f"{_value(node.left)} {node.operator} {_value(node.right)}"
        case Member():
            return f"{_value(node.operand)} in {_options(node)}"
        case Between():
            return f"{_value(node.operand)} between {_value(node.low)} and {_value(node.high)}"
        case IsNull():
            return f"{_value(node.operand)} is null"
        case Negate():
            return f"-{_value(node.operand)}"
        case Call():
            return f"{node.name}({', '.join(map(written, node.arguments))})"


def _constant(node: Constant) -> str:
    match node.value:
        case bool():
            return "true" if node.value else "false"
        case str():
            return "'" + node.value.replace("'", "''") + "'"
        case Decimal():
            plain = f"{node.value:f}"
            return plain if "." in plain else f"{plain}.0"
        case dt.date():
            return f"date '{node.value.isoformat()}'"
        case _:
            return str(node.value)


def _negated(operand: Node) -> str:
    match operand:
        case IsNull():
            return f"{_value(operand.operand)} is not null"
        case Member():
            return f"{_value(operand.operand)} not in {_options(operand)}"
        case _:
            return f"not {_term(operand)}"


def _options(node: Member) -> str:
    return f"({', '.join(map(written, node.options))})"


def _term(node: Node) -> str:
    """An operand of and, or, not: what these signs could tear apart gets brackets."""
    tests = isinstance(node, Not) and isinstance(node.operand, IsNull | Member)
    torn = isinstance(node, Logic | Not | Between) and not tests
    return f"({written(node)})" if torn else written(node)


def _side(node: Node) -> str:
    """One side of a comparison, which binds less than arithmetic does."""
    return written(node) if isinstance(node, Arithmetic) else _value(node)


def _value(node: Node) -> str:
    """An operand of a comparison or of arithmetic: names, calls and plain constants need no brackets."""
    plain = isinstance(node, FieldRef | ParameterRef | Call) or _unsigned(node)
    return written(node) if plain else f"({written(node)})"


def _unsigned(node: Node) -> bool:
    negative = isinstance(node, Constant) and isinstance(node.value, int | Decimal) and node.value < 0
    return isinstance(node, Constant) and not negative

"""Trees with another part in one place, and trees of the same meaning in a narrower form."""

from __future__ import annotations

from dataclasses import replace

from guiju.rule import Kind, Node
from guiju.rule.tree import (
    Arithmetic,
    Between,
    Call,
    Comparator,
    Compare,
    Constant,
    IsNull,
    Logic,
    Member,
    Negate,
    Not,
    children,
)

BOUNDARIES: dict[Comparator, Comparator] = {
    "<=": "<",
    "<": "<=",
    ">=": ">",
    ">": ">=",
    "=": "<>",
    "<>": "=",
}
"""The comparison that is right beside another one."""


def with_part(node: Node, place: int, fresh: Node) -> Node:  # noqa: PLR0911 -- one case a class of nodes
    """The node with another part in one place, counted as `children` counts them."""
    parts = [*children(node)]
    parts[place] = fresh
    match node:
        case Not() | IsNull() | Negate():
            return replace(node, operand=fresh)
        case Logic():
            return replace(node, operands=tuple(parts))
        case Compare() | Arithmetic():
            return replace(node, left=parts[0], right=parts[1])
        case Member():
            return replace(node, operand=parts[0], options=tuple(parts[1:]))
        case Between():
            return replace(node, operand=parts[0], low=parts[1], high=parts[2])
        case Call():
            return replace(node, arguments=tuple(parts))
        case _:
            return node


def plain(node: Node) -> Node:
    """The tree without double negations."""
    if isinstance(node, Not) and isinstance(node.operand, Not):
        return plain(node.operand.operand)
    for place, part in enumerate(children(node)):
        node = with_part(node, place, plain(part))
    return node


def normal(node: Node) -> Node:
    """A tree of the same meaning in a narrower form, so that some alterations are known to be no other."""
    for place, part in enumerate(children(node)):
        node = with_part(node, place, normal(part))
    match node:
        case Not(operand=Not(operand=inner)):
            return inner
        case Not(operand=Compare(operator="=" | "<>" as sign) as inner):
            return normal(replace(inner, operator=BOUNDARIES[sign]))
        case Compare(operator="<>", left=left, right=Constant(value=bool() as value)):
            return Compare("=", left, Constant(Kind.BOOLEAN, not value))
        case Member(operand=operand, options=(only,)):
            return Compare("=", operand, only)
        case Logic(operator=sign, operands=operands):
            once = tuple(dict.fromkeys(operands))
            return once[0] if len(once) == 1 else Logic(sign, once)
        case _:
            return node

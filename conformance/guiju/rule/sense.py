"""Which way a directed parameter tightens an assertion: proved from the tree, or not at all.

An assertion *rises* with a parameter when a larger value never makes it less true.
"""

from __future__ import annotations

from typing import Literal

from guiju.rule.functions import FUNCTIONS
from guiju.rule.tree import (
    Arithmetic,
    Between,
    Call,
    Compare,
    Constant,
    Logic,
    Negate,
    Node,
    Not,
    ParameterRef,
    parameters_of,
)

_RISES, _FALLS, _STILL, _UNPROVED = 1, -1, 0, None
_Sense = int | None
"""+1 rises, -1 falls, 0 does not depend on the parameter, None not proved."""


def sense(node: Node, parameter: str) -> Literal["lower", "higher"] | None:
    """The direction of values that makes an assertion stricter.

    Args:
        node: an assertion (true means passed).
        parameter: the name of a parameter.

    Returns:
        "lower" when lowering the value can only make more records fail, "higher" when raising it does; None
        when the parameter does not occur or neither can be proved: it stands on both sides of a comparison,
        in `=`, `<>` or `in`, in two senses, or inside something that need not move one way.
    """
    found = _sense(node, parameter)
    if found is _RISES:
        return "lower"
    return "higher" if found is _FALLS else None


def _sense(node: Node, name: str) -> _Sense:  # noqa: PLR0911 -- one case a class of nodes
    if name not in parameters_of(node):
        return _STILL
    match node:
        case ParameterRef():
            return _RISES
        case Not() | Negate():
            return _turned(_sense(node.operand, name))
        case Logic():
            return _together(*(_sense(item, name) for item in node.operands))
        case Compare():
            return _compared(node.operator, node.left, node.right, name)
        case Between():
            low = _compared(">=", node.operand, node.low, name)
            return _together(low, _compared("<=", node.operand, node.high, name))
        case Arithmetic():
            return _calculated(node, name)
        case Call():
            return _called(node, name)
        case _:
            return _UNPROVED


def _turned(found: _Sense) -> _Sense:
    return None if found is None else -found


def _together(*found: _Sense) -> _Sense:
    """One sense for all parts; parts that do not depend on the parameter do not count."""
    moving = set(found) - {_STILL}
    if len(moving) > 1:
        return _UNPROVED
    return moving.pop() if moving else _STILL


def _compared(sign: str, left: Node, right: Node, name: str) -> _Sense:
    both = name in parameters_of(left) and name in parameters_of(right)
    if both or (sign in ("=", "<>") and name in parameters_of(left) | parameters_of(right)):
        return _UNPROVED
    found = _together(_turned(_sense(left, name)), _sense(right, name))
    return found if sign in ("<", "<=") else _turned(found)


def _calculated(node: Arithmetic, name: str) -> _Sense:
    left, right = _sense(node.left, name), _sense(node.right, name)
    match node.operator:
        case "+":
            return _together(left, right)
        case "-":
            return _together(left, _turned(right))
        case "*":
            return (
                _scaled(left, node.right) if name in parameters_of(node.left) else _scaled(right, node.left)
            )
        case "//":
            return _scaled(left, node.right)
        case _:
            return _UNPROVED


def _scaled(found: _Sense, factor: Node) -> _Sense:
    """The sense of something multiplied or divided by a constant other than zero."""
    if not isinstance(factor, Constant) or not isinstance(factor.value, int) or factor.value == 0:
        return _UNPROVED
    return found if factor.value > 0 else _turned(found)


def _called(node: Call, name: str) -> _Sense:
    rising = FUNCTIONS[node.name].rising
    moving = [place for place, item in enumerate(node.arguments) if name in parameters_of(item)]
    if not set(moving) <= rising:
        return _UNPROVED
    return _together(*(_sense(node.arguments[place], name) for place in moving))

"""From the text of an expression to its typed tree, each text of a scope read once."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.rule.kinds import Kind
from guiju.rule.scope import Scope
from guiju.rule.source import Source
from guiju.rule.tree import Node, depth

DEEPEST = 60


def parse(text: str, scope: Scope, expect: Kind | None = Kind.BOOLEAN) -> Node:
    """Read an expression.

    Args:
        text: the expression, in one line or several.
        scope: the fields, parameters and code lists it may name, and the expressions it knows already.
        expect: the kind its value must have; None for any.

    Returns:
        The typed tree.

    Raises:
        StandardError: GJ-S201 to GJ-S219, with the column in the expression (from 1) and a hint.
    """
    source = Source(text, scope.place)
    node = scope.known.get(text)
    if node is None:
        node = scope.known[text] = _read(source, scope)
    if expect is not None and node.kind is not expect:
        message = f"表达式应得出{expect.value}，现在得出{node.kind.value}"
        raise source.fault("GJ-S205", message, 0, hint=_EXPECTED_HINTS.get(expect, "请改写表达式"))
    return node


def _read(source: Source, scope: Scope) -> Node:
    from guiju.rule import grammar  # noqa: PLC0415 - the parser loads more slowly than a small export is judged

    try:
        node = grammar.read(source, scope)
        levels = depth(node)
    except RecursionError:
        levels = DEEPEST + 1
    if levels > DEEPEST:
        raise source.fault("GJ-S204", "表达式嵌套太深", 0, hint="请拆成几条要求")
    return node


_EXPECTED_HINTS: Mapping[Kind, str] = {Kind.BOOLEAN: "请写成条件，例如 promise_day <= 20"}

"""How an expression came to its value on one record, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.rule.describe import describe
from guiju.rule.evaluate import Record, evaluate
from guiju.rule.scope import Env, Scope
from guiju.rule.tree import Constant, Member, Node, children


@dataclass(frozen=True, slots=True)
class Step:
    """One part of an expression in words, and its value (None: it has none)."""

    text: str
    value: Any


def trace(node: Node, record: Record, env: Env, scope: Scope) -> list[Step]:
    """The parts of an expression with their values, parts before wholes, each once; the last is the whole."""
    parts = dict.fromkeys(_parts(node))
    return [Step(describe(part, scope), evaluate(part, record, env)) for part in parts]


def _parts(node: Node) -> Iterator[Node]:
    for child in children(node):
        if not isinstance(child, Constant) and not (isinstance(node, Member) and child in node.options):
            yield from _parts(child)
    yield node

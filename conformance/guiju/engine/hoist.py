"""Costly calls computed once per distinct argument and joined back, instead of once per row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.export import identifier
from guiju.rule import Env, Node, costly, emit
from guiju.rule.tree import Call


@dataclass(frozen=True, slots=True)
class Hoist:
    """One costly call: the column that will hold it, its argument, and the call over a column ``k``."""

    column: str
    argument: str
    call: str


def hoists(nodes: Iterable[Node], env: Env) -> dict[Node, Hoist]:
    """The costly calls of some expressions that have a single argument."""
    calls = [call for node in nodes for call in costly(node) if isinstance(call, Call)]
    return {call: _hoist(call, env) for call in calls if len(call.arguments) == 1}


def _hoist(call: Call, env: Env) -> Hoist:
    (argument,) = call.arguments
    name = hashlib.sha256(emit(call, env).encode()).hexdigest()[:12]
    return Hoist(f"costly_{name}", emit(argument, env), emit(call, env, {argument: '"k"'}))


def known(found: dict[Node, Hoist]) -> dict[Node, str]:
    """How the emitter is to write the hoisted calls."""
    return {node: identifier(item.column) for node, item in found.items()}


def source(view: str, found: Sequence[Hoist]) -> str:
    """What to select from: the view itself, or the view with the columns of the hoisted calls."""
    wanted = list(dict.fromkeys(found))
    if not wanted:
        return identifier(view)
    tables = ", ".join(_distinct(view, number, item) for number, item in enumerate(wanted))
    keys = ", ".join(f"({item.argument}) AS h{number}" for number, item in enumerate(wanted))
    columns = ", ".join(f"d{number}.v AS {identifier(item.column)}" for number, item in enumerate(wanted))
    joins = " ".join(f"LEFT JOIN d{number} ON s.h{number} = d{number}.k" for number in range(len(wanted)))
    return f"(WITH {tables} SELECT s.*, {columns} FROM (SELECT *, {keys} FROM {identifier(view)}) s {joins})"


def _distinct(view: str, number: int, item: Hoist) -> str:
    keys = f"SELECT DISTINCT ({item.argument}) AS k FROM {identifier(view)}"
    return f"d{number} AS MATERIALIZED (SELECT k, {item.call} AS v FROM ({keys}) WHERE k IS NOT NULL)"

"""Costly calls computed once per distinct argument and joined back, instead of once per row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.engine.parts import Parts
from guiju.export import identifier
from guiju.rule import Node, children, costly, emit, fields_of, guard_of
from guiju.rule.tree import Call, walk


@dataclass(frozen=True, slots=True)
class Hoist:
    """One costly call: the column that will hold it, its argument, and the call over a column ``k``.

    `keys` is a query of all arguments as ``k``, and of some that no row has: those that a guard keeps out.
    """

    column: str
    argument: str
    call: str
    keys: str


def hoists(node: Node, parts: Parts) -> dict[Node, Hoist]:
    """The costly calls of an expression that have a single argument and are not set apart already."""
    calls = _calls(node, parts.known)
    return {call: _hoist(call, parts) for call in calls if len(call.arguments) == 1}


def _calls(node: Node, apart: Mapping[Node, str]) -> list[Call]:
    if node in apart:
        return []
    mine = [node] if isinstance(node, Call) and node in costly(node) else []
    return [*mine, *(call for child in children(node) for call in _calls(child, apart))]


def _hoist(call: Call, parts: Parts) -> Hoist:
    (argument,) = call.arguments
    env = parts.env
    guards: dict[Node, str] = {guard: "TRUE" for node in walk(argument) if (guard := guard_of(node))}
    read = parts.table.values.query(sorted(fields_of(argument)))
    name = hashlib.sha256(emit(call, env).encode()).hexdigest()[:12]
    return Hoist(
        f"costly_{name}",
        emit(argument, env, parts.known),
        emit(call, env, {argument: '"k"'}),
        f"SELECT DISTINCT ({emit(argument, env, guards)}) AS k FROM ({read})",
    )


def known(found: dict[Node, Hoist]) -> dict[Node, str]:
    """How the emitter is to write the hoisted calls."""
    return {node: identifier(item.column) for node, item in found.items()}


def source(view: str, found: Sequence[Hoist]) -> str:
    """What to select from: the view itself, or the view with the columns of the hoisted calls."""
    wanted = list(dict.fromkeys(found))
    if not wanted:
        return identifier(view)
    tables = ", ".join(_distinct(number, item) for number, item in enumerate(wanted))
    keys = ", ".join(f"({item.argument}) AS h{number}" for number, item in enumerate(wanted))
    columns = ", ".join(f"d{number}.v AS {identifier(item.column)}" for number, item in enumerate(wanted))
    joins = " ".join(f"LEFT JOIN d{number} ON s.h{number} = d{number}.k" for number in range(len(wanted)))
    return f"(WITH {tables} SELECT s.*, {columns} FROM (SELECT *, {keys} FROM {identifier(view)}) s {joins})"


def _distinct(number: int, item: Hoist) -> str:
    return f"d{number} AS MATERIALIZED (SELECT k, {item.call} AS v FROM ({item.keys}))"

"""Costly calls computed once for each probable argument and joined back, instead of once per row.

Where a row has an argument that was not foreseen, the call is made for that row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.engine.parts import Parts
from guiju.engine.views import Computed
from guiju.export import identifier
from guiju.rule import Node, children, costly, emit, fields_of
from guiju.rule.kinds import Kind
from guiju.rule.tree import Call

SAMPLES, SAMPLE_ROWS = 8, 2_000
"""So many rows at so many places of a large table are looked at."""


@dataclass(frozen=True, slots=True)
class Hoist:
    """One costly call: the column that will hold it, its argument, and the call over the argument's column.

    `keys` is a query of probable arguments as ``k``.
    """

    column: str
    argument: str
    call: str
    keys: str

    @property
    def key(self) -> str:
        """The column that holds the argument."""
        return identifier(f"{self.column}__k")


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
    column = f"costly_{hashlib.sha256(emit(call, env).encode()).hexdigest()[:12]}"
    return Hoist(
        column,
        emit(argument, env, parts.known),
        emit(call, env, {argument: identifier(f"{column}__k")}),
        f"SELECT DISTINCT k FROM ({' UNION ALL '.join(_probable(argument, parts))})",
    )


def _probable(argument: Node, parts: Parts) -> list[str]:
    """Queries of arguments: all of a small table; of a large one those of some rows, and every known text.

    What is cut out of one column often stands in another one.
    """
    values, told = parts.table.values, emit(argument, parts.env)
    read = values.query(sorted(fields_of(argument)))
    if isinstance(values, Computed):
        return [f"SELECT {told} AS k FROM ({read})"]
    step = max(parts.table.rows // SAMPLES, 1)
    starts = [number * step for number in range(SAMPLES)]
    some = [
        f'SELECT {told} AS k FROM ({read}) WHERE "_rid" BETWEEN {start} AND {start + SAMPLE_ROWS}'
        for start in starts
    ]
    fields = parts.table.dataset.fields
    texts = [
        f"SELECT {identifier(item.field)} AS k FROM {identifier(item.table)}"
        for item in values.dictionaries.values()
        if fields[item.field].type == "string"
    ]
    return [*some, *texts] if argument.kind is Kind.TEXT else some


def known(found: dict[Node, Hoist]) -> dict[Node, str]:
    """How the emitter is to write the hoisted calls."""
    return {node: identifier(item.column) for node, item in found.items()}


def source(view: str, found: Sequence[Hoist]) -> str:
    """What to select from: the view itself, or the view with the columns of the hoisted calls."""
    wanted = list(dict.fromkeys(found))
    if not wanted:
        return identifier(view)
    tables = ", ".join(_distinct(number, item) for number, item in enumerate(wanted))
    keys = ", ".join(f"({item.argument}) AS {item.key}" for item in wanted)
    columns = ", ".join(
        f"coalesce(d{number}.v, {item.call}) AS {identifier(item.column)}"
        for number, item in enumerate(wanted)
    )
    joins = " ".join(
        f"LEFT JOIN d{number} ON s.{item.key} = d{number}.k" for number, item in enumerate(wanted)
    )
    return f"(WITH {tables} SELECT s.*, {columns} FROM (SELECT *, {keys} FROM {identifier(view)}) s {joins})"


def _distinct(number: int, item: Hoist) -> str:
    return (
        f"d{number} AS MATERIALIZED (SELECT {item.key} AS k, {item.call} AS v "
        f"FROM (SELECT k AS {item.key} FROM ({item.keys})))"
    )

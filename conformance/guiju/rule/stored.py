"""Typed trees as JSON and back, for standards that were compiled before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from guiju.rule import tree
from guiju.rule.kinds import Kind
from guiju.rule.tree import Node

_CLASSES = {
    made.__name__: made
    for made in (
        tree.Constant,
        tree.FieldRef,
        tree.RelatedRef,
        tree.ParameterRef,
        tree.Not,
        tree.Logic,
        tree.Compare,
        tree.Member,
        tree.Between,
        tree.IsNull,
        tree.Negate,
        tree.Arithmetic,
        tree.Call,
    )
}
_KINDS = {kind.name: kind for kind in Kind}


def to_json(node: Node) -> list[Any]:
    """A tree as nested lists: the class, then its parts in order."""
    return [type(node).__name__, *(_told(getattr(node, item.name)) for item in fields(node))]


def from_json(data: list[Any]) -> Node:
    """The tree that `to_json` wrote."""
    name, *parts = data
    return _CLASSES[name](*map(_read, parts))


def _told(part: Any) -> Any:
    if isinstance(part, tuple):
        return {"nodes": [to_json(item) for item in part]}
    if isinstance(part, Kind):
        return {"kind": part.name}
    if isinstance(part, Decimal):
        return {"decimal": str(part)}
    if isinstance(part, dt.date):
        return {"date": part.isoformat()}
    return part if isinstance(part, str | int) else to_json(part)


def _read(part: Any) -> Any:
    if isinstance(part, list):
        return from_json(part)
    if not isinstance(part, dict):
        return part
    ((word, value),) = part.items()
    return _READERS[word](value)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "nodes": lambda value: tuple(from_json(item) for item in value),
    "kind": _KINDS.__getitem__,
    "decimal": Decimal,
    "date": dt.date.fromisoformat,
}

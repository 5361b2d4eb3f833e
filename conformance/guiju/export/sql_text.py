"""SQL text from data: the only place where names and values become part of a statement."""

from __future__ import annotations


def quote(name: str) -> str:
    """An identifier as DuckDB reads it, whatever characters the name holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text literal as DuckDB reads it; backslashes have no meaning there."""
    return "'" + text.replace("'", "''") + "'"

"""SQL text from data: the only place where names and values become part of a statement."""

from __future__ import annotations

from pathlib import Path

_PATTERN_SIGNS = "*?["


def identifier(name: str) -> str:
    """An identifier as DuckDB reads it, whatever characters the name holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text literal as DuckDB reads it; backslashes have no meaning there."""
    return "'" + text.replace("'", "''") + "'"


def file_pattern(path: Path) -> str:
    """A path as DuckDB's readers take it: signs with a meaning in patterns stand for themselves."""
    return "".join(f"[{char}]" if char in _PATTERN_SIGNS else char for char in str(path.resolve()))


def holds_pattern(path: Path) -> bool:
    """Whether the path has such signs; a locked connection does not open it then."""
    return any(char in _PATTERN_SIGNS for char in str(path.resolve()))

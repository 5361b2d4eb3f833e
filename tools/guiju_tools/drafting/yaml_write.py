"""New pieces of YAML in the style of the standards: quotes where readers could differ, lists on one line."""

from __future__ import annotations

import json
from typing import Any

from guiju.errors import StandardError
from guiju.standard import strict_yaml

_QUOTED = (
    "clause",
    "when",
    "decidable",
    "assert",
    "numerator",
    "denominator",
    "threshold",
    "operator",
    "share",
)
"""Keys whose texts are quoted even where they need not be, as authors do."""
_ON_LINES = ("check", "parameters")
_SHORT = 3
"""Keys of a mapping that still goes on one line."""


def block_lines(name: str, value: Any) -> list[str]:
    """A key and its value in block style; lines after the first begin with two blanks."""
    if isinstance(value, dict) and value and (name in _ON_LINES or len(value) > _SHORT):
        return [f"{name}:", *(f"  {line}" for key, item in value.items() for line in block_lines(key, item))]
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return [f"{name}:", *(f"  - {flow(item)}" for item in value)]
    if isinstance(value, str) and name in _QUOTED:
        return [f"{name}: {quoted(value)}"]
    return [f"{name}: {flow(value) if isinstance(value, dict | list) else scalar(value)}"]


def item_lines(value: dict[str, Any]) -> list[str]:
    """An item of a list of mappings in block style, its dash at the first column."""
    lines = [line for name, part in value.items() for line in block_lines(name, part)]
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        parts = [f"{name}: {_inside(name, item)}" for name, item in value.items()]
        return f"{{{', '.join(parts)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_inside('', item) for item in value)}]"
    return _inside("", value)


def _inside(name: str, value: Any) -> str:
    if isinstance(value, dict | list):
        return flow(value)
    if isinstance(value, str) and name in ("number", "share", "value"):
        return quoted(value)
    return scalar(value, inside=True)


def scalar_like(style: str | None, value: Any) -> str:
    """A value in the style of the one it replaces, where it can be."""
    if not isinstance(value, str):
        return scalar(value)
    if style == '"':
        return quoted(value)
    if style == "'" and "\n" not in value:
        doubled = value.replace("'", "''")
        return f"'{doubled}'"
    return scalar(value, inside=True)


def scalar(value: Any, *, inside: bool = False) -> str:
    """A value plain where every reader takes it for the same, else in double quotes."""
    if not isinstance(value, str):
        return json.dumps(value)
    return value if _plain(value, inside=inside) else quoted(value)


def quoted(text: str) -> str:
    """A text in double quotes."""
    return (
        json.dumps(text, ensure_ascii=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\x85", "\\x85")
    )


def _plain(text: str, *, inside: bool) -> bool:
    if not text or text != text.strip() or any(letter in text for letter in "\n\r\t\x85\u2028\u2029"):
        return False
    trial = f"a: {{b: {text}}}\n" if inside else f"a: {text}\n"
    wanted = {"a": {"b": text}} if inside else {"a": text}
    try:
        return bool(strict_yaml.parse(trial, "")[0] == wanted)
    except StandardError:
        return False

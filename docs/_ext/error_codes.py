"""Finds every error code in the source, without importing it, for the reference page and the house tests."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODE = re.compile(r"GJ-[A-Z][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Use:
    """One place that names a code: the call it stands in, the words beside it (“…” where a value goes)."""

    code: str
    path: str
    line: int
    call: str
    message: str
    hint: str


def scan(root: Path, *folders: str) -> list[Use]:
    """The uses of all codes below folders of a checkout, by code, file and line."""
    files = sorted(path for folder in folders for path in (root / folder).rglob("*.py"))
    uses = [
        use
        for path in files
        for use in uses_in(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    ]
    return sorted(uses, key=lambda use: (use.code, use.path, use.line))


def uses_in(path: str, text: str) -> Iterator[Use]:
    """The uses of one file. A code is a literal of its own, so docstrings that name codes do not count."""
    tree = ast.parse(text, filename=path)
    calls = {
        id(argument): call
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for argument in arguments(call)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            call = calls.get(id(node))
            yield Use(node.value, path, node.lineno, called(call), message(call, node), hint(call))


def arguments(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call, by position and by name."""
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def called(call: ast.Call | None) -> str:
    """The name of what is called, without what stands before its last dot."""
    if call is None:
        return ""
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def message(call: ast.Call | None, code: ast.expr) -> str:
    """The text that follows the code in the call."""
    if call is None or code not in call.args:
        return ""
    following = call.args[call.args.index(code) + 1 :]
    return words(following[0]) if following else ""


def hint(call: ast.Call | None) -> str:
    """The text of the argument ``hint``."""
    given = [] if call is None else [item.value for item in call.keywords if item.arg == "hint"]
    return words(given[0]) if given else ""


def words(node: ast.expr) -> str:
    """A literal text as it is; a formatted one with … for its values; otherwise nothing."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(words(part) if isinstance(part, ast.Constant) else "…" for part in node.values)
    if isinstance(node, ast.BinOp):
        return words(node.left) + words(node.right)
    return ""

"""The expressions of a check, altered one place at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from guiju.errors import StandardError
from guiju.rule import Scope, parse
from guiju.rule.written import written
from guiju.standard.model import Requirement
from guiju_tools.mutate.mutant import NOTHING, Mutant
from guiju_tools.mutate.trees import Surroundings, Swap, swaps

PARTS = {
    "when": "when",
    "decidable": "decidable",
    "assertion": "assert",
    "numerator": "numerator",
    "denominator": "denominator",
}
"""Attributes of checks that hold expressions, and their keys in the files."""
_DROPPABLE = ("when", "decidable")


def altered_conditions(requirement: Requirement, scope: Scope, fields: tuple[str, ...]) -> Iterator[Mutant]:
    """Every alteration of the expressions of a requirement that is an expression again.

    `fields` are those that may take the place of others.
    """
    around = Surroundings(scope, fields)
    for attribute in PARTS:
        text = getattr(requirement.check, attribute, "")
        if not text:
            continue
        if attribute in _DROPPABLE:
            yield _mutant(requirement, attribute, "condition-dropped", (text, NOTHING), "")
        for swap in swaps(parse(text, scope), around):
            whole = written(swap.whole)
            if _reads(whole, scope):
                yield _mutant(requirement, attribute, swap.kind, _told(swap), whole)


def _told(swap: Swap) -> tuple[str, str]:
    return written(swap.before), NOTHING if swap.after is None else written(swap.after)


def _mutant(requirement: Requirement, attribute: str, kind: str, told: tuple[str, str], text: str) -> Mutant:
    change: dict[str, Any] = {attribute: text}
    check = replace(requirement.check, **change)
    return Mutant(PARTS[attribute], kind, *told, replace(requirement, check=check))


def _reads(text: str, scope: Scope) -> bool:
    """Whether an altered expression is one that a standard could contain."""
    try:
        parse(text, scope)
    except StandardError:
        return False
    return True

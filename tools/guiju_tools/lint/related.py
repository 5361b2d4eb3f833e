"""Values that rows take from their partners: each is used, and can come out either way."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.rule import related_of as related_names
from guiju_tools.lint.expressions import expressions_of, related_of, trees_of
from guiju_tools.lint.finding import Notice, error
from guiju_tools.lint.view import Item, View


def lint_related(view: View, item: Item) -> Iterator[Notice]:
    """Related values that no expression of their check uses."""
    check = item.model.check
    related = related_of(check)
    trees = list(trees_of(view, check))
    if not related or len(trees) < len(expressions_of(check)):  # an expression is broken: told elsewhere
        return
    used = frozenset[str]().union(*(related_names(node) for _, node in trees))
    for one in related:
        if one.name not in used:
            yield error(
                "GJ-S153",
                f"related 的 {one.name} 没有用在任何表达式中",
                item.place("check", "related", one.name),
                hint="请用在 when、decidable、assert 或分子、分母中，或者删去",
            )

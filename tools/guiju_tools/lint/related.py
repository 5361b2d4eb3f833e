"""Values that rows take from their partners: each is used, is told apart, and can come out either way."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.rule import Node, children
from guiju.rule import related_of as related_names
from guiju.rule.tree import IsNull, RelatedRef
from guiju_tools.lint.expressions import Expression, expressions_of, related_of, trees_of
from guiju_tools.lint.finding import Notice, error
from guiju_tools.lint.view import Item, View


def lint_related(view: View, item: Item) -> Iterator[Notice]:
    """Every rule on the related values of one requirement's check."""
    check = item.model.check
    trees = list(trees_of(view, check))
    if not related_of(check) or len(trees) < len(expressions_of(check)):  # a broken one is told elsewhere
        return
    yield from _unused(item, trees)
    yield from _counted(item, trees)
    yield from _titles(view, item)


def _unused(item: Item, trees: list[tuple[Expression, Node]]) -> Iterator[Notice]:
    used = frozenset[str]().union(*(related_names(node) for _, node in trees))
    for one in related_of(item.model.check):
        if one.name not in used:
            yield error(
                "GJ-S153",
                f"related 的 {one.name} 没有用在任何表达式中",
                item.place("check", "related", one.name),
                hint="请用在 when、decidable、assert 或分子、分母中，或者删去",
            )


def _counted(item: Item, trees: list[tuple[Expression, Node]]) -> Iterator[Notice]:
    """A count is never none: where there is no partner it is 0."""
    counts = {one.name for one in related_of(item.model.check) if one.value == "count"}
    for expression, node in trees:
        for name in sorted(_asked_for_none(node) & counts):
            yield error(
                "GJ-S155",
                f"{name} 是条数，没有对应的记录时是0，不会没有值",
                item.place("check", expression.key),
                hint=f"请把 is null 写成 {name} = 0，把 is not null 写成 {name} > 0",
            )


def _asked_for_none(node: Node) -> frozenset[str]:
    """The related values of which an expression asks whether they have a value."""
    names = frozenset[str]()
    if isinstance(node, IsNull) and isinstance(node.operand, RelatedRef):
        names = frozenset({node.operand.name})
    return names.union(*(_asked_for_none(child) for child in children(node)))


def _titles(view: View, item: Item) -> Iterator[Notice]:
    """In a report a value is known by its title alone."""
    check = item.model.check
    dataset = view.dataset(getattr(check, "dataset", ""))
    taken = (
        {} if dataset is None else {field.title: f"数据元 {name}" for name, field in dataset.fields.items()}
    )
    for one in related_of(check):
        if one.title in taken:
            yield error(
                "GJ-S169",
                f"related 的 {one.name} 与{taken[one.title]}都叫“{one.title}”，在报告中分不开",
                item.place("check", "related", one.name),
                hint="请换一个 title，写明是哪里的",
            )
        elif one.title:
            taken[one.title] = f" {one.name} "

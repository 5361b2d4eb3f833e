"""Checks of requirements: everything they name exists, is of the right kind, and tightens as declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guiju.errors import StandardError
from guiju.rule import parse
from guiju.rule.kinds import alike, kind_of_field
from guiju.standard.checks import (
    CoverageCheck,
    IndicatorCheck,
    MatchCheck,
    ReferenceCheck,
    SchemaCheck,
    SequenceCheck,
)
from guiju_tools.lint.expressions import (
    datasets_of,
    expressions_of,
    has_aspect,
    named_fields,
    parse_in,
    partner_conditions,
    related_of,
    scope_of,
)
from guiju_tools.lint.figures import lint_figures
from guiju_tools.lint.finding import Notice, error, of_fault
from guiju_tools.lint.parameters import lint_parameters, lint_parameters_of
from guiju_tools.lint.related import lint_related
from guiju_tools.lint.targets import lint_baselines, lint_target
from guiju_tools.lint.view import Item, View

_STAMPS = ("date", "date-time")
_ASPECTS = {"presence": "没有列入 required", "form": "没有长度、格式等约束", "code": "没有代码表或取值"}


def lint_checks(view: View) -> Iterator[Notice]:
    """Every rule on the checks of a standard's requirements and on its parameters."""
    for item in view.items:
        yield from lint_check(view, item)
    yield from lint_parameters(view)
    yield from lint_baselines(view)


def lint_check(view: View, item: Item) -> Iterator[Notice]:
    """Every rule on one requirement's check."""
    missing = list(_names(view, item))
    yield from missing
    if not missing or not related_of(item.model.check):
        yield from _expressions(view, item)
    if not missing:
        yield from lint_related(view, item)
        yield from _alike(view, item)
        yield from _aspects(view, item)
        yield from _stamps(view, item)
    yield from lint_target(view, item)
    yield from lint_parameters_of(view, item)
    yield from lint_figures(view, item)


def _names(view: View, item: Item) -> Iterator[Notice]:
    for name, key in datasets_of(item.model.check):
        if view.dataset(name) is None and name not in view.broken:
            values = [one.name for one in related_of(item.model.check) if one.dataset == name]
            place = item.place("check", key, *(values[:1] if key == "related" else []))
            yield error("GJ-S372", f"没有数据集 {name}", place, hint=f"现有：{'、'.join(view.every) or '无'}")
    for used in dict.fromkeys(named_fields(view, item.model.check)):
        dataset = view.dataset(used.dataset)
        if dataset is not None and used.field not in dataset.fields:
            yield error(
                "GJ-S373",
                f"{dataset.title}没有数据元 {used.field}",
                item.place("check", *used.at),
                hint="请改正，或在数据集中补上",
            )


def _expressions(view: View, item: Item) -> Iterator[Notice]:
    check = item.model.check
    if view.standard is None or not hasattr(check, "dataset"):  # without it no parameter is known
        return
    broken = list(_conditions(view, item))
    yield from broken
    if broken:  # what cannot be read gives no names either
        return
    try:
        scope = scope_of(view, check, item)
    except StandardError as fault:
        yield from of_fault(fault)
        return
    if scope is None:
        return
    for expression in expressions_of(check):
        place = item.place("check", expression.key)
        try:
            parse(expression.text, replace(scope, place=place))
        except StandardError as fault:
            yield from of_fault(fault)


def _conditions(view: View, item: Item) -> Iterator[Notice]:
    """The conditions on rows of other datasets, each in the words of its own dataset."""
    for condition in partner_conditions(item.model.check):
        dataset = view.dataset(condition.dataset)
        if dataset is None:
            continue
        try:
            parse_in(view, dataset, condition.text, item.place("check", *condition.at))
        except StandardError as fault:
            yield from of_fault(fault)


def _pairs(item: Item) -> Iterator[tuple[str, str, str, str, str]]:
    """Fields that are held against each other: dataset, field, other dataset and field, key of the check."""
    check = item.model.check
    match check:
        case ReferenceCheck():
            for here, there in zip(check.fields, check.to_fields, strict=False):
                yield check.dataset, here, check.to, there, "to"
        case MatchCheck():
            for here, there in check.on.items():
                yield check.dataset, here, check.to, there, "on"
            for one in check.compare:
                if one.how != "shown":
                    yield check.dataset, one.field, check.to, one.to, "compare"
        case CoverageCheck():
            yield from _coverage_pairs(check)


def _coverage_pairs(check: CoverageCheck) -> Iterator[tuple[str, str, str, str, str]]:
    for here, there in zip(check.fields, check.by_fields, strict=False):
        yield check.dataset, here, check.by, there, "by"
    if check.exceptions is not None:
        for here, there in zip(check.fields, check.exceptions.fields, strict=False):
            yield check.dataset, here, check.exceptions.dataset, there, "except"


def _alike(view: View, item: Item) -> Iterator[Notice]:
    check = item.model.check
    counts: list[tuple[int, str]] = []
    if isinstance(check, ReferenceCheck):
        counts = [(len(check.to_fields), "to")]
    elif isinstance(check, CoverageCheck):
        listed = [] if check.exceptions is None else [(len(check.exceptions.fields), "except")]
        counts = [(len(check.by_fields), "by"), *listed]
    for count, key in counts:
        if count != len(getattr(check, "fields", ())):
            yield error("GJ-S374", "两边的数据元个数不同", item.place("check", key), hint="请一一对应")
    for dataset, here, other, there, key in _pairs(item):
        yield from _same_kind(view, item, (dataset, here), (other, there), key)
    if isinstance(check, MatchCheck):
        yield from _textual(view, item, check)


def _same_kind(
    view: View, item: Item, here: tuple[str, str], there: tuple[str, str], key: str
) -> Iterator[Notice]:
    one, other = view.dataset(here[0]), view.dataset(there[0])
    if one is None or other is None:
        return
    left, right = one.fields[here[1]], other.fields[there[1]]
    if not alike(kind_of_field(left), kind_of_field(right)):
        yield error(
            "GJ-S374",
            f"{one.title}的{left.title}与{other.title}的{right.title}类型不同，不能比较",
            item.place("check", key),
            hint="请使两边类型相同",
        )


def _textual(view: View, item: Item, check: MatchCheck) -> Iterator[Notice]:
    dataset = view.dataset(check.dataset)
    for one in check.compare:
        if (
            dataset is not None
            and one.how in ("name", "cited")
            and dataset.fields[one.field].type != "string"
        ):
            yield error(
                "GJ-S374",
                f"{dataset.fields[one.field].title}不是文字，不能按 {one.how} 比较",
                item.place("check", "compare"),
                hint="请用 same 或 shown",
            )


def _aspects(view: View, item: Item) -> Iterator[Notice]:
    check = item.model.check
    if not isinstance(check, SchemaCheck):
        return
    dataset = view.dataset(check.dataset)
    if dataset is None:
        return
    place = item.place("check", "fields" if check.fields else "aspect")
    idle = [
        dataset.fields[name].title
        for name in check.fields
        if not has_aspect(dataset.fields[name], check.aspect)
    ]
    if idle:
        yield error(
            "GJ-S375",
            f"{'、'.join(idle)}{_ASPECTS[check.aspect]}，这一项核验永远不会不符合",
            place,
            hint="请在数据集中写上，或从 fields 中去掉",
        )
    if not check.fields and not any(has_aspect(field, check.aspect) for field in dataset.fields.values()):
        yield error(
            "GJ-S375",
            f"{dataset.title}的数据元都{_ASPECTS[check.aspect]}",
            place,
            hint="请改 aspect，或在数据集中写上",
        )


def _stamps(view: View, item: Item) -> Iterator[Notice]:
    check = item.model.check
    keys = {"stages", "period", "window"} if isinstance(check, SequenceCheck | IndicatorCheck) else set()
    for used in named_fields(view, check):
        dataset = view.dataset(used.dataset)
        if used.key in keys and dataset is not None and dataset.fields[used.field].type not in _STAMPS:
            yield error(
                "GJ-S376",
                f"{dataset.fields[used.field].title}不是日期或时间",
                item.place("check", used.key),
                hint="这里要用 format 为 date 或 date-time 的数据元",
            )

"""Parameters: declared as their kind demands; tightening a directed one tightens every check that uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.rule import Node, parameters_of, sense
from guiju.standard.checks import IndicatorCheck
from guiju.standard.model import Parameter
from guiju_tools.lint.expressions import (
    Expression,
    expressions_of,
    partner_conditions,
    partner_trees,
    trees_of,
)
from guiju_tools.lint.figures import well_formed
from guiju_tools.lint.finding import Notice, error, notice
from guiju_tools.lint.view import Item, View

_SENSE_OF_OPERATOR = {">=": "higher", ">": "higher", "<=": "lower", "<": "lower"}
_OPPOSITE = {"higher": "lower", "lower": "higher"}


def lint_parameters_of(view: View, item: Item) -> Iterator[Notice]:
    """The parameters of one requirement's check exist and stand where their kind allows."""
    yield from _threshold(view, item)
    yield from _senses(view, item)


def _threshold(view: View, item: Item) -> Iterator[Notice]:
    check = item.model.check
    if not isinstance(check, IndicatorCheck) or not check.threshold.startswith(":") or view.standard is None:
        return
    place = item.place("check", "threshold")
    parameter = view.parameters.get(check.threshold[1:])
    if parameter is None:
        yield error(
            "GJ-S377",
            f"没有参数 {check.threshold[1:]}",
            place,
            hint="请在 standard.yaml 的 parameters 中补上",
        )
    elif parameter.type == "text":
        yield error("GJ-S377", f"参数 {parameter.id} 是文字，不能作界限", place, hint="请改类型为 number")


def _senses(view: View, item: Item) -> Iterator[Notice]:
    """Tightening a directed parameter tightens: it stands in what is asserted, and in the declared sense."""
    check = item.model.check
    for expression, node in trees_of(view, check):
        for name in sorted(parameters_of(node)):
            parameter = view.parameters[name]
            if parameter.kind == "directed":
                yield from _sense(item, expression, node, parameter)
    for condition, node in partner_trees(view, check):
        for name in sorted(parameters_of(node)):
            if view.parameters[name].kind == "directed":
                told = Expression(condition.at[0], "", "condition")
                yield from _sense(item, told, node, view.parameters[name])
    if isinstance(check, IndicatorCheck) and check.threshold.startswith(":"):
        parameter_ = view.parameters.get(check.threshold[1:])
        if parameter_ is not None and parameter_.kind == "directed":
            found = _SENSE_OF_OPERATOR.get(check.operator)
            yield from _declared(item, parameter_, found, "threshold")


def _sense(item: Item, expression: Expression, node: Node, parameter: Parameter) -> Iterator[Notice]:
    if expression.role == "condition":
        place = item.place("check", expression.key)
        yield error(
            "GJ-S378",
            f"有方向的参数 {parameter.id} 用在了适用条件中，收紧它未必收紧要求",
            place,
            hint="只能用在 assert、numerator 或 threshold 中；确须如此请改为 fixed",
        )
        return
    found: str | None = sense(node, parameter.id)
    check = item.model.check
    if isinstance(check, IndicatorCheck) and found is not None:
        wanted = _SENSE_OF_OPERATOR.get(check.operator)
        found = None if wanted is None else found if wanted == "higher" else _OPPOSITE[found]
    yield from _declared(item, parameter, found, expression.key)


def _declared(item: Item, parameter: Parameter, found: str | None, key: str) -> Iterator[Notice]:
    place = item.place("check", key)
    if found is None:
        yield error(
            "GJ-S378",
            f"看不出参数 {parameter.id} 往哪边是收紧",
            place,
            hint="参数只能单独站在一个比较的一边，方向处处相同",
        )
    elif parameter.tighter is not None and found != parameter.tighter:
        words = {"lower": "变小", "higher": "变大"}
        yield error(
            "GJ-S379",
            f"参数 {parameter.id} 声明为{words[parameter.tighter]}是收紧，这里却是{words[found]}",
            place,
            hint="请改正 tighter，或改正比较的方向",
        )


def _named(item: Item) -> list[str]:
    """Parameters that a check names, also in expressions that cannot be read."""
    check = item.model.check
    texts = [expression.text for expression in expressions_of(check)]
    texts += [one.text for one in partner_conditions(check)]
    if isinstance(check, IndicatorCheck):
        texts.append(check.threshold)
    return [name for text in texts for name in re.findall(r":([a-z][a-z0-9_]*)", text)]


def lint_parameters(view: View) -> Iterator[Notice]:
    """Parameters are declared as their kind demands, and something uses them."""
    if view.standard is None:
        return
    used = {name for item in view.items for name in _named(item)}
    for name, parameter in view.parameters.items():
        place = view.standard.place("parameters", name)
        if (parameter.kind == "directed") != (parameter.tighter is not None):
            message = (
                f"参数 {name}（{parameter.title}）{'没有' if parameter.tighter is None else '不该有'} tighter"
            )
            yield error("GJ-S380", message, place, hint="directed 的参数写 tighter，其他的不写")
        if (parameter.kind == "profile-sets") != (parameter.value is None):
            message = (
                f"参数 {name}（{parameter.title}）{'没有' if parameter.value is None else '不该有'} value"
            )
            yield error(
                "GJ-S380", message, place, hint="profile-sets 的参数由地方设定，不写 value；其他的要写"
            )
        elif parameter.value is not None and not well_formed(parameter, parameter.value):
            yield error(
                "GJ-S380",
                f"参数 {name} 的值“{parameter.value}”不是 {parameter.type}",
                place,
                hint="请改正 value 或 type",
            )
        if name not in used and view.complete and not view.broken:
            yield notice(
                "GJ-S381",
                f"参数 {name}（{parameter.title}）没有要求用到",
                place,
                hint="请删去，或在核验项中使用",
            )

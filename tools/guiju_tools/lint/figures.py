"""Numbers in words and numbers in parameters: where they carry the same unit, they are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from guiju.standard.checks import IndicatorCheck
from guiju.standard.model import Parameter
from guiju_tools.lint.expressions import parameters_used
from guiju_tools.lint.finding import Notice, error
from guiju_tools.lint.view import Item, View

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def well_formed(parameter: Parameter, value: str) -> bool:
    """Whether a text is a value of the parameter's type."""
    if parameter.type == "text":
        return True
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and (parameter.type == "number" or value.lstrip("-").isdigit())


def figures(text: str, parameter: Parameter) -> list[str]:
    """The numbers of a text that carry the parameter's unit (for shares: per cent, given back as shares)."""
    if parameter.unit in ("%", "％", "") and parameter.type == "number":
        found = re.findall(r"([0-9]+(?:\.[0-9]+)?)\s?[%％]", text)
        return found if parameter.unit else [_plain(Decimal(number) / 100) for number in found]
    if not parameter.unit:
        return []
    return re.findall(rf"([0-9]+(?:\.[0-9]+)?)\s?个?{re.escape(parameter.unit)}", text)


def shared_figures(view: View, item: Item) -> Iterator[tuple[Parameter, frozenset[str]]]:
    """The numeric parameters a requirement uses, each with the values its unit may take in its words."""
    check = item.model.check
    used = [view.parameters[name] for name in sorted(parameters_used(view, check)) if name in view.parameters]
    if isinstance(check, IndicatorCheck) and not check.threshold.startswith(":"):
        used.append(Parameter("threshold", "界限", "number", "fixed", check.threshold))
    numeric = [
        one for one in used if one.type != "text" and one.value is not None and well_formed(one, one.value)
    ]
    for one in numeric:
        values = (other.value for other in numeric if (other.unit, other.type) == (one.unit, one.type))
        yield one, frozenset(_plain(Decimal(value)) for value in values if value is not None)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def strange_figures(view: View, item: Item, text: str, also: frozenset[str] = frozenset()) -> Iterator[str]:
    """What a text says in another number than the parameters do, in words; `also` are values set there."""
    beside = {_plain(Decimal(value)) for value in also if _NUMBER.fullmatch(value)}
    for parameter, values in shared_figures(view, item):
        for number in figures(text, parameter):
            if _plain(Decimal(number)) not in values | beside:
                yield f"文字中的 {number} 与参数 {parameter.id} 的值 {parameter.value} 不同"


def lint_figures(view: View, item: Item) -> Iterator[Notice]:
    """The requirement's text says the same numbers as its parameters."""
    for message in dict.fromkeys(strange_figures(view, item, item.model.text)):
        yield error("GJ-S382", message, item.place("text"), hint="请使文字与参数一致")

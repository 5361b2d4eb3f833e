"""What an expression may name, and what it is evaluated with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from guiju.errors import Place, StandardError
from guiju.rule.calendar import Calendar
from guiju.rule.kinds import Kind
from guiju.rule.tree import Node, ParameterRef
from guiju.standard.fields import Codelist, Field
from guiju.standard.model import Parameter

_NUMERIC = {
    Kind.INTEGER: re.compile(r"-?[0-9]{1,18}"),
    Kind.DECIMAL: re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,6})?"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """The fields of one dataset, the parameters and code lists of the standard, and where the text stands.

    `related` are those among the fields that a record takes from its partners in other datasets. `known`
    keeps the trees of the texts that were read in this scope.
    """

    fields: Mapping[str, Field]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    codelists: Mapping[str, Codelist] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    known: dict[str, Node] = field(default_factory=dict, compare=False, repr=False)
    related: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Env:
    """What is fixed during a run.

    Parameter values as texts (an unset one is missing), the calendar of working days, and the day as of which
    the data are judged.
    """

    parameters: Mapping[str, str] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)
    as_of: dt.date | None = None


def parameter_value(node: ParameterRef, env: Env) -> str | int | Decimal | None:
    """The value of a parameter; None when it is not set.

    Raises:
        StandardError: GJ-S220 when its text is not of its type.
    """
    text = env.parameters.get(node.name)
    if text is None or node.kind is Kind.TEXT:
        return text
    if not _NUMERIC[node.kind].fullmatch(text):
        raise StandardError(
            "GJ-S220",
            f"参数 {node.name} 的取值“{text}”不是{node.kind.value}",
            hint="请用半角数字书写，整数部分至多18位，小数至多6位",
        )
    return int(text) if node.kind is Kind.INTEGER else Decimal(text)

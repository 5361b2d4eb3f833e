"""The kinds of value an expression can have, and the kinds of fields and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from guiju.standard.fields import Field
from guiju.standard.model import Parameter


class Kind(Enum):
    """What a value is; the value of a member is its name in messages."""

    TEXT = "文字"
    INTEGER = "整数"
    DECIMAL = "小数"
    BOOLEAN = "是或否"
    DATE = "日期"
    STAMP = "时间"
    SET = "多项取值"


NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})
ORDERED = NUMBERS | {Kind.DATE, Kind.STAMP}

_OF_FIELD: Mapping[str, Kind] = {
    "string": Kind.TEXT,
    "integer": Kind.INTEGER,
    "number": Kind.DECIMAL,
    "boolean": Kind.BOOLEAN,
    "date": Kind.DATE,
    "date-time": Kind.STAMP,
    "set": Kind.SET,
}
_OF_PARAMETER: Mapping[str, Kind] = {"integer": Kind.INTEGER, "number": Kind.DECIMAL, "text": Kind.TEXT}


def kind_of_field(item: Field) -> Kind:
    """The kind of a field's values."""
    return _OF_FIELD[item.type]


def kind_of_parameter(item: Parameter) -> Kind:
    """The kind of a parameter's value."""
    return _OF_PARAMETER[item.type]


def alike(left: Kind, right: Kind) -> bool:
    """Whether two values can be compared: the same kind, or both numbers."""
    return left is right or (left in NUMBERS and right in NUMBERS)

"""Facts of one field in two readings: SQL over the view, and Python over the canonical record.

The Python reading is the plain meaning of the published record schema; the SQL is compiled from the same
field and held equal by a property test against the `jsonschema` library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guiju.engine.plan import Record, any_of
from guiju.engine.reading_sql import bare, fits_sql
from guiju.export import identifier, literal
from guiju.standard.fields import Code, Codelist, Field
from guiju.standard.formats import is_date, is_stamp

Test = Callable[[Record], bool]
CODES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Fact:
    """One aspect of one field: `broken` in SQL (never NULL) and in Python, and what is expected, in words."""

    field: Field
    broken: str
    breaks: Test
    expected: str


def column(field: Field, suffix: str = "") -> str:
    """The view's column of a field: "" typed value, "__t" present text, "__p" delivered at all."""
    if suffix == "" and field.type == "date-time":
        suffix = "__lo"
    return identifier(field.name + suffix)


def presence(field: Field) -> Fact:
    """The field is filled in; a declared null word counts where the schema says so."""
    broken = f"NOT {column(field, '__p')}"
    return Fact(field, broken, lambda record: field.name not in record, "应填写")


def form(field: Field, fits: str = "") -> Fact:
    """A present value has the declared type, pattern, length and range; `fits` is SQL for the pattern."""
    text, value = column(field, "__t"), column(field)
    tests = [f"{text} IS NOT NULL AND {value} IS NULL"]
    if field.pattern is not None:
        tests.append(f"NOT {fits or fits_sql(field)}")
    if field.min_length is not None:
        tests.append(f"length({text}) < {field.min_length}")
    if field.max_length is not None:
        tests.append(f"length({text}) > {field.max_length}")
    if field.minimum is not None:
        tests.append(f"{value} < {field.minimum}")
    if field.maximum is not None:
        tests.append(f"{value} > {field.maximum}")
    broken = f"coalesce({any_of(*tests)}, FALSE)"
    return Fact(field, broken, lambda record: malformed(field, record.get(field.name)), form_words(field))


def code(field: Field, codelist: Codelist | None, as_of: str | None) -> Fact:
    """A present value is one of the codes in force, or of the enumerated values.

    Codes are in force on the run's day, or on the day that the record gives in the field `x-as-of`.
    """
    if codelist is not None and field.as_of is not None:
        return dated_code(field, codelist, field.as_of)
    codes = field.enum if codelist is None else tuple(sorted(codelist.valid(as_of)))
    allowed = frozenset(codes)
    listed = ", ".join(literal(item) for item in codes) or "NULL"
    name = column(field)
    if field.type == "set":
        broken = f"coalesce(len(list_filter({name}, lambda x: x NOT IN ({listed}))) > 0, FALSE)"
    else:
        broken = f"coalesce({name} NOT IN ({listed}), FALSE)"
    return Fact(
        field,
        broken,
        lambda record: any(item not in allowed for item in _members(field, record.get(field.name))),
        f"取值应在：{_shown(codes)}",
    )


def dated_code(field: Field, codelist: Codelist, day: str) -> Fact:
    """A present value is a code in force on the record's own day; without a day, any code of the list."""
    names = identifier("x") if field.type == "set" else column(field)
    tests = " OR ".join(_in_force_sql(item, names, identifier(day)) for item in codelist.codes) or "FALSE"
    name = column(field)
    if field.type == "set":
        broken = f"coalesce(len(list_filter({name}, lambda x: NOT ({tests}))) > 0, FALSE)"
    else:
        broken = f"coalesce({name} IS NOT NULL AND NOT ({tests}), FALSE)"

    def breaks(record: Record) -> bool:
        given = record.get(day)
        allowed = codelist.valid(given if isinstance(given, str) and is_date(given) else None)
        return any(item not in allowed for item in _members(field, record.get(field.name)))

    listed = _shown(tuple(sorted(codelist.valid())))
    return Fact(field, broken, breaks, f"取值应在当日有效的代码之内：{listed}")


def _in_force_sql(item: Code, name: str, day: str) -> str:
    test = f"{name} = {literal(item.code)}"
    if item.valid_from:
        test += f" AND coalesce({day} >= DATE {literal(item.valid_from)}, TRUE)"
    if item.valid_to:
        test += f" AND coalesce({day} <= DATE {literal(item.valid_to)}, TRUE)"
    return f"({test})"


def _members(field: Field, value: Any) -> list[Any]:
    if field.type == "set":
        return value if isinstance(value, list) else []
    return [] if value is None else [value]


def _shown(codes: tuple[str, ...]) -> str:
    return "、".join(codes[:CODES_SHOWN]) + ("…" if len(codes) > CODES_SHOWN else "")


def malformed(field: Field, value: Any) -> bool:
    """Whether a present canonical value breaks type, pattern, length or range."""
    if value is None:
        return False
    return not readable(field, value) or _breaks_text(field, value) or _breaks_range(field, value)


def readable(field: Field, value: Any) -> bool:
    """Whether a present canonical value has the field's type."""
    return _TYPES[field.type](value)


def _breaks_text(field: Field, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    if field.pattern is not None and not re.fullmatch(bare(field.pattern), value):
        return True
    short = field.min_length is not None and len(value) < field.min_length
    return short or (field.max_length is not None and len(value) > field.max_length)


def _breaks_range(field: Field, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    low = field.minimum is not None and value < Decimal(field.minimum)
    return low or (field.maximum is not None and value > Decimal(field.maximum))


_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | Decimal) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, str) and is_date(value),
    "date-time": lambda value: isinstance(value, str) and is_stamp(value),
    "set": lambda value: isinstance(value, list),
}
_TYPE_WORDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数（至多六位小数）",
    "boolean": "是或否",
    "date": "日期",
    "date-time": "日期和时间",
    "set": "多项取值",
}


def form_words(field: Field) -> str:
    """What a well-formed value looks like, in words."""
    parts = [f"应为{_TYPE_WORDS[field.type]}"]
    if field.pattern is not None:
        parts.append(f"写法 {field.pattern}")
    if field.min_length is not None:
        parts.append(f"至少{field.min_length}字")
    if field.max_length is not None:
        parts.append(f"至多{field.max_length}字")
    if field.minimum is not None:
        parts.append(f"不小于{field.minimum}")
    if field.maximum is not None:
        parts.append(f"不大于{field.maximum}")
    return "，".join(parts)


def has_form(field: Field) -> bool:
    """Whether the schema says anything about the form of a field."""
    limits = (field.pattern, field.min_length, field.max_length, field.minimum, field.maximum)
    return field.type != "string" or any(limit is not None for limit in limits)


def has_code(field: Field) -> bool:
    """Whether the schema lists the values of a field."""
    return bool(field.enum or field.codelist)

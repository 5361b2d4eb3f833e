"""Facts of one field in two readings: SQL over the view, and Python over the canonical record.

The Python reading is the plain meaning of the published record schema; the SQL is compiled from the same
field and held equal by a property test against the `jsonschema` library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guiju.engine.plan import Record, any_of
from guiju.engine.session import quoted
from guiju.export import identifier
from guiju.standard.fields import Codelist, Field

Test = Callable[[Record], bool]


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


def form(field: Field) -> Fact:
    """A present value has the declared type, pattern, length and range."""
    text, value = column(field, "__t"), column(field)
    tests = [f"{text} IS NOT NULL AND {value} IS NULL"]
    if field.pattern is not None:
        tests.append(f"NOT regexp_full_match({text}, {quoted(bare(field.pattern))})")
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
    """A present value is one of the codes in force, or of the enumerated values."""
    codes = field.enum if codelist is None else tuple(sorted(codelist.valid(as_of)))
    allowed = frozenset(codes)
    listed = ", ".join(quoted(item) for item in codes) or "NULL"
    name = column(field)
    if field.type == "set":
        broken = f"coalesce(len(list_filter({name}, lambda x: x NOT IN ({listed}))) > 0, FALSE)"
    else:
        broken = f"coalesce({name} NOT IN ({listed}), FALSE)"

    def breaks(record: Record) -> bool:
        value = record.get(field.name)
        if value is None:
            return False
        members = value if isinstance(value, list) else [value]
        return any(item not in allowed for item in members)

    shown = "、".join(codes[:12]) + ("…" if len(codes) > 12 else "")
    return Fact(field, broken, breaks, f"取值应在：{shown}")


def bare(pattern: str) -> str:
    """A schema pattern without its anchors: `^…$` means the whole value."""
    return pattern.removeprefix("^").removesuffix("$")


def malformed(field: Field, value: Any) -> bool:
    """Whether a present canonical value breaks type, pattern, length or range."""
    if value is None:
        return False
    return not _TYPES[field.type](value) or _breaks_text(field, value) or _breaks_range(field, value)


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


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_stamp(value: Any) -> bool:
    if _is_date(value):
        return True
    try:
        return isinstance(value, str) and "T" in value and datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False


_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | Decimal) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "date": _is_date,
    "date-time": _is_stamp,
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
    return field.type not in ("string", "set") or any(limit is not None for limit in limits)


def has_code(field: Field) -> bool:
    """Whether the schema lists the values of a field."""
    return bool(field.enum or field.codelist)

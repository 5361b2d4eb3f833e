"""SQL text from data: the only place of this package where names and values become part of a statement."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

DECIMAL = "DECIMAL(38,6)"
"""The type of every decimal result: 32 digits before the point, six after it."""


def quote(name: str) -> str:
    """An identifier as DuckDB reads it, whatever characters the name holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text literal as DuckDB reads it; backslashes have no meaning there."""
    return "'" + text.replace("'", "''") + "'"


def constant(value: str | int | Decimal | bool | dt.date) -> str:
    """A value as a DuckDB constant of the right type."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return f"CAST({value} AS BIGINT)"
        case Decimal():
            return f"CAST({value:f} AS {DECIMAL})"
        case dt.date():
            return f"DATE '{value.isoformat()}'"
        case str():
            return literal(value)

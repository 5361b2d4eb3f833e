"""What comes first in dates that end with the year: told by the whole column, or not at all."""

from __future__ import annotations

from guiju.export.sql_text import literal
from guiju.export.values import forms
from guiju.export.values.forms import Order

_LATEST_MONTH = 12
_HEAD = f"^{forms.LAST_HEAD}"


def year_last_sql(raw: str) -> str:
    """That a delivered text begins with a date that ends with the year."""
    return f"regexp_matches({raw}, {literal(f'^(?:{forms.YEAR_LAST})(?:[^0-9]|$)')})"


def order_counts_sql(raw: str) -> tuple[str, str]:
    """How many such texts can only be day first, and how many only month first, as two aggregates."""
    first, second = (
        f"TRY_CAST(regexp_extract({raw}, {literal(_HEAD)}, {group}) AS INTEGER)" for group in (1, 2)
    )
    dated = year_last_sql(raw)
    return (
        f"count_if({dated} AND {first} > {_LATEST_MONTH} AND {second} <= {_LATEST_MONTH})",
        f"count_if({dated} AND {second} > {_LATEST_MONTH} AND {first} <= {_LATEST_MONTH})",
    )


def order_of(day_first: int, month_first: int) -> Order:
    """The order of a column, by how many of its texts can only be one or the other; empty where that is open.

    Texts that contradict each other decide nothing.
    """
    if day_first and month_first:
        return ""
    return "day-first" if day_first else "month-first" if month_first else ""

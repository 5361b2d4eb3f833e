"""Invented values to show in templates: the first that the sample data have in each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from guiju.content import Pack
from guiju.engine.session import Limits
from guiju.errors import StandardError
from guiju.standard.model import Standard
from guiju_tools.sample.make import connected
from guiju_tools.sample.plan import Plan
from guiju_tools.sample.rows import all_rows, rows_sql
from guiju_tools.sample.world import world_of

_ROWS = 12
"""So many sample rows are looked at: optional columns are often blank in the first."""
_LONGEST = 60


def examples_of(standard: Standard, packs: Sequence[Pack]) -> dict[str, Mapping[str, str]]:
    """Values by dataset and field.

    A standard whose sample hints do not hold together is told without examples: `guiju sample` says why.
    """
    found: dict[str, Mapping[str, str]] = {name: {} for name in standard.datasets}
    with suppress(StandardError), connected(Limits()) as con:
        plan = world_of([standard], packs).plan(_ROWS, seed=1)
        for name in standard.datasets:
            rows = con.execute(_some_rows(plan, name))
            columns = [column[0] for column in rows.description or ()]
            found[name] = _first_values(columns, rows.fetchall())
    return found


def _some_rows(plan: Plan, dataset: str) -> str:
    return f"SELECT * FROM ({rows_sql(plan, dataset, all_rows(plan.rows[dataset]))}) LIMIT {_ROWS}"


def _first_values(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            text = "" if value is None else str(value)
            if text and column not in found:
                found[column] = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return found

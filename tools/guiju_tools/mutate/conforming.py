"""Tables that should conform to a standard, made by the generator of sample data."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.content import Pack
from guiju.engine.session import Limits
from guiju.standard.model import Standard
from guiju_tools.mutate.states import Tables
from guiju_tools.sample.make import connected
from guiju_tools.sample.rows import all_rows, delivered, rows_sql
from guiju_tools.sample.world import world_of


def conforming_tables(standard: Standard, packs: Sequence[Pack], rows: int, seed: int) -> Tables:
    """About `rows` rows of the main dataset and what belongs to them; the same seed gives the same tables.

    Raises:
        StandardError: GJ-S131 to GJ-S137 hints that do not hold together.
    """
    plan = world_of([standard], packs).plan(rows, seed)
    tables = {}
    with connected(Limits(threads=1)) as connection:
        for name, dataset in standard.datasets.items():
            fields = [item.name for item in delivered(dataset)]
            query = rows_sql(plan, name, all_rows(plan.rows[name]))
            found = connection.execute(f'SELECT * FROM ({query}) ORDER BY "row"').fetchall()
            tables[name] = [dict(zip(fields, row[1:], strict=True)) for row in found]
    return tables

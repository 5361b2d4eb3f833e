"""Rows that a run speaks of, taken out of a large table in one pass instead of one pass a requirement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from guiju.engine.tables import DatasetTable
from guiju.engine.views import Computed
from guiju.export import identifier

MOST = 200_000
"""Of more rows than that only the numbers are kept."""


@dataclass(frozen=True, slots=True)
class Picked:
    """Rows to tell, and rows among which all undecided ones are.

    `texts` names a table that stands for the raw one, with fewer rows; `opened` one of the numbers of rows
    that were gathered as undecided but are too many to be among the `texts`. Empty where there is none.
    """

    texts: str = ""
    opened: str = ""


NOTHING_PICKED = Picked()


def pick(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, told: Iterable[int], gathered: Sequence[int]
) -> Picked:
    """Take the rows out of a large table; a small one is asked again as it is."""
    if isinstance(table.values, Computed):
        return NOTHING_PICKED
    wanted, opened = sorted({*told}), ""
    if len(gathered) > MOST:
        opened = f"opened_{table.dataset.id}"
        _numbers(connection, opened, gathered)
    else:
        wanted = sorted({*wanted, *gathered})
    if not wanted:
        return Picked("", opened)
    texts, numbers = f"picked_{table.dataset.id}", f"numbers_{table.dataset.id}"
    _numbers(connection, numbers, wanted)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {identifier(texts)} AS SELECT * FROM {identifier(table.raw)} "
        f'WHERE "_rid" IN (SELECT "_rid" FROM {identifier(numbers)})'
    )
    return Picked(texts, opened)


def _numbers(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[int]) -> None:
    connection.execute(
        f'CREATE OR REPLACE TEMP TABLE {identifier(name)} AS SELECT unnest(?) AS "_rid"', [list(rows)]
    )

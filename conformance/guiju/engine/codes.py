"""How the values of coded fields were understood, counted once per dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from guiju.engine.fold import braked
from guiju.engine.kinds.facts import column
from guiju.engine.tables import DatasetTable
from guiju.export import identifier, literal
from guiju.standard.fields import Codelist, Field

UNKNOWN_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CodeStats:
    """Values of one coded field: how many are there, how many are in the list, the commonest that are not."""

    field: Field
    present: int
    known: int
    unknown: tuple[tuple[str, int], ...]

    @property
    def suspect(self) -> bool:
        """Whether most values are outside the list: the wrong column or the wrong list."""
        return braked(self.present - self.known, self.present)


def code_stats(
    connection: duckdb.DuckDBPyConnection,
    table: DatasetTable,
    codelists: Mapping[str, Codelist],
    as_of: str | None,
) -> dict[str, CodeStats]:
    """The statistics of every available coded field of a table."""
    fields = [
        item for name, item in table.dataset.fields.items() if item.codelist and name in table.available
    ]
    if not fields:
        return {}
    known = {item.name: _in_list(item, codelists[item.codelist or ""], as_of) for item in fields}
    counted = ", ".join(f"count({column(item)}), count_if({known[item.name]})" for item in fields)
    totals = connection.execute(f"SELECT {counted} FROM {identifier(table.view)}").fetchall()[0]
    return {
        item.name: CodeStats(
            item,
            totals[2 * number],
            totals[2 * number + 1],
            _unknown(connection, table, item, known[item.name])
            if totals[2 * number] > totals[2 * number + 1]
            else (),
        )
        for number, item in enumerate(fields)
    }


def _in_list(field: Field, codelist: Codelist, as_of: str | None) -> str:
    listed = ", ".join(literal(code) for code in sorted(codelist.valid(as_of))) or "NULL"
    name = column(field)
    if field.type == "set":
        return f"coalesce(len(list_filter({name}, lambda x: x NOT IN ({listed}))) = 0, FALSE)"
    return f"coalesce({name} IN ({listed}), FALSE)"


def _unknown(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, field: Field, known: str
) -> tuple[tuple[str, int], ...]:
    rows = connection.execute(
        f"SELECT CAST({column(field)} AS VARCHAR) AS v, count(*) FROM {identifier(table.view)} "
        f"WHERE {column(field)} IS NOT NULL AND NOT {known} "
        f"GROUP BY v ORDER BY 2 DESC, 1 LIMIT {UNKNOWN_SHOWN}"
    ).fetchall()
    return tuple((str(value), count) for value, count in rows)

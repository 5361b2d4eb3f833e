"""Columns whose dates end with the year: the whole column tells their order before anything is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from guiju.engine.tables import DatasetTable
from guiju.engine.views import make_view
from guiju.export import Order, identifier, kind_of, order_counts_sql, order_of, year_last_sql

_FIRST_ROWS = 5_000


def with_date_orders(connection: duckdb.DuckDBPyConnection, table: DatasetTable) -> DatasetTable:
    """The table with the orders of its dates, where nobody told them and the values show them."""
    open_fields = [
        name for name, item in table.readings.items() if kind_of(item.field) == "date" and not item.order
    ]
    told = _orders(connection, table, _dated(connection, table, open_fields))
    if not told:
        return table
    readings = {
        name: replace(item, order=told[name]) if name in told else item
        for name, item in table.readings.items()
    }
    values = make_view(connection, table.raw, table.rows, readings, table.derived)
    return replace(table, readings=readings, values=values)


def _dated(connection: duckdb.DuckDBPyConnection, table: DatasetTable, names: Sequence[str]) -> list[str]:
    """The fields that have such dates among the first rows."""
    if not names:
        return []
    asked = ", ".join(f"bool_or({year_last_sql(identifier(name))})" for name in names)
    first = f"(SELECT * FROM {identifier(table.raw)} LIMIT {_FIRST_ROWS})"
    (found,) = connection.execute(f"SELECT {asked} FROM {first}").fetchall()
    return [name for name, there in zip(names, found, strict=True) if there]


def _orders(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, names: Sequence[str]
) -> dict[str, Order]:
    if not names:
        return {}
    asked = ", ".join(one for name in names for one in order_counts_sql(identifier(name)))
    (counts,) = connection.execute(f"SELECT {asked} FROM {identifier(table.raw)}").fetchall()
    orders = {
        name: order_of(*pair)
        for name, pair in zip(names, zip(counts[::2], counts[1::2], strict=True), strict=True)
    }
    return {name: order for name, order in orders.items() if order}

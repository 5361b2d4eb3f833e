"""Delivered rows fetched again by their numbers, with every column as it was delivered."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import duckdb

from guiju.export import Held, InPlace, SourceTable, identifier

Row = tuple[int, tuple[str | None, ...]]
"""A row's number, as the user sees it, and its texts by column."""


def rows_of(con: duckdb.DuckDBPyConnection, source: SourceTable, numbers: Collection[int]) -> list[Row]:
    """The rows of a table with these numbers, in order; the session must be allowed to read the source."""
    columns = {f"c{place}": heading for place, heading in enumerate(source.columns)}
    placed = source.place(con, columns) if isinstance(source, InPlace) else None
    if placed is not None:
        texts = [placed.texts[name] for name in columns]
        number = f"{placed.number} + {placed.first}"
        where = f" AND ({placed.where})" if placed.where else ""
        return _chosen(con, number, texts, f"{placed.reader}", numbers, where)
    return _loaded(con, source, columns, numbers)


def _loaded(
    con: duckdb.DuckDBPyConnection, source: SourceTable, columns: dict[str, str], numbers: Collection[int]
) -> list[Row]:
    table = "extract_rows"
    told = "".join(f", {identifier(name)} VARCHAR" for name in columns)
    con.execute(f'CREATE TABLE {identifier(table)} ("_part" INTEGER, "_row" BIGINT{told})')
    try:
        source.load_into(con, table, columns, 0)
        return _chosen(con, '"_row"', list(map(identifier, columns)), identifier(table), numbers, "")
    finally:
        con.execute(f"DROP TABLE {identifier(table)}")
        if isinstance(source, Held):
            source.release()


def _chosen(
    con: duckdb.DuckDBPyConnection,
    number: str,
    texts: Sequence[str],
    reader: str,
    numbers: Collection[int],
    where: str,
) -> list[Row]:
    told = ", ".join([number, *texts])
    query = f"SELECT {told} FROM {reader} WHERE {number} IN (SELECT unnest(?::BIGINT[])){where} ORDER BY 1"
    return [(row[0], tuple(row[1:])) for row in con.execute(query, [sorted(numbers)]).fetchall()]

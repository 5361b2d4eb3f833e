"""The file as the scripts read it: Parquet in place, CSV written to Parquet once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from by_hand.facts import facts, late_facts, raw_facts, wrong_codes
from by_hand.items import HEADINGS, raw, readings


@dataclass(frozen=True, slots=True)
class Source:
    """A Parquet file; `first` is the number that people give to its first row."""

    relation: str
    first: int

    @property
    def number(self) -> str:
        """The number of a row."""
        return f"file_row_number + {self.first}"

    def rows(self) -> str:
        """A query with the row number `n` and every column that rules read; it reads `wrong_codes`."""
        columns = named(readings() | raw_facts())
        query = f"SELECT {self.number} AS n, {columns} FROM {self.relation}"
        for step in (facts(), late_facts()):
            query = f"SELECT *, {named(step)} FROM ({query})"
        return query


def named(columns: dict[str, str]) -> str:
    """Expressions with their names, as a SELECT lists them."""
    return ", ".join(f"{sql} AS {name}" for name, sql in columns.items())


def open_source(connection: duckdb.DuckDBPyConnection, file: str, beside: Path) -> Source:
    """The file, with the table of wrong department codes beside it.

    Each query reads Parquet again, which costs little. A CSV file is parsed once, into the Parquet file
    `beside`: that costs less in all than a table or a database file. A table is loaded sooner, but without
    dictionaries it is judged in three times the time. Rows keep their order; the heading is the first line.
    """
    parquet, first = file, 1
    if not file.endswith(".parquet"):
        columns = ", ".join(raw(name) for name in HEADINGS)
        read = f"read_csv('{file}', header = true, all_varchar = true, delim = ',', quote = '\"')"
        form = "FORMAT parquet, COMPRESSION snappy, PARQUET_VERSION v2"
        connection.execute(f"COPY (SELECT {columns} FROM {read}) TO '{beside}' ({form})")
        parquet, first = str(beside), 2
    source = Source(f"read_parquet('{parquet}', file_row_number = true)", first)
    connection.execute(f"CREATE TEMP TABLE wrong_codes AS {wrong_codes(source.relation)}")
    return source

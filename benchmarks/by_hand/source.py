"""The file as the scripts read it: Parquet in place, CSV loaded once."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from by_hand.facts import facts, late_facts, raw_facts, wrong_codes
from by_hand.items import HEADINGS, raw, readings


@dataclass(frozen=True, slots=True)
class Source:
    """Where the raw columns come from: `number` is the row in the file as people see it."""

    relation: str
    number: str
    dictionary: bool

    def rows(self) -> str:
        """A query with the row number `n` and every column that rules read; it reads `wrong_codes`."""
        columns = named(readings(dictionary=self.dictionary) | raw_facts())
        query = f"SELECT {self.number} AS n, {columns} FROM {self.relation}"
        for step in (facts(), late_facts()):
            query = f"SELECT *, {named(step)} FROM ({query})"
        return query


def named(columns: dict[str, str]) -> str:
    """Expressions with their names, as a SELECT lists them."""
    return ", ".join(f"{sql} AS {name}" for name, sql in columns.items())


def open_source(connection: duckdb.DuckDBPyConnection, file: str) -> Source:
    """The file, with the table of wrong department codes beside it.

    A Parquet file is read again by each query, which costs little; a CSV file is parsed once, into a table
    whose `rowid` is the number of the record (its first line is the heading).
    """
    if file.endswith(".parquet"):
        relation = f"read_parquet('{file}', file_row_number = true)"
        source = Source(relation, "file_row_number + 1", dictionary=True)
    else:
        columns = ", ".join(raw(name) for name in HEADINGS)
        read = f"read_csv('{file}', header = true, all_varchar = true, delim = ',', quote = '\"')"
        connection.execute(f"CREATE TEMP TABLE items AS SELECT {columns} FROM {read}")
        source = Source("items", "items.rowid + 2", dictionary=False)
    connection.execute(f"CREATE TEMP TABLE wrong_codes AS {wrong_codes(source.relation)}")
    return source

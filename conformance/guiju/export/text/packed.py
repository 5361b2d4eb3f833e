"""A regular delimited text taken by DuckDB into a Parquet file, its suspicious rows looked at by Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from guiju.export.layout.area import Surroundings
from guiju.export.rewritten import new_file, parquet_reader, placed_parquet, write_parquet
from guiju.export.source import Placed
from guiju.export.sql_text import file_pattern, identifier, literal
from guiju.export.text.head import Head
from guiju.export.text.sieve import Sieve, bare_sql

_WHOLE = "_whole"
_DRESSED = "_dressed"
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Packing:
    """What is taken: a file in UTF-8, how many of its lines to skip, and columns (place by field).

    `clean` is a file that was written anew: its lines end with LF, whatever stands within cells.
    """

    file: Path
    head: Head
    skip: int
    places: Mapping[str, int]
    clean: bool = False

    @property
    def names(self) -> list[str]:
        """What the columns are called for DuckDB."""
        return [f"c{index}" for index in range(self.head.width)]

    @property
    def first(self) -> int:
        """The number of the first record below the head."""
        return self.head.record + 1

    def reader(self) -> str:
        """What to select from."""
        struct = ", ".join(f"'{name}': 'VARCHAR'" for name in self.names)
        ends = ", new_line = '\\n'" if self.clean else ""
        return (
            f"read_csv({literal(file_pattern(self.file))}, auto_detect = false, header = false, "
            f"skip = {self.skip}, delim = {literal(self.head.delimiter)}, quote = '\"', escape = '\"', "
            f"strict_mode = true, columns = {{{struct}}}{ends})"
        )

    def suspicious(self, surroundings: Surroundings) -> str:
        """A condition that is true for rows that may have to be left out, or told."""
        columns = len(self.head.columns)
        blank = f"coalesce({', '.join(self.names)}, NULL) IS NULL"
        beyond = [f"{name} IS NOT NULL" for name in self.names[columns:]]
        odd = surroundings.suspects(self.names[:columns])
        return " OR ".join([blank, *beyond, *([odd] if odd else [])])


def pack(
    con: duckdb.DuckDBPyConnection, packing: Packing, sieve: Sieve, surroundings: Surroundings
) -> tuple[Placed, int]:
    """Write the Parquet file and find the rows to be left out; also gives how many rows there are in all.

    Raises:
        duckdb.Error: the text is not regular, or may not be opened.
    """
    file = new_file(con, ".parquet")
    rows = write_parquet(con, file, packing.reader(), _columns(packing, surroundings))
    ((dressed,),) = con.execute(f"SELECT sum({_DRESSED}) FROM {parquet_reader(file)}").fetchall()
    sieve.dressed = int(dressed or 0)
    left = []
    for number, cells in _suspects(con, file):
        if not sieve.keeps(packing.first + number, cells):
            left.append(number)
        if surroundings.end is not None:
            left += _behind(packing.first, number, rows, surroundings)
            break
    placed = placed_parquet(con, file, list(packing.places), rows, first=packing.first, left_out=left)
    return placed, rows


def _columns(packing: Packing, surroundings: Surroundings) -> dict[str, str]:
    names = packing.names
    bare = {field: bare_sql(names[place]) for field, place in packing.places.items()}
    dressed = " + ".join(f"coalesce({found}::INTEGER, 0)" for _, found in bare.values())
    whole = f"CASE WHEN {packing.suspicious(surroundings)} THEN [{', '.join(names)}] END"
    texts = {field: text for field, (text, _) in bare.items()}
    return {**texts, _DRESSED: dressed or "0", _WHOLE: whole}


def _suspects(con: duckdb.DuckDBPyConnection, file: Path) -> Iterator[tuple[int, list[str]]]:
    whole = identifier(_WHOLE)
    cursor = con.cursor()
    cursor.execute(
        f"SELECT file_row_number, {whole} FROM {parquet_reader(file)} WHERE {whole} IS NOT NULL ORDER BY 1"
    )
    while batch := cursor.fetchmany(_BATCH):
        for number, cells in batch:
            yield number, [cell or "" for cell in cells]


def _behind(first: int, last: int, rows: int, surroundings: Surroundings) -> range:
    """The rows behind another table's head, which are counted by asking about each."""
    for number in range(last + 1, rows):
        surroundings.odd(first + number, ())
    return range(last + 1, rows)

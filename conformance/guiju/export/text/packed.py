"""A regular delimited text taken by DuckDB into a Parquet file, its suspicious rows looked at by Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from operator import itemgetter
from pathlib import Path

import duckdb

from guiju.export.layout.area import Surroundings
from guiju.export.rewritten import new_file, parquet_reader, placed_parquet, write_parquet
from guiju.export.source import Placed
from guiju.export.sql_text import file_pattern, identifier, literal
from guiju.export.text.head import Head
from guiju.export.text.sieve import Sieve, bare_sql, tricked_sql

_SUSPECT = "_suspect"
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

    def suspicious(self, surroundings: Surroundings) -> Iterator[str]:
        """Conditions of which one is true for every row that may have to be left out, or told.

        They stand apart, for together in one expression they take three times as long.
        """
        columns = len(self.head.columns)
        yield f"coalesce({', '.join(self.names)}, NULL) IS NULL"
        yield f"coalesce({', '.join([*self.names[1:], 'NULL'])}) IS NULL"
        yield from (f"{name} IS NOT NULL" for name in self.names[columns:])
        odd = surroundings.suspects(self.names[:columns])
        if odd:
            yield odd


def pack(
    con: duckdb.DuckDBPyConnection, packing: Packing, sieve: Sieve, surroundings: Surroundings
) -> tuple[Placed, int]:
    """Write the Parquet file and find the rows to be left out; also gives how many rows there are in all.

    Raises:
        duckdb.Error: the text is not regular, or may not be opened.
    """
    file = new_file(con, ".parquet")
    marks = {f"{_SUSPECT}{place}": text for place, text in enumerate(packing.suspicious(surroundings))}
    chosen = {name: packing.names[place] for name, place in packing.places.items()}
    rows = write_parquet(con, file, packing.reader(), {**chosen, **marks})
    dressed = _dressed(con, file, list(packing.places))
    sieve.dressed = sum(dressed.values())
    left = []
    for number, cells in _suspects(con, packing, file, list(marks)):
        if not sieve.keeps(packing.first + number, cells):
            left.append(number)
        if surroundings.end is not None:
            left += _behind(packing.first, number, rows, surroundings)
            break
    placed = placed_parquet(con, file, list(packing.places), rows, first=packing.first, left_out=left)
    texts = {name: bare_sql(text)[0] if name in dressed else text for name, text in placed.texts.items()}
    return replace(placed, texts=texts), rows


def _dressed(con: duckdb.DuckDBPyConnection, file: Path, fields: Sequence[str]) -> dict[str, int]:
    """How many texts carry signs that are to be taken off, by field, where there are any."""
    might = _counted(con, file, {name: tricked_sql(identifier(name)) for name in fields})
    return _counted(con, file, {name: bare_sql(identifier(name))[1] for name in might})


def _counted(con: duckdb.DuckDBPyConnection, file: Path, wanted: Mapping[str, str]) -> dict[str, int]:
    """How many rows meet each condition, where there are any."""
    if not wanted:
        return {}
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in wanted.values())
    (found,) = con.execute(f"SELECT {counts} FROM {parquet_reader(file)}").fetchall()
    return {name: count for name, count in zip(wanted, found, strict=True) if count}


def _suspects(
    con: duckdb.DuckDBPyConnection, packing: Packing, file: Path, marks: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """Rows that may be no data, whole and in order; blank ones, which the first mark tells, have no cells."""
    blank, *others = map(identifier, marks)
    numbers = con.execute(f"SELECT file_row_number FROM {parquet_reader(file)} WHERE {blank}").fetchall()
    odd = f"NOT {blank} AND ({' OR '.join(others)})" if others else "false"
    return merge(
        ((number, []) for (number,) in numbers), _read_again(con, packing, file, odd), key=itemgetter(0)
    )


def _read_again(
    con: duckdb.DuckDBPyConnection, packing: Packing, file: Path, condition: str
) -> Iterator[tuple[int, list[str]]]:
    """Rows that meet a condition over the marks, whole: where there are any, the text is read once more."""
    marked = f"SELECT file_row_number FROM {parquet_reader(file)} WHERE {condition}"
    if not con.execute(f"{marked} LIMIT 1").fetchall():
        return
    numbered = f"SELECT row_number() OVER () - 1 AS number, [{', '.join(packing.names)}] AS cells"
    cursor = con.cursor()
    cursor.execute(
        f"SELECT number, cells FROM ({numbered} FROM {packing.reader()}) "
        f"WHERE number IN ({marked}) ORDER BY number"
    )
    while batch := cursor.fetchmany(_BATCH):
        for number, cells in batch:
            yield number, [cell or "" for cell in cells]


def _behind(first: int, last: int, rows: int, surroundings: Surroundings) -> range:
    """The rows behind another table's head, which are counted by asking about each."""
    for number in range(last + 1, rows):
        surroundings.odd(first + number, ())
    return range(last + 1, rows)

"""What a delivered table looks like: its columns with fill rate, sample values and distinct values.

Large files are looked at in part: the first rows and some from all over the file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from guiju.export import InPlace, SourceTable, identifier, open_sources

LARGE = 20_000_000
"""Text files of more bytes are looked at in part."""
_PLACES = 16
_CHUNK = 250_000
_FIRST_ROWS = 5_000
_ROWS_EACH = 500
_DISTINCT = 300
_TEXTS = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """One column: heading, how many of the rows hold a value, and its values with their counts.

    `values` are the commonest ones, at most 300; `distinct` is how many there are.
    """

    heading: str
    filled: int
    rows: int
    values: tuple[tuple[str, int], ...]
    distinct: int

    @property
    def rate(self) -> str:
        """The share of rows with a value, for reading."""
        return f"{100 * self.filled / self.rows:.0f}%" if self.rows else "—"


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table: the source, its columns, how many rows were looked at, and whether those are all."""

    source: SourceTable
    columns: tuple[ColumnFacts, ...]
    rows: int
    whole: bool

    @property
    def label(self) -> str:
        """File and sheet, for reading."""
        return f"{self.source.file} / {self.source.part}" if self.source.part else self.source.file

    @property
    def looked_at(self) -> str:
        """What was looked at, in words."""
        return f"共{self.rows}行" if self.whole else f"文件较大，只看了开头和各处共{self.rows}行"

    def column(self, heading: str) -> ColumnFacts | None:
        """The column under a heading."""
        return next((item for item in self.columns if item.heading == heading), None)


def look(source: SourceTable, words: frozenset[str]) -> TableFacts:
    """Look at a table, at a large one in part."""
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder, duckdb.connect() as con:
        con.execute(f"SET temp_directory = '{folder}'")
        rows, whole = _filled(con, source, words, Path(folder))
        columns = tuple(
            _column(con, heading, f"c{index}", rows) for index, heading in enumerate(source.columns)
        )
    return TableFacts(source, columns, rows, whole)


def _filled(
    con: duckdb.DuckDBPyConnection, source: SourceTable, words: frozenset[str], folder: Path
) -> tuple[int, bool]:
    """Fill the table `t`; gives its rows and whether they are all."""
    columns = {f"c{index}": heading for index, heading in enumerate(source.columns)}
    fields = "".join(f", {name} VARCHAR" for name in columns)
    con.execute(f'CREATE TABLE t ("_part" INTEGER, "_row" BIGINT{fields})')
    path = source.path
    if path.suffix.lower() in _TEXTS and path.stat().st_size > LARGE:
        part = _excerpt_source(source, words, folder)
        if part is not None:
            return part.load_into(con, "t", columns, 1), False
    if path.suffix.lower() == ".parquet" and isinstance(source, InPlace):
        placed = source.place(con, columns)
        if placed is not None:
            texts = ", ".join(f"{placed.texts[name]} AS {name}" for name in columns)
            where = f" AND {placed.where}" if placed.where else ""
            con.execute(
                f"INSERT INTO t SELECT 1, {placed.number}, {texts} FROM {placed.reader} "
                f"WHERE ({_spread(placed.number, placed.rows)}){where}"
            )
            ((count,),) = con.fetchall()
            return int(count), int(count) >= placed.rows
    return source.load_into(con, "t", columns, 1), True


def _spread(number: str, rows: int) -> str:
    """A condition on row numbers: the first rows, and some from all over."""
    ranges = [(0, _FIRST_ROWS)]
    ranges += [(rows * place // _PLACES, _ROWS_EACH) for place in range(1, _PLACES)]
    return " OR ".join(f"({number} >= {start} AND {number} < {start + count})" for start, count in ranges)


def _excerpt_source(source: SourceTable, words: frozenset[str], folder: Path) -> SourceTable | None:
    """A table with the same columns over an excerpt of the file; None where the excerpt cannot be read."""
    for places in (_PLACES, 1):
        path = folder / f"{places}{source.path.suffix}"
        path.write_bytes(b"".join(_excerpt(source.path, places)))
        opened = _opened(path, words)
        if opened is not None and opened.columns == source.columns:
            return opened
    return None


def _opened(path: Path, words: frozenset[str]) -> SourceTable | None:
    from guiju.errors import InputError  # noqa: PLC0415 -- read where it is caught

    try:
        return open_sources([path], words)[0]
    except InputError:
        return None


def _excerpt(path: Path, places: int) -> Iterator[bytes]:
    """The beginning of a text file, and whole lines from other places."""
    size = path.stat().st_size
    with path.open("rb") as file:
        first = file.read(_CHUNK * 4)
        yield first[: first.rfind(b"\n") + 1]
        for place in range(1, places):
            file.seek(max(size * place // places, len(first)))
            chunk = file.read(_CHUNK)
            yield chunk[chunk.find(b"\n") + 1 : chunk.rfind(b"\n") + 1]


def _column(con: duckdb.DuckDBPyConnection, heading: str, name: str, rows: int) -> ColumnFacts:
    text = f"nullif(trim({identifier(name)}), '')"
    ((filled, distinct),) = con.execute(f"SELECT count({text}), count(DISTINCT {text}) FROM t").fetchall()
    values: Sequence[tuple[str, int]] = con.execute(
        f"SELECT {text}, count(*) FROM t WHERE {text} IS NOT NULL "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_DISTINCT}"
    ).fetchall()
    return ColumnFacts(heading, filled, rows, tuple(values), distinct)

"""A table of a database as a source: its rows come as a stream, and are kept as Parquet for the run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import duckdb

from guiju.export.database.faults import unread
from guiju.export.database.server import Column, Server, Sink, Table
from guiju.export.database.told import inexact_numbers
from guiju.export.private import no_room
from guiju.export.remarks import Remark, add
from guiju.export.rows import target
from guiju.export.source import Placed
from guiju.export.sql_text import identifier, literal

_EXACT_BELOW = 10**15
_NUMBER = "file_row_number"
_EXPLAINED = re.compile(r"[：:，,；;。\n]")
_LINE = 2 << 20
_LONGEST_LINE = 128 << 20


@dataclass(frozen=True, slots=True)
class DatabaseSource:
    """A table or view as a `SourceTable`; the headings are the names of its columns.

    Rows are numbered from 1 in the order of the key, or of all that is read where there is no key, so that
    the same content gives the same numbers.
    """

    server: Server
    table: Table
    whole_digest: str = ""
    _remarks: list[Remark] = field(default_factory=list, compare=False)
    _digests: list[str] = field(default_factory=list, compare=False)
    reads: tuple[Path, ...] = ()

    @property
    def file(self) -> str:
        """The database and schema."""
        return ".".join(filter(None, (self.server.title, self.table.schema)))

    @property
    def part(self) -> str:
        """The table."""
        return self.table.name

    @property
    def path(self) -> Path:
        """The table's title as a path's stem: its comment, or its name. There is no such file."""
        title = _title(self.table.comment) or self.table.name
        return Path(re.sub(r"[/\\.]", "_", title))

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings."""
        return tuple(item.name for item in self.table.columns)

    @property
    def comments(self) -> Mapping[str, str]:
        """See `Commented`: comments up to where they begin to explain, as in 事项类型：1 行政许可."""
        found = {item.name: _title(item.comment) for item in self.table.columns}
        return {name: title for name, title in found.items() if title}

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was met; of values once the table is loaded."""
        return (*self.table.remarks, *self._remarks)

    @property
    def digest(self) -> str:
        """SHA-256 of the rows that were read; of a file that is a database that of the file."""
        return self.whole_digest or "".join(self._digests[:1])

    @property
    def archive_digest(self) -> str:
        """There is no archive."""
        return ""

    @property
    def size(self) -> int:
        """Roughly how many bytes of text there are."""
        return self.table.size

    def release(self) -> None:
        """Close the connection: see `Held.release`."""
        self.server.close()

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the rows: see `SourceTable.load_into`."""
        placed = self.place(con, columns)
        values = "".join(f", {text}" for text in placed.texts.values())
        where = f" WHERE {placed.where}" if placed.where else ""
        chosen = f"SELECT {part}, {placed.number} + {placed.first}{values} FROM {placed.reader}{where}"
        con.execute(f"{target(table, list(columns))} {chosen}")
        return placed.rows

    def place(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> Placed:
        """Read the rows into a Parquet file in the connection's temporary folder: see `InPlace.place`.

        Raises:
            InputError: GJ-I159 when they cannot be read; GJ-I142 no room.
        """
        ((folder,),) = con.execute("SELECT current_setting('temp_directory')").fetchall()
        file = Path(folder) / f"{uuid4().hex}.parquet"
        by_name = {item.name: item for item in self.table.columns}
        chosen = {name: by_name[heading] for name, heading in columns.items()}
        with self._poured(Path(folder), list(chosen.values())) as (text, sink):
            try:
                rows = _write(con, file, _reader(text, len(chosen), sink), list(chosen))
            except duckdb.IOException as error:
                raise no_room(file, str(error).split("\n", 1)[0]) from error
            if rows != sink.rows:
                raise unread(self.server.place, f"读出{sink.rows}行，写下{rows}行")
        if not self._digests:
            self._digests.append(sink.digest)
        self._remark_inexact(con, file, {name: (columns[name], item) for name, item in chosen.items()})
        return _placed(con, file, list(chosen), rows)

    def check(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> None:
        """The table was read whole when it was placed."""

    @contextmanager
    def _poured(self, folder: Path, columns: list[Column]) -> Iterator[tuple[Path, Sink]]:
        """The rows as a CSV file, gone afterwards."""
        text = folder / f"{uuid4().hex}.csv"
        folder.mkdir(exist_ok=True)
        try:
            with text.open("wb") as file:
                sink = Sink(file)
                add(self._remarks, *self.server.pour(self.table, columns, sink))
                sink.flush()
            if sink.longest > _LONGEST_LINE:
                raise unread(self.server.place, f"有一行长达{sink.longest >> 20}MB", "请不要交大段文字的列")
            yield text, sink
        finally:
            text.unlink(missing_ok=True)

    def _remark_inexact(
        self, con: duckdb.DuckDBPyConnection, file: Path, columns: Mapping[str, tuple[str, Column]]
    ) -> None:
        for name, (heading, column) in columns.items():
            if not column.floating:
                continue
            large = f"abs(TRY_CAST({identifier(name)} AS DOUBLE)) >= {_EXACT_BELOW}"
            ((count,),) = con.execute(
                f"SELECT count(*) FROM read_parquet({literal(str(file))}) WHERE {large}"
            ).fetchall()
            add(self._remarks, *inexact_numbers(heading, count))


def _title(comment: str) -> str:
    return _EXPLAINED.split(comment.strip(), maxsplit=1)[0].strip()


def _reader(text: Path, count: int, sink: Sink) -> str:
    names = ["one", *(f"c{place}" for place in range(count))]
    if not sink.rows:
        return f"(SELECT {', '.join(f'NULL::VARCHAR AS {name}' for name in names)} LIMIT 0)"
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    return (
        f"read_csv({literal(str(text))}, auto_detect = false, header = false, delim = ',', quote = '\"', "
        f"escape = '\"', strict_mode = true, new_line = '\\n', columns = {{{types}}}, "
        f"max_line_size = {max(_LINE, sink.longest + 1024)})"
    )


def _write(con: duckdb.DuckDBPyConnection, file: Path, reader: str, names: Sequence[str]) -> int:
    """Write the columns `c0`, `c1` … under their names, rows in order; gives how many rows there are."""
    chosen = ", ".join(f"c{place} AS {identifier(name)}" for place, name in enumerate(names)) or "one"
    ((rows,),) = con.execute(
        f"COPY (SELECT {chosen} FROM {reader}) TO {literal(str(file))} (FORMAT parquet, COMPRESSION lz4)"
    ).fetchall()
    return int(rows)


def _placed(con: duckdb.DuckDBPyConnection, file: Path, names: Sequence[str], rows: int) -> Placed:
    """How to read such a file; rows without any value are left out."""
    reader = f"read_parquet({literal(str(file))}, file_row_number = true)"
    texts = {name: identifier(name) for name in names}
    filled = f"coalesce({', '.join(texts.values())}) IS NOT NULL" if texts else "true"
    ((kept,),) = con.execute(f"SELECT count(*) FROM {reader} WHERE {filled}").fetchall()
    return Placed(reader, _NUMBER, kept, texts, 1, "" if kept == rows else filled)

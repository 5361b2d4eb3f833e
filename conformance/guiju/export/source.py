"""What every reader offers: one delivered table with its headings, loaded as raw texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import duckdb

from guiju.export.remarks import Remark


class SourceTable(Protocol):
    """One table of a delivered file.

    `file` is the file's name without folder, `part` the sheet (empty for other files), `path` the file,
    `columns` its headings in order, each once. `remarks` say what the reader had to decide; they are complete
    once the table is loaded. `reads` are the files that DuckDB itself opens in `load_into`: the file or a
    temporary copy in UTF-8, or none. Where it may not open them, they are read by Python, more slowly.
    """

    @property
    def file(self) -> str:
        """The file's name without folder."""

    @property
    def part(self) -> str:
        """The sheet, or an empty text."""

    @property
    def path(self) -> Path:
        """The delivered file."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings in order; a repeated one carries its count, such as ``名称（2）``."""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the reader met and had to decide, for people to see."""

    @property
    def reads(self) -> tuple[Path, ...]:
        """The files that DuckDB opens in `load_into`."""

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the table's rows to an existing table.

        Args:
            con: the connection.
            table: a table with `_part` INTEGER, `_row` BIGINT and a VARCHAR for each field.
            columns: heading by field; other fields of the table stay NULL.
            part: the number to write into `_part`.

        Returns:
            The number of rows. `_row` is what the user sees: the row of the sheet; for delimited text the
            record's number with the heading as 1 (a cell with line breaks does not count twice); the line of
            a JSON Lines file; the element's number in a JSON array; the row number of a Parquet file.
            Rows without any value are left out.
        """


@runtime_checkable
class Digested(Protocol):
    """A source that is more, or other, than one delivered file.

    `digest` is the SHA-256 (hexadecimal) of what was read: a member of an archive, all parts of a table, the
    rows that a database gave; it is known once the table is loaded. `archive_digest` is that of the archive
    as delivered, or empty. `size` is roughly how many bytes of text there are.
    """

    @property
    def digest(self) -> str:
        """SHA-256 of what was read."""

    @property
    def archive_digest(self) -> str:
        """SHA-256 of the delivered archive; empty where there is none."""

    @property
    def size(self) -> int:
        """Roughly how many bytes of text there are."""


@runtime_checkable
class Held(Protocol):
    """A source that holds something open until it is loaded, such as a connection to a server."""

    def release(self) -> None:
        """Let go of it; the table is not loaded again."""


@runtime_checkable
class Commented(Protocol):
    """A source whose columns carry comments in the words of people, beside their names."""

    @property
    def comments(self) -> Mapping[str, str]:
        """Comment by heading, where there is one."""


@runtime_checkable
class Nested(Protocol):
    """A source whose rows lie within records of another table, such as an array of objects."""

    @property
    def inherited(self) -> tuple[str, ...]:
        """Headings of the record around the row, and of the row's place; none in a table of its own."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A table that DuckDB reads where it lies.

    Args:
        reader: what to select from.
        number: an expression for the row's number in the file, from 0.
        rows: how many rows there are.
        texts: by field the expression of its raw text.
        first: the number that the user sees for the first row.
        where: which rows are left out, as a condition over the reader; empty where all are read.
    """

    reader: str
    number: str
    rows: int
    texts: Mapping[str, str]
    first: int = 1
    where: str = ""


@runtime_checkable
class InPlace(Protocol):
    """A source that need not be loaded: columns are read from a file by every query that asks for them."""

    def place(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> Placed | None:
        """How to read the columns (heading by field) in place; texts, rows and remarks as in `load_into`.

        None where this one has to be loaded after all.
        """

    def check(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> None:
        """Read every value once: whether a query failed because the file is damaged.

        Raises:
            InputError: when it is.
        """

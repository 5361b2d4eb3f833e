"""What every kind of database offers: its tables, and their rows as a stream of CSV."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

from guiju.errors import Place
from guiju.export.private import room_for
from guiju.export.remarks import Remark

UNKNOWN_SIZE = 1 << 30
_BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `sql` is the expression of its text.

    `floating` says that it holds binary floating numbers, `unordered` that rows cannot be ordered by it.
    """

    name: str
    sql: str
    comment: str = ""
    floating: bool = False
    unordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view: columns that can be read, how rows are ordered (SQL), and what has to be said of it.

    `order` is empty where the rows have no key: they are then ordered by all that is read. `size` is roughly
    the bytes of text.
    """

    schema: str
    name: str
    columns: tuple[Column, ...]
    comment: str = ""
    order: str = ""
    size: int = UNKNOWN_SIZE
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The tables of a database, and what was passed over."""

    tables: tuple[Table, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(slots=True)
class Sink:
    """Takes CSV in UTF-8 into a file: rows are counted, measured and hashed on the way."""

    file: IO[bytes]
    rows: int = 0
    longest: int = 0
    size: int = 0
    _hash: Any = field(default_factory=hashlib.sha256)
    _waiting: list[bytes] = field(default_factory=list)
    _held: int = 0

    def write(self, row: bytes) -> None:
        """Take one whole row with its line break."""
        length = len(row)
        self.rows += 1
        self._held += length
        self.longest = max(self.longest, length)
        self._waiting.append(row)
        if self._held > _BUFFER:
            self.flush()

    def write_rows(self, rows: Iterable[Sequence[str | None]]) -> None:
        """Take rows of texts."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for row in rows:
            writer.writerow(("1", *row))
            self.write(text.getvalue().encode("utf-8", errors="replace"))
            text.seek(0)
            text.truncate()

    def flush(self) -> None:
        """Put what waits into the file."""
        data = b"".join(self._waiting)
        self._waiting.clear()
        self._held = 0
        self.size += len(data)
        self._hash.update(data)
        with room_for(Path(self.file.name)):
            self.file.write(data)

    @property
    def digest(self) -> str:
        """SHA-256 of all that was taken."""
        return str(self._hash.hexdigest())


class Server(Protocol):
    """An open database, read in one snapshot; closing it twice does no harm."""

    @property
    def title(self) -> str:
        """How people call it: no host, no user."""

    @property
    def place(self) -> Place:
        """Where its faults are placed."""

    def listing(self) -> Listing:
        """The tables and views that can be read."""

    def pour(self, table: Table, columns: Sequence[Column], sink: Sink) -> tuple[Remark, ...]:
        """Write the rows, each as ``1`` and the texts of the columns; gives what was met.

        Raises:
            InputError: when reading fails.
        """

    def close(self) -> None:
        """Let go of the connection."""

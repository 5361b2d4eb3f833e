"""SQLite files: opened so that nothing is ever written beside them, and nothing in them is run unasked."""

from __future__ import annotations

import shutil
import sqlite3
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from guiju.errors import InputError, Place
from guiju.export.book.cells import cell_text
from guiju.export.database.faults import unread
from guiju.export.database.server import Column, Listing, Sink, Table
from guiju.export.database.told import (
    broken_texts,
    closed_tables,
    other_encoding,
    unread_cells,
    waiting_changes,
)
from guiju.export.private import Budget, PrivateFolder, made_or_gone
from guiju.export.refusals import empty_file
from guiju.export.remarks import Remark
from guiju.export.sql_text import identifier

SILENT = 120.0
"""So many seconds may a statement run without giving a row."""
_MAGIC = b"SQLite format 3\0"
_BESIDE = ("-wal", "-journal")
_STEPS = 100_000
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, 33}
"""What a statement may do; 33 is SQLITE_RECURSIVE."""
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 128 << 20),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 200),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 50),
)
_BATCH = 5_000


@dataclass(slots=True)
class _Watch:
    """Stops a statement that gives no row for long."""

    since: float = field(default_factory=time.monotonic)

    def late(self) -> bool:
        """Whether it has to stop."""
        return time.monotonic() - self.since > SILENT


@dataclass(slots=True)
class _Texts:
    """Reads the bytes of texts, and counts what had to be decided: programs store GBK where UTF-8 is due."""

    gb18030: int = 0
    broken: int = 0
    binary: int = 0

    def read(self, raw: bytes) -> str:
        """A text in UTF-8, else in GB18030, else with marks in place of what cannot be read."""
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self.gb18030 += 1
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            self.gb18030 -= 1
            self.broken += 1
            return raw.decode(errors="replace")

    def of(self, value: object) -> str | None:
        """A value as text: numbers as people see them, binary content left out."""
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int | float):
            return cell_text(value)
        self.binary += 1
        return None

    def remarks(self) -> tuple[Remark, ...]:
        """What was decided since the last time."""
        found = (
            *other_encoding(self.gb18030),
            *broken_texts(self.broken),
            *unread_cells(self.binary),
        )
        self.gb18030 = self.broken = self.binary = 0
        return found


@dataclass(frozen=True, slots=True, weakref_slot=True)
class SQLite:
    """An open file; see `Server`. `state` is the file's size and time of change when it was opened."""

    file: Path
    connection: sqlite3.Connection
    folder: PrivateFolder | None
    state: tuple[int, int]
    watch: _Watch
    texts: _Texts
    remarks: tuple[Remark, ...]

    @property
    def title(self) -> str:
        """The file's name."""
        return self.file.name

    @property
    def place(self) -> Place:
        """The file."""
        return Place(str(self.file))

    def listing(self) -> Listing:
        """See `Server.listing`."""
        with self._told():
            listed = self.connection.execute("PRAGMA main.table_list").fetchall()
        found = sorted((str(name), kind) for _, name, kind, *_ in listed)
        tables: list[Table] = []
        closed: list[str] = []
        size = self.state[0]
        for name, kind in found:
            if name.startswith("sqlite_"):
                continue
            columns = self._columns(name) if kind in ("table", "view") else ()
            if columns:
                tables.append(Table("", name, columns, size=size, remarks=self.remarks))
            elif kind != "shadow":
                closed.append(name)
        return Listing(tuple(tables), closed_tables(self.title, closed))

    def pour(self, table: Table, columns: Sequence[Column], sink: Sink) -> tuple[Remark, ...]:
        """See `Server.pour`. A table's rows come in the order of its row ids or key, a view's as it says."""
        names = ", ".join(item.sql for item in columns) or "1"
        query = f"SELECT {names} FROM {identifier(table.name)}"
        budget = Budget.of(self.file)
        with self._told(table.name):
            self._check_unchanged()
            for rows in self._batches(query, table.name):
                before = sink.size
                sink.write_rows([[self.texts.of(value) for value in row] for row in rows])
                sink.flush()
                budget.spend(sink.size - before)
            self._check_unchanged()
        return self.texts.remarks()

    def close(self) -> None:
        """See `Server.close`."""
        self.connection.close()

    def _columns(self, name: str) -> tuple[Column, ...]:
        try:
            found = self.connection.execute(f"SELECT * FROM {identifier(name)} LIMIT 0").description
        except (sqlite3.Error, UnicodeError):
            return ()
        names = [column[0] for column in found or ()]
        return tuple(Column(name, identifier(name)) for name in dict.fromkeys(names))

    def _batches(self, query: str, name: str) -> Iterator[list[tuple[object, ...]]]:
        self.watch.since = time.monotonic()
        plain = query.replace(f"FROM {identifier(name)}", f"FROM {identifier(name)} NOT INDEXED")
        try:
            cursor = self.connection.execute(plain)
        except sqlite3.OperationalError:
            cursor = self.connection.execute(query)  # a view has no indexes to leave alone
        while rows := cursor.fetchmany(_BATCH):
            self.watch.since = time.monotonic()
            yield rows

    def _check_unchanged(self) -> None:
        if _state(self.file) != self.state:
            raise InputError(
                "GJ-I163",
                "读取时数据库文件正被改写",
                place=self.place,
                hint="请关闭正在使用它的程序，或复制一份再交",
            )

    @contextmanager
    def _told(self, table: str = "") -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OverflowError, MemoryError, UnicodeError) as error:
            cause = f"{table}：{error}" if table else str(error)
            raise unread(self.place, cause, "文件可能已损坏，请重新导出；视图太慢的，请改交表") from error


def connect(path: Path) -> SQLite:
    """Open a SQLite file.

    Beside a file with changes that are not yet in it (``-wal``, ``-journal``) a copy of all of them is read.

    Raises:
        InputError: GJ-I105 empty; GJ-I162 no SQLite database, or an encrypted one.
    """
    with path.open("rb") as file:
        head = file.read(len(_MAGIC))
    if not head:
        raise empty_file(path)
    if head != _MAGIC:
        raise InputError(
            "GJ-I162",
            "文件不是SQLite数据库，或已加密",
            place=Place(str(path)),
            hint="请核对文件；别的数据库请导出为 .csv，或用网址连接；加密的请先解密",
        )
    beside = [Path(f"{path}{suffix}") for suffix in _BESIDE]
    waiting = [item for item in beside if item.is_file() and item.stat().st_size]
    state = _state(path)
    if not waiting:
        return _opened(path, path, "mode=ro&immutable=1", state, ())
    with made_or_gone() as folder:
        for item in (path, *waiting):
            shutil.copyfile(item, folder.path / item.name)
        remarks = (waiting_changes([item.name for item in waiting]),)
        return _opened(path, folder.path / path.name, "mode=rw", state, remarks, folder)


def _opened(
    path: Path,
    readable: Path,
    how: str,
    state: tuple[int, int],
    remarks: tuple[Remark, ...],
    folder: PrivateFolder | None = None,
) -> SQLite:
    watch, texts = _Watch(), _Texts()
    try:
        connection = sqlite3.connect(
            f"{readable.resolve().as_uri()}?{how}", uri=True, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise unread(Place(str(path)), str(error)) from error
    server = SQLite(path, connection, folder, state, watch, texts, remarks)
    weakref.finalize(server, connection.close)
    with server._told():  # noqa: SLF001 -- same module
        _restrain(connection, watch, texts)
    return server


def _restrain(connection: sqlite3.Connection, watch: _Watch, texts: _Texts) -> None:
    """What stands in the file may select, and nothing else."""
    connection.text_factory = texts.read
    for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")
    for limit, most in _LIMITS:
        connection.setlimit(limit, most)
    connection.set_authorizer(_authorised)
    connection.set_progress_handler(watch.late, _STEPS)


def _authorised(action: int, one: str | None, two: str | None, *_others: object) -> int:
    lists = action == sqlite3.SQLITE_PRAGMA and one == "table_list"
    calls = action == sqlite3.SQLITE_FUNCTION and two == "load_extension"
    return sqlite3.SQLITE_OK if (action in _ALLOWED and not calls) or lists else sqlite3.SQLITE_DENY


def _state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns

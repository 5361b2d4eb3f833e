"""MySQL and its kin, through PyMySQL: one read-only snapshot, rows as the server writes them."""

from __future__ import annotations

import ssl
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from guiju.errors import Place
from guiju.export.database.address import Address
from guiju.export.database.drivers import driver
from guiju.export.database.faults import nothing_there, undeclared_encoding, unreachable, unread
from guiju.export.database.password import ask, known_password, without_password
from guiju.export.database.server import UNKNOWN_SIZE, Column, Listing, Sink, Table
from guiju.export.database.told import unread_columns, western_columns, without_snapshot
from guiju.export.database.values import text_of
from guiju.export.remarks import Remark
from guiju.export.sql_text import identifier

_WAIT = 10
_DENIED = 1045
_BATCH = 5_000
_BINARY = {
    "binary",
    "varbinary",
    "tinyblob",
    "blob",
    "mediumblob",
    "longblob",
    "geometry",
    "point",
    "linestring",
    "polygon",
    "multipoint",
    "multilinestring",
    "multipolygon",
    "geometrycollection",
    "geomcollection",
    "vector",
}
_TEXTS = {"char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "json"}
_LISTING = """
    SELECT t.TABLE_NAME, t.TABLE_COMMENT, t.TABLE_TYPE, t.ENGINE, t.DATA_LENGTH,
        c.COLUMN_NAME, c.COLUMN_COMMENT, c.DATA_TYPE, c.CHARACTER_SET_NAME, c.PRIVILEGES, k.ORDINAL_POSITION
    FROM information_schema.TABLES t
    JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
    LEFT JOIN information_schema.KEY_COLUMN_USAGE k ON k.TABLE_SCHEMA = c.TABLE_SCHEMA
        AND k.TABLE_NAME = c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME AND k.CONSTRAINT_NAME = 'PRIMARY'
    WHERE t.TABLE_SCHEMA = DATABASE()
    ORDER BY BINARY t.TABLE_NAME, c.ORDINAL_POSITION
"""


@dataclass(frozen=True, slots=True)
class _Told:
    """A column as the catalogue tells it; all values are texts."""

    table: str
    title: str | None
    relation: str
    engine: str | None
    size: str | None
    column: str
    comment: str | None
    typed: str
    charset: str | None
    rights: str
    key: str | None

    @property
    def readable(self) -> bool:
        return self.typed.lower() not in _BINARY and "select" in self.rights.lower()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class MySQL:
    """An open database; see `Server`."""

    address: Address
    connection: Any
    pymysql: Any

    @property
    def title(self) -> str:
        """The database's name."""
        return self.address.database

    @property
    def place(self) -> Place:
        """The address, without password."""
        return self.address.place

    def listing(self) -> Listing:
        """See `Server.listing`.

        Raises:
            InputError: GJ-I158 another schema than the database is asked for.
        """
        if self.address.schema not in ("", self.address.database):
            cause = "MySQL里模式就是库，已在网址中写明"
            raise nothing_there(self.place, f"没有模式“{self.address.schema}”", cause)
        with self._told(), self.connection.cursor() as cursor:
            cursor.execute(_LISTING)
            rows = [_Told(*row) for row in cursor.fetchall()]
        grouped: dict[str, list[_Told]] = {}
        for row in rows:
            grouped.setdefault(row.table, []).append(row)
        return Listing(tuple(table for found in grouped.values() if (table := _table(found)).columns))

    def pour(self, table: Table, columns: Sequence[Column], sink: Sink) -> tuple[Remark, ...]:
        """See `Server.pour`."""
        texts = ", ".join(item.sql for item in columns) or "1"
        order = table.order or ", ".join(f"BINARY {item.sql}" for item in columns)
        query = f"SELECT {texts} FROM {identifier(table.name)} t" + (f" ORDER BY {order}" if order else "")
        with self._told(table.name), self.connection.cursor() as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(_BATCH):
                sink.write_rows([[text_of(value) for value in row] for row in rows])
        return ()

    def close(self) -> None:
        """See `Server.close`."""
        _close(self.connection)

    @contextmanager
    def _told(self, table: str = "") -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:
            raise undeclared_encoding(self.place, f"{table}：{error}") from error
        except self.pymysql.MySQLError as error:
            said = _said(error)
            raise unread(self.place, f"{table}：{said}" if table else said) from error


def connect(address: Address) -> MySQL:
    """Connect and open the snapshot.

    Raises:
        InputError: GJ-I156 no driver; GJ-I157 no connection.
    """
    pymysql = driver(address)
    connection = _connected(pymysql, address)
    server = MySQL(address, connection, pymysql)
    weakref.finalize(server, _close, connection)
    with server._told(), connection.cursor() as cursor:  # noqa: SLF001 -- same module
        _begin(cursor, address.timeout, str(connection.get_server_info()))
    return server


def _connected(pymysql: Any, address: Address) -> Any:
    password = known_password(address)
    for _ in range(2):
        try:
            return pymysql.connect(
                host=address.host or "localhost",
                port=address.port,
                user=address.user or None,
                password=password,
                database=address.database,
                charset="utf8mb4",
                conv=dict(pymysql.converters.encoders),
                cursorclass=pymysql.cursors.SSCursor,
                connect_timeout=_WAIT,
                read_timeout=address.timeout,
                local_infile=False,
                ssl=_encryption(address),
            )
        except (pymysql.MySQLError, OSError, RuntimeError) as error:
            denied = bool(error.args) and error.args[0] == _DENIED
            cause = without_password(_said(error), password)
            password = ask(address) if denied and not password else ""
            if not password:
                raise unreachable(address.place, cause) from None
    raise unreachable(address.place, "口令不对")


def _encryption(address: Address) -> ssl.SSLContext | None:
    """TLS as the address asks for it; none where it does not."""
    mode, roots = address.options.get("sslmode", ""), address.options.get("sslrootcert")
    if mode in ("", "disable", "prefer") and not roots:
        return None
    context = ssl.create_default_context(cafile=roots)
    context.check_hostname = mode == "verify-full"
    if not roots and mode == "require":
        context.verify_mode = ssl.CERT_NONE
    return context


def _begin(cursor: Any, seconds: int, version: str) -> None:
    """Names in double quotes, Beijing time, padded texts trimmed; one snapshot for all tables."""
    limit = f"max_statement_time = {seconds}"
    if "mariadb" not in version.lower():
        limit = f"max_execution_time = {seconds * 1000}"
    for statement in (
        "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
        "SET SESSION time_zone = '+08:00'",
        f"SET SESSION {limit}",
        "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
        "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
    ):
        cursor.execute(statement)


def _table(rows: Sequence[_Told]) -> Table:
    first = rows[0]
    readable = [row for row in rows if row.readable]
    key = sorted((row for row in rows if row.key), key=lambda row: int(row.key or 0))
    order = ", ".join(_order(row) for row in key) if all(row in readable for row in key) else ""
    size = int(first.size) if first.size and first.relation == "BASE TABLE" else UNKNOWN_SIZE
    title = "" if first.title == "VIEW" else first.title or ""
    columns = tuple(_column(row) for row in readable)
    return Table("", first.table, columns, title, order, size, _remarks(rows))


def _column(row: _Told) -> Column:
    name = f"t.{identifier(row.column)}"
    typed = row.typed.lower()
    sql = name
    if typed == "bit":
        sql = f"({name} + 0)"
    elif typed == "set":
        members = f"REPLACE({name}, ',', '\",\"')"
        sql = f"IF({name} = '', '[]', CONCAT('[\"', {members}, '\"]'))"
    return Column(row.column, sql, row.comment or "", floating=typed in ("float", "double"))


def _order(row: _Told) -> str:
    name = f"t.{identifier(row.column)}"
    return f"BINARY {name}" if row.typed.lower() in _TEXTS else name


def _remarks(rows: Sequence[_Told]) -> tuple[Remark, ...]:
    engine = rows[0].engine
    return (
        *unread_columns([row.column for row in rows if not row.readable]),
        *(() if engine in (None, "", "InnoDB") else (without_snapshot(str(engine)),)),
        *western_columns([row.column for row in rows if row.charset == "latin1" and row.readable]),
    )


def _close(connection: Any) -> None:
    if connection.open:
        connection.close()


def _said(error: BaseException) -> str:
    return "：".join(str(part) for part in error.args) or str(error)

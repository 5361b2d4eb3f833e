"""Oracle, through python-oracledb in thin mode: one read-only transaction, texts made by the server."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from guiju.errors import Place
from guiju.export.database.address import Address
from guiju.export.database.drivers import driver
from guiju.export.database.faults import named, nothing_there, unreachable, unread
from guiju.export.database.password import ask, known_password, without_password
from guiju.export.database.server import Column, Listing, Sink, Table
from guiju.export.database.told import unread_columns
from guiju.export.database.values import text_of, whole_number
from guiju.export.remarks import Remark
from guiju.export.sql_text import identifier

_WAIT = 10
_BATCH = 2_000
_LONG = {"CLOB", "NCLOB", "LONG", "JSON"}
_FLOATING = {"BINARY_FLOAT", "BINARY_DOUBLE"}
_BINARY = {"BLOB", "RAW", "LONG RAW", "BFILE", "XMLTYPE", "SDO_GEOMETRY", "ROWID", "UROWID", "VECTOR"}
_NUMBERS = {"NUMBER", "FLOAT", *_FLOATING}
_SECOND = "YYYY-MM-DD HH24:MI:SS"
_LISTING = """
    SELECT c.TABLE_NAME, t.COMMENTS, c.COLUMN_NAME, m.COMMENTS, c.DATA_TYPE, k.POSITION
    FROM ALL_TAB_COLUMNS c
    LEFT JOIN ALL_TAB_COMMENTS t ON t.OWNER = c.OWNER AND t.TABLE_NAME = c.TABLE_NAME
    LEFT JOIN ALL_COL_COMMENTS m ON m.OWNER = c.OWNER AND m.TABLE_NAME = c.TABLE_NAME
        AND m.COLUMN_NAME = c.COLUMN_NAME
    LEFT JOIN (
        SELECT cc.OWNER, cc.TABLE_NAME, cc.COLUMN_NAME, cc.POSITION
        FROM ALL_CONSTRAINTS pk JOIN ALL_CONS_COLUMNS cc
            ON cc.OWNER = pk.OWNER AND cc.CONSTRAINT_NAME = pk.CONSTRAINT_NAME
        WHERE pk.CONSTRAINT_TYPE = 'P'
    ) k ON k.OWNER = c.OWNER AND k.TABLE_NAME = c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME
    WHERE c.OWNER = :owner AND c.TABLE_NAME NOT LIKE 'BIN$%'
    ORDER BY c.TABLE_NAME, c.COLUMN_ID
"""


@dataclass(frozen=True, slots=True)
class _Told:
    """A column as the catalogue tells it."""

    table: str
    title: str | None
    column: str
    comment: str | None
    typed: str
    key: int | None

    @property
    def readable(self) -> bool:
        return self.typed.upper() not in _BINARY


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Oracle:
    """An open database; see `Server`."""

    address: Address
    connection: Any
    oracledb: Any

    @property
    def title(self) -> str:
        """The service's name."""
        return self.address.database or self.address.options.get("sid", "")

    @property
    def place(self) -> Place:
        """The address, without password."""
        return self.address.place

    def listing(self) -> Listing:
        """See `Server.listing`. Without `schema` it is the user's own.

        Raises:
            InputError: GJ-I158 nothing there that may be read.
        """
        owner = self.address.schema or self.address.user.upper()
        with self._told(), self.connection.cursor() as cursor:
            cursor.execute(_LISTING, owner=owner)
            rows = [_Told(*row) for row in cursor.fetchall()]
            if not rows:
                cursor.execute("SELECT DISTINCT OWNER FROM ALL_TAB_COLUMNS ORDER BY 1")
                owners = [str(row[0]) for row in cursor.fetchall()]
                raise nothing_there(
                    self.place, f"模式“{owner}”里没有可读的表", f"有表的模式：{named(owners)}"
                )
        grouped: dict[str, list[_Told]] = {}
        for row in rows:
            grouped.setdefault(row.table, []).append(row)
        return Listing(tuple(table for found in grouped.values() if (table := _table(owner, found)).columns))

    def pour(self, table: Table, columns: Sequence[Column], sink: Sink) -> tuple[Remark, ...]:
        """See `Server.pour`."""
        texts = ", ".join(item.sql for item in columns) or "1"
        order = table.order or ", ".join(item.sql for item in columns if not item.unordered)
        place = f"{identifier(table.schema)}.{identifier(table.name)}"
        query = f"SELECT {texts} FROM {place} t" + (f" ORDER BY {order}" if order else "")
        with self._told(table.name), self.connection.cursor() as cursor:
            cursor.arraysize = _BATCH
            cursor.execute(query)
            numeric = ["'TM9'" in item.sql for item in columns]
            while rows := cursor.fetchmany(_BATCH):
                sink.write_rows([_texts(row, numeric) for row in rows])
        return ()

    def close(self) -> None:
        """See `Server.close`."""
        _close(self.connection, self.oracledb)

    @contextmanager
    def _told(self, table: str = "") -> Iterator[None]:
        try:
            yield
        except self.oracledb.Error as error:
            raise unread(self.place, f"{table}：{error}" if table else str(error)) from error


def connect(address: Address) -> Oracle:
    """Connect and open the snapshot.

    Raises:
        InputError: GJ-I156 no driver; GJ-I157 no connection.
    """
    oracledb = driver(address)
    oracledb.defaults.fetch_lobs = False
    server = Oracle(address, _connected(oracledb, address), oracledb)
    weakref.finalize(server, _close, server.connection, oracledb)
    with server._told(), server.connection.cursor() as cursor:  # noqa: SLF001 -- same module
        server.connection.call_timeout = address.timeout * 1000
        for statement in (
            "ALTER SESSION SET TIME_ZONE = '+08:00'",
            "ALTER SESSION SET NLS_SORT = BINARY",
            "ALTER SESSION SET NLS_NUMERIC_CHARACTERS = '.,'",
            "SET TRANSACTION READ ONLY",
        ):
            cursor.execute(statement)
    return server


def _connected(oracledb: Any, address: Address) -> Any:
    password = known_password(address) or ask(address)
    if not password:
        raise unreachable(address.place, "没有给出口令")
    sid = address.options.get("sid")
    name = {"sid": sid} if sid else {"service_name": address.database}
    try:
        return oracledb.connect(
            user=address.user,
            password=password,
            host=address.host or "localhost",
            port=address.port,
            tcp_connect_timeout=_WAIT,
            **name,
        )
    except (oracledb.Error, OSError) as error:
        raise unreachable(address.place, without_password(str(error), password)) from None


def _table(owner: str, rows: Sequence[_Told]) -> Table:
    first = rows[0]
    readable = [row for row in rows if row.readable]
    key = sorted((row for row in rows if row.key is not None), key=lambda row: row.key or 0)
    order = (
        ", ".join(f"t.{identifier(row.column)}" for row in key) if all(row in readable for row in key) else ""
    )
    left = [row.column for row in rows if not row.readable]
    columns = tuple(_column(row) for row in readable)
    return Table(owner, first.table, columns, first.title or "", order, remarks=unread_columns(left))


def _column(row: _Told) -> Column:
    """Texts that do not depend on the session's settings; the padding of CHAR is not content."""
    name, typed = f"t.{identifier(row.column)}", row.typed.upper()
    sql = name
    if typed in ("CHAR", "NCHAR"):
        sql = f"RTRIM({name})"
    elif typed in _NUMBERS:
        sql = f"TO_CHAR({name}, 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''')"
    elif typed == "DATE":
        sql = f"TO_CHAR({name}, '{_SECOND}')"
    elif typed.startswith("TIMESTAMP"):
        zoned = typed.endswith("TIME ZONE") and "LOCAL" not in typed
        at = f"{name} AT TIME ZONE '+08:00'" if zoned else name
        sql = f"TO_CHAR({at}, '{_SECOND}.FF6')"
    elif typed == "JSON":
        sql = f"JSON_SERIALIZE({name} RETURNING CLOB)"
    return Column(row.column, sql, row.comment or "", floating=typed in _FLOATING, unordered=typed in _LONG)


def _texts(row: Sequence[object], numeric: Sequence[bool]) -> list[str | None]:
    return [
        whole_number(text_of(value)) if number else text_of(value)
        for value, number in zip(row, numeric, strict=True)
    ]


def _close(connection: Any, oracledb: Any) -> None:
    try:
        connection.close()
    except oracledb.Error:
        return

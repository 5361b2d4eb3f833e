"""PostgreSQL, through psycopg: one read-only snapshot, rows by COPY."""

from __future__ import annotations

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
from guiju.export.database.told import closed_rows, closed_tables, unread_columns
from guiju.export.remarks import Remark
from guiju.export.sql_text import identifier

_WAIT = 10
_UTF8 = "utf-8"
_ENCODINGS = {"gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "utf-8": _UTF8, "utf8": _UTF8}
_BAD_TEXT = {"22021", "22P05"}
_UNREAD = {"bytea", "_bytea"}
_LISTING = """
    SELECT n.nspname::text, c.relname::text, obj_description(c.oid, 'pg_class'),
        row_security_active(c.oid), c.relpages::bigint * 8192, c.relkind::text,
        a.attname::text, col_description(c.oid, a.attnum),
        coalesce(b.typname, t.typname)::text, coalesce(b.typcategory, t.typcategory)::text,
        has_column_privilege(c.oid, a.attnum, 'SELECT'),
        coalesce(array_position(i.indkey::int2[], a.attnum), -1)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
    LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND NOT c.relispartition
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
        AND has_schema_privilege(n.oid, 'USAGE')
    ORDER BY n.nspname, c.relname, a.attnum
"""


@dataclass(frozen=True, slots=True)
class _Told:
    """A column as the catalogue tells it; `key` is its place in the primary key, -1 where it has none."""

    schema: str
    table: str
    title: str | None
    guarded: bool
    size: int
    relation: str
    column: str
    comment: str | None
    typed: str
    category: str
    allowed: bool
    key: int


@dataclass(frozen=True, slots=True, weakref_slot=True)
class PostgreSQL:
    """An open database; see `Server`."""

    address: Address
    connection: Any
    psycopg: Any
    encoding: str
    title: str

    @property
    def place(self) -> Place:
        """The address, without password."""
        return self.address.place

    def listing(self) -> Listing:
        """See `Server.listing`.

        Raises:
            InputError: GJ-I158 no such schema or table, or none that may be read.
        """
        with self._told():
            schema = (
                self.address.schema
                or self._text(self._ask("SELECT current_schema()::text")[0][0])
                or "public"
            )
            rows = [_Told(*(self._text(value) for value in row)) for row in self._ask(_LISTING)]
        inside = [row for row in rows if row.schema == schema]
        if not inside:
            others = "、".join(sorted({row.schema for row in rows})) or "无"
            raise nothing_there(self.place, f"模式“{schema}”里没有表", f"有表的模式：{others}")
        grouped: dict[str, list[_Told]] = {}
        for row in inside:
            grouped.setdefault(row.table, []).append(row)
        closed = [name for name, found in grouped.items() if not any(row.allowed for row in found)]
        tables = tuple(_table(found) for name, found in grouped.items() if name not in closed)
        return Listing(tables, closed_tables(f"{self.title}.{schema}", closed))

    def pour(self, table: Table, columns: Sequence[Column], sink: Sink) -> tuple[Remark, ...]:
        """See `Server.pour`."""
        texts = "".join(f", {item.sql}" for item in columns)
        place = f"{identifier(table.schema)}.{identifier(table.name)}"
        order = table.order or ", ".join(f'{item.sql} COLLATE "C"' for item in columns)
        query = f"SELECT 1{texts} FROM {place} t" + (f" ORDER BY {order}" if order else "")
        statement = f"COPY ({query}) TO STDOUT (FORMAT csv)".encode(self.encoding)
        with self._told(table.name), self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for data in copy:
                sink.write(bytes(data) if self.encoding == _UTF8 else self._recoded(bytes(data)))
        return ()

    def close(self) -> None:
        """See `Server.close`."""
        self.connection.close()

    def _recoded(self, data: bytes) -> bytes:
        return data.decode(self.encoding).encode()

    def _text(self, value: Any) -> Any:
        return value.decode(self.encoding) if isinstance(value, bytes) else value

    def _ask(self, query: str) -> list[Any]:
        return list(self.connection.execute(query.encode()).fetchall())

    @contextmanager
    def _told(self, table: str = "") -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:
            raise undeclared_encoding(self.place, f"不能按{self.encoding}读出：{error.reason}") from error
        except self.psycopg.Error as error:
            cause = f"{table}：{error}" if table else str(error)
            if error.sqlstate in _BAD_TEXT:
                raise undeclared_encoding(self.place, cause) from error
            raise unread(self.place, cause) from error


def connect(address: Address) -> PostgreSQL:
    """Connect and open the snapshot.

    Raises:
        InputError: GJ-I156 no driver; GJ-I157 no connection; GJ-I161 a database without a declared encoding.
    """
    psycopg = driver(address)
    connection = _connected(psycopg, address)
    try:
        encoding = _encoding(address, connection)
        _begin(connection, address.timeout)
        title = str(connection.info.dbname)
    except psycopg.Error as error:
        connection.close()
        raise unread(address.place, str(error)) from error
    except BaseException:
        connection.close()
        raise
    server = PostgreSQL(address, connection, psycopg, encoding, title)
    weakref.finalize(server, connection.close)
    return server


def _connected(psycopg: Any, address: Address) -> Any:
    known = {
        "host": address.host,
        "port": address.port,
        "user": address.user,
        "dbname": address.database,
        "connect_timeout": _WAIT,
        "application_name": "guiju",
        "client_encoding": "UTF8",
        "sslmode": address.options.get("sslmode"),
        "sslrootcert": address.options.get("sslrootcert"),
    }
    told = {name: value for name, value in known.items() if value}
    password = known_password(address)
    for _ in range(2):
        given = {"password": password} if password else {}
        try:
            return psycopg.connect(**told, **given, autocommit=True)
        except psycopg.Error as error:
            wanted = not password and getattr(getattr(error, "pgconn", None), "needs_password", False)
            cause = without_password(str(error), password)
            password = ask(address) if wanted else ""
            if not password:
                raise unreachable(address.place, cause) from None
    raise unreachable(address.place, "口令不对")


def _encoding(address: Address, connection: Any) -> str:
    """The encoding in which the server sends texts: UTF-8, unless it declares none and sends bytes as is."""
    declared = connection.info.parameter_status("server_encoding")
    named_one = address.options.get("encoding", "").lower()
    if named_one and named_one not in _ENCODINGS:
        raise undeclared_encoding(address.place, f"不认识的 encoding={named_one}")
    if declared != "SQL_ASCII":
        return _UTF8
    if not named_one:
        raise undeclared_encoding(address.place, "数据库没有声明编码（SQL_ASCII）")
    connection.execute("SET client_encoding TO 'SQL_ASCII'")
    return _ENCODINGS[named_one]


def _begin(connection: Any, seconds: int) -> None:
    """Texts come out the same whatever the server's settings; one snapshot holds for all tables."""
    for setting in (
        f"statement_timeout TO {seconds * 1000}",
        "TimeZone TO 'Asia/Shanghai'",
        "DateStyle TO 'ISO, YMD'",
        "IntervalStyle TO 'iso_8601'",
        "extra_float_digits TO 1",
    ):
        connection.execute(f"SET {setting}")
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _table(rows: Sequence[_Told]) -> Table:
    first = rows[0]
    readable = [row for row in rows if row.allowed and row.typed not in _UNREAD]
    key = sorted((row for row in rows if row.key >= 0), key=lambda row: row.key)
    order = ", ".join(_order(row) for row in key) if all(row in readable for row in key) else ""
    left = [row.column for row in rows if row not in readable]
    remarks = (*unread_columns(left), *((closed_rows(),) if first.guarded else ()))
    size = int(first.size) if first.relation in "rm" and first.size else UNKNOWN_SIZE
    columns = tuple(_column(row) for row in readable)
    return Table(first.schema, first.table, columns, first.title or "", order, size, remarks)


def _column(row: _Told) -> Column:
    name = f"t.{identifier(row.column)}"
    sql = f"{name}::text"
    if row.category == "A":
        sql = f"array_to_json({name})::text"
    elif row.category == "C":
        sql = f"to_json({name})::text"
    elif row.typed == "money":
        sql = f"{name}::numeric::text"
    elif row.typed == "timestamptz":
        sql = f"({name} AT TIME ZONE 'Asia/Shanghai')::text"
    return Column(row.column, sql, row.comment or "", floating=row.typed in ("float4", "float8"))


def _order(row: _Told) -> str:
    """Numbers and dates as they are, which an index serves; texts by their bytes, not by a local order."""
    name = f"t.{identifier(row.column)}"
    return name if row.category in ("N", "D") else f'{name}::text COLLATE "C"'

"""Where the log is kept: an SQLite file by default, PostgreSQL for several offices.

SQLite, because it is one file that needs no server and no installation, survives a killed process
(write-ahead log, every commit on disk), lets one writer in at a time and any number of readers, and is read
by everything.
Entries are only ever added: triggers of the database refuse the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from guiju.errors import InputError, Place
from guiju_tools.registry.chain import START, Entry, broken, link

BUNDLE = "bundle"

_WAIT_SECONDS = 120
_READS = "guiju_reads"
_AT_ONCE = 1000
_metadata = sa.MetaData()
LOG = sa.Table(
    "guiju_log",
    _metadata,
    sa.Column(
        "number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    sa.Column("stamp", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False, unique=True),
    sa.Index("guiju_log_kind", "kind", "number"),
    sa.Index("guiju_log_subject", "kind", "subject", unique=True),
)
BUNDLES = sa.Table(
    "guiju_bundles",
    _metadata,
    sa.Column(
        "number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    sa.Column("digest", sa.Text, nullable=False, unique=True),
    sa.Column("standard", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("judging", sa.Text, nullable=False),
    sa.Column("region", sa.Text, nullable=False),
    sa.Column("period", sa.Text, nullable=False),
    sa.Index("guiju_bundles_when", "standard", "period", "region", "number"),
    sa.Index("guiju_bundles_where", "region", "standard", "period"),
)
_ONLY_ADDED = "entries are only added"
_TABLES = ("guiju_log", "guiju_bundles")
_REFUSE = f"""CREATE OR REPLACE FUNCTION guiju_refuse() RETURNS trigger AS
$$ BEGIN RAISE EXCEPTION '{_ONLY_ADDED}'; END $$ LANGUAGE plpgsql"""


def _triggers(dialect: str) -> Iterator[str]:
    """What makes a database refuse to alter or remove an entry."""
    if dialect == "postgresql":
        yield _REFUSE
        for table in _TABLES:
            yield (
                f"CREATE OR REPLACE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION guiju_refuse()"
            )
        return
    for table in _TABLES:
        for event in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_ONLY_ADDED}'); END"
            )


@dataclass(frozen=True, slots=True)
class New:
    """An entry to be added; of a `subject` that is there already nothing is added."""

    kind: str
    subject: str
    body: Mapping[str, Any]


def index_of(digest: str, body: Mapping[str, Any]) -> dict[str, str]:
    """The row by which a bundle is found; a bundle without a period goes by its day."""
    identity = body["standards"][0]
    return {
        "digest": digest,
        "standard": identity["id"],
        "version": identity["version"],
        "judging": identity["judging_digest"],
        "region": body["region"],
        "period": body["period"] or body.get("as_of", ""),
    }


@dataclass(frozen=True, slots=True)
class Store:
    """An open registry."""

    engine: sa.Engine
    name: str

    def add(self, new: Sequence[New], who: str) -> list[int | None]:
        """Add entries, all or none; the number of each, None for one that is there already.

        Raises:
            InputError: GJ-I520 the database cannot be written.
        """
        with _told(self.name), self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("LOCK TABLE guiju_log IN EXCLUSIVE MODE"))
            return [self._add(connection, item, who) for item in new]

    def _add(self, connection: sa.Connection, item: New, who: str) -> int | None:
        if item.subject:
            query = sa.select(LOG.c.number).where(LOG.c.kind == item.kind, LOG.c.subject == item.subject)
            if connection.execute(query).first() is not None:
                return None
        last = connection.execute(
            sa.select(LOG.c.number, LOG.c.digest).order_by(LOG.c.number.desc()).limit(1)
        ).first()
        number, previous = (last.number + 1, last.digest) if last else (1, START)
        stamp = datetime.now(UTC).isoformat(timespec="milliseconds")
        subject = item.subject or f"#{number}"
        row = {"number": number, "stamp": stamp, "who": who, "kind": item.kind, "subject": subject}
        digest = link(number, stamp, who, item.kind, subject, item.body, previous)
        body = json.dumps(dict(item.body), ensure_ascii=False, sort_keys=True)
        connection.execute(LOG.insert().values(**row, body=body, previous=previous, digest=digest))
        if item.kind == BUNDLE:
            connection.execute(BUNDLES.insert().values(number=number, **index_of(subject, item.body)))
        return int(number)

    def entries(self, *kinds: str, subject: str = "") -> Iterator[Entry]:
        """Entries in order; of some kinds, or about one subject."""
        query = sa.select(LOG).order_by(LOG.c.number)
        if kinds:
            query = query.where(LOG.c.kind.in_(kinds))
        if subject:
            query = query.where(LOG.c.subject == subject)
        yield from self._read(query)

    def faults(self) -> Iterator[str]:
        """Where the chain does not hold, or the index of bundles says something else than the log."""
        yield from broken(self.entries())
        reader = self.engine.execution_options(**{_READS: True})
        with _told(self.name), reader.connect() as connection:
            rows = {row.number: dict(row._mapping) for row in connection.execute(sa.select(BUNDLES))}  # noqa: SLF001 - its public name
        for entry in self.entries(BUNDLE):
            if rows.pop(entry.number, None) != {
                "number": entry.number,
                **index_of(entry.subject, entry.body),
            }:
                yield f"第 {entry.number} 条（结果包）在索引中的内容与登记的不一致"
        for number in sorted(rows):
            yield f"索引中的第 {number} 条没有登记"

    def bundles(self, standard: str = "", period: str = "", region: str = "") -> Iterator[Entry]:
        """The bundle that counts of each standard, period and region: the one added last."""
        wanted = {"standard": standard, "period": period, "region": region}
        chosen = [BUNDLES.c[name] == value for name, value in wanted.items() if value]
        newest = (
            sa.select(sa.func.max(BUNDLES.c.number))
            .where(*chosen)
            .group_by(BUNDLES.c.standard, BUNDLES.c.period, BUNDLES.c.region)
        )
        query = sa.select(LOG).where(LOG.c.number.in_(newest)).order_by(LOG.c.number)
        yield from self._read(query)

    def _read(self, query: sa.Select[Any]) -> Iterator[Entry]:
        reader = self.engine.execution_options(**{_READS: True})
        with _told(self.name), reader.connect() as connection:
            for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
                yield _entry(row)


def _entry(row: Any) -> Entry:
    body = json.loads(row.body)
    return Entry(row.number, row.stamp, row.who, row.kind, row.subject, body, row.previous, row.digest)


@contextmanager
def open_store(where: str, *, make: bool = False) -> Iterator[Store]:
    """A registry by its file or its PostgreSQL address.

    Args:
        where: a path, or ``postgresql://…``.
        make: make it where there is none.

    Raises:
        InputError: GJ-I521 there is none, or it cannot be opened.
    """
    shared = where.startswith(("postgresql://", "postgres://"))
    path = Path(where)
    if not shared and not make and not path.is_file():
        raise InputError(
            "GJ-I521",
            "没有这个登记库",
            place=Place(where),
            hint="请检查文件名；第一次使用请先用 guiju registry add 或 record 登记",
        )
    engine = _engine(where, shared=shared)
    try:
        with _told(where if not shared else "PostgreSQL"):
            _prepare(engine)
        yield Store(engine, where if not shared else "PostgreSQL")
    finally:
        engine.dispose()


def _engine(where: str, *, shared: bool) -> sa.Engine:
    if shared:
        return sa.create_engine(f"postgresql+psycopg://{where.split('://', 1)[1]}")
    engine = sa.create_engine(f"sqlite:///{where}", connect_args={"timeout": _WAIT_SECONDS})
    sa.event.listen(engine, "connect", _on_connect)
    sa.event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: Any) -> None:
    """Let transactions begin where we say, and keep every commit on disk."""
    connection.isolation_level = None
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _on_begin(connection: sa.Connection) -> None:
    """A writer takes its turn at once, so that what it read is still so when it writes."""
    reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _prepare(engine: sa.Engine) -> None:
    with engine.execution_options(**{_READS: True}).connect() as reader:
        if sa.inspect(reader).has_table(BUNDLES.name):
            return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7041776)"))
        if sa.inspect(connection).has_table(BUNDLES.name):
            return
        _metadata.create_all(connection)
        for statement in _triggers(engine.dialect.name):
            connection.exec_driver_sql(statement)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Faults of the database in our words."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(error.orig) if isinstance(error, DBAPIError) and error.orig else str(error)
        raise InputError(
            "GJ-I520",
            "登记库不能使用，没有登记任何内容",
            place=Place(name),
            cause=cause.strip().splitlines()[0] if cause.strip() else type(error).__name__,
            hint="请检查文件或地址、权限和磁盘空间；多个程序同时登记时会自动排队，等一会儿再试",
        ) from error

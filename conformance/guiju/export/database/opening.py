"""A database's tables as sources: an address, or a SQLite file."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from guiju.export.database.address import read_address
from guiju.export.database.faults import named, nothing_there
from guiju.export.database.server import Listing, Server
from guiju.export.database.source import DatabaseSource
from guiju.export.database.told import written_password
from guiju.export.digests import digest
from guiju.export.remarks import Remark

MOST_TABLES = 2_000


def open_database(text: str) -> list[DatabaseSource]:
    """Connect to the database of an address, and offer its tables and views; rows are read when needed.

    Raises:
        InputError: GJ-I155 no address; GJ-I156 no driver; GJ-I157 no connection; GJ-I158 no such schema or
            table, or too many; GJ-I160 a password file; GJ-I161 an encoding that is not declared.
    """
    address = read_address(text)
    # its module is named after the kind, and imported only where there is such an address
    server = cast("Server", import_module(f"guiju.export.database.{address.kind}").connect(address))
    try:
        listing = _chosen(server, server.listing(), address.tables)
    except BaseException:
        server.close()
        raise
    remarks = (*listing.remarks, *([written_password(server.title)] if address.password else []))
    return _sources(server, listing, remarks)


def open_sqlite(
    path: Path,
    words: frozenset[str] = frozenset(),  # noqa: ARG001 -- columns have their names
) -> list[DatabaseSource]:
    """The tables and views of a SQLite file.

    Raises:
        InputError: GJ-I105 empty; GJ-I162 no SQLite database; GJ-I158 no table.
    """
    server = cast("Server", import_module("guiju.export.database.sqlite").connect(path))
    try:
        listing = _chosen(server, server.listing(), ())
    except BaseException:
        server.close()
        raise
    return _sources(server, listing, listing.remarks, digest(path))


def _chosen(server: Server, listing: Listing, wanted: Sequence[str]) -> Listing:
    """The tables that an address names, or all."""
    by_name = {table.name: table for table in listing.tables}
    folded = {name.casefold(): table for name, table in by_name.items()}
    missing = [name for name in wanted if name.casefold() not in folded]
    if missing or not by_name:
        said = f"没有可读的表或视图：{named(missing)}" if missing else "没有可读的表或视图"
        seen = "；".join(
            [f"可读的：{named(list(by_name)) or '无'}", *(item.text for item in listing.remarks)]
        )
        raise nothing_there(server.place, said, seen)
    found = (
        [by_name.get(name, folded[name.casefold()]) for name in wanted] if wanted else list(by_name.values())
    )
    if len(found) > MOST_TABLES:
        raise nothing_there(
            server.place, f"表太多，有{len(found)}张，上限是{MOST_TABLES}张", "没有写明要哪些表"
        )
    return Listing(tuple(found), () if wanted else listing.remarks)


def _sources(
    server: Server, listing: Listing, whole: Sequence[Remark], file_digest: str = ""
) -> list[DatabaseSource]:
    return [DatabaseSource(server, table, file_digest, list(whole)) for table in listing.tables]

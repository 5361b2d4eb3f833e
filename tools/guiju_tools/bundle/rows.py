"""The delivered rows as leaves of hash trees, one tree a dataset, in the order in which they were read.

A leaf covers what the standard reads of a row: file, row number, and the delivered text of each column that
was read. Its nonce follows from a secret that stays at home, so that it can be worked out again when a spot
check asks for the row, and nobody else can try out rows.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from guiju.engine.tables import DatasetTable
from guiju.export import identifier
from guiju.result import InputPart
from guiju.run.assemble import input_part
from guiju.run.judging import loaded, open_desk
from guiju.run.request import RunRequest
from guiju_tools.bundle import tree

_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Committed:
    """The rows of one dataset: their leaves laid end to end, the wanted ones by place (from 0), the files."""

    dataset: str
    title: str
    leaves: bytes
    rows: Mapping[int, dict[str, Any]]
    files: tuple[InputPart, ...]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.leaves) // tree.SIZE


def commit(
    request: RunRequest, secret: bytes, wanted: Mapping[str, frozenset[int]] | None = None
) -> list[Committed]:
    """Read a delivery again, as the run read it, and hash every row.

    Args:
        request: what was run.
        secret: the home secret for rows.
        wanted: places of rows to hand back, by dataset.

    Raises:
        InputError: the delivery cannot be read any more.
    """
    desk = open_desk(request)
    with loaded(desk) as (connection, tables):
        return [
            replace(
                _commit(connection, tables[name], secret, (wanted or {}).get(name, frozenset())),
                files=tuple(input_part(one, 0) for one in desk.bindings if one.dataset.id == name),
            )
            for name in sorted(tables)
        ]


def nonce(secret: bytes, dataset: str, place: int) -> bytes:
    """The nonce of a row: HMAC-SHA-256 over dataset and place, keyed by the home secret."""
    return hmac.digest(secret, f"{dataset}\n{place}".encode(), "sha256")


def content(row: Mapping[str, Any]) -> bytes:
    """A row as the bytes that are hashed: JSON, keys sorted, nothing between them."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _commit(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, secret: bytes, wanted: frozenset[int]
) -> Committed:
    leaves, rows = bytearray(), {}
    name = table.dataset.id
    for place, row in enumerate(_rows(connection, table)):
        leaves += tree.leaf(nonce(secret, name, place), content(row))
        if place in wanted:
            rows[place] = row
    return Committed(name, table.dataset.title, bytes(leaves), rows, ())


def _rows(connection: duckdb.DuckDBPyConnection, table: DatasetTable) -> Iterator[dict[str, Any]]:
    fields = list(table.readings)
    columns = "".join(f", {identifier(field)}" for field in fields)
    cursor = connection.execute(
        f'SELECT "_part", "_row"{columns} FROM {identifier(table.raw)} ORDER BY "_rid"'
    )
    while found := cursor.fetchmany(_AT_ONCE):
        for part, row, *texts in found:
            told = {field: text for field, text in zip(fields, texts, strict=True) if text is not None}
            yield {"file": table.parts[part], "row": row, "columns": told}

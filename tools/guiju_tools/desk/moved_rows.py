"""Kept rows of two periods joined by key: which came, went, changed their key, and how states moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from guiju.export import literal
from guiju.run.desk.rows import BITS, mask_names
from guiju_tools.desk.changes import STATES, DatasetChange, Moves, Recoded, RowChange, category_of

SAMPLES = 1000
"""So many rows under another key are listed."""


@dataclass(frozen=True, slots=True)
class Side:
    """One dataset in one period: its file, and what `definitions.json` says of it."""

    file: Path
    told: dict[str, Any]

    def bit(self, requirement: str) -> tuple[int, int] | None:
        """Number of the mask and place of the bit of a requirement; None where rows were not judged by it."""
        names = self.told["requirements"]
        return divmod(names.index(requirement), BITS) if requirement in names else None

    @property
    def masks(self) -> int:
        """How many masks of each state there are."""
        return 1 + max(0, len(self.told["requirements"]) - 1) // BITS


@dataclass(frozen=True, slots=True)
class Joined:
    """One dataset of two periods, joined on a connection in a table of this name."""

    connection: duckdb.DuckDBPyConnection
    table: str
    before: Side
    after: Side


def join(connection: duckdb.DuckDBPyConnection, dataset: str, before: Side, after: Side) -> Joined:
    """Join the rows of two periods; rows under another key whose other cells are the same are one row."""
    _aggregate(connection, "old_rows", before)
    _aggregate(connection, "new_rows", after)
    same_columns = before.told["columns"] == after.told["columns"]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE pairs AS {_pairs() if same_columns else _no_pairs()}")
    olds = ", ".join(f"o.{name} AS o_{name}" for name in mask_names(before.masks))
    news = ", ".join(f"n.{name} AS n_{name}" for name in mask_names(after.masks))
    joined = (
        f"SELECT coalesce(n.key, o.key) AS key, CASE WHEN o.moved THEN o.old_key END AS old_key, "
        f"o.key IS NOT NULL AS was, n.key IS NOT NULL AS is_, coalesce(n.part, o.part) AS part, "
        f"coalesce(n.row, o.row) AS row, coalesce(o.n, 0) AS o_n, coalesce(n.n, 0) AS n_n, {olds}, {news} "
        f"FROM "
        f"(SELECT o.* EXCLUDE (key), o.key AS old_key, p.new_key IS NOT NULL AS moved, "
        f"coalesce(p.new_key, o.key) AS key FROM old_rows o LEFT JOIN pairs p ON p.old_key = o.key) o "
        f"FULL OUTER JOIN new_rows n ON n.key = o.key"
    )
    table = f'"joined_{dataset}"'
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {joined}")
    return Joined(connection, table, before, after)


def _aggregate(connection: duckdb.DuckDBPyConnection, name: str, side: Side) -> None:
    """One line a key: several rows of one key fail together if one of them fails."""
    masks = ", ".join(
        f"bit_{'and' if mask.startswith('inapplicable') else 'or'}({mask}) AS {mask}"
        for mask in mask_names(side.masks)
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT key, count(*) AS n, "
        f"CASE WHEN count(*) = 1 THEN any_value(content) END AS content, arg_min(part, (part, row)) AS part, "
        f"arg_min(row, (part, row)) AS row, {masks} FROM read_parquet({literal(str(side.file))}) GROUP BY key"
    )


def _pairs() -> str:
    """Keys that are gone, with keys that are new: where just one of each has the same other cells."""
    gone = "SELECT * FROM old_rows ANTI JOIN new_rows USING (key)"
    new = "SELECT * FROM new_rows ANTI JOIN old_rows USING (key)"
    known = "SELECT content, any_value(key) AS key FROM ({}) WHERE content IS NOT NULL"
    once = f"{known} GROUP BY content HAVING count(*) = 1"
    return (
        f"SELECT g.key AS old_key, c.key AS new_key FROM ({once.format(gone)}) g "
        f"JOIN ({once.format(new)}) c ON g.content = c.content"
    )


def _no_pairs() -> str:
    return "SELECT NULL::VARCHAR AS old_key, NULL::VARCHAR AS new_key WHERE FALSE"


def dataset_change(joined: Joined, dataset: str) -> DatasetChange:
    """How the rows of a dataset changed."""
    counted = joined.connection.execute(
        f"SELECT count_if(NOT was), count_if(NOT is_), count_if(old_key IS NOT NULL), "
        f"count_if(o_n > 1 OR n_n > 1) FROM {joined.table}"
    ).fetchall()
    added, gone, recoded, repeated = counted[0]
    pairs = joined.connection.execute(
        f"SELECT old_key, key FROM {joined.table} WHERE old_key IS NOT NULL ORDER BY key LIMIT {SAMPLES}"
    ).fetchall()
    old, new = joined.before.told, joined.after.told
    return DatasetChange(
        dataset=dataset,
        title=new["title"],
        before=old["rows"],
        after=new["rows"],
        added=added,
        gone=gone,
        recoded=recoded,
        keyed=old["keyed"] and new["keyed"],
        repeated=repeated,
        samples=tuple(Recoded(*pair) for pair in pairs),
    )


def moves(joined: Joined, requirement: str, most: int) -> Moves | None:
    """How the rows moved under one requirement; None where one of the periods did not judge rows by it.

    Args:
        joined: the dataset.
        requirement: its id.
        most: how many rows of a category are listed.
    """
    old, new = joined.before.bit(requirement), joined.after.bit(requirement)
    if old is None or new is None:
        return None
    told = f"{_state('o_', 'was', old)} AS before, {_state('n_', 'is_', new)} AS after"
    states = f"SELECT *, {told} FROM {joined.table}"
    counted = joined.connection.execute(
        f"SELECT before, after, count(*) FROM ({states}) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    by_states = {(before, after): number for before, after, number in counted}
    wanted = [pair for pair in by_states if "failed" in pair]
    rows = [row for pair in wanted for row in _listed(joined, states, pair, most)]
    return Moves(by_states, tuple(rows))


def _state(prefix: str, present: str, bit: tuple[int, int]) -> str:
    mask, place = bit
    cases = " ".join(
        f"WHEN ({prefix}{state}{mask} >> {place}) & 1 = 1 THEN '{state}'" for state in tuple(STATES)[:3]
    )
    return f"CASE WHEN NOT {present} THEN 'absent' {cases} ELSE 'passed' END"


def _listed(joined: Joined, states: str, pair: tuple[str, str], most: int) -> Sequence[RowChange]:
    before, after = pair
    found = joined.connection.execute(
        f"SELECT key, part, row, coalesce(old_key, '') FROM ({states}) "
        f"WHERE before = '{before}' AND after = '{after}' ORDER BY part, row LIMIT {most}"
    ).fetchall()
    parts = joined.before.told["parts"] if after == "absent" else joined.after.told["parts"]
    return [
        RowChange(category_of(before, after), key, parts[part], row, before, after, old)
        for key, part, row, old in found
    ]

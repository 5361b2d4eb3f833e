"""The plain Python reading of related values: partners looked up in records, the oracle of the SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

import duckdb

from guiju.engine.kinds.facts import column
from guiju.engine.plan import Record, State
from guiju.engine.records import Row, fetch
from guiju.engine.tables import DatasetTable, Need, reading
from guiju.export import identifier
from guiju.rule import UNKNOWN, Env, Node, evaluate, fields_of
from guiju.rule.arithmetic import LEAST, MOST
from guiju.rule.kinds import kind_of_field
from guiju.rule.moments import Span
from guiju.rule.tree import FieldRef
from guiju.standard.checks import Related
from guiju.standard.fields import Dataset, Field

SMALL = 2_000
"""Of a smaller table all rows are read, and partners are found by this reading alone."""
MOST_PARTNERS = 20_000
"""Of more partners this reading is spared: it goes row by row."""
_EXACT = Context(prec=100)


@dataclass(frozen=True, slots=True)
class Link:
    """One related value: the table of the partners, the field that gives it, the condition, and its title."""

    related: Related
    table: DatasetTable
    field: Field | None
    when: Node
    title: str

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of a partner that are read."""
        there = [name for _, name in self.related.on]
        return tuple(
            dict.fromkeys((*there, *sorted(fields_of(self.when)), *filter(None, [self.related.field])))
        )

    def value(self, partners: Sequence[Record], env: Env) -> Any:
        """What the partners of a row give: a value, None where there is none, or UNKNOWN."""
        told = [evaluate(self.when, partner, env) for partner in partners]
        mine = [partner for partner, counts in zip(partners, told, strict=True) if counts]
        if None in told:
            return UNKNOWN
        if self.field is None:
            return len(mine)
        if not mine:
            return None
        found = [_read(self.field, partner, env) for partner in mine]
        blanks = [partner.get(self.field.name) is None for partner in mine]
        if self.related.value == "one":
            return _shared(found, blanks)
        return UNKNOWN if None in found else _WAYS[self.related.value](found)


def _read(item: Field, record: Record, env: Env) -> Any:
    return evaluate(FieldRef(kind_of_field(item), item.name), record, env)


def _shared(found: Sequence[Any], blanks: Sequence[bool]) -> Any:
    if all(blanks):
        return None
    return UNKNOWN if None in found or len(set(found)) > 1 else found[0]


def _sum(found: Sequence[Any]) -> Any:
    if all(isinstance(value, int) for value in found):
        total = sum(found)
        return total if LEAST <= total <= MOST else UNKNOWN
    exact = Decimal(0)
    for value in found:
        exact = _EXACT.add(exact, Decimal(value))
    return exact


def _least(found: Sequence[Any]) -> Any:
    if isinstance(found[0], Span):
        return Span(min(one.low for one in found), min(one.high for one in found))
    return min(found)


def _greatest(found: Sequence[Any]) -> Any:
    if isinstance(found[0], Span):
        return Span(max(one.low for one in found), max(one.high for one in found))
    return max(found)


_WAYS: Mapping[str, Callable[[Sequence[Any]], Any]] = {"sum": _sum, "min": _least, "max": _greatest}
_Key = tuple[Any, ...]


def joined(
    dataset: Dataset, rows: Sequence[Row], links: Sequence[Link], partners: Sequence[Sequence[Row]], env: Env
) -> dict[int, Record]:
    """Rows of a dataset by id, with the values that they take from the partners of each link."""
    found: dict[int, dict[str, Any]] = {row.rid: dict(row.record) for row in rows}
    for link, theirs in zip(links, partners, strict=True):
        by_key = _by_key(link, theirs, env)
        for row in rows:
            key = _key(dataset, [here for here, _ in link.related.on], row.record, env)
            value = UNKNOWN if key is None else link.value(by_key.get(key, ()), env)
            found[row.rid][link.related.name] = value
    return dict(found)


def _by_key(link: Link, partners: Sequence[Row], env: Env) -> dict[_Key, list[Record]]:
    found: dict[_Key, list[Record]] = {}
    for row in partners:
        key = _key(link.table.dataset, [there for _, there in link.related.on], row.record, env)
        if key is not None:
            found.setdefault(key, []).append(row.record)
    return found


def _key(dataset: Dataset, names: Sequence[str], record: Record, env: Env) -> _Key | None:
    values = tuple(_read(dataset.fields[name], record, env) for name in names)
    return None if None in values else values


@dataclass(frozen=True, slots=True)
class Reread:
    """Rows with their related values, read and judged in Python; `state` is the rule on such a record."""

    table: DatasetTable
    fields: tuple[str, ...]
    links: tuple[Link, ...]
    env: Env
    state: Callable[[Record], State]

    def records(self, connection: duckdb.DuckDBPyConnection, ids: Sequence[int]) -> dict[int, Record]:
        """The rows by id, related values among their fields; empty where there are too many partners."""
        rows = fetch(connection, self.table, list(ids), self.fields, self.env)
        partners = [self._partners(connection, link, ids) for link in self.links]
        if None in partners:
            return {}
        return joined(self.table.dataset, rows, self.links, [found or [] for found in partners], self.env)

    def states(self, connection: duckdb.DuckDBPyConnection, ids: Sequence[int]) -> dict[int, State]:
        """The states of rows by id; empty where there are too many partners."""
        return {rid: self.state(record) for rid, record in self.records(connection, ids).items()}

    def _partners(
        self, connection: duckdb.DuckDBPyConnection, link: Link, ids: Sequence[int]
    ) -> list[Row] | None:
        if link.table.rows <= SMALL:
            wanted = list(range(link.table.rows))
        else:
            wanted = self._candidates(connection, link, ids)
        if len(wanted) > MOST_PARTNERS:
            return None
        return fetch(connection, link.table, wanted, link.names, self.env)

    def _candidates(self, connection: duckdb.DuckDBPyConnection, link: Link, ids: Sequence[int]) -> list[int]:
        """Rows of a large table that share the keys of some rows, and one more than is worth reading."""
        mine, theirs = self.table.dataset.fields, link.table.dataset.fields
        equal = " AND ".join(
            f"v.{column(mine[here])} = p.{column(theirs[there])}" for here, there in link.related.on
        )
        read = reading(
            [
                Need(self.table, frozenset(here for here, _ in link.related.on)),
                Need(link.table, frozenset(there for _, there in link.related.on)),
            ]
        )
        rows = connection.execute(
            f'{read}SELECT DISTINCT p."_rid" FROM {identifier(self.table.view)} v JOIN '
            f'{identifier(link.table.view)} p ON {equal} WHERE v."_rid" IN (SELECT unnest(?)) '
            f"ORDER BY 1 LIMIT {MOST_PARTNERS + 1}",
            [list(ids)],
        ).fetchall()
        return [row[0] for row in rows]

"""Faults put into the rows of one dataset: rows chosen, altered one by one, kept as a small table of changes.

The rows stay a SELECT; the changes are joined to it when it is written. Only the chosen rows pass through
Python, some thousand at a time, and what was done goes to the list of faults.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import duckdb

from guiju.export import identifier
from guiju.standard.fields import Dataset
from guiju_tools.sample.fault_list import MISSING, TWICE, Cell, Fault, FaultList
from guiju_tools.sample.faults import Operator, Record, operators, planted, row_operators
from guiju_tools.sample.plan import Plan
from guiju_tools.sample.rows import all_rows, delivered, rows_sql

_FETCHED = 2000
_ROW_FAULTS = 20
"""One fault in so many is one of a whole row."""

_Item = TypeVar("_Item")
_ROW_MARKS = {"missing": MISSING, "duplicated": TWICE}


@dataclass(frozen=True, slots=True)
class Target:
    """The dataset that gets faults, and the share of its rows that get one (decimal text)."""

    plan: Plan
    dataset: Dataset
    share: str

    def rows(self, numbers: str) -> str:
        """The SELECT of rows without faults, for a relation of row numbers."""
        return rows_sql(self.plan, self.dataset.id, numbers)

    def draws(self, purpose: object) -> random.Random:
        """Chance for one purpose, the same in every run."""
        return random.Random(f"{self.plan.seed}/{self.dataset.id}/{purpose}")  # noqa: S311 - invented data


def spoil(con: duckdb.DuckDBPyConnection, target: Target, listed: FaultList) -> str:
    """Put one fault into each chosen row of a dataset and note it in the list.

    Returns:
        The SELECT of the rows with their faults; it reads tables of the connection that the next call
        replaces.
    """
    rows = target.rows(all_rows(target.plan.rows[target.dataset.id]))
    ((total,),) = con.execute(f"SELECT count(*) FROM ({rows})").fetchall()
    _choose(con, target, rows, total)
    with listed.dataset(target.dataset, total) as note:
        for faults in _some(_faults(con, target), _FETCHED):
            note(faults)
    return _altered(target, rows)


def _some(items: Iterable[_Item], count: int) -> Iterator[list[_Item]]:
    """The items in lists of `count`, the last one shorter."""
    left = iter(items)
    while chunk := list(islice(left, count)):
        yield chunk


def _choose(con: duckdb.DuckDBPyConnection, target: Target, rows: str, total: int) -> None:
    """A table of the chosen rows (row number, rank in the file from 1), in order."""
    con.execute("CREATE OR REPLACE TABLE ranks (rank BIGINT)")
    for ranks in _some(_ranks(target, total), 100 * _FETCHED):
        con.execute("INSERT INTO ranks SELECT unnest(?::BIGINT[])", [ranks])
    ranked = f"SELECT row, row_number() OVER () AS rank FROM ({rows})"
    chosen = f"SELECT row, rank FROM ({ranked}) SEMI JOIN ranks USING (rank)"
    con.execute(f"CREATE OR REPLACE TABLE chosen AS {chosen}")


def _ranks(target: Target, total: int) -> Iterator[int]:
    """One rank out of each of as many stretches as faults are wanted, so that none comes twice."""
    whole, _, fraction = target.share.partition(".")
    scale = int("1" + "0" * len(fraction))
    wanted = -(-total * int((whole or "0") + fraction) // scale)
    chance = target.draws("ranks")
    for place in range(wanted):
        low, high = place * total // wanted, (place + 1) * total // wanted
        yield chance.randrange(low, high) + 1


def _faults(con: duckdb.DuckDBPyConnection, target: Target) -> Iterator[Fault]:
    """One fault for each chosen row that gives something to alter, in the order of the rows."""
    names = [item.name for item in delivered(target.dataset)]
    columns = ", ".join(identifier(name) for name in names)
    chosen = "(SELECT row FROM chosen ORDER BY row)"
    places = con.cursor().execute("SELECT rank FROM chosen ORDER BY row")
    found = con.cursor().execute(f"SELECT row, {columns} FROM ({target.rows(chosen)}) ORDER BY row")
    offered = operators(target.plan.standard, target.dataset)
    while chunk := found.fetchmany(_FETCHED):
        for (row, *values), (rank,) in zip(chunk, places.fetchmany(_FETCHED), strict=True):
            record: dict[str, str | None] = dict(zip(names, values, strict=True))
            fault = _fault(target, offered, record, row, rank)
            if fault is not None:
                yield fault


def _fault(
    target: Target, offered: tuple[Operator, ...], record: Record, row: int, rank: int
) -> Fault | None:
    chance = target.draws(rank)
    key = "/".join(record.get(name) or "" for name in target.dataset.key)
    if chance.randrange(_ROW_FAULTS) == 0:
        whole = chance.choice(row_operators())
        return Fault(row, rank, key, whole.name, whole.title, mark=_ROW_MARKS[whole.name])
    for operator in chance.sample(offered, len(offered)):
        after = planted(operator, record, chance)
        if after is not None:
            cells = tuple(
                Cell(name, record[name], value) for name, value in after.items() if value != record[name]
            )
            return Fault(row, rank, key, operator.name, operator.title, cells)
    return None


def _altered(target: Target, rows: str) -> str:
    fields = delivered(target.dataset)
    changed = ", ".join(
        f"CASE WHEN c.f1 = {place} THEN c.a1 WHEN c.f2 = {place} THEN c.a2 "
        f"ELSE g.{identifier(item.name)} END AS {identifier(item.name)}"
        for place, item in enumerate(fields)
    )
    twice = f"(SELECT row FROM changes WHERE f1 = {TWICE} ORDER BY row)"
    return (
        f"SELECT g.row, {changed} FROM ({rows}) AS g LEFT JOIN changes AS c ON c.row = g.row "
        f"WHERE c.f1 IS DISTINCT FROM {MISSING} UNION ALL {target.rows(twice)}"
    )

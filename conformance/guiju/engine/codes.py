"""How the values of coded fields were understood, counted once per dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from guiju.engine.fold import braked
from guiju.engine.hoist import Hoist
from guiju.engine.kinds.facts import column
from guiju.engine.picked import NOTHING_PICKED, Picked
from guiju.engine.plan import Bit
from guiju.engine.tables import DatasetTable, Need, reading
from guiju.engine.views import Computed
from guiju.export import identifier, literal
from guiju.standard.fields import Codelist, Field

UNKNOWN_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CodeStats:
    """Values of one coded field: how many are there, how many are in the list, the commonest that are not."""

    field: Field
    present: int
    known: int
    unknown: tuple[tuple[str, int], ...]

    @property
    def suspect(self) -> bool:
        """Whether most values are outside the list: the wrong column or the wrong list."""
        return braked(self.present - self.known, self.present)


@dataclass(frozen=True, slots=True)
class CodeProbe:
    """A coded field of a large table as a scan counts it: rows without a value, rows outside the list."""

    field: Field
    read: Need
    inapplicable: str
    undecided: str
    bits: tuple[Bit, ...] = ()
    hoists: tuple[Hoist, ...] = ()


@dataclass(frozen=True, slots=True)
class Probed:
    """How many values there are and how many in the list; the others are among the `picked` rows, if any."""

    present: int
    listed: int
    picked: Picked = NOTHING_PICKED


def code_probes(table: DatasetTable, codelists: Mapping[str, Codelist], as_of: str | None) -> list[CodeProbe]:
    """Probes of the coded fields that have no dictionary; it is the scan that reads them anyway."""
    if isinstance(table.values, Computed):
        return []
    return [
        CodeProbe(
            item,
            Need(table, frozenset({item.name})),
            f"{column(item)} IS NULL",
            f"{column(item)} IS NOT NULL AND NOT {_in_list(item, codelists[item.codelist or ''], as_of)}",
        )
        for item in _coded(table)
        if table.values.dictionary(item.name) is None
    ]


def code_stats(
    connection: duckdb.DuckDBPyConnection,
    table: DatasetTable,
    codelists: Mapping[str, Codelist],
    as_of: str | None,
    probed: Mapping[str, Probed],
) -> dict[str, CodeStats]:
    """The statistics of every available coded field of a table; `probed` has the fields of `code_probes`."""
    coded = _coded(table)
    known = {item.name: _in_list(item, codelists[item.codelist or ""], as_of) for item in coded}
    counts = _counts(connection, table, [item for item in coded if item.name not in probed], known)
    found = {**counts, **probed}
    return {
        item.name: CodeStats(
            item,
            found[item.name].present,
            found[item.name].listed,
            _unknown(connection, table, item, known[item.name], found[item.name]),
        )
        for item in coded
    }


def _coded(table: DatasetTable) -> list[Field]:
    fields = table.dataset.fields.items()
    return [item for name, item in fields if item.codelist and name in table.available]


def _counts(
    connection: duckdb.DuckDBPyConnection,
    table: DatasetTable,
    coded: Sequence[Field],
    known: Mapping[str, str],
) -> dict[str, Probed]:
    """For each field how many values there are, and how many in the list; of a computed table in one go."""
    if isinstance(table.values, Computed) and coded:
        asked = ", ".join(f"count({column(item)}), {_counted(known[item.name])}" for item in coded)
        (told,) = connection.execute(f"SELECT {asked} FROM {identifier(table.values.table)}").fetchall()
        pairs = zip(told[::2], told[1::2], strict=True)
        return {item.name: Probed(*pair) for item, pair in zip(coded, pairs, strict=True)}
    return {item.name: _count(connection, table, item, known[item.name]) for item in coded}


def _counted(condition: str) -> str:
    """How many rows meet it: over no rows at all, `count_if` is NULL."""
    return f"coalesce(count_if({condition}), 0)"


def _count(connection: duckdb.DuckDBPyConnection, table: DatasetTable, field: Field, known: str) -> Probed:
    name = column(field)
    dictionary = table.values.dictionary(field.name)
    values = (
        f"(SELECT *, 1 AS n FROM ({table.values.query([field.name])}))"
        if dictionary is None
        else identifier(dictionary.table)
    )
    ((present, listed),) = connection.execute(
        f"SELECT coalesce(sum(n) FILTER (WHERE {name} IS NOT NULL), 0)::BIGINT, "
        f"coalesce(sum(n) FILTER (WHERE {known}), 0)::BIGINT FROM {values}"
    ).fetchall()
    return Probed(present, listed)


def _in_list(field: Field, codelist: Codelist, as_of: str | None) -> str:
    listed = ", ".join(literal(code) for code in sorted(codelist.valid(as_of))) or "NULL"
    name = column(field)
    if field.type == "set":
        return f"coalesce(len(list_filter({name}, lambda x: x NOT IN ({listed}))) = 0, FALSE)"
    return f"coalesce({name} IN ({listed}), FALSE)"


def _unknown(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, field: Field, known: str, probed: Probed
) -> tuple[tuple[str, int], ...]:
    """The commonest values outside the list, with their counts."""
    if probed.present == probed.listed:
        return ()
    name = column(field)
    dictionary = table.values.dictionary(field.name)
    if dictionary is None:
        among, opened = probed.picked.texts, probed.picked.opened
        begin = reading([Need(table, frozenset({field.name}))], "" if opened else among)
        where = f' WHERE "_rid" IN (SELECT "_rid" FROM {identifier(opened)})' if opened else ""
        values = f"({begin}SELECT {name}, 1 AS n FROM {identifier(table.view)}{where})"
    else:
        values = identifier(dictionary.table)
    rows = connection.execute(
        f"SELECT CAST({name} AS VARCHAR) AS v, sum(n)::BIGINT FROM {values} "
        f"WHERE {name} IS NOT NULL AND NOT {known} GROUP BY v ORDER BY 2 DESC, 1 LIMIT {UNKNOWN_SHOWN}"
    ).fetchall()
    return tuple((str(value), count) for value, count in rows)

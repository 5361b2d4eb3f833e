"""All row rules of a dataset in one scan, failing rows grouped by bit mask with their first row ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import duckdb

from guiju.engine.hoist import Hoist, source
from guiju.engine.plan import FALSE_SQL, TRUE_SQL, Bit, RowRule
from guiju.engine.tables import DatasetTable, Need, reading
from guiju.engine.views import View
from guiju.export import identifier

BITS_PER_MASK = 62
FIRST_ROWS = 1000
"""As many as a run tells unless it is asked for more; they come with the scan."""
SAMPLE_ROWS, RARE = 20_000, 0.05
"""A condition is rare that holds of a smaller share of so many first rows."""
GATHERED = 100_000
"""So many rows at most, of those that fail alike, are gathered because something in them is undecided."""


class Scanned(Protocol):
    """What a scan counts: a row rule, or whatever else tells rows apart as one does."""

    @property
    def read(self) -> Need:
        """What is read."""

    @property
    def inapplicable(self) -> str:
        """See `RowRule`."""

    @property
    def undecided(self) -> str:
        """See `RowRule`."""

    @property
    def bits(self) -> tuple[Bit, ...]:
        """See `RowRule`."""

    @property
    def hoists(self) -> tuple[Hoist, ...]:
        """See `RowRule`."""


@dataclass(frozen=True, slots=True)
class RuleCounts:
    """What a scan says of one row rule; `first` are the smallest failing row ids, in order.

    `open_rows` are rows among which all undecided ones are; None where the scan did not gather them.
    """

    inapplicable: int = 0
    passed: int = 0
    failed: int = 0
    undecided: int = 0
    by_field: dict[str, int] = field(default_factory=dict)
    first: tuple[int, ...] = ()
    error: str = ""
    open_rows: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where each rule's bits lie, and which counting conditions are shared."""

    masks: tuple[str, ...]
    places: tuple[tuple[tuple[int, int, str], ...], ...]
    conditions: tuple[str, ...]
    rare: frozenset[str] = frozenset()


def scan(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, rules: Sequence[Scanned]
) -> list[RuleCounts]:
    """Judge every rule on every row of a table.

    A scan that the engine cannot finish is halved until the guilty rule stands alone; only that one gets an
    `error`.
    """
    if not rules:
        return []
    try:
        return _scan(connection, table, rules)
    except duckdb.Error as error:
        if len(rules) == 1:
            return [RuleCounts(error=str(error).splitlines()[0])]
        half = len(rules) // 2
        return scan(connection, table, rules[:half]) + scan(connection, table, rules[half:])


def _scan(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, rules: Sequence[Scanned]
) -> list[RuleCounts]:
    layout, rows = _layout(rules), table.rows
    if isinstance(table.values, View):
        layout = replace(layout, rare=_rare(connection, rules))
    read = source(table.view, [item for rule in rules for item in rule.hoists])
    begin = reading(rule.read for rule in rules)
    groups = connection.execute(f"{begin}{_scan_sql(read, layout)}").fetchall()
    totals = {
        condition: sum(group[len(layout.masks) + 3 + number] for group in groups)
        for number, condition in enumerate(layout.conditions)
    }
    totals |= {FALSE_SQL: 0, TRUE_SQL: rows}
    gathered = _gathered([group[len(layout.masks) + 2] for group in groups])
    counted = [
        _counts(rule, places, groups, totals, rows, len(layout.masks))
        for rule, places in zip(rules, layout.places, strict=True)
    ]
    return [
        replace(counts, open_rows=gathered) if rule.undecided in layout.rare else counts
        for rule, counts in zip(rules, counted, strict=True)
    ]


def _rare(connection: duckdb.DuckDBPyConnection, rules: Sequence[Scanned]) -> frozenset[str]:
    """The conditions of undecided rows that few of the first rows meet: these rows are worth gathering.

    Those that read costly calls are taken for rare, for these calls would be prepared for the whole file.
    """
    wanted = sorted({rule.undecided for rule in rules if not rule.hoists} - {TRUE_SQL, FALSE_SQL})
    costly = {rule.undecided for rule in rules if rule.hoists} - {TRUE_SQL, FALSE_SQL}
    if not wanted:
        return frozenset(costly)
    counted = ", ".join(f"count_if({sql})" for sql in wanted)
    sample = f"SELECT * FROM {identifier(rules[0].read.table.view)} LIMIT {SAMPLE_ROWS}"
    begin = reading(rule.read for rule in rules if not rule.hoists)
    (counts,) = connection.execute(f"{begin}SELECT {counted} FROM ({sample})").fetchall()
    few = (sql for sql, count in zip(wanted, counts, strict=True) if count < SAMPLE_ROWS * RARE)
    return frozenset((*costly, *few))


def _gathered(lists: Sequence[object]) -> tuple[int, ...] | None:
    """The gathered rows of all groups; None where some group had too many."""
    if any(found is None for found in lists):
        return None
    return tuple(sorted(rid for found in lists for rid in _ids(found)))


def _layout(rules: Sequence[Scanned]) -> _Layout:
    bits: list[str] = []
    places = []
    for rule in rules:
        mine = []
        for bit in rule.bits:
            mine.append((len(bits) // BITS_PER_MASK, len(bits) % BITS_PER_MASK, bit.field))
            bits.append(bit.sql)
        places.append(tuple(mine))
    masks = tuple(
        " | ".join(
            f"(CASE WHEN {sql} THEN {1 << shift} ELSE 0 END)"
            for shift, sql in enumerate(bits[start : start + BITS_PER_MASK])
        )
        for start in range(0, len(bits), BITS_PER_MASK)
    )
    wanted = dict.fromkeys(sql for rule in rules for sql in (rule.inapplicable, rule.undecided))
    conditions = tuple(sql for sql in wanted if sql not in (TRUE_SQL, FALSE_SQL))
    return _Layout(masks or ("0",), tuple(places), conditions)


def _scan_sql(read: str, layout: _Layout) -> str:
    masks = [f"({sql})::BIGINT AS m{number}" for number, sql in enumerate(layout.masks)]
    conditions = [f"({sql}) AS c{number}" for number, sql in enumerate(layout.conditions)]
    names = [f"m{number}" for number in range(len(layout.masks))]
    counted = "".join(f", count_if(c{number})" for number in range(len(layout.conditions)))
    failing = " OR ".join(f"{name} <> 0" for name in names)
    rare = " OR ".join(f"({sql})" for sql in sorted(layout.rare)) or FALSE_SQL
    inner = f'SELECT "_rid", {", ".join(masks + conditions)}, {rare} AS rare FROM {read}'
    first = f'min("_rid", {FIRST_ROWS}) FILTER (WHERE {failing})'
    found = f'CASE WHEN count_if(rare) <= {GATHERED} THEN coalesce(list("_rid") FILTER (WHERE rare), []) END'
    listed = ", ".join(names)
    return f"SELECT {listed}, count(*), {first}, {found}{counted} FROM ({inner}) GROUP BY {listed}"


def _counts(
    rule: Scanned,
    places: tuple[tuple[int, int, str], ...],
    groups: Sequence[tuple[object, ...]],
    totals: dict[str, int],
    rows: int,
    masks: int,
) -> RuleCounts:
    failed, by_field, first = 0, dict.fromkeys((place[2] for place in places if place[2]), 0), set[int]()
    for group in groups:
        hit = [name for mask, shift, name in places if _number(group[mask]) >> shift & 1]
        if not hit:
            continue
        size = _number(group[masks])
        failed += size
        for name in hit:
            if name:
                by_field[name] += size
        first |= set(_ids(group[masks + 1]))
    inapplicable, undecided = totals[rule.inapplicable], totals[rule.undecided]
    return RuleCounts(
        inapplicable=inapplicable,
        passed=rows - inapplicable - undecided - failed,
        failed=failed,
        undecided=undecided,
        by_field=by_field,
        first=tuple(sorted(first)[:FIRST_ROWS]),
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _ids(value: object) -> list[int]:
    return list(value) if isinstance(value, list | tuple) else []


def failing_ids(
    connection: duckdb.DuckDBPyConnection, rule: RowRule, counts: RuleCounts, limit: int
) -> tuple[int, ...]:
    """The first `limit` failing row ids; asks again only where the scan kept too few."""
    if counts.failed <= len(counts.first) or limit <= len(counts.first):
        return counts.first[:limit]
    found = connection.execute(
        f'{rule.reading}SELECT "_rid" FROM {rule.source} WHERE {rule.broken} ORDER BY "_rid" LIMIT {limit}'
    ).fetchall()
    return tuple(row[0] for row in found)

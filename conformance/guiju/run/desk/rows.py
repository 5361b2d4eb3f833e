"""The state of every delivered row under every requirement, kept as one small Parquet file a dataset.

One line a row: its key, a digest of its other cells, where it stands, and bit masks of the requirements that
it fails, leaves undecided, or to which it does not apply. DuckDB writes it in one pass; nothing of it is held
in memory, however many rows fail.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from guiju.engine.hoist import source
from guiju.engine.judge import Judged
from guiju.engine.kinds.relations import FAILED, INAPPLICABLE, PASSED, UNDECIDED
from guiju.engine.plan import Relation, RowRule
from guiju.engine.tables import DatasetTable, reading
from guiju.export import identifier, literal
from guiju.run.desk.identity import content_sql, key_sql
from guiju.run.spoiled import TAKEN_BACK, make_taken_back

BITS = 62
STATES = {"failed": FAILED, "undecided": UNDECIDED, "inapplicable": INAPPLICABLE}
_RELATED = "kept_states"


@dataclass(frozen=True, slots=True)
class KeptRows:
    """What a file holds: its name, and the ids of the requirements in the order of their bits."""

    file: str
    requirements: tuple[str, ...]


def keep_rows(
    connection: duckdb.DuckDBPyConnection,
    judged: Sequence[Judged],
    tables: Mapping[str, DatasetTable],
    folder: Path,
) -> dict[str, KeptRows]:
    """Write ``rows-<dataset>.parquet`` for every table into a folder; returns what each holds."""
    return {
        name: _keep(connection, table, [item for item in judged if _tells_rows(item, table)], folder)
        for name, table in tables.items()
    }


def _tells_rows(item: Judged, table: DatasetTable) -> bool:
    planned = item.planned
    if not isinstance(planned, RowRule | Relation) or item.counts.error:
        return False
    return planned.table is table


def _keep(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, judged: Sequence[Judged], folder: Path
) -> KeptRows:
    rules = [item.planned for item in judged if isinstance(item.planned, RowRule)]
    relations = [item for item in judged if isinstance(item.planned, Relation)]
    _relate(connection, relations, len(rules))
    ordered = [item.requirement.id for item in (*rules, *(one.planned for one in relations))]
    make_taken_back(connection)
    masks = 1 + max(0, len(judged) - 1) // BITS
    name = f"rows-{table.dataset.id}.parquet"
    spill = Path(_setting(connection, "temp_directory"))
    made = spill / name
    query = _query(table, rules, ordered, masks)
    connection.execute(f"COPY ({query}) TO {literal(str(made))} (FORMAT parquet, COMPRESSION zstd)")
    shutil.move(made, folder / name)
    return KeptRows(name, tuple(ordered))


def _setting(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    ((value,),) = connection.execute(f"SELECT current_setting({literal(name)})").fetchall()
    return str(value)


def _relate(connection: duckdb.DuckDBPyConnection, judged: Sequence[Judged], first: int) -> None:
    """Put the rows that relations do not pass into a table: row id, place of the bit, state."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_RELATED} (rid BIGINT, place INTEGER, state INTEGER)")
    for place, item in enumerate(judged, start=first):
        counts, planned = item.counts, item.planned
        if isinstance(planned, Relation) and counts.failed + counts.undecided + counts.inapplicable:
            connection.execute(
                f'INSERT INTO {_RELATED} {planned.reading}SELECT "_rid", {place}, state '
                f"FROM ({planned.states}) WHERE state <> {PASSED}"
            )


def _query(table: DatasetTable, rules: Sequence[RowRule], ordered: Sequence[str], masks: int) -> str:
    """Every row of the table with its masks ``failed0 …``, ``undecided0 …``, ``inapplicable0 …``."""
    told = ", ".join(_told(state, number) for state in STATES for number in range(masks))
    scanned = _scanned(rules, masks)
    begin = reading(rule.read for rule in rules) if rules else ""
    rows = (
        f'SELECT "_rid", "_part", "_row", {key_sql(table)} AS key, {content_sql(table)} AS content '
        f"FROM {identifier(table.raw)}"
    )
    joined = (
        f'LEFT JOIN ({scanned}) s ON s.rid = r."_rid"'
        if rules
        else f"LEFT JOIN ({_no_masks(masks)}) s ON FALSE"
    )
    return (
        f'{begin}SELECT r.key, r.content, r."_part" AS part, r."_row" AS row, {told} FROM ({rows}) r '
        f'{joined} LEFT JOIN ({_related(masks)}) t ON t.rid = r."_rid" '
        f'LEFT JOIN ({_taken(ordered, masks)}) b ON b.rid = r."_rid"'
    )


def _told(state: str, number: int) -> str:
    """One mask; verdicts that were taken back count as undecided."""
    name, taken = f"{state}{number}", f"coalesce(b.taken{number}, 0)"
    found = f"(coalesce(s.{name}, 0) | coalesce(t.{name}, 0))"
    tempered = f"{found} | {taken}" if state == "undecided" else f"{found} & ~{taken}"
    return f"{tempered} AS {name}"


def mask_names(masks: int) -> list[str]:
    """The columns that hold the masks."""
    return [f"{state}{number}" for state in STATES for number in range(masks)]


def _scanned(rules: Sequence[RowRule], masks: int) -> str:
    if not rules:
        return ""
    columns = [
        f"{_mask([getattr(rule, attribute) for rule in rules], number)} AS {state}{number}"
        for state, attribute in zip(STATES, ("broken", "undecided", "inapplicable"), strict=True)
        for number in range(masks)
    ]
    read = source(rules[0].table.view, [item for rule in rules for item in rule.hoists])
    return f'SELECT "_rid" AS rid, {", ".join(columns)} FROM {read}'


def _mask(conditions: Sequence[str], number: int) -> str:
    mine = conditions[number * BITS : (number + 1) * BITS]
    bits = (
        f"CASE WHEN {sql} THEN {1 << shift} ELSE 0 END" for shift, sql in enumerate(mine) if sql != "FALSE"
    )
    return f"({' | '.join(bits) or '0'})::BIGINT"


def _no_masks(masks: int) -> str:
    return f"SELECT {', '.join(f'0::BIGINT AS {name}' for name in mask_names(masks))}"


def _related(masks: int) -> str:
    columns = ", ".join(
        f"bit_or(CASE WHEN state = {state} AND place // {BITS} = {number} THEN 1::BIGINT << (place % {BITS}) "
        f"ELSE 0 END) AS {name}{number}"
        for name, state in STATES.items()
        for number in range(masks)
    )
    return f"SELECT rid, {columns} FROM {_RELATED} GROUP BY rid"


def _taken(ordered: Sequence[str], masks: int) -> str:
    """The masks ``taken0 …`` of verdicts that were taken back."""
    bits = {
        number: [
            f"CASE requirement WHEN {literal(name)} THEN {1 << shift}::BIGINT ELSE 0 END"
            for shift, name in enumerate(ordered[number * BITS : (number + 1) * BITS])
        ]
        for number in range(masks)
    }
    columns = ", ".join(
        f"bit_or({' | '.join(found) or '0::BIGINT'}) AS taken{number}" for number, found in bits.items()
    )
    return f'SELECT "_rid" AS rid, {columns} FROM {TAKEN_BACK} GROUP BY 1'

"""Single rows read back: raw texts, canonical records, and the cells that a finding shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from guiju.engine.reading_sql import UNREAD, Derivation
from guiju.engine.tables import DatasetTable
from guiju.export import ABSENT, canonical, identifier
from guiju.result import FindingCell
from guiju.rule import Env, evaluate
from guiju.standard.fields import Codelist

SHOWN_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One delivered row: where it stands, its raw texts by field, its canonical record."""

    rid: int
    part: str
    row: int
    raw: Mapping[str, str | None]
    record: Mapping[str, Any]


def fetch(
    connection: duckdb.DuckDBPyConnection,
    table: DatasetTable,
    ids: Sequence[int],
    names: Iterable[str],
    env: Env,
    texts: str = "",
) -> list[Row]:
    """The rows with those ids, in order: the named fields, what they derive from, key and owner.

    They are read from the table of `texts` if there is one, else from the raw table.
    """
    named = [*table.dataset.key, *names]
    owners = [table.dataset.fields[name].owner for name in named]
    wanted = _closure(table, [*named, *(name for name in owners if name in table.dataset.fields)])
    delivered = [name for name in wanted if name in table.readings]
    columns = "".join(f", {identifier(name)}" for name in delivered)
    found = connection.execute(
        f'SELECT "_rid", "_part", "_row"{columns} FROM {identifier(texts or table.raw)} '
        f'WHERE "_rid" IN (SELECT unnest(?)) ORDER BY "_rid"',
        [list(ids)],
    ).fetchall()
    return [_row(table, found_row, delivered, wanted, env) for found_row in found]


def _closure(table: DatasetTable, names: Iterable[str]) -> list[str]:
    """Available fields among `names` with all that they derive from, in the dataset's order."""
    known: set[str] = set()
    for name in names:
        step = name
        while step in table.derived:
            known.add(step)
            step = table.parent(step)
        known.add(step)
    return [name for name in table.dataset.fields if name in known & table.available]


def _row(
    table: DatasetTable, found: tuple[Any, ...], delivered: Sequence[str], wanted: Sequence[str], env: Env
) -> Row:
    raw = dict(zip(delivered, found[3:], strict=True))
    return Row(found[0], table.parts[found[1]], found[2], raw, canonical_record(table, raw, wanted, env))


def canonical_record(
    table: DatasetTable, raw: Mapping[str, str | None], wanted: Collection[str], env: Env
) -> dict[str, Any]:
    """Delivered texts by field as values, with the `wanted` ones among those that derive from them."""
    record: dict[str, Any] = {}
    for name, text in raw.items():
        _put(record, name, canonical(table.readings[name], text))
    for name, item in table.derived.items():
        if name in wanted:
            _put(record, name, canonical(item.reading, _derived_text(item, record, env)))
    return record


def _derived_text(item: Derivation, record: Mapping[str, Any], env: Env) -> str | None:
    value = evaluate(item.node, record, env)
    if value is not None:
        return text_of(value)
    origin = record.get(item.parent)
    return f"{UNREAD}{text_of(origin)}" if item.keeps_unread and origin is not None else None


def _put(record: dict[str, Any], name: str, value: Any) -> None:
    if value is not ABSENT:
        record[name] = value


def text_of(value: Any) -> str:
    """A canonical value as a person reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)


def cells(
    table: DatasetTable,
    row: Row,
    names: Iterable[str],
    blamed: Iterable[str],
    codelists: Mapping[str, Codelist],
) -> tuple[FindingCell, ...]:
    """The cells of a finding: as delivered and as understood; a derived field shows what it derives from."""
    guilty = set(blamed)
    return tuple(
        FindingCell(
            field=name,
            title=table.dataset.fields[name].title,
            column=table.heading(name),
            delivered=_cut(row.raw.get(table.origin(name)) or ""),
            understood=_understood(table, row, name, codelists),
            blamed=name in guilty,
        )
        for name in names
    )


def _understood(table: DatasetTable, row: Row, name: str, codelists: Mapping[str, Codelist]) -> str:
    value = row.record.get(name)
    listed = codelists.get(table.dataset.fields[name].codelist or "")
    if listed is None or value is None:
        return _cut(text_of(value))
    members = value if isinstance(value, list) else [value]
    return _cut("、".join(_labelled(str(item), listed) for item in members))


def _labelled(code: str, codelist: Codelist) -> str:
    label = codelist.label(code)
    return f"{code}（{label}）" if label else code


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…（共{len(text)}字）"


def key_text(table: DatasetTable, row: Row) -> str:
    """The delivered key of a row, parts joined."""
    return " ".join(filter(None, (row.raw.get(name) for name in table.dataset.key)))


def owner_of(table: DatasetTable, row: Row, name: str) -> str:
    """Who answers for a field: `x-owner` names another field of the record, or says it outright."""
    field = table.dataset.fields.get(name)
    owner = field.owner if field else ""
    if owner in table.dataset.fields:
        return (row.raw.get(owner) or "").strip()
    return owner

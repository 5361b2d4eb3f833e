"""What the relations share: keys of a table as SQL, and the four states in one query."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.engine.kinds.facts import column
from guiju.engine.tables import DatasetTable
from guiju.export import identifier

INAPPLICABLE, PASSED, FAILED, UNDECIDED = 0, 1, 2, 3


def keys(table: DatasetTable, names: Sequence[str], prefix: str = "k") -> str:
    """Columns ``k0, k1 …``: the values of the fields."""
    fields = table.dataset.fields
    return ", ".join(f"{column(fields[name])} AS {prefix}{number}" for number, name in enumerate(names))


def key_names(count: int, prefix: str = "k", alias: str = "") -> list[str]:
    """The names that `keys` gives."""
    dot = f"{alias}." if alias else ""
    return [f"{dot}{prefix}{number}" for number in range(count)]


def joined(count: int, left: str, right: str) -> str:
    """An equality of two sets of keys."""
    pairs = zip(key_names(count, alias=left), key_names(count, alias=right), strict=True)
    return " AND ".join(f"{first} = {second}" for first, second in pairs)


def complete(count: int, alias: str = "") -> str:
    """All keys have a value."""
    return " AND ".join(f"{name} IS NOT NULL" for name in key_names(count, alias=alias))


def base(table: DatasetTable, names: Sequence[str], conditions: tuple[str, str, str]) -> str:
    """Rows with their keys and `off` / `unknown`: whether the rule's `when` is false or unknown there."""
    _, off, unknown = conditions
    return (
        f'SELECT "_rid", "_part", "_row", {keys(table, names)}, {off} AS off, {unknown} AS unknown '
        f"FROM {identifier(table.view)}"
    )


def states(unknown_key: int, found: str, hit: int, miss: int) -> str:
    """The CASE that tells the state: `unknown_key` where a key is missing, `hit` where `found` holds."""
    return (
        f"CASE WHEN b.off THEN {INAPPLICABLE} WHEN b.unknown THEN {UNDECIDED} "
        f"WHEN NOT b.whole THEN {unknown_key} WHEN {found} THEN {hit} ELSE {miss} END"
    )

"""What tells the rows of a dataset apart from one delivery to the next: their key, else their content."""

from __future__ import annotations

from guiju.engine.tables import DatasetTable
from guiju.export import identifier

FEWEST_ALIKE = 3
"""Rows with fewer values besides their key are never taken for the same row under another key."""
NO_KEY = "（无主键）"
_PART = "chr(31)"


def keyed(table: DatasetTable) -> bool:
    """Whether every field of the key was delivered; else rows are known by their content."""
    key = table.dataset.key
    return bool(key) and all(name in table.readings for name in key)


def key_sql(table: DatasetTable) -> str:
    """The key of a row as findings print it, over the raw texts; without a key, a digest of its cells."""
    if not keyed(table):
        return _digest(list(table.readings))
    parts = ", ".join(f"nullif(trim({identifier(name)}), '')" for name in table.dataset.key)
    return f"coalesce(nullif(concat_ws(' ', {parts}), ''), {_digest(list(table.readings))})"


def content_sql(table: DatasetTable) -> str:
    """A digest of the cells besides the key; NULL where they are too few to know a row by."""
    names = [name for name in table.readings if name not in table.dataset.key]
    if not keyed(table) or len(names) < FEWEST_ALIKE:
        return "NULL"
    filled = " + ".join(f"(coalesce({identifier(name)}, '') <> '')::INTEGER" for name in names)
    return f"CASE WHEN {filled} >= {FEWEST_ALIKE} THEN md5_number_lower({_joined(names)}) END"


def _digest(names: list[str]) -> str:
    return f"'{NO_KEY}' || md5({_joined(names)})"


def _joined(names: list[str]) -> str:
    """The cells of a row as one text: the order of columns in a file means nothing."""
    return f" || {_PART} || ".join(f"coalesce({identifier(name)}, '')" for name in sorted(names)) or "''"

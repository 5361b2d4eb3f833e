"""Tables with headings and no record: a sheet left blank says nothing, so it counts as not delivered."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.engine.tables import DatasetTable
from guiju.export import Remark


def with_records(tables: Mapping[str, DatasetTable]) -> dict[str, DatasetTable]:
    """The tables that hold at least one record.

    A blank sheet of a workbook to fill in would otherwise claim that nothing of the kind exists, and all
    that must have its counterpart there would fail.
    """
    return {name: table for name, table in tables.items() if table.rows}


def no_records(table: DatasetTable) -> Remark:
    """What is said of a table without records."""
    return Remark(
        "GJ-D140",
        f"“{table.dataset.title}”只有标题、没有记录，按没有交来处理",
        hint="应当有记录的请补交；本来就没有的，不必交这张表",
    )

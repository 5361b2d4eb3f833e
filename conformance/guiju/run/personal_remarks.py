"""Personal data in a delivery that nobody asked for: remarks about headings and counts, never a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from guiju.engine.tables import DatasetTable
from guiju.export import (
    Binding,
    InPlace,
    Remark,
    SourceTable,
    identifier,
    kind_of_heading,
    kind_of_values,
    open_sources,
    personal_counts,
)

SAMPLE_ROWS = 200
SMALL_BYTES = 1_000_000
"""Smaller text files are read once more for a sample of the columns that no rule reads."""
_TEXTS = (".csv", ".tsv", ".txt", ".json", ".jsonl")


def personal_remarks(
    connection: duckdb.DuckDBPyConnection, table: DatasetTable, bindings: Sequence[Binding]
) -> list[tuple[int, Remark]]:
    """What looks like personal data in one table, by part of the delivery."""
    unread = [(part, one) for part, item in enumerate(bindings) for one in _of_unread(connection, item, part)]
    return [*unread, *_of_read(connection, table)]


def _of_unread(connection: duckdb.DuckDBPyConnection, binding: Binding, part: int) -> list[Remark]:
    """Columns that no rule reads, by heading and by sampled values; one remark for all of them."""
    found = {heading: kind_of_heading(heading) for heading in binding.unread}
    left = [heading for heading, kind in found.items() if not kind]
    for heading, texts in _sample(connection, binding.source, left, part).items():
        found[heading] = kind_of_values(texts)
    listed = [f"“{heading}”（像是{kind}）" for heading, kind in found.items() if kind]
    if not listed:
        return []
    text = f"交来了核验用不着的个人信息：{'、'.join(listed)}。这些列没有用于核验，报告中不出现它们的值"
    return [
        Remark(
            "GJ-D401", text, count=len(listed), hint="请不要交付这些列：重新导出时去掉，已交付的文件妥善销毁"
        )
    ]


def _sample(
    connection: duckdb.DuckDBPyConnection, source: SourceTable, headings: Sequence[str], part: int
) -> Mapping[str, list[str]]:
    """The first values of columns, where they come cheaply."""
    columns = {f"u{number}": heading for number, heading in enumerate(headings)}
    if not columns:
        return {}
    suffix = source.path.suffix.lower()
    if suffix == ".parquet" and isinstance(source, InPlace):
        placed = source.place(connection, columns)
        if placed is None:
            return {}
        chosen = ", ".join(f"{sql} AS {name}" for name, sql in placed.texts.items())
        return _columns(connection, columns, f"SELECT {chosen} FROM {placed.reader}")
    small = suffix in _TEXTS and source.path.name == source.file and source.path.stat().st_size <= SMALL_BYTES
    return _read_again(connection, source, columns, part) if small else {}


def _read_again(
    connection: duckdb.DuckDBPyConnection, source: SourceTable, columns: Mapping[str, str], part: int
) -> Mapping[str, list[str]]:
    """The same, out of the file opened once more: a source that was loaded has told what it met."""
    again = next((one for one in open_sources([source.path]) if one.columns == source.columns), None)
    if again is None:
        return {}
    table = identifier(f"unread_{part}")
    told = "".join(f", {name} VARCHAR" for name in columns)
    connection.execute(f'CREATE OR REPLACE TEMP TABLE {table} ("_part" INTEGER, "_row" BIGINT{told})')
    again.load_into(connection, f"unread_{part}", columns, part)
    found = _columns(connection, columns, f"SELECT {', '.join(columns)} FROM {table}")
    connection.execute(f"DROP TABLE {table}")
    return found


def _columns(
    connection: duckdb.DuckDBPyConnection, columns: Mapping[str, str], query: str
) -> dict[str, list[str]]:
    rows = connection.execute(f"{query} LIMIT {SAMPLE_ROWS}").fetchall()
    return {
        heading: [row[number] for row in rows if row[number]]
        for number, heading in enumerate(columns.values())
    }


def _of_read(connection: duckdb.DuckDBPyConnection, table: DatasetTable) -> list[tuple[int, Remark]]:
    """Texts that rules read and that are not marked as sensitive: a count, among the first rows."""
    names = [
        name
        for name, item in table.readings.items()
        if item.field.type == "string" and not item.field.sensitive and not item.field.codelist
    ]
    if not names:
        return []
    chosen = ", ".join(identifier(name) for name in names)
    rows = connection.execute(f"SELECT {chosen} FROM {identifier(table.raw)} LIMIT {SAMPLE_ROWS}").fetchall()
    found = []
    for number, name in enumerate(names):
        heading, phone = table.heading(name), "电话" in table.dataset.fields[name].title
        for kind, count in personal_counts([row[number] for row in rows if row[number]], phones=not phone):
            text = f"“{heading}”的前{len(rows)}行中有{count}个值像是{kind}"
            found.append(
                (
                    0,
                    Remark(
                        "GJ-D402", text, heading, count, hint="请核对这一列该不该有个人信息，没有必要的请去掉"
                    ),
                )
            )
    return found

"""The small tables of a pack: code lists and crosswalks as CSV with a fixed heading."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from guiju.errors import Place, StandardError


def read_csv(path: Path, columns: Sequence[str], label: str) -> list[tuple[int, dict[str, str]]]:
    """Rows of a small CSV of ours with line numbers; the heading must be exactly `columns` (GJ-S121)."""
    reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    heading = next(reader, [])
    if heading != list(columns):
        raise StandardError(
            "GJ-S121",
            "表头不对",
            place=Place(label, 1),
            cause=",".join(heading),
            hint=f"应为 {','.join(columns)}",
        )
    rows = []
    for row in reader:
        if len(row) != len(columns):
            raise StandardError(
                "GJ-S121",
                f"这一行有{len(row)}格，应有{len(columns)}格",
                place=Place(label, reader.line_num),
                hint="含逗号的文字请加双引号",
            )
        rows.append((reader.line_num, dict(zip(columns, row, strict=True))))
    return rows

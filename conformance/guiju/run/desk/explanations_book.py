"""Explanations written as a workbook, for those who will not open YAML: the same facts, the same checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from guiju.standard import validate

COLUMNS = {
    "编号": "id",
    "要求": "requirement",
    "主键": "rows",
    "数据元": "field",
    "从": "from",
    "到": "to",
    "理由": "reason",
    "谁定的": "decided-by",
    "哪天定的": "decided",
    "到哪天失效": "expires",
}
"""Headings of the first sheet, and what they are in `explanations.yaml`; several keys stand one a line."""
SUFFIX = ".xlsx"
_SPAN = ("field", "from", "to")


def read_book(path: Path, label: str) -> Mapping[str, Any]:
    """What the first sheet says, as `explanations.yaml` would have it.

    Raises:
        ValueError: it is no workbook, or its headings are others.
        StandardErrors: every fault against the schema; `inside` names the row, counted from 0.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only where there is a workbook

    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except (OSError, CalamineError) as error:
        raise ValueError(f"不是能读的工作簿：{error}") from error
    head = [str(cell).strip() for cell in rows[0]] if rows else []
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        raise ValueError(f"第一行缺少列：{'、'.join(missing)}")
    told = [
        _entry(dict(zip(head, row, strict=False))) for row in rows[1:] if any(_text(cell) for cell in row)
    ]
    data = {"explanations": told}
    validate.require("explanations", data, {}, label)
    return data


def _entry(row: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: _text(row.get(heading, "")) for heading, name in COLUMNS.items()}
    entry: dict[str, Any] = {
        name: text for name, text in texts.items() if text and name != "rows" and name not in _SPAN
    }
    keys = _keys(texts["rows"])
    if keys:
        entry["rows"] = keys
    span = {name: texts[name] for name in _SPAN if texts[name]}
    if span:
        entry["span"] = span
    return entry


def _keys(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _text(value: Any) -> str:
    """A cell as text: days as YYYY-MM-DD, whole numbers without a point."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()

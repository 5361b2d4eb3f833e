"""The rows of one dataset as one SELECT: texts as an export delivers them, in the order of row numbers."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.export import identifier, literal
from guiju.rule import Kind
from guiju.standard.fields import Dataset, Field
from guiju_tools.sample.expressions import expression_sql
from guiju_tools.sample.forms import form_sql
from guiju_tools.sample.loom import ROW, Loom, Path
from guiju_tools.sample.places import NAMES, place_sql
from guiju_tools.sample.plan import Plan


def delivered(dataset: Dataset) -> tuple[Field, ...]:
    """The fields that a sample has columns for: derived ones are left out, as their sources are there."""
    return tuple(item for item in dataset.fields.values() if item.derived_from is None)


def all_rows(count: int, first: int = 1) -> str:
    """A relation of the row numbers `first` to `count`."""
    return f"range({first}, {count + 1}) AS numbers({ROW})"


def rows_sql(plan: Plan, dataset_id: str, numbers: str, fields: Sequence[str] | None = None) -> str:
    """A SELECT of ``row`` and the delivered texts (columns named by field) for a relation of row numbers.

    Raises:
        StandardError: GJ-S131 to GJ-S140 and GJ-S201 to GJ-S219 when the hints do not hold together.
    """
    loom = Loom(plan, dataset_id, _make)
    loom.column(loom.root, ROW)
    items = [item for item in delivered(plan.dataset(dataset_id)) if fields is None or item.name in fields]
    texts = [f"{_text(item, loom.column(loom.root, item.name))} AS {identifier(item.name)}" for item in items]
    only = plan.hints.of(dataset_id).only
    kept = expression_sql(loom, loom.root, only, Kind.BOOLEAN) if only else ""
    return loom.query(numbers, [identifier(ROW), *texts]) + (f" WHERE {kept}" if kept else "")


def _make(loom: Loom, path: Path, name: str) -> str:
    """A field goes before the row's place of the same name: a dataset may well have a field ``round``."""
    own = name != ROW and name in loom.plan.dataset(path[-1]).fields
    return place_sql(loom, path, name) if name in NAMES and not own else form_sql(loom, path, name)


def _text(item: Field, value: str) -> str:
    """A value as exports write it."""
    match item.type:
        case "string":
            return value
        case "boolean":
            return f"CASE WHEN {value} THEN '是' WHEN NOT {value} THEN '否' END"
        case "set":
            return f"array_to_string({value}, {literal(item.separator or ',')})"
        case "number":
            return f"regexp_replace(CAST({value} AS VARCHAR), '\\.?0+$', '')"
        case "date-time":
            return f"strftime({value}, '%Y-%m-%d %H:%M:%S')"
        case _:
            return f"CAST({value} AS VARCHAR)"

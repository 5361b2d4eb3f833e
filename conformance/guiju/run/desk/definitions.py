"""What a requirement's answer hangs on besides the data: kept, so that two periods can be held together.

Where one of these differs between two runs, a changed number may come from the definition and not from the
data: the requirement is then not comparable (不可比), and the words here say why.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from guiju.content import find_packs
from guiju.engine.judge import Judged
from guiju.engine.tables import DatasetTable
from guiju.export import Binding, Mapping_
from guiju.rule import Calendar, calls_workdays, parameters_of, parse, scope_name
from guiju.run import prepare
from guiju.run.desk.identity import keyed
from guiju.run.desk.mappings import mapping_digest
from guiju.run.desk.rows import KeptRows, keep_rows
from guiju.run.needs import expressions_of, partner_conditions, read_by
from guiju.standard.load import crosswalk
from guiju.standard.model import Requirement, Standard

FILE = "definitions.json"
FORMAT = 1
_PROSE = ("title", "description", "x-aliases", "x-owner", "x-unit", "x-sensitive")


@dataclass(frozen=True, slots=True)
class Given:
    """What definitions are worked out from: all that a run has decided before it judges."""

    standard: Standard
    scopes: prepare.Scopes
    parameters: Mapping[str, str]
    days: Calendar
    mapping: Mapping_ | None
    mappings: Sequence[str]
    bindings: Sequence[Binding]
    pack: Path | None
    region: str


def keep(
    connection: duckdb.DuckDBPyConnection,
    given: Given,
    judged: Sequence[Judged],
    tables: Mapping[str, DatasetTable],
    folder: Path,
) -> None:
    """Keep what a comparison with another period needs: the state of every row, and the definitions."""
    write_definitions(given, tables, keep_rows(connection, judged, tables, folder), folder)


def write_definitions(
    given: Given, tables: Mapping[str, DatasetTable], kept: Mapping[str, KeptRows], folder: Path
) -> None:
    """Write `definitions.json` beside the kept rows."""
    packs = find_packs(given.pack)
    document = {
        "format": FORMAT,
        "mapping": mapping_digest(packs, given.mappings),
        "datasets": {name: _dataset(table, kept[name]) for name, table in tables.items()},
        "requirements": {item.id: definition(given, item) for item in given.standard.requirements},
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")


def _dataset(table: DatasetTable, kept: KeptRows) -> dict[str, Any]:
    return {
        "title": table.dataset.title,
        "file": kept.file,
        "requirements": list(kept.requirements),
        "keyed": keyed(table),
        "columns": sorted(table.readings),
        "rows": table.rows,
        "parts": list(table.parts),
    }


def definition(given: Given, item: Requirement) -> dict[str, Any]:
    """Digests of one requirement's rule and calendar, its parameters, the readings of its fields."""
    reads = read_by(item, given.standard, given.scopes)
    return {
        "rule": _digest(_rule(given.standard, item, reads)),
        "parameters": _parameters(given, item),
        "fields": {
            f"{name}.{field}": _reading(given, name, field)
            for name, fields in reads.items()
            for field in sorted(fields)
        },
        "calendar": _calendar(given.days) if _counts_workdays(given, item, reads) else "",
    }


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _rule(standard: Standard, item: Requirement, reads: Mapping[str, set[str]]) -> list[Any]:
    fields = [
        (
            name,
            field,
            {key: value for key, value in _schema(standard, name, field).items() if key not in _PROSE},
        )
        for name, names in sorted(reads.items())
        for field in sorted(names)
    ]
    lists = sorted({one["x-codelist"] for _, _, one in fields if "x-codelist" in one})
    codes = [(name, _codes(standard, name)) for name in lists]
    return [repr(item.check), item.tolerance, item.undecided_max, fields, codes]


def _codes(standard: Standard, name: str) -> list[list[str]]:
    listed = standard.document["codelists"][name]["codes"]
    return [[code.get(key, "") for key in ("code", "label", "valid_from", "valid_to")] for code in listed]


def _schema(standard: Standard, dataset: str, field: str) -> Mapping[str, Any]:
    found = standard.datasets[dataset].fields[field]
    return {**found.schema, "required": found.required}


def _parameters(given: Given, item: Requirement) -> dict[str, str]:
    home = getattr(item.check, "dataset", "")
    if not home:
        return {}
    scope = given.scopes[scope_name(item.check)]
    texts = partner_conditions(item.check)
    names = {one for name, text in texts for one in parameters_of(parse(text, given.scopes[name]))}
    names |= {name for text in expressions_of(item.check) for name in parameters_of(parse(text, scope))}
    threshold = getattr(item.check, "threshold", "")
    names |= {threshold.removeprefix(":")} if threshold.startswith(":") else set()
    return {name: given.parameters.get(name, "") for name in sorted(names)}


def _reading(given: Given, dataset: str, field: str) -> dict[str, Any]:
    """How a field is read: the headings it comes from, and what a mapping says of its values."""
    headings = {
        item.columns[field] for item in given.bindings if item.dataset.id == dataset and field in item.columns
    }
    told = given.mapping.datasets.get(dataset) if given.mapping else None
    codelist = given.standard.datasets[dataset].fields[field].codelist or ""
    owner = told.crosswalks.get(codelist, "") if told else ""
    values: list[Any] = [told.values.get(field), told.separators.get(field)] if told else [None, None]
    if owner:
        values.append(repr(crosswalk(find_packs(given.pack), codelist, owner, given.region)))
    return {"columns": sorted(headings), "values": _digest(values)}


def _counts_workdays(given: Given, item: Requirement, reads: Mapping[str, set[str]]) -> bool:
    home = getattr(item.check, "dataset", "")
    texts = [(scope_name(item.check), text) for text in expressions_of(item.check)] if home else []
    texts += partner_conditions(item.check)
    nodes = [parse(text, given.scopes[name]) for name, text in texts]
    for name, fields in reads.items():
        known = given.standard.datasets[name].fields
        derived = [known[field].derived_from for field in fields if known[field].derived_from]
        nodes += [parse(text or "", given.scopes[name], None) for text in derived]
    return any(calls_workdays(node) for node in nodes)


def _calendar(days: Calendar) -> str:
    return _digest([days.years, sorted((day.isoformat(), works) for day, works in days.exceptions.items())])

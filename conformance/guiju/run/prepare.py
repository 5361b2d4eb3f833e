"""From delivered files to judged tables: open, recognise, load, and read the codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from guiju.content import Pack
from guiju.engine.plan import Context
from guiju.engine.tables import DatasetTable, load_table
from guiju.errors import InputError, Place, StandardError, StandardErrors
from guiju.export import Binding, Mapping_, Reading, make_reading, read_mapping
from guiju.rule import Calendar, Env, Scope, parse
from guiju.run.needs import EXPRESSIONS
from guiju.standard.fields import Dataset
from guiju.standard.load import crosswalk
from guiju.standard.model import Standard


def find_mapping(packs: Sequence[Pack], name: str) -> Mapping_ | None:
    """The mapping file of that path, or the one that a pack ships under that id; None for an empty name.

    Raises:
        InputError: GJ-I304 when there is neither.
    """
    if not name:
        return None
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return read_mapping(path)
    for pack in packs:
        for shipped in sorted(pack.standards.glob("regions/*/mappings/*.yaml")):
            found = read_mapping(shipped)
            if found.id == name:
                return found
    raise InputError(
        "GJ-I304",
        f"没有名为“{name}”的字段对应表",
        place=Place(name),
        hint="请给出 .yaml 文件，或随标准包附带的对应表标识",
    )


def calendar(packs: Sequence[Pack]) -> Calendar:
    """Working days of all years on file in the packs, the first pack winning."""
    files: dict[str, Path] = {}
    for pack in packs:
        for path in sorted(pack.standards.glob("calendars/cn-*.csv")):
            files.setdefault(path.name, path)
    return Calendar.from_csv([files[name] for name in sorted(files)])


def environment(parameters: Mapping[str, str], days: Calendar, as_of: str) -> Env:
    """The environment of expressions.

    Raises:
        InputError: GJ-I305 when the day is not one.
    """
    try:
        day = date.fromisoformat(as_of) if as_of else None
    except ValueError as error:
        raise InputError("GJ-I305", f"基准日“{as_of}”不是日期", hint="请写成 2026-03-31 的样子") from error
    return Env(parameters=dict(parameters), calendar=days, as_of=day)


def scopes(standard: Standard) -> dict[str, Scope]:
    """What expressions over each dataset may name."""
    return {
        name: Scope(item.fields, standard.parameters, standard.codelists, Place())
        for name, item in standard.datasets.items()
    }


def parse_all(standard: Standard) -> None:
    """Parse every expression of a standard, whether or not its data were delivered.

    Raises:
        StandardErrors: all faults together (GJ-S2xx), each placed at its requirement.
    """
    known = scopes(standard)
    faults: list[StandardError] = []
    for item in standard.requirements:
        for name in EXPRESSIONS:
            text = getattr(item.check, name, "")
            if text:
                scope = replace(known[getattr(item.check, "dataset", "")], place=Place(inside=item.id))
                try:
                    parse(text, scope)
                except StandardError as fault:
                    faults.append(fault)
    if faults:
        raise StandardErrors(faults)


@dataclass(frozen=True, slots=True)
class Readings:
    """How the fields of a dataset are read, and by which crosswalk (code list → its id)."""

    by_field: Mapping[str, Reading]
    crosswalks: Mapping[str, str]


def readings(
    standard: Standard, dataset: Dataset, mapping: Mapping_ | None, packs: Sequence[Pack], region: str
) -> Readings:
    """Readings of every field, by code lists, the mapping's crosswalks, values and separators."""
    told = mapping.datasets.get(dataset.id) if mapping else None
    walks = {
        name: crosswalk(packs, name, owner, region)
        for name, owner in (told.crosswalks if told else {}).items()
    }
    by_field = {
        name: make_reading(
            item,
            codelist=standard.codelists.get(item.codelist or ""),
            crosswalk=walks.get(item.codelist or ""),
            values=told.values.get(name) if told else None,
            separator=told.separators.get(name, "") if told else "",
        )
        for name, item in dataset.fields.items()
    }
    return Readings(by_field, {name: walk.id for name, walk in walks.items()})


def load_tables(
    connection: duckdb.DuckDBPyConnection,
    standard: Standard,
    bindings: Sequence[Binding],
    read: Mapping[str, Readings],
    env: Env,
) -> dict[str, DatasetTable]:
    """Every delivered dataset as a table."""
    known = scopes(standard)
    tables = {}
    for name in dict.fromkeys(item.dataset.id for item in bindings):
        mine = [item for item in bindings if item.dataset.id == name]
        dataset = standard.datasets[name]
        tables[name] = load_table(connection, dataset, mine, read[name].by_field, known[name], env)
    return tables


def context(standard: Standard, tables: Mapping[str, DatasetTable], env: Env, as_of: str) -> Context:
    """The context of planning."""
    return Context(standard, tables, env, as_of or None, scopes(standard))

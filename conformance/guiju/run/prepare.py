"""From delivered files to judged tables: open, recognise, load, and read the codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from guiju.content import Pack
from guiju.engine.parts import often_called
from guiju.engine.plan import Context
from guiju.engine.tables import DatasetTable, load_table
from guiju.errors import InputError, Place, StandardError, StandardErrors
from guiju.export import Binding, Mapping_, Reading, make_reading, read_mapping
from guiju.rule import Calendar, Env, Scope, parse, related_scope, scope_name
from guiju.rule.stored import from_json, to_json
from guiju.run.date_orders import with_date_orders
from guiju.run.desk.period import is_period
from guiju.run.desk.period import period as read_period
from guiju.run.needs import expressions_of, partner_conditions
from guiju.standard.fields import Dataset
from guiju.standard.kept import kept
from guiju.standard.load import crosswalk
from guiju.standard.model import Requirement, Standard


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


def calendar(packs: Sequence[Pack], local: Sequence[Path] = ()) -> Calendar:
    """Working days of all years on file in the packs, the first pack winning; `local`: a region's files."""
    files: dict[str, Path] = {}
    for pack in packs:
        for path in sorted(pack.standards.glob("calendars/cn-*.csv")):
            files.setdefault(path.name, path)
    return Calendar.from_csv([*(files[name] for name in sorted(files)), *local])


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


Scopes = Mapping[str, Scope]
"""What expressions over each dataset may name, and the expressions that were read.

Checks with related values have a scope of their own, under the name that `scope_name` gives.
"""


def scopes_of(standard: Standard) -> Scopes:
    """What expressions over each dataset may name; of them only conditions on partners are read.

    Raises:
        StandardErrors: all faults of related values together (GJ-S13x, GJ-S2xx).
    """
    scopes = {
        name: Scope(item.fields, standard.parameters, standard.codelists, Place())
        for name, item in standard.datasets.items()
    }
    faults: list[StandardError] = []
    found = dict(scopes)
    for item in standard.requirements:
        related = getattr(item.check, "related", ())
        if related and scope_name(item.check) not in found:
            home = getattr(item.check, "dataset", "")
            placed = {name: replace(one, place=Place(inside=item.id)) for name, one in scopes.items()}
            try:
                made = related_scope(home, related, standard.datasets, placed)
            except StandardError as fault:
                faults.append(fault)
            else:
                found[scope_name(item.check)] = made
    if faults:
        raise StandardErrors(faults)
    return found


def read_expressions(standard: Standard) -> Scopes:
    """Parse every expression of a standard, whether or not its data were delivered.

    Raises:
        StandardErrors: all faults together (GJ-S2xx), each placed at its requirement.
    """
    scopes = scopes_of(standard)
    parts = [standard.judging_digest, *(f"{item.id} {text}" for item, _, text in _expressions(standard))]

    def make() -> dict[str, Any]:
        _parse(standard, scopes)
        return {
            name: {text: to_json(node) for text, node in scope.known.items()}
            for name, scope in scopes.items()
        }

    for name, trees in kept("expressions", map(str.encode, parts), make).items():
        scopes[name].known.update({text: from_json(tree) for text, tree in trees.items()})
    return scopes


def _expressions(standard: Standard) -> list[tuple[Requirement, str, str]]:
    """Requirement, the name of the scope, and the text of every expression."""
    found = []
    for item in standard.requirements:
        found += [(item, name, text) for name, text in partner_conditions(item.check)]
        found += [(item, scope_name(item.check), text) for text in expressions_of(item.check)]
    return found


def _parse(standard: Standard, scopes: Scopes) -> None:
    faults: list[StandardError] = []
    for item, name, text in _expressions(standard):
        scope = scopes[name]
        try:
            parse(text, replace(scope, place=Place(inside=item.id)))
        except StandardError as fault:
            faults.append(fault)
    for name, dataset in standard.datasets.items():
        parse("true", scopes[name])
        for field in dataset.fields.values():
            if field.derived_from:
                parse(field.derived_from, scopes[name], None)
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
            order=told.order(name) if told else "",
        )
        for name, item in dataset.fields.items()
    }
    return Readings(by_field, {name: walk.id for name, walk in walks.items()})


def load_tables(
    connection: duckdb.DuckDBPyConnection,
    standard: Standard,
    bindings: Sequence[Binding],
    read: Mapping[str, Readings],
    scopes: Scopes,
    env: Env,
) -> dict[str, DatasetTable]:
    """Every delivered dataset as a table."""
    tables = {}
    for name in dict.fromkeys(item.dataset.id for item in bindings):
        mine = [item for item in bindings if item.dataset.id == name]
        dataset = standard.datasets[name]
        table = load_table(connection, dataset, mine, read[name].by_field, scopes[name], env)
        tables[name] = with_date_orders(connection, table)
    return tables


def context(
    standard: Standard,
    tables: Mapping[str, DatasetTable],
    scopes: Scopes,
    env: Env,
    as_of: str,
    period: str = "",
) -> Context:
    """The context of planning; a `period` that is no month, quarter or year has no first and last day."""
    often = {name: often_called(scopes[name].known.values()) for name in tables}
    named = read_period(period) if is_period(period) else None
    days = None if named is None else (named.first, named.last)
    return Context(standard, tables, env, as_of or None, _as_set(scopes, env), often, days)


def _as_set(scopes: Scopes, env: Env) -> Scopes:
    """The scopes with the parameters as this run sets them, so that findings tell these values."""
    return {
        name: replace(
            scope,
            parameters={
                one: replace(item, value=env.parameters.get(one, item.value))
                for one, item in scope.parameters.items()
            },
        )
        for name, scope in scopes.items()
    }

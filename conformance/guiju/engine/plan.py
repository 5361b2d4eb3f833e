"""What a requirement becomes before it runs: a row rule, a relation, an indicator, or a reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Protocol

import duckdb

from guiju.engine.hoist import Hoist, source
from guiju.engine.parts import Parts
from guiju.engine.tables import DatasetTable, Need, missing_fields, reading
from guiju.errors import Place, StandardError
from guiju.export import identifier
from guiju.rule import (
    Env,
    Node,
    Scope,
    emit,
    fields_of,
    parameters_of,
    parse,
    related_scope,
    scope_name,
)
from guiju.standard.checks import Check, IndicatorCheck
from guiju.standard.model import Requirement, Standard

State = Literal["inapplicable", "passed", "failed", "undecided"]
Due = Literal["reached", "ahead", "unknown"]
Record = Mapping[str, Any]
TRUE_SQL, FALSE_SQL = "TRUE", "FALSE"
_NOTHING: Mapping[Node, str] = {}
_FAILED = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one record gets from one row rule: the state, the fields to blame, and why."""

    state: State
    blamed: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Bit:
    """One way in which a row can fail: SQL that is never NULL, and the field to blame (empty: the rule)."""

    sql: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class RowRule:
    """A requirement on single rows, in both readings.

    `read` is what its queries read. `inapplicable` and `undecided` are SQL conditions, never NULL and
    exclusive of each other and of the bits; `judge` is the Python reading of the same rule. `deciding` names
    the fields without which a row is undecided, `condition` words what else makes it decidable. `lacking`
    names mandatory columns that are missing, `absent` others that were not delivered, `hoists` the costly
    calls that the conditions read as columns.
    """

    requirement: Requirement
    table: DatasetTable
    fields: tuple[str, ...]
    read: Need
    inapplicable: str
    undecided: str
    bits: tuple[Bit, ...]
    judge: Callable[[Record], Verdict]
    deciding: tuple[str, ...] = ()
    condition: str = ""
    lacking: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    hoists: tuple[Hoist, ...] = ()

    @property
    def broken(self) -> str:
        """A row fails in one way or another."""
        return any_of(*(bit.sql for bit in self.bits))

    @property
    def source(self) -> str:
        """What the conditions of this rule select from, in a query that begins with `reading`."""
        return source(self.table.view, self.hoists)

    @property
    def reading(self) -> str:
        """What a query begins with."""
        return reading([self.read])


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A cheaper way to the counts of a relation over a large table.

    `tables` are queries by name, to be kept as tables in this order. `counted` is a query of `state` and `n`,
    the number of rows in every state but "passed"; `failing` one of the failing rows' `_rid`.
    """

    tables: Mapping[str, str]
    counted: str
    failing: str


class SecondReading(Protocol):
    """The Python reading of a relation."""

    def records(self, connection: duckdb.DuckDBPyConnection, ids: Sequence[int]) -> Mapping[int, Record]:
        """The rows by id with all that the relation reads; empty where that would take too long."""

    def states(self, connection: duckdb.DuckDBPyConnection, ids: Sequence[int]) -> Mapping[int, State]:
        """The states of rows by id; empty where that would take too long."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A requirement on rows in relation to other rows.

    `states` is a query of `_rid` and `state` (0 inapplicable, 1 passed, 2 failed, 3 undecided), one row for
    each row of the table; `context` a query of `_rid` and `text` that says more about the rows in a table
    named `wanted`. `others` are the fields read besides `fields`, of this table and of others. `context` may
    read the tables of the `shortcut`, which are made first. `blamed` are the fields to blame (all of `fields`
    where there are none), `why` is a query of reasons and numbers of undecided rows, `second` the Python
    reading. `partners` is what related values read, `resting` are the states that rest on it.
    """

    requirement: Requirement
    table: DatasetTable
    fields: tuple[str, ...]
    states: str
    message: str
    context: str = ""
    others: tuple[Need, ...] = ()
    shortcut: Shortcut | None = None
    blamed: tuple[str, ...] = ()
    why: str = ""
    second: SecondReading | None = None
    partners: tuple[Need, ...] = ()
    resting: tuple[int, ...] = (_FAILED,)

    @property
    def reading(self) -> str:
        """What the queries begin with."""
        return reading([Need(self.table, frozenset(self.fields)), *self.others])


@dataclass(frozen=True, slots=True)
class IndicatorPlan:
    """A share over a whole table; expressions as SQL, nullable.

    `joined` stands for the rows with their related values, which read `partners`. `due` tells whether the day
    of its target has come.
    """

    requirement: Requirement
    table: DatasetTable
    check: IndicatorCheck
    read: Need
    numerator: str
    denominator: str
    threshold: str
    joined: str = ""
    partners: tuple[Need, ...] = ()
    due: Due = "reached"

    @property
    def source(self) -> str:
        """What its queries select from: the rows, or the rows with their related values."""
        return self.joined or identifier(self.table.view)

    @property
    def reading(self) -> str:
        """What a query begins with."""
        return reading([self.read, *self.partners])


@dataclass(frozen=True, slots=True)
class Untested:
    """Why a requirement is not judged."""

    requirement: Requirement
    reason: str
    dataset: str = ""


Planned = RowRule | Relation | IndicatorPlan | Untested


class CannotTest(Exception):  # noqa: N818 - a reason, not a fault
    """Raised while planning: the reason why a requirement stays untested."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that planning needs: the standard, the loaded tables, the environment of expressions.

    `often` are the calls that several expressions over a dataset make, `period` the first and last day that
    the run is about, None where it names none.
    """

    standard: Standard
    tables: Mapping[str, DatasetTable]
    env: Env
    as_of: str | None = None
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    often: Mapping[str, frozenset[Node]] = field(default_factory=dict)
    period: tuple[date, date] | None = None

    def parts(self, table: DatasetTable) -> Parts:
        """The means to set parts of expressions over a table apart."""
        return Parts(table, self.env, self.often.get(table.dataset.id, frozenset()))

    def parse(self, dataset: str, text: str, requirement: Requirement) -> Node:
        """A boolean expression of a requirement; an empty text means TRUE."""
        related = getattr(requirement.check, "related", ())
        scope = self.scope(requirement.check) if related else self.scopes[dataset]
        return self._parse(text, scope, requirement)

    def parse_partner(self, dataset: str, text: str, requirement: Requirement) -> Node:
        """A condition on the partners of a row, which knows nothing of the row."""
        return self._parse(text, self.scopes[dataset], requirement)

    def scope(self, check: Check) -> Scope:
        """What the expressions of a check may name."""
        found = self.scopes.get(scope_name(check))
        if found is not None:
            return found
        related, home = getattr(check, "related", ()), getattr(check, "dataset", "")
        return related_scope(home, related, self.standard.datasets, self.scopes)

    def _parse(self, text: str, known: Scope, requirement: Requirement) -> Node:
        scope = replace(known, place=Place(inside=requirement.id))
        node = parse(text or "true", scope)
        for name in sorted(parameters_of(node)):
            self.parameter(name, requirement)
        return node

    def parameter(self, name: str, requirement: Requirement) -> str:
        """The value of a parameter; CannotTest while a region has yet to set it.

        Raises:
            StandardError: GJ-S402 when the standard does not define it.
        """
        defined = self.standard.parameters.get(name)
        if defined is None:
            raise StandardError(
                "GJ-S402",
                f"没有参数 {name}",
                place=Place(inside=requirement.id),
                hint="请在标准的 parameters 中定义",
            )
        if name not in self.env.parameters:
            raise CannotTest(f"参数“{defined.title}”由地方设定，尚未设定")
        return self.env.parameters[name]


def table_of(context: Context, dataset: str) -> DatasetTable:
    """The loaded table, or CannotTest when the dataset was not delivered."""
    table = context.tables.get(dataset)
    if table is None:
        raise CannotTest(f"没有交来数据集“{context.standard.datasets[dataset].title}”")
    return table


def need(table: DatasetTable, names: frozenset[str]) -> None:
    """CannotTest when a field is neither delivered nor derivable."""
    missing = missing_fields(table, names)
    if missing:
        raise CannotTest(f"数据集“{table.dataset.title}”中没有列：{'、'.join(missing)}")


def nodes_need(table: DatasetTable, *nodes: Node) -> frozenset[str]:
    """Fields of the expressions, all of them available."""
    names = frozenset[str]().union(*(fields_of(node) for node in nodes))
    need(table, names)
    return names


def when_sql(context: Context, node: Node, known: Mapping[Node, str] = _NOTHING) -> tuple[str, str, str]:
    """A `when` as SQL: holds, does not hold, is unknown; none of the three is ever NULL."""
    return three_ways(emit(node, context.env, known))


def three_ways(sql: str) -> tuple[str, str, str]:
    """A nullable condition as three that are never NULL: holds, does not hold, is unknown."""
    if sql.upper() == TRUE_SQL:
        return TRUE_SQL, FALSE_SQL, FALSE_SQL
    return f"({sql}) IS TRUE", f"({sql}) IS FALSE", f"({sql}) IS NULL"


def all_of(*conditions: str) -> str:
    """SQL conditions joined by AND, constants folded."""
    if FALSE_SQL in conditions:
        return FALSE_SQL
    return " AND ".join(item for item in conditions if item != TRUE_SQL) or TRUE_SQL


def any_of(*conditions: str) -> str:
    """SQL conditions joined by OR, constants folded."""
    if TRUE_SQL in conditions:
        return TRUE_SQL
    return " OR ".join(f"({item})" for item in conditions if item != FALSE_SQL) or FALSE_SQL

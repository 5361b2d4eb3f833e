"""Delivered tables judged: the state of every row under every requirement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from guiju.engine.hoist import source
from guiju.engine.kinds import plan
from guiju.engine.plan import IndicatorPlan, Relation, RowRule, State, Untested
from guiju.engine.readings import STATES
from guiju.engine.records import fetch
from guiju.engine.relate import row_states
from guiju.engine.tables import reading
from guiju.errors import InternalError
from guiju.run.examples import Bench, Example, InlineTable, Laid
from guiju.standard.fields import Dataset
from guiju.standard.model import Requirement, Standard
from guiju_tools.sample.faults import Record

Tables = Mapping[str, Sequence[Record]]
"""Rows by id of dataset; all rows of a dataset have the same fields."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the requirements say of tables.

    `states` has one state a row of the requirement's dataset; for an indicator, what the row contributes to
    it. `untested` says why requirements were not judged, `outcomes` what they come to as a whole.
    """

    states: Mapping[str, tuple[State, ...]]
    untested: Mapping[str, str]
    outcomes: Mapping[str, str]


def judge_tables(
    bench: Bench,
    tables: Tables,
    parameters: Mapping[str, str],
    only: Collection[str] | None = None,
    twice: Mapping[str, Sequence[int]] | None = None,
    *,
    outcomes: bool = False,
) -> Judged:
    """Judge every requirement on data, or `only` some; with `outcomes`, each as a whole as well.

    `twice` names the rows on which the Python reading is held against the scan: all of them unless told.

    Raises:
        InternalError: GJ-X911 the two readings of a rule differ on a row.
    """
    asked = [
        item for item in bench.standard.requirements if item.on_data and (only is None or item.id in only)
    ]
    with laid_tables(bench, tables, parameters) as laid:
        planned = [plan(item, laid.context) for item in asked]
        untested = {item.requirement.id: item.reason for item in planned if isinstance(item, Untested)}
        rules = [item for item in planned if isinstance(item, RowRule)]
        states = _row_rules(laid, rules, twice)
        for item in planned:
            if isinstance(item, Relation | IndicatorPlan):
                states[item.requirement.id] = _related(laid, item)
        whole = (
            {item.id: laid.answer(item).outcome for item in asked if item.id in states} if outcomes else {}
        )
    return Judged(states, untested, whole)


def laid_tables(bench: Bench, tables: Tables, parameters: Mapping[str, str]) -> AbstractContextManager[Laid]:
    """Tables with rows in them as delivered ones, ready to be judged."""
    return bench.laid(Example(_inline(bench.standard, tables), dict(parameters)))


def _inline(standard: Standard, tables: Tables) -> dict[str, InlineTable]:
    return {
        standard.datasets[name].title: _table(standard.datasets[name], rows)
        for name, rows in tables.items()
        if rows
    }


def _table(dataset: Dataset, rows: Sequence[Record]) -> InlineTable:
    names = tuple(rows[0])
    titles = tuple(dataset.fields[name].title for name in names)
    return InlineTable(dataset.title, titles, tuple(tuple(row[name] for name in names) for row in rows))


def _related(laid: Laid, planned: Relation | IndicatorPlan) -> tuple[State, ...]:
    if isinstance(planned, IndicatorPlan):
        return _contributions(laid, planned)
    found = row_states(laid.connection, planned)
    return tuple(STATES[found[number]] for number in sorted(found))


def _row_rules(
    laid: Laid, rules: Sequence[RowRule], twice: Mapping[str, Sequence[int]] | None
) -> dict[str, tuple[State, ...]]:
    """The states of all row rules, those of one dataset in one query."""
    found: dict[str, tuple[State, ...]] = {}
    for name in dict.fromkeys(rule.table.dataset.id for rule in rules):
        mine = [rule for rule in rules if rule.table.dataset.id == name]
        scanned = _scanned(laid, mine)
        places = range(mine[0].table.rows) if twice is None else twice.get(name, ())
        _compared(laid, mine, scanned, places)
        found |= {rule.requirement.id: states for rule, states in zip(mine, scanned, strict=True)}
    return found


def _scanned(laid: Laid, rules: Sequence[RowRule]) -> list[tuple[State, ...]]:
    read = source(rules[0].table.view, [item for rule in rules for item in rule.hoists])
    cases = ", ".join(
        f"CASE WHEN {rule.inapplicable} THEN 0 WHEN {rule.undecided} THEN 3 "
        f"WHEN {rule.broken} THEN 2 ELSE 1 END"
        for rule in rules
    )
    query = f'{reading(rule.read for rule in rules)}SELECT {cases} FROM {read} ORDER BY "_rid"'
    columns = zip(*laid.connection.execute(query).fetchall(), strict=True)
    return [tuple(STATES[state] for state in column) for column in columns] or [()] * len(rules)


def _compared(
    laid: Laid, rules: Sequence[RowRule], scanned: Sequence[tuple[State, ...]], places: Sequence[int]
) -> None:
    """The Python reading of the rules on some rows, which must say what the scan says."""
    fields = dict.fromkeys(name for rule in rules for name in rule.fields)
    for row in fetch(laid.connection, rules[0].table, list(places), fields, laid.context.env):
        for rule, states in zip(rules, scanned, strict=True):
            told = rule.judge(row.record).state
            if told != states[row.rid]:
                raise InternalError(
                    "GJ-X911",
                    f"{rule.requirement.id} 的两种计算在第{row.row}行结论不同",
                    cause=f"扫描 {states[row.rid]}，逐行 {told}：{row.raw}",
                    hint="请反馈给维护者",
                )


def _contributions(laid: Laid, planned: IndicatorPlan) -> tuple[State, ...]:
    """What each row adds to an indicator: for the better, for the worse, unknown, or nothing."""
    better = "TRUE" if planned.check.operator in (">=", ">") else "FALSE"
    rows = laid.connection.execute(
        f"{planned.reading}SELECT CASE WHEN d IS FALSE THEN 0 WHEN d IS NULL OR n IS NULL THEN 3 "
        f'WHEN n = {better} THEN 1 ELSE 2 END FROM (SELECT "_rid", ({planned.numerator}) AS n, '
        f'({planned.denominator}) AS d FROM {planned.source}) ORDER BY "_rid"'
    ).fetchall()
    return tuple(STATES[row[0]] for row in rows)


def home_of(requirement: Requirement) -> str:
    """The dataset whose rows a requirement judges."""
    return str(getattr(requirement.check, "dataset", ""))

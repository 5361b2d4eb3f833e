"""Delivered tables judged: the state of every row under every requirement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from guiju.engine.kinds import plan
from guiju.engine.plan import IndicatorPlan, Relation, RowRule, State, Untested
from guiju.engine.readings import STATES, both_readings
from guiju.engine.relate import row_states
from guiju.errors import InternalError
from guiju.export import identifier
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
    *,
    outcomes: bool = False,
) -> Judged:
    """Judge every requirement on data, or `only` some; with `outcomes`, each as a whole as well.

    Raises:
        InternalError: GJ-X911 the two readings of a rule differ on a row.
    """
    example = Example(_inline(bench.standard, tables), dict(parameters))
    states: dict[str, tuple[State, ...]] = {}
    untested: dict[str, str] = {}
    whole: dict[str, str] = {}
    with bench.laid(example) as laid:
        for requirement in bench.standard.requirements:
            if not requirement.on_data or (only is not None and requirement.id not in only):
                continue
            planned = plan(requirement, laid.context)
            if isinstance(planned, Untested):
                untested[requirement.id] = planned.reason
                continue
            states[requirement.id] = _states(laid, planned)
            if outcomes:
                whole[requirement.id] = laid.answer(requirement).outcome
    return Judged(states, untested, whole)


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


def _states(laid: Laid, planned: RowRule | Relation | IndicatorPlan) -> tuple[State, ...]:
    if isinstance(planned, Relation):
        found = row_states(laid.connection, planned)
        return tuple(STATES[found[number]] for number in sorted(found))
    if isinstance(planned, IndicatorPlan):
        return _contributions(laid, planned)
    scanned, told = both_readings(laid.connection, planned, laid.context.env)
    if scanned != told:
        row = next(at for at, pair in enumerate(zip(scanned, told, strict=True)) if pair[0] != pair[1])
        raise InternalError(
            "GJ-X911",
            f"{planned.requirement.id} 的两种计算在第{row + 1}行结论不同",
            cause=f"扫描 {scanned[row]}，逐行 {told[row]}",
            hint="请反馈给维护者",
        )
    return scanned


def _contributions(laid: Laid, planned: IndicatorPlan) -> tuple[State, ...]:
    """What each row adds to an indicator: for the better, for the worse, unknown, or nothing."""
    better = "TRUE" if planned.check.operator in (">=", ">") else "FALSE"
    rows = laid.connection.execute(
        f"{planned.reading}SELECT CASE WHEN d IS FALSE THEN 0 WHEN d IS NULL OR n IS NULL THEN 3 "
        f'WHEN n = {better} THEN 1 ELSE 2 END FROM (SELECT "_rid", ({planned.numerator}) AS n, '
        f'({planned.denominator}) AS d FROM {identifier(planned.table.view)}) ORDER BY "_rid"'
    ).fetchall()
    return tuple(STATES[row[0]] for row in rows)


def home_of(requirement: Requirement) -> str:
    """The dataset whose rows a requirement judges."""
    return str(getattr(requirement.check, "dataset", ""))

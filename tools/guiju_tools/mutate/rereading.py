"""Requirements judged on the tables of one example by the Python reading of the rules, without a query each.

A requirement as it stands is judged on its examples by both readings, which must agree. An altered one is
tried with this one, which is some hundred times faster where rows take values from other datasets; what
survives it is tried with both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from guiju.engine.fold import fold
from guiju.engine.judge import judged_indicator
from guiju.engine.kinds import plan
from guiju.engine.kinds.indicator import Share, measured
from guiju.engine.kinds.related import join
from guiju.engine.kinds.related_reading import Link, Reread, joined
from guiju.engine.plan import IndicatorPlan, Record, Relation, RowRule, State
from guiju.engine.records import Row, fetch
from guiju.engine.scan import RuleCounts
from guiju.engine.tables import DatasetTable
from guiju.rule import evaluate
from guiju.rule.kinds import kind_of_field
from guiju.rule.tree import FieldRef
from guiju.run.examples import ExampleAnswer, Laid
from guiju.standard.checks import IndicatorCheck
from guiju.standard.model import Requirement


@dataclass(slots=True)
class Rereading:
    """The tables of one example, each read once."""

    laid: Laid
    _rows: dict[str, list[Row]] = field(default_factory=dict)

    def answer(self, requirement: Requirement) -> ExampleAnswer:
        """What this reading says of a requirement, or the scan where only that can say it.

        Raises:
            Insufficient: GJ-S413 the example lacks what the check needs.
        """
        match plan(requirement, self.laid.context):
            case RowRule(lacking=(), absent=()) as rule:
                states = tuple(rule.judge(row.record).state for row in self._read(rule.table))
                return _folded(requirement, states)
            case Relation(second=Reread() as second):
                found = self._joined(second.table, second.links)
                return _folded(requirement, tuple(second.state(record) for record in found))
            case IndicatorPlan(check=IndicatorCheck(window=None)) as planned if not self._in_period(planned):
                return self._indicator(planned)
            case _:
                return self.laid.answer(requirement)

    def _in_period(self, planned: IndicatorPlan) -> bool:
        """Only rows of the run's period count: the scan knows which."""
        return planned.check.period is not None and self.laid.context.period is not None

    def _read(self, table: DatasetTable) -> list[Row]:
        name = table.dataset.id
        if name not in self._rows:
            ids, env = list(range(table.rows)), self.laid.context.env
            self._rows[name] = fetch(self.laid.connection, table, ids, sorted(table.available), env)
        return self._rows[name]

    def _joined(self, table: DatasetTable, links: Sequence[Link]) -> list[Record]:
        """The rows of a table with the values that they take from their partners."""
        partners = [self._read(link.table) for link in links]
        return list(joined(table.dataset, self._read(table), links, partners, self.laid.context.env).values())

    def _indicator(self, planned: IndicatorPlan) -> ExampleAnswer:
        context, check = self.laid.context, planned.check
        links = join(planned.requirement, check, context).links if check.related else ()
        outcome, indicator = measured(planned, self._shares(planned, self._joined(planned.table, links)))
        judged = judged_indicator(planned, outcome, indicator, context)
        return ExampleAnswer(judged.outcome, judged.reason, ())

    def _shares(self, planned: IndicatorPlan, records: Sequence[Record]) -> list[tuple[str, Share]]:
        """The counts of every group, in the order of the scan."""
        context, check = self.laid.context, planned.check
        above, below = (
            context.parse(check.dataset, text, planned.requirement)
            for text in (check.numerator, check.denominator)
        )
        found: dict[str, Counter[tuple[bool | None, bool | None]]] = {}
        for record in records:
            one = (evaluate(above, record, context.env), evaluate(below, record, context.env))
            found.setdefault(self._group(planned, record), Counter())[one] += 1
        return [(name, _share(found[name])) for name in sorted(found)]

    def _group(self, planned: IndicatorPlan, record: Record) -> str:
        fields, env = planned.table.dataset.fields, self.laid.context.env
        values = [
            evaluate(FieldRef(kind_of_field(fields[name]), name), record, env)
            for name in planned.check.groups
        ]
        return " / ".join("（空）" if value is None else str(value) for value in values)


def _folded(requirement: Requirement, states: tuple[State, ...]) -> ExampleAnswer:
    told = Counter(states)
    counts = RuleCounts(
        inapplicable=told["inapplicable"],
        passed=told["passed"],
        failed=told["failed"],
        undecided=told["undecided"],
    )
    folded = fold(requirement, counts, confirmed=True)
    return ExampleAnswer(folded.outcome, folded.reason, states)


def _share(told: Counter[tuple[bool | None, bool | None]]) -> Share:
    """The counts of one share, from how often numerator and denominator came out each way."""
    inside = {above: number for (above, below), number in told.items() if below is True}
    maybe = sum(number for (_, below), number in told.items() if below is None)
    return Share(inside.get(True, 0), sum(inside.values()), inside.get(None, 0), maybe)

"""`indicator`: an exact share, held against its threshold by cross-multiplication.

A row whose numerator or denominator is unknown widens the share to an interval; the indicator is decided only
where both ends agree. With groups, every group is judged. Rolling windows are measured in `window`.
Before the day of a target the share is told and nothing is asked yet.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from typing import Any

import duckdb

from guiju.engine.kinds.facts import column
from guiju.engine.kinds.related import join
from guiju.engine.plan import Context, Due, IndicatorPlan, need, nodes_need, table_of
from guiju.engine.tables import DatasetTable, Need
from guiju.export import identifier, literal
from guiju.result import Indicator, IndicatorGroup, OutcomeWord
from guiju.rule import emit
from guiju.standard.checks import IndicatorCheck
from guiju.standard.model import Requirement

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
_WORST: tuple[OutcomeWord, ...] = ("failed", "cantTell", "passed", "inapplicable")


@dataclass(frozen=True, slots=True)
class Share:
    """Counts of one share.

    `denominator` rows are in it for sure, `open_in` of them with an unknown numerator; of `maybe` rows it is
    unknown whether they belong.
    """

    numerator: int
    denominator: int
    open_in: int
    maybe: int

    def outcome(self, compare: str, threshold: Decimal) -> OutcomeWord:
        """Decided where the lowest and the highest possible share agree."""
        if self.denominator + self.maybe == 0:
            return "inapplicable"
        ends = (
            (self.numerator, self.denominator + self.maybe),
            (self.numerator + self.open_in + self.maybe, self.denominator + self.maybe),
            (self.numerator, self.denominator),
            (self.numerator + self.open_in, self.denominator),
        )
        if compare == "=" and self.open_in + self.maybe:
            return "cantTell"
        verdicts = {meets(top, bottom, compare, threshold) for top, bottom in ends if bottom}
        return "cantTell" if len(verdicts) > 1 else "passed" if verdicts == {True} else "failed"


def meets(top: int, bottom: int, compare: str, threshold: Decimal) -> bool:
    """Whether top / bottom stands in the relation to the threshold, without dividing."""
    above, below = threshold.as_integer_ratio()
    return _OPERATORS[compare](top * below, above * bottom)


def plan_indicator(requirement: Requirement, check: IndicatorCheck, context: Context) -> IndicatorPlan:
    """Compile numerator and denominator."""
    table = table_of(context, check.dataset)
    numerator = context.parse(check.dataset, check.numerator, requirement)
    denominator = context.parse(check.dataset, check.denominator, requirement)
    stamps = [check.window.stamp] if check.window else []
    beside = frozenset((*check.groups, *stamps, *([check.period] if check.period else [])))
    need(table, beside)
    names = nodes_need(table, numerator, denominator)
    threshold, due = _threshold(check, requirement, context), _due(check, context)
    if check.related:
        joined = join(requirement, check, context)
        read = Need(table, names | beside | frozenset(joined.keys))
        top, bottom = emit(numerator, context.env), emit(denominator, context.env)
        bottom = _in_period(check, table, bottom, context)
        more = (joined.source, joined.partners)
        return IndicatorPlan(requirement, table, check, read, top, bottom, threshold, *more, due=due)
    parts = context.parts(table)
    parts.of(numerator, denominator)
    return IndicatorPlan(
        requirement,
        table,
        check,
        Need(table, frozenset(parts.fields) | beside, tuple(parts.listed)),
        emit(numerator, context.env, parts.known),
        _in_period(check, table, emit(denominator, context.env, parts.known), context),
        threshold,
        due=due,
    )


def _in_period(check: IndicatorCheck, table: DatasetTable, denominator: str, context: Context) -> str:
    """The denominator, for rows whose stamp lies in the run's period; a stamp across its end is unknown."""
    if check.period is None or context.period is None:
        return denominator
    first, last = (f"DATE {literal(day.isoformat())}" for day in context.period)
    item = table.dataset.fields[check.period]
    low = column(item)
    high = identifier(f"{item.name}__hi") if item.type == "date-time" else low
    inside = f"(CAST({low} AS DATE) >= {first} AND CAST({high} AS DATE) <= {last})"
    outside = f"(CAST({high} AS DATE) < {first} OR CAST({low} AS DATE) > {last})"
    return f"((CASE WHEN {inside} THEN TRUE WHEN {outside} THEN FALSE END) AND ({denominator}))"


def _due(check: IndicatorCheck, context: Context) -> Due:
    """Whether the day of the target has come; unknown without an as-of day."""
    if check.target is None:
        return "reached"
    if context.env.as_of is None:
        return "unknown"
    return "ahead" if context.env.as_of.isoformat() < check.target.by else "reached"


def _threshold(check: IndicatorCheck, requirement: Requirement, context: Context) -> str:
    if not check.threshold.startswith(":"):
        return check.threshold
    return context.parameter(check.threshold[1:], requirement)


def measure(connection: duckdb.DuckDBPyConnection, plan: IndicatorPlan) -> tuple[OutcomeWord, Indicator]:
    """The share, by group or window where the check says so."""
    rows = connection.execute(_shares_sql(plan)).fetchall()
    return measured(plan, [(str(row[0]), Share(*row[1:])) for row in rows])


def measured(plan: IndicatorPlan, shares: Sequence[tuple[str, Share]]) -> tuple[OutcomeWord, Indicator]:
    """What the shares of all groups, by name, come to."""
    threshold = Decimal(plan.threshold)
    groups = tuple(_group(name, share, plan, threshold) for name, share in shares)
    total = Share(
        *(sum(parts) for parts in zip((0, 0, 0, 0), *(astuple(share) for _, share in shares), strict=True))
    )
    if not plan.check.groups:
        return total.outcome(plan.check.operator, threshold), told(total, plan, ())
    return worst(groups), told(total, plan, groups)


def _shares_sql(plan: IndicatorPlan) -> str:
    fields = plan.table.dataset.fields
    named = [f"coalesce(CAST({column(fields[name])} AS VARCHAR), '（空）')" for name in plan.check.groups]
    group = f"concat_ws(' / ', {', '.join(named)})" if named else "''"
    inside, maybe = "d IS TRUE", "d IS NULL"
    return (
        f"{plan.reading}SELECT g, count_if({inside} AND n IS TRUE), count_if({inside}), "
        f"count_if({inside} AND n IS NULL), count_if({maybe}) FROM (SELECT {group} AS g, "
        f"({plan.numerator}) AS n, ({plan.denominator}) AS d FROM {plan.source}) "
        f"GROUP BY g ORDER BY g"
    )


def _group(name: str, share: Share, plan: IndicatorPlan, threshold: Decimal) -> IndicatorGroup:
    outcome = share.outcome(plan.check.operator, threshold)
    return IndicatorGroup(name, share.numerator, share.denominator, share.open_in + share.maybe, outcome)


def worst(groups: tuple[IndicatorGroup, ...]) -> OutcomeWord:
    """The outcome of an indicator with groups: one failing group fails it."""
    found = {group.outcome for group in groups}
    return next((word for word in _WORST if word in found), "inapplicable")


def told(share: Share, plan: IndicatorPlan, groups: tuple[IndicatorGroup, ...]) -> Indicator:
    """The share as a result tells it."""
    return Indicator(
        share.numerator,
        share.denominator,
        share.open_in + share.maybe,
        plan.check.operator,
        plan.threshold,
        percent(share.numerator, share.denominator),
        groups,
        *((plan.check.target.baseline, plan.check.target.by) if plan.check.target else ()),
    )


def percent(top: int, bottom: int) -> str:
    """A share in per cent with two decimals, cut and not rounded, so that 94.999 % never reads 95.00 %."""
    if bottom == 0:
        return ""
    hundredths = top * 10000 // bottom
    return f"{hundredths // 100}.{hundredths % 100:02d}"

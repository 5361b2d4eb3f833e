"""Rolling windows of an indicator: every (t - hours, t] that ends at an event and holds enough events.

Failing windows that touch are told as one interval, with the worst share inside it. An event whose time is
only known to the day cannot be placed in a window and leaves the indicator open.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import duckdb

from guiju.engine.kinds.facts import column
from guiju.engine.kinds.indicator import Share, told
from guiju.engine.plan import IndicatorPlan
from guiju.export import identifier
from guiju.result import Indicator, IndicatorGroup, OutcomeWord
from guiju.standard.checks import Window

_HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Rolling:
    """An indicator plan together with its window, as SQL."""

    plan: IndicatorPlan
    window: Window

    def events(self) -> str:
        """Every row as an event: group `g`, exact time `t` or NULL, numerator `n`, denominator `d`."""
        fields = self.plan.table.dataset.fields
        named = [
            f"coalesce(CAST({column(fields[name])} AS VARCHAR), '（空）')" for name in self.plan.check.groups
        ]
        group = f"concat_ws(' / ', {', '.join(named)}) || ' '" if named else "''"
        low, high = identifier(f"{self.window.stamp}__lo"), identifier(f"{self.window.stamp}__hi")
        return (
            f"SELECT {group} AS g, CASE WHEN {low} = {high} THEN {low} END AS t, "
            f"({self.plan.numerator}) AS n, ({self.plan.denominator}) AS d "
            f"FROM {self.plan.source}"
        )

    def totals(self) -> str:
        """Numerator, denominator, rows with an open numerator, rows that may or may not belong."""
        return (
            "SELECT count(*) FILTER (WHERE d AND n), count(*) FILTER (WHERE d), "
            "count(*) FILTER (WHERE d AND n IS NULL), count(*) FILTER (WHERE d IS NULL OR (d AND t IS NULL)) "
            f"FROM ({self.events()})"
        )

    def rolled(self) -> str:
        """Windows with enough events: group, end, share."""
        span = self.window.hours * _HOUR - 1
        frame = f"RANGE BETWEEN to_microseconds({span}) PRECEDING AND CURRENT ROW"
        return (
            f"SELECT * FROM (SELECT g, t, count(*) OVER w AS bottom, count_if(n) OVER w AS top "
            f"FROM ({self.events()}) WHERE d AND n IS NOT NULL AND t IS NOT NULL "
            f"WINDOW w AS (PARTITION BY g ORDER BY t {frame})) WHERE bottom >= {self.window.min_count}"
        )

    def failing(self) -> str:
        """Failing windows, merged where they touch."""
        above, below = Decimal(self.plan.threshold).as_integer_ratio()
        start = f"to_hours({self.window.hours})"
        held = f"top::HUGEINT * {below} {self.plan.check.operator} {above}::HUGEINT * bottom"
        return (
            f"WITH bad AS (SELECT DISTINCT g, t, top, bottom FROM ({self.rolled()}) WHERE NOT ({held})), "
            f"marked AS (SELECT *, CASE WHEN t - {start} <= lag(t) OVER (PARTITION BY g ORDER BY t) "
            f"THEN 0 ELSE 1 END AS fresh FROM bad), "
            f"island AS (SELECT *, sum(fresh) OVER (PARTITION BY g ORDER BY t) AS number FROM marked) "
            f"SELECT g || strftime(min(t) - {start}, '%Y-%m-%d %H:%M:%S') || ' 至 ' "
            f"|| strftime(max(t), '%Y-%m-%d %H:%M:%S'), arg_min(top, (top / bottom, t)), "
            f"arg_min(bottom, (top / bottom, t)) FROM island GROUP BY g, number ORDER BY g, min(t)"
        )


def measure_windows(
    connection: duckdb.DuckDBPyConnection, plan: IndicatorPlan, window: Window
) -> tuple[OutcomeWord, Indicator]:
    """Judge every window; the indicator fails where one fails."""
    rolling = Rolling(plan, window)
    totals = connection.execute(f"{plan.reading}{rolling.totals()}").fetchall()[0]
    judged = connection.execute(f"{plan.reading}SELECT count(*) FROM ({rolling.rolled()})").fetchall()[0][0]
    failing = tuple(
        IndicatorGroup(name, top, bottom, 0, "failed")
        for name, top, bottom in connection.execute(
            f"{plan.reading}SELECT * FROM ({rolling.failing()})"
        ).fetchall()
    )
    share = Share(*totals)
    return _outcome(bool(failing), judged, share), told(share, plan, failing)


def _outcome(failing: bool, judged: int, share: Share) -> OutcomeWord:
    if failing:
        return "failed"
    if share.open_in or share.maybe:
        return "cantTell"
    return "passed" if judged else "inapplicable"

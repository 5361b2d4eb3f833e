"""Targets of indicators: a day that this edition can live to see, and where things started from."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from guiju.rule.moments import read_date
from guiju.standard.checks import IndicatorCheck, Target
from guiju_tools.lint.finding import Notice, error, notice
from guiju_tools.lint.view import Item, View, read_file

REVIEWED = 5
"""Years after which an edition is reviewed at the latest, as a rule."""
_MEETS: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def lint_target(view: View, item: Item) -> Iterator[Notice]:
    """Every rule on the target of one requirement's indicator."""
    check, target = item.model.check, _target(item)
    if isinstance(check, IndicatorCheck) and target is not None:
        yield from _day(view, item, target)
        yield from _baseline(view, item, check, target)


def _day(view: View, item: Item, target: Target) -> Iterator[Notice]:
    place = item.place("check", "target", "by")
    by = read_date(target.by)
    if by is None:
        yield error("GJ-S165", f"目标日期 {target.by} 没有这一天", place, hint="请改正 by")
        return
    start = _last_entry(view)
    if start is not None and (by.year - REVIEWED, by.month, by.day) > (start.year, start.month, start.day):
        yield notice(
            "GJ-S166",
            f"目标日期 {target.by} 距这一版最近的阶段记录（{start.isoformat()}）超过{REVIEWED}年",
            place,
            hint=f"复审一般不超过{REVIEWED}年，届时这一版也许已经修订：请核对日期，或写一个较近的目标",
        )


def _last_entry(view: View) -> dt.date | None:
    """The day of the last entry in the lifecycle; None without one. A broken file is told elsewhere."""
    path = view.pack.standards / view.id / "lifecycle.yaml"
    file = read_file(view.pack, path, "lifecycle")[0] if path.is_file() else None
    return None if file is None else read_date(file.data["entries"][-1]["date"])


def lint_baselines(view: View) -> Iterator[Notice]:
    """Targets without a start, told once: often the source gives none, and then none is to be made up."""
    lacking = [item for item in view.items if (target := _target(item)) and not target.baseline]
    if lacking:
        ids = "、".join(item.model.id for item in lacking)
        yield notice(
            "GJ-S167",
            f"有{len(lacking)}项目标没有写起点：{ids}",
            lacking[0].place("check", "target"),
            hint="有出处的请写 baseline，报告才看得出进展；没有出处的不要自拟",
        )


def _target(item: Item) -> Target | None:
    check = item.model.check
    return check.target if isinstance(check, IndicatorCheck) else None


def _baseline(view: View, item: Item, check: IndicatorCheck, target: Target) -> Iterator[Notice]:
    if not target.source:
        yield notice(
            "GJ-S156",
            "目标没有写出处",
            item.place("check", "target"),
            hint="请在 source 写明目标日期和起点出自哪里，没有出处无从核对",
        )
    threshold = _threshold(view, check)
    if (
        threshold is not None
        and target.baseline
        and _MEETS[check.operator](Decimal(target.baseline), threshold)
    ):
        yield error(
            "GJ-S168",
            f"起点 {target.baseline} 已经达到界限（{check.operator} {threshold}）",
            item.place("check", "target", "baseline"),
            hint="请核对 baseline、threshold 和 operator 有没有写反",
        )


def _threshold(view: View, check: IndicatorCheck) -> Decimal | None:
    """The threshold, None where a region sets it or the parameter is none."""
    text: str | None = check.threshold
    if check.threshold.startswith(":"):
        parameter = view.parameters.get(check.threshold[1:])
        text = None if parameter is None or parameter.type == "text" else parameter.value
    return None if text is None else Decimal(text)

"""When a plan is due, what stage it had reached on a day, and whether it is overdue on that day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guiju_tools.framework.model import Plan

DONE_AT = "50"
"""The cycle runs until the draft for approval is handed in: the stage of approval is reached."""
Standing = Literal["future", "running", "overdue", "done", "done-late"]
STANDING_WORDS: dict[Standing, str] = {
    "future": "尚未下达",
    "running": "未到期",
    "overdue": "逾期",
    "done": "按期完成",
    "done-late": "逾期完成",
}


@dataclass(frozen=True, slots=True)
class Due:
    """A plan as it stands on a day; without a day, `standing` is None: nobody is told overdue by guess."""

    plan: Plan
    due_on: date
    stage: str
    standing: Standing | None = None
    days: int = 0


def due_on(plan: Plan) -> date:
    """The last day of the cycle, the extension included: the same day of the month, or the month's last."""
    extra = plan.extension.months if plan.extension else 0
    return add_months(plan.issued_on, plan.cycle_months + extra)


def add_months(day: date, months: int) -> date:
    """The day so many months later; a day that the month lacks becomes its last."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def stage_on(plan: Plan, as_of: date | None) -> str:
    """The last stage that was reached on the day; empty before the first entry."""
    reached = [stage for stage, day in plan.stages if as_of is None or day <= as_of]
    return reached[-1] if reached else ""


def stand(plan: Plan, as_of: date | None) -> Due:
    """How a plan stands on a day; `days` are those beyond the due day."""
    due, stage = due_on(plan), stage_on(plan, as_of)
    if as_of is None:
        return Due(plan, due, stage)
    if as_of < plan.issued_on:
        return Due(plan, due, stage, "future")
    done = next((day for code, day in plan.stages if code >= DONE_AT and day <= as_of), None)
    end = done or as_of
    late = max((end - due).days, 0)
    if done is None:
        return Due(plan, due, stage, "overdue" if late else "running", late)
    return Due(plan, due, stage, "done-late" if late else "done", late)

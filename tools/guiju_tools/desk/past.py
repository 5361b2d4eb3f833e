"""The last periods of one standard, held against the run that has just been judged."""

from __future__ import annotations

from pathlib import Path

from guiju.errors import GuijuError
from guiju.result import Result
from guiju.run.desk.period import Period
from guiju_tools.desk.definitions import Definitions, differences, read_definitions
from guiju_tools.desk.shelf import Kept, Shelf
from guiju_tools.report.history import SHOWN, PastPeriod


def past_periods(shelf: Shelf, when: Period, result: Result, definitions: Path) -> tuple[PastPeriod, ...]:
    """The periods before `when` that have results of this standard, and this one last.

    Args:
        shelf: where results are kept.
        when: this period.
        result: what was judged now.
        definitions: the file that the run has just kept.
    """
    now = read_definitions(definitions)
    kept = [shelf.kept(item, result.standards[0].id) for item in shelf.before(when, SHOWN - 1)]
    before = [_past(item, result, now) for item in kept if item is not None]
    return (*(item for item in before if item is not None), PastPeriod(when.title, result.summary))


def _past(kept: Kept, result: Result, now: Definitions | None) -> PastPeriod | None:
    try:
        old, then = kept.result(), read_definitions(kept.definitions)
    except GuijuError:
        return None  # `guiju compare` says what is wrong with it; this report does not hang on it
    return PastPeriod(kept.period.title, old.summary, _incomparable(old, then, result, now))


def _incomparable(old: Result, then: Definitions | None, result: Result, now: Definitions | None) -> str:
    if then is None or now is None:
        return "没有留下判法的记录"
    shared = [name for name in now.requirements if name in then.requirements]
    changed = sum(bool(differences(then.requirements[name], now.requirements[name], {})) for name in shared)
    others = len(now.requirements) + len(then.requirements) - 2 * len(shared)
    told = [f"{changed}条要求的判法或读法有变"] if changed else []
    told += [f"增减{others}条要求"] if others else []
    told += (
        ["交来的数据集不同"]
        if {one.dataset for one in old.inputs} != {one.dataset for one in result.inputs}
        else []
    )
    return "，".join(told)

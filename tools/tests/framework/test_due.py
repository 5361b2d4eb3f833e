"""When plans are due, and who is told overdue."""

from __future__ import annotations

from datetime import date

import pytest

from guiju_tools.framework.due import add_months, due_on, stage_on, stand
from guiju_tools.framework.load import read_framework
from guiju_tools.framework.telling import overdue


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 24), 18, date(2028, 5, 24)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later(day, months, later):
    assert add_months(day, months) == later


@pytest.fixture
def plans(pack):
    return read_framework(pack).register


def test_an_extension_moves_the_due_day(plans):
    assert [due_on(plan) for plan in plans] == [date(2026, 2, 28), date(2027, 4, 1)]


@pytest.mark.parametrize(
    ("day", "standing", "late"),
    [
        (date(2026, 1, 30), "future", 0),
        (date(2026, 2, 28), "running", 0),
        (date(2026, 3, 1), "overdue", 1),
    ],
)
def test_the_due_day_itself_is_not_overdue(plans, day, standing, late):
    due = stand(plans[0], day)
    assert (due.standing, due.days, due.stage) == (standing, late, "20" if standing != "future" else "")


def test_what_was_handed_in_late_is_told_so_and_no_longer_overdue(plans):
    assert stand(plans[1], date(2027, 4, 30)).standing == "overdue"
    done = stand(plans[1], date(2030, 1, 1))
    assert (done.standing, done.days, done.stage) == ("done-late", 30, "50")


def test_without_a_day_nobody_is_told_overdue(plans):
    assert [stand(plan, None).standing for plan in plans] == [None, None]
    assert stage_on(plans[1], None) == "50"


def test_the_log_of_the_standard_gives_its_stages(pack):
    entries = (
        '{stage: "20", date: "2026-02-01", what: 起草}',
        '{stage: "50", date: "2026-02-28", what: 报批}',
    )
    log = "entries:\n" + "".join(f"  - {entry}\n" for entry in entries)
    (pack.standards / "window-service" / "lifecycle.yaml").write_text(log, encoding="utf-8")
    [plan, _] = read_framework(pack).register
    assert stage_on(plan, date(2026, 2, 27)) == "20"
    assert stand(plan, date(2026, 12, 31)).standing == "done"


def test_a_planned_standard_without_files_has_been_proposed_only(pack, spoil):
    spoil("state: drafting\n    standard: window-service", "state: planned\n    standard: not-written")
    text = (pack.standards / "framework.yaml").read_text(encoding="utf-8")
    own = "id: own, group: windows, title: 窗口服务规范, rank: pack, standard: window-service, mark: seen"
    text = text.replace("\ndevelopment:", f"\n  - {{{own}, state: planned}}\ndevelopment:")
    (pack.standards / "framework.yaml").write_text(text, encoding="utf-8")
    assert stage_on(read_framework(pack).register[0], None) == "10"


def test_overdue_plans_in_order(pack):
    found = overdue(read_framework(pack), date(2027, 4, 2))
    assert [(due.plan.node, due.days) for due in found] == [("draft", 398), ("next", 1)]

"""Counts to outcomes: tolerance, undecided rows, the plausibility brake, missing columns."""

from __future__ import annotations

import pytest

from guiju.engine.fold import fold
from guiju.engine.scan import RuleCounts
from guiju.standard.checks import DeclaredCheck
from guiju.standard.model import Requirement


def requirement(tolerance="0", undecided_max="0"):
    return Requirement(
        "TT-001",
        "x",
        "4",
        "shall",
        "应。",
        "practice",
        (),
        DeclaredCheck("?"),
        "改",
        tolerance=tolerance,
        undecided_max=undecided_max,
    )


@pytest.mark.parametrize(
    ("counts", "rule", "expected"),
    [
        (RuleCounts(passed=5), requirement(), "passed"),
        (RuleCounts(passed=99, failed=1), requirement(), "failed"),
        (RuleCounts(passed=99, failed=1), requirement("0.01"), "passed"),
        (RuleCounts(passed=98, failed=2), requirement("0.01"), "failed"),
        (RuleCounts(passed=98, failed=1, undecided=1), requirement("0.02"), "passed"),
        (RuleCounts(passed=98, failed=1, undecided=1), requirement("0.01"), "cantTell"),
        (RuleCounts(passed=99, undecided=1), requirement(), "cantTell"),
        (RuleCounts(passed=99, undecided=1), requirement("0", "0.01"), "passed"),
        (RuleCounts(passed=98, undecided=2), requirement("0", "0.01"), "cantTell"),
        (RuleCounts(inapplicable=9), requirement(), "inapplicable"),
        (RuleCounts(), requirement(), "inapplicable"),
        (RuleCounts(passed=10, failed=19), requirement(), "failed"),
        (RuleCounts(passed=14, failed=16), requirement(), "cantTell"),
        (RuleCounts(passed=15, failed=15), requirement(), "failed"),
        (RuleCounts(error="x"), requirement(), "error"),
    ],
)
def test_fold(counts, rule, expected):
    assert fold(rule, counts).outcome == expected


def test_brake_lets_go_when_the_reading_is_confirmed():
    counts = RuleCounts(passed=14, failed=16)
    assert fold(requirement(), counts, confirmed=True).outcome == "failed"
    assert "已由地方确认" in fold(requirement(), counts, confirmed=True).reason


def test_suspect_codes_stop_the_verdict_until_confirmed():
    counts = RuleCounts(passed=1, failed=1)
    assert fold(requirement(), counts, suspect_codes=("事项类型",)).outcome == "cantTell"
    assert fold(requirement(), counts, suspect_codes=("事项类型",), confirmed=True).outcome == "failed"


def test_missing_mandatory_column_fails():
    assert fold(requirement(), RuleCounts(passed=3), lacking=("备注",)).outcome == "failed"

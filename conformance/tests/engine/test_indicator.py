"""Indicators: exact shares, open ends, groups, rolling windows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from guiju.engine.kinds.indicator import Share, meets, percent


def indicator(**more):
    return {
        "kind": "indicator",
        "dataset": "a",
        "numerator": "online",
        "denominator": "kind = '01'",
        "operator": ">=",
        "threshold": "0.95",
        **more,
    }


def rows(yes, no, unknown=0, maybe=0):
    lines = ["类型|网办"] + ["01|是"] * yes + ["01|否"] * no + ["01|"] * unknown + ["|是"] * maybe
    return {"甲": "\n".join(lines)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((95, 5), "passed"),
        ((94, 6), "failed"),
        ((94, 5), "failed"),
        ((19, 1), "passed"),
        ((95, 0, 5), "passed"),
        ((95, 4, 2), "cantTell"),
        ((10, 90, 1), "failed"),
        ((95, 5, 0, 1), "cantTell"),
        ((100, 0, 0, 1), "passed"),
        ((0, 0), "inapplicable"),
    ],
)
def test_share_is_exact_and_open_ends_stay_open(judge, given, expected):
    assert judge(indicator(), rows(*given)).outcome == expected


def test_every_group_is_judged(judge):
    lines = ["名称|类型|网办"] + ["甲局|01|是"] * 99 + ["乙局|01|否"]
    assert judge(indicator(), {"甲": "\n".join(lines)}).outcome == "passed"
    assert judge(indicator(groups=["name"]), {"甲": "\n".join(lines)}).outcome == "failed"


def window(**more):
    return indicator(denominator="true", window={"stamp": "at", "hours": 24, "min-count": 2}, **more)


def test_a_bad_night_fails_although_the_total_is_fine(judge):
    good = [f"2024-01-{day:02d} {hour:02d}:00:00|是" for day in range(1, 10) for hour in range(24)]
    bad = ["2024-01-20 01:00:00|否", "2024-01-20 02:00:00|是"]
    assert judge(window(), {"甲": "\n".join(["时间|网办", *good])}).outcome == "passed"
    answer = judge(window(), {"甲": "\n".join(["时间|网办", *good, *bad])})
    assert answer.outcome == "failed"
    assert "1组（段）" in answer.reason


def test_window_is_open_on_the_left(judge):
    exactly = "时间|网办\n2024-01-01 00:00:00|否\n2024-01-02 00:00:00|是\n2024-01-02 00:00:01|是"
    assert judge(window(), {"甲": exactly}).outcome == "passed"
    inside = "时间|网办\n2024-01-01 00:00:01|否\n2024-01-02 00:00:00|是"
    assert judge(window(), {"甲": inside}).outcome == "failed"


def test_window_with_too_few_events_is_not_judged(judge):
    assert judge(window(), {"甲": "时间|网办\n2024-01-01 00:00:01|否"}).outcome == "inapplicable"


def test_events_known_to_the_day_leave_windows_open(judge):
    answer = judge(
        window(), {"甲": "时间|网办\n2024-01-01|否\n2024-01-02 00:00:00|是\n2024-01-02 00:00:01|是"}
    )
    assert answer.outcome == "cantTell"


def test_failing_windows_that_touch_are_one_interval(judge):
    times = ("01-01 01:00", "01-01 02:00", "01-01 20:00", "03-01 01:00", "03-01 02:00")
    rows = "\n".join(["时间|网办", *(f"2024-{time}:00|否" for time in times)])
    assert "2组（段）" in judge(window(), {"甲": rows}).reason


def test_percent_is_cut_not_rounded():
    assert percent(94_999, 100_000) == "94.99"
    assert percent(1, 3) == "33.33"
    assert percent(0, 0) == ""


def test_cross_multiplication_needs_no_division():
    assert meets(95, 100, ">=", Decimal("0.95"))
    assert not meets(94_999_999, 100_000_000, ">=", Decimal("0.95"))
    assert Share(19, 20, 0, 0).outcome("=", Decimal("0.95")) == "passed"
    assert Share(18, 20, 1, 0).outcome("=", Decimal("0.95")) == "cantTell"


def test_no_events_at_all(judge):
    assert judge(window(), {"甲": "时间|网办"}).outcome == "inapplicable"

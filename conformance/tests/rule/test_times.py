"""Dates, stamps as intervals, and working days, in both readers."""

import datetime as dt

import pytest

from guiju.rule.moments import read_date, read_stamp
from guiju.standard.formats import is_date, is_stamp


@pytest.mark.parametrize(
    ("text", "record", "expected"),
    [
        ("s < r", {"s": "2024-05-01T08:00:00", "r": "2024-05-01T08:00:01"}, True),
        ("s < r", {"s": "2024-05-01T08:00:00", "r": "2024-05-01T08:00:00"}, False),
        ("s <= r", {"s": "2024-05-01T08:00:00", "r": "2024-05-01T08:00:00"}, True),
        ("s <= r", {"s": "2024-05-01", "r": "2024-05-01T08:00:00"}, None),
        ("s <= r", {"s": "2024-05-01", "r": "2024-05-02T00:00:00"}, True),
        ("s < r", {"s": "2024-05-01", "r": "2024-05-01T00:00:00"}, False),
        ("s <= r", {"s": "2024-05-01T23:59:59.999999", "r": "2024-05-01"}, None),
        ("s >= r", {"s": "2024-05-02", "r": "2024-05-01"}, True),
        ("s > r", {"s": "2024-05-01", "r": "2024-05-01"}, None),
        ("s = r", {"s": "2024-05-01", "r": "2024-05-01"}, None),
        ("s = r", {"s": "2024-05-01T00:00:00", "r": "2024-05-01T00:00:00"}, True),
        ("s = r", {"s": "2024-05-01", "r": "2024-05-02"}, False),
        ("s <> r", {"s": "2024-05-01", "r": "2024-05-02"}, True),
        ("s between r and r", {"s": "2024-05-01T08:00:00", "r": "2024-05-01T08:00:00"}, True),
        ("s between r and r", {"s": "2024-05-01T08:00:00", "r": "2024-05-01"}, None),
        ("s between r and r", {"s": "2024-05-01T08:00:00", "r": "2024-05-02"}, False),
        ("day(s) = e", {"s": "2024-05-01T23:59:59", "e": "2024-05-01"}, True),
        ("day(s) = e", {"s": "2024-05-01", "e": "2024-05-01"}, True),
        ("e < date '2024-05-02'", {"e": "2024-05-01"}, True),
        ("e in (date '2024-05-01', date '2024-05-02')", {"e": "2024-05-01"}, True),
        ("e <= as_of()", {"e": "2024-06-30"}, True),
    ],
)
def test_stamps_decide_only_what_all_their_points_decide(bench, text, record, expected):
    assert bench.agree(text, **record) is expected


@pytest.mark.parametrize(
    ("first", "second", "hours", "expected"),
    [
        ("2024-05-01T08:00:00", "2024-05-02T08:00:00", 24, True),
        ("2024-05-01T08:00:00", "2024-05-02T08:00:00.000001", 24, False),
        ("2024-05-01", "2024-05-01T23:00:00", 24, True),
        ("2024-05-01", "2024-05-02T12:00:00", 24, None),
        ("2024-05-01", "2024-05-02", 48, True),
        ("2024-05-01", "2024-05-04", 48, False),
        ("2024-05-02", "2024-05-01", 0, True),
        ("2024-05-01T08:00:00", "2024-05-01T07:00:00", -1, True),
        ("2024-05-01T08:00:00", "2024-05-01T08:00:00", 10**18 - 1, True),
    ],
)
def test_within_hours_needs_both_ends(bench, first, second, hours, expected):
    assert bench.agree("within_hours(s, r, i)", s=first, r=second, i=hours) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("hours_between(s, r)", 1), ("minutes_between(s, r)", 119), ("seconds_between(s, r)", 7199)],
)
def test_elapsed_time_is_in_whole_units_towards_zero(bench, text, expected):
    late, early = "2024-05-01T10:00:00", "2024-05-01T08:00:00.500000"
    assert bench.agree(text, s=early, r=late) == expected
    assert bench.agree(text, s=late, r=early) == -expected
    assert bench.agree(text, s="2024-05-01", r=late) is None


ALL = 5744  # working days on file


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2024-05-10", "2024-05-13", 2),  # 11 May is a Saturday made up, 13 May a Monday
        ("2024-04-27", "2024-04-28", 1),  # a Sunday made up
        ("2024-04-30", "2024-05-06", 1),  # five days off
        ("2024-12-31", "2025-01-02", 1),
        ("2003-12-31", "2004-01-02", 1),  # from the eve of the first day on file
        ("2003-12-30", "2004-01-02", None),
        ("2003-12-31", "2026-12-31", ALL),
        ("2026-12-31", "2026-12-31", 0),
        ("2026-12-31", "2027-01-01", None),
        ("2024-05-13", "2024-05-10", -2),
        ("1000-01-01", "9999-12-31", None),
    ],
)
def test_working_days_between(bench, first, second, expected):
    assert bench.agree("workdays_between(e, f)", e=first, f=second) == expected


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2024-04-26", 1, dt.date(2024, 4, 28)),
        ("2024-04-30", 1, dt.date(2024, 5, 6)),
        ("2024-05-10", 1, dt.date(2024, 5, 11)),
        ("2024-12-31", 1, dt.date(2025, 1, 2)),
        ("2024-05-01", 0, dt.date(2024, 5, 1)),
        ("2024-05-01", -1, None),
        ("2003-12-31", 1, dt.date(2004, 1, 2)),
        ("2003-12-31", ALL, dt.date(2026, 12, 31)),
        ("2003-12-31", ALL + 1, None),
        ("2003-12-30", 1, None),
        ("2026-12-30", 1, dt.date(2026, 12, 31)),
        ("2026-12-31", 1, None),
        ("2024-05-01", 10**18 - 1, None),
        ("2027-01-01", 0, None),
    ],
)
def test_add_working_days(bench, day, count, expected):
    assert bench.agree("add_workdays(e, i)", e=day, i=count) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-04-26", True),
        ("2024-04-27", False),
        ("2024-04-28", True),  # a Sunday made up
        ("2024-05-01", False),  # a Wednesday off
        ("2019-01-01", False),
        ("2019-01-02", True),
        ("2026-12-31", True),
        ("2003-12-31", None),
        ("2027-01-01", None),
    ],
)
def test_whether_a_day_is_worked(bench, day, expected):
    assert bench.agree("is_workday(e)", e=day) is expected


def test_days_between_counts_every_day(bench):
    assert bench.agree("days_between(e, f)", e="2024-02-28", f="2024-03-01") == 2
    assert bench.agree("days_between(e, f)", e="1000-01-01", f="9999-12-31") == 3287181
    assert bench.agree("days_between(e, f)", e="2024-02-30", f="2024-03-01") is None


@pytest.mark.parametrize("text", ["0222-03-16", "0999-12-31T08:00:00", "0000-01-01"])
def test_days_that_no_export_is_read_to_have_are_none_in_a_rule_either(text):
    assert (read_date(text), read_stamp(text)) == (None, None)
    assert not is_stamp(text)
    assert not is_date(text)

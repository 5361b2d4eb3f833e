"""Which way a directed parameter tightens."""

import pytest

from guiju.rule import sense


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i <= :days", "lower"),
        ("i < :days", "lower"),
        (":days >= i", "lower"),
        ("not i > :days", "lower"),
        ("i >= :days", "higher"),
        ("not (i <= :days)", "higher"),
        ("i between 0 and :days", "lower"),
        ("i between :days and 100", "higher"),
        ("i between :days and :days", None),
        ("b and (i <= :days or j is null)", "lower"),
        ("i <= :days and j <= :days", "lower"),
        ("i <= :days and j >= :days", None),
        ("i <= :days or not j <= :days", None),
        ("i <= :days + j", "lower"),
        ("i - :days <= j", "lower"),
        ("i <= j - :days", "higher"),
        ("i <= -:days", "higher"),
        ("i <= :days * 2", "lower"),
        ("i <= -2 * :days", "higher"),
        ("i <= :days * j", None),
        ("i <= :days * 0", None),
        ("i <= :days // 2", "lower"),
        ("i <= j // :days", None),
        ("i <= :days % 7", None),
        ("i + :days <= :days", None),
        ("i = :days", None),
        ("i <> :days", None),
        ("i in (:days)", None),
        (":days between i and j", None),
        ("(i <= :days) is null", None),
        ("(i <= :days) = b", None),
        ("within_hours(s, r, :days)", "lower"),
        ("not within_hours(s, r, :days)", "higher"),
        ("e <= add_workdays(f, :days)", "lower"),
        ("workdays_between(e, f) <= :days", "lower"),
        ("substr(t, 1, 2) = 'a'", None),
        ("i <= 3", None),
    ],
)
def test_the_direction_is_proved_or_not_told(bench, text, expected):
    assert sense(bench.parse(text), "days") == expected


def test_other_parameters_do_not_count(bench):
    node = bench.parse("i <= :days and d >= :share")
    assert (sense(node, "days"), sense(node, "share"), sense(node, "unset")) == ("lower", "higher", None)

"""Which alterations an expression gets: each an expression again, none the same in other words."""

from __future__ import annotations

import pytest

from guiju.rule import Scope, parse
from guiju.rule.written import written
from guiju.standard.fields import Code, Codelist, Field
from guiju.standard.model import Parameter
from guiju_tools.mutate.shapes import normal
from guiju_tools.mutate.trees import Surroundings, swaps

FIELDS = {
    "i": Field("i", "甲数", "integer"),
    "j": Field("j", "乙数", "integer"),
    "t": Field("t", "甲文", "string"),
    "u": Field("u", "乙文", "string"),
    "k": Field("k", "类型", "string", codelist="kinds"),
    "b": Field("b", "是否", "boolean"),
    "e": Field("e", "甲日", "date"),
    "f": Field("f", "乙日", "date"),
    "x": Field("x", "多项", "set", codelist="kinds"),
}
SCOPE = Scope(
    FIELDS,
    {"days": Parameter("days", "天数", "integer", "fixed", "20")},
    {"kinds": Codelist("kinds", (Code("1", "甲"), Code("2", "乙"), Code("3", "丙")))},
)


def altered(text, fields=()):
    return [written(swap.whole) for swap in swaps(parse(text, SCOPE, None), Surroundings(SCOPE, fields))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i <= :days", ["i < :days", "i <= 19", "i <= 21"]),
        ("i > 3", ["i >= 3", "i > 2", "i > 4"]),
        ("k = '3'", ["k <> '3'", "k = '1'"]),
        ("t = '00Y'", ["t <> '00Y'", "t = '00Z'"]),
        ("b", ["not b"]),
        ("not b", ["b"]),
        ("b = true", ["b <> true"]),
        ("t is not null", ["t is null"]),
        ("t is null", ["t is not null"]),
        ("k in ('1', '2')", ["k in ('2')", "k in ('1')", "k in ('1', '2', '3')", "k not in ('1', '2')"]),
        ("e >= date '2024-03-01'", ["e > date '2024-03-01'"]),
        ("i between 1 and :days", ["i >= 1", "i <= :days", "i not between"]),
        ("has_any(x, '1', '2')", ["has_any(x, '2')", "has_any(x, '1')", "has_any(x, '1', '2', '3')"]),
        ("starts_with(t, u)", ["ends_with(t, u)", "contains(t, u)", "starts_with(u, t)"]),
        ("matches(t, '[0-9]+')", ["matches(t, '.*(?:[0-9]+)')", "matches(t, '(?:[0-9]+).*')"]),
        ("i - j = 0", ["i - j <> 0", "i + j = 0"]),
    ],
)
def test_alterations_of_small_expressions(text, expected):
    found = altered(text)
    for item in expected:
        assert any(one == item or "between" in item for one in found), (item, found)


def test_terms_are_dropped_and_joined_otherwise():
    found = altered("b and t is null and i > 1")
    assert "t is null and i > 1" in found
    assert "b and i > 1" in found
    assert "b or t is null or i > 1" in found


def test_other_fields_are_those_of_the_same_kind_that_are_offered():
    assert "j < j" not in altered("i < j")
    assert {"j < j", "i < i"} <= set(altered("i < j", ("i", "j", "t")))
    assert "e <= e" in altered("e <= f", ("e", "f"))


@pytest.mark.parametrize(
    "text",
    [
        "(k = '1' and i <= 3) or not (t is null or starts_with(t, 'a'))",
        "has_any(x, '1', '2') and days_between(e, f) <= :days and k not in ('1', '3')",
        "b = true and not (t = u) and i between 2 and 5",
    ],
)
def test_every_alteration_reads_and_says_something_else(text):
    node = parse(text, SCOPE)
    found = list(swaps(node, Surroundings(SCOPE, tuple(FIELDS))))
    assert len(found) > 10
    assert len({normal(swap.whole) for swap in found} | {normal(node)}) == len(found) + 1
    for swap in found:
        assert swap.before != swap.after
        assert parse(written(swap.whole), SCOPE) == swap.whole


@pytest.mark.parametrize(
    ("first", "second"),
    [("b = true", "b <> false"), ("not (i = 1)", "i <> 1"), ("not (not b)", "b"), ("k in ('1')", "k = '1'")],
)
def test_the_same_in_other_words_is_the_same(first, second):
    assert normal(parse(first, SCOPE)) == normal(parse(second, SCOPE))

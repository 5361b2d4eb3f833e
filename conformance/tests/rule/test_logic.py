"""Three values: what is unknown stays unknown unless the rest decides."""

import pytest

from guiju.rule import describe, unmet

TRUTH = {"真": {"i": 1}, "假": {"i": 2}, "无": {}, "不能识别": {"i": "一"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i = 1", (True, False, None, None)),
        ("not i = 1", (False, True, None, None)),
        ("i <> 1", (False, True, None, None)),
        ("i = 1 and true", (True, False, None, None)),
        ("i = 1 and false", (False, False, False, False)),
        ("i = 1 or true", (True, True, True, True)),
        ("i = 1 or false", (True, False, None, None)),
        ("i in (1, 3)", (True, False, None, None)),
        ("i not in (1, 3)", (False, True, None, None)),
        ("i in (1, :unset)", (True, None, None, None)),
        ("i in (1, 1.5)", (True, False, None, None)),
        ("i between 0 and 1", (True, False, None, None)),
        ("i not between 0 and 1", (False, True, None, None)),
        ("i between :unset and 1", (None, False, None, None)),
        ("i between 2 and :unset", (False, None, None, None)),
        ("i is null", (False, False, True, False)),
        ("i is not null", (True, True, False, True)),
        ("(i = 1) is null", (False, False, True, True)),
        ("(i = 1) = (i = 1)", (True, True, None, None)),
        ("i is null or i = 1", (True, False, True, None)),
        ("i is not null and i = 1", (True, False, False, None)),
        ("i = :unset", (None, None, None, None)),
    ],
)
def test_unknown_is_carried_on(bench, text, expected):
    assert tuple(bench.agree(text, **record) for record in TRUTH.values()) == expected


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("d", "d = 1", "一"),
        ("b", "b = true", "maybe"),
        ("e", "e = e", "2024/1/1"),
        ("s", "day(s) = day(s)", "昨天"),
        ("x", "size(x) >= 0", "[坏"),
    ],
)
def test_an_unreadable_value_is_present_but_unknown(bench, field, text, value):
    assert bench.agree(text, **{field: value}) is None
    assert bench.agree(f"{field} is null", **{field: value}) is False


def test_a_word_for_none_is_null(bench):
    assert bench.agree("i is null", i=None) is True
    assert bench.agree("i = 1 or i is null", i=None) is True


@pytest.mark.parametrize(("record", "expected"), [({"b": True}, True), ({"b": False}, False), ({}, None)])
def test_a_logical_field_is_a_condition(bench, record, expected):
    assert bench.agree("b", **record) is expected
    assert bench.agree("b = true and b", **record) is expected
    assert bench.agree("not b", **record) is (None if expected is None else not expected)


def test_many_conditions_do_not_nest(bench):
    text = " or ".join(f"i = {number}" for number in range(200))
    assert bench.agree(text, i=199) is True
    assert bench.agree(text, i=200) is False


@pytest.mark.parametrize(
    ("text", "record", "parts"),
    [
        ("i = 1 and j = 1 and b", {"i": 1, "j": 2, "b": False}, ("j = 1", "b")),
        ("i = 1 and (j = 1 and b)", {"i": 2, "j": 1, "b": False}, ("i = 1", "b")),
        ("i = 1 and j = 1", {"i": 2}, ("i = 1",)),
        ("i = 1 and (j = 1 or b)", {"i": 1, "j": 2, "b": False}, ("j = 1 or b",)),
        ("i = 1 or j = 1", {"i": 2, "j": 2}, ("i = 1 or j = 1",)),
        ("not (i = 1 and j = 1)", {"i": 1, "j": 1}, ("not (i = 1 and j = 1)",)),
    ],
)
def test_only_what_is_false_is_to_blame(bench, text, record, parts):
    blamed = unmet(bench.parse(text), record, bench.env)
    told = [describe(part, bench.scope) for part in blamed]
    assert told == [describe(bench.parse(part), bench.scope) for part in parts]

"""Values that a row takes from its partners: what is known of them, and that both readings agree."""

from __future__ import annotations

import pytest

from guiju.errors import StandardError, StandardErrors

N, P, F, U = "inapplicable", "passed", "failed", "undecided"


def check(value, claim, when="", **more):
    told = {"dataset": "b", "on": {"code": "code"}, "value": value, **({"when": when} if when else {})}
    return {"kind": "record", "dataset": "a", "related": {"theirs": told}, "assert": claim, **more}


ROWS = "编码|名称\nA001|一\nA002|二\nA003|三\n|四"


def test_partners_are_counted_and_no_partner_is_none(judge):
    partners = "编码\nA001\nA002\nA002\nA009"
    answer = judge(check("count", "theirs <= 1"), {"甲": ROWS, "乙": partners})
    assert answer.states == (P, F, P, U)
    assert judge(check("count", "theirs = 0"), {"甲": ROWS, "乙": partners}).states == (F, F, P, U)


def test_partners_without_a_key_belong_to_nobody(judge):
    partners = "编码|天数\nA001|1\n|1\n|1"
    assert judge(check("count", "theirs = 0"), {"甲": ROWS, "乙": partners}).states == (F, P, P, U)


def test_a_condition_selects_partners_and_leaves_them_open_where_it_is_unknown(judge):
    partners = "编码|网办\nA001|否\nA001|是\nA002|否\nA003|\nA003|是"
    answer = judge(check("count", "theirs = 0", "online = true"), {"甲": ROWS, "乙": partners})
    assert answer.states == (F, P, U, U)


def test_related_values_may_stand_in_every_expression(judge):
    partners = "编码|天数\nA001|5\nA002|30"
    asked = check("one(days)", "theirs <= :most", when="", decidable="theirs > 0")
    asked["when"] = "theirs is not null"
    assert judge(asked, {"甲": ROWS, "乙": partners}).states == (P, F, N, U)


@pytest.mark.parametrize(
    ("value", "claim", "expected"),
    [
        ("sum(days)", "theirs = 7", (P, U, F, U, U)),
        ("min(days)", "theirs = 2", (P, U, F, U, U)),
        ("max(days)", "theirs = 5", (P, U, F, U, U)),
        ("sum(rate)", "theirs = 1.5", (P, U, F, U, U)),
        ("one(days)", "theirs = 3", (U, U, P, U, U)),
        ("sum(days)", "theirs is null", (F, U, F, P, U)),
        ("one(days)", "theirs is null", (U, U, F, P, U)),
        ("one(kind)", "theirs = '01'", (P, U, F, U, U)),
        ("one(online)", "theirs", (P, F, U, U, U)),
        ("max(end)", "theirs <= date '2024-01-31'", (P, U, F, U, U)),
        ("max(at)", "hours_between(theirs, then) <= 24", (P, U, U, U, U)),
    ],
)
def test_values_of_every_kind(judge, value, claim, expected):
    rows = "编码|随后\n" + "\n".join(
        f"{code}|2024-01-02 08:00:00" for code in ("A001", "A002", "A003", "A004", "")
    )
    partners = """编码|天数|费率|类型|网办|结束|时间
    A001|2|0.5|01|是|2024-01-30|2024-01-01 08:00:00
    A001|5|1|01|是|2024-01-31|2024-01-01 09:00:00
    A002|2|一半|01|否||2024-01-01
    A002|||20|否|2024-01-31|
    A003|3|2|20||2024-02-01|2024-01-01"""
    assert judge(check(value, claim), {"甲": rows, "乙": partners}).states == expected


def test_a_blank_value_of_all_partners_is_none_and_an_unreadable_one_unknown(judge):
    partners = "编码|天数|名称\nA001||\nA002|很多|x"
    assert judge(check("one(days)", "theirs is null"), {"甲": ROWS, "乙": partners}).states == (P, U, P, U)
    assert judge(check("max(days)", "theirs is null"), {"甲": ROWS, "乙": partners}).states == (U, U, P, U)


def test_unknown_partners_matter_only_where_they_decide(judge):
    rows = "编码|天数|网办\n|1|是\n|9|是\n|9|否"
    asked = check("count", "days <= 5 or theirs > 0")
    asked["when"] = "online"
    assert judge(asked, {"甲": rows, "乙": "编码\nA001"}).states == (P, U, N)


def test_several_keys_and_several_values(judge):
    asked = {
        "kind": "record",
        "dataset": "a",
        "related": {
            "days_there": {"dataset": "b", "on": {"code": "code", "kind": "kind"}, "value": "sum(days)"},
            "rows_there": {"dataset": "c", "on": {"code": "code"}, "value": "count", "title": "丙的条数"},
        },
        "assert": "days_there <= 5 and rows_there >= 1",
    }
    rows = {
        "甲": "编码|类型\nA001|01\nA001|20\nA001|\nA002|01",
        "乙": "编码|类型|天数\nA001|01|2\nA001|01|3\nA001|20|6\nA002|01|1",
        "丙": "编码\nA001",
    }
    answer = judge(asked, rows)
    assert answer.states == (P, F, U, F)


def test_rows_of_the_same_dataset(judge):
    asked = check("count", "theirs = 1")
    asked["related"]["theirs"]["dataset"] = "a"
    assert judge(asked, {"甲": "编码\nA001\nA002\nA002"}).states == (P, F, F)


def test_a_dataset_that_is_not_delivered_leaves_it_untested(judge):
    with pytest.raises(StandardError) as caught:
        judge(check("count", "theirs = 0"), {"甲": ROWS})
    assert "没有交来数据集“乙”" in caught.value.cause


def test_no_rows_in_an_example_are_no_partners(judge):
    assert judge(check("count", "theirs = 0"), {"甲": ROWS, "乙": "编码"}).states == (P, P, P, U)


@pytest.mark.parametrize(
    ("related", "code"),
    [
        ({"days": {"dataset": "b", "on": {"code": "code"}, "value": "count"}}, "GJ-S160"),
        ({"theirs": {"dataset": "z", "on": {"code": "code"}, "value": "count"}}, "GJ-S161"),
        ({"theirs": {"dataset": "b", "on": {"code": "nothing"}, "value": "count"}}, "GJ-S162"),
        ({"theirs": {"dataset": "b", "on": {"code": "days"}, "value": "count"}}, "GJ-S163"),
        ({"theirs": {"dataset": "b", "on": {"at": "at"}, "value": "count"}}, "GJ-S163"),
        ({"theirs": {"dataset": "b", "on": {"code": "code"}, "value": "sum(name)"}}, "GJ-S164"),
    ],
)
def test_what_cannot_be_related_is_told(judge, related, code):
    asked = {"kind": "record", "dataset": "a", "related": related, "assert": "true"}
    with pytest.raises(StandardErrors) as caught:
        judge(asked, {"甲": ROWS, "乙": ROWS})
    assert [fault.code for fault in caught.value.faults] == [code]


def test_types_and_codes_are_those_of_the_field(judge):
    for value, claim, code in (
        ("one(kind)", "theirs = '99'", "GJ-S216"),
        ("one(kind)", "theirs > 1", "GJ-S214"),
        ("count", "theirs = 'x'", "GJ-S214"),
        ("count", "there = 1", "GJ-S208"),
    ):
        with pytest.raises(StandardError) as caught:
            judge(check(value, claim), {"甲": ROWS, "乙": "编码|类型\nA001|01"})
        assert caught.value.code == code

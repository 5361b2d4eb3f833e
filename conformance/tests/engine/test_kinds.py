"""Every kind of check reaches every state it can, by both readings (the bench compares them)."""

from __future__ import annotations

import pytest

from guiju.errors import StandardError

N, P, F, U = "inapplicable", "passed", "failed", "undecided"


def test_record_is_three_valued(judge):
    check = {"kind": "record", "dataset": "a", "when": "online", "assert": "days <= limit"}
    answer = judge(check, {"甲": "网办|天数|上限\n是|1|2\n是|3|2\n否|3|2\n是||2\n|1|2\n是|很多|2"})
    assert answer.states == (P, F, N, U, U, U)
    assert answer.outcome == "failed"


def test_record_decidable_leaves_rows_undecided(judge):
    check = {"kind": "record", "dataset": "a", "decidable": "kind = '01'", "assert": "days <= 5"}
    answer = judge(check, {"甲": "类型|天数\n01|9\n20|9\n行政许可|5\n|5"})
    assert answer.states == (F, U, P, U)


def test_record_parameter(judge):
    check = {"kind": "record", "dataset": "a", "assert": "days <= :most"}
    assert judge(check, {"甲": "天数\n20\n21"}).states == (P, F)
    assert judge(check, {"甲": "天数\n20\n21"}, params={"most": "19"}).states == (F, F)


def test_unset_parameter_is_untested(judge):
    check = {
        "kind": "indicator",
        "dataset": "a",
        "numerator": "online",
        "denominator": "true",
        "operator": ">=",
        "threshold": ":share",
    }
    with pytest.raises(StandardError, match="不足以核验") as caught:
        judge(check, {"甲": "网办\n是"})
    assert "尚未设定" in caught.value.cause
    assert judge(check, {"甲": "网办\n是"}, params={"share": "0.5"}).outcome == "passed"


def test_schema_presence_counts_null_words(judge):
    check = {"kind": "schema", "dataset": "a", "aspect": "presence"}
    answer = judge(check, {"甲": "编码|备注\nA001|无\nA002|\n|x\n\u3000|x"})
    assert answer.states == (P, F, F, F)


def test_schema_presence_missing_column_fails_once(judge):
    check = {"kind": "schema", "dataset": "a", "aspect": "presence"}
    answer = judge(check, {"甲": "编码\nA001"})
    assert answer.outcome == "failed"
    assert answer.states == (P,)
    assert "备注" in answer.reason


def test_schema_form(judge):
    check = {"kind": "schema", "dataset": "a", "aspect": "form"}
    rows = "编码|天数|开始\nA001|5|2024-02-29\nA01|5|\nA001|100|\nA001|-1|\n"
    rows += "A001|五|\nA001||2023-02-29\n||\nＡ００１|5|"
    assert judge(check, {"甲": rows}).states == (P, F, F, F, F, F, N, P)


def test_schema_code_and_set(judge):
    check = {"kind": "schema", "dataset": "a", "aspect": "code"}
    rows = '类型|对象\n01|1,2\n行政许可|自然人、企业法人\n99|1\n01|["1","9"]\n|'
    assert judge(check, {"甲": rows}).states == (P, P, F, F, N)


def test_unique(judge):
    check = {"kind": "unique", "dataset": "a", "fields": ["code", "days"], "when": "online"}
    rows = "编码|天数|网办\nA001|1|是\nA001|1|是\nA001|2|是\nA001|1|否\n|1|是"
    assert judge(check, {"甲": rows}).states == (F, F, P, N, U)


def test_reference(judge):
    check = {
        "kind": "reference",
        "dataset": "a",
        "fields": ["code"],
        "to": {"dataset": "b", "fields": ["code"]},
    }
    answer = judge(check, {"甲": "编码\nA001\nA002\n空", "乙": "编码\nA001\nA003"})
    assert answer.states == (P, F, F)
    assert judge(check, {"甲": "编码|名称\n|x", "乙": "编码\nA001"}).states == (N,)


def test_coverage_with_exception_list(judge):
    check = {
        "kind": "coverage",
        "dataset": "a",
        "fields": ["code"],
        "by": {"dataset": "b", "fields": ["code"]},
        "when": "kind = '01'",
        "except": {"dataset": "c", "fields": ["code"], "reason": "memo"},
    }
    rows = {
        "甲": "编码|类型\nA001|01\nA002|01\nA003|01\nA004|20\n|01",
        "乙": "编码\nA001",
        "丙": "编码|备注\nA002|本地没有此类机构\nA003|",
    }
    assert judge(check, rows).states == (P, P, F, N, U)
    del rows["丙"]
    assert judge(check, rows).states == (P, F, F, N, U)


def test_match_in_its_ways(judge):
    check = {
        "kind": "match",
        "dataset": "a",
        "to": {"dataset": "b"},
        "on": {"code": "code"},
        "compare": [
            {"field": "name", "to": "name", "how": "name"},
            {"field": "law", "to": "law", "how": "cited"},
            {"field": "kind", "to": "kind", "how": "same"},
            {"field": "memo", "to": "memo", "how": "shown"},
        ],
    }
    partner = "编码|名称|依据|类型|备注\nA001|校车许可|《条例》第三条|01|甲"
    rows = """编码|名称|依据|类型|备注
    A001|校车许可|《条例》第三条|01|乙
    A001|校车许可（变更）|依据《条例》和《本省办法》|01|
    A001|校车 许可(新办)|《条例》|01|
    A001|校车使用许可|《条例》|01|
    A001|校车许可|《本省办法》|01|
    A001|校车许可|《条例》|20|
    A001||《条例》|01|
    A001|别的|《条例》||
    A009|校车许可|《条例》|01|"""
    assert judge(check, {"甲": rows, "乙": partner}).states == (P, P, P, F, F, F, U, F, N)


def test_match_one_of_several_partners_is_enough(judge):
    check = {
        "kind": "match",
        "dataset": "a",
        "to": {"dataset": "b"},
        "on": {"code": "code"},
        "compare": [{"field": "name", "to": "name", "how": "same"}],
    }
    rows = {"甲": "编码|名称\nA001|新名\nA001|无此名", "乙": "编码|名称\nA001|旧名\nA001|新名"}
    assert judge(check, rows).states == (P, F)


@pytest.mark.parametrize(
    ("ties", "missing", "expected"),
    [
        ("allowed", "skip", (P, P, F, P)),
        ("refused", "skip", (P, F, F, P)),
        ("allowed", "undecided", (P, P, F, U)),
        ("allowed", "refused", (P, P, F, F)),
    ],
)
def test_sequence(judge, ties, missing, expected):
    check = {"kind": "sequence", "dataset": "a", "stages": ["start", "end"], "ties": ties, "missing": missing}
    rows = "开始|结束\n2024-01-01|2024-01-02\n2024-01-01|2024-01-01\n2024-01-02|2024-01-01\n2024-01-01|"
    assert judge(check, {"甲": rows}).states == expected


def test_sequence_of_stamps_known_to_the_day(judge):
    check = {
        "kind": "sequence",
        "dataset": "a",
        "stages": ["at", "then"],
        "ties": "allowed",
        "missing": "undecided",
    }
    rows = """时间|随后
    2024-01-01|2024-01-02 08:00:00
    2024-01-01|2024-01-01 08:00:00
    2024-01-02|2024-01-01 08:00:00
    2024-01-01 09:00:00|2024-01-01 09:00:00"""
    assert judge(check, {"甲": rows}).states == (P, U, F, P)


def test_example_without_a_needed_column_is_refused(judge):
    with pytest.raises(StandardError) as caught:
        judge({"kind": "record", "dataset": "a", "assert": "days <= limit"}, {"甲": "天数\n1"})
    assert caught.value.code == "GJ-S413"

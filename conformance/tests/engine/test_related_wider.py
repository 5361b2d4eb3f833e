"""Related values in indicators, partners of a match by condition, targets with their day."""

from __future__ import annotations

N, P, F, U = "inapplicable", "passed", "failed", "undecided"


def indicator(**more):
    return {
        "kind": "indicator",
        "dataset": "a",
        "numerator": "theirs >= 1",
        "denominator": "true",
        "operator": ">=",
        "threshold": "0.6",
        "related": {"theirs": {"dataset": "b", "on": {"code": "code"}, "value": "count"}},
        **more,
    }


def test_indicator_over_partners(judge):
    rows = "编码|名称\nA001|x\nA002|x\nA003|y"
    assert judge(indicator(), {"甲": rows, "乙": "编码\nA001\nA002"}).outcome == "passed"
    assert judge(indicator(), {"甲": rows, "乙": "编码\nA001"}).outcome == "failed"
    assert judge(indicator(groups=["name"]), {"甲": rows, "乙": "编码\nA001\nA002"}).outcome == "failed"
    assert judge(indicator(), {"甲": "编码|名称\nA001|x\n|x", "乙": "编码\nA001"}).outcome == "cantTell"


def test_indicator_windows_over_partners(judge):
    rows = "编码|时间\nA001|2024-01-01 01:00:00\nA002|2024-01-01 02:00:00"
    asked = indicator(window={"stamp": "at", "hours": 24, "min-count": 2})
    assert judge(asked, {"甲": rows, "乙": "编码\nA001\nA002"}).outcome == "passed"
    assert judge(asked, {"甲": rows, "乙": "编码\nA001"}).outcome == "failed"


def test_target(judge):
    asked = indicator(target={"by": "2022-12-31", "baseline": "0.4"})
    tables = {"甲": "编码\nA001\nA002", "乙": "编码\nA001"}
    ahead = judge(asked, tables, as_of="2022-12-30")
    assert (ahead.outcome, "目标日期未到" in ahead.reason, "0.4" in ahead.reason) == (N, True, True)
    assert judge(asked, tables, as_of="2022-12-31").outcome == "failed"
    assert "--as-of" in judge(asked, tables).reason


def test_match_to_when(judge):
    asked = {
        "kind": "match",
        "dataset": "a",
        "to": {"dataset": "b"},
        "on": {"code": "code"},
        "compare": [{"field": "name", "to": "name", "how": "same"}],
        "to-when": "online = true",
    }
    rows = "编码|名称\nA001|x\nA002|x\nA003|x\nA004|x\nA005|x"
    partners = "编码|名称|网办\nA001|y|否\nA001|x|是\nA002|y|是\nA003|x|\nA004|x|否\nA005|x|是\nA005|y|"
    assert judge(asked, {"甲": rows, "乙": partners}).states == (P, F, U, N, P)

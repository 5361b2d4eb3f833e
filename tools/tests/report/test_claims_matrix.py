"""The small table of answers and outcomes."""

from __future__ import annotations

from guiju_tools.report.claims_matrix import matrix


def test_each_pair_is_counted_in_its_place():
    pairs = [("met", "passed")] * 3 + [("met", "failed"), ("not-met", "passed"), ("partly", "cantTell")]
    found = matrix(pairs)
    assert found.columns == ("符合", "不符合", "无法判定")
    assert dict(found.rows) == {
        "符合": (3, 1, 0),
        "部分符合": (0, 0, 1),
        "不符合": (1, 0, 0),
        "不适用": (0, 0, 0),
    }


def test_passed_and_failed_have_a_column_even_where_nothing_is():
    assert matrix([]).columns == ("符合", "不符合")

"""Expressions in Chinese words, and how they came to their value."""

import pytest

from guiju.rule import Step, describe, trace


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("i <= j and t = u", "字段i不大于字段j，且字段t等于字段u"),
        ("kind = '01'", "事项类型为“行政许可”（01）"),
        ("kind <> '20'", "事项类型不为“公共服务”（20）"),
        ("kind in ('01', '20')", "事项类型为“行政许可”（01）、“公共服务”（20）之一"),
        ("kind not in ('01')", "事项类型不是“行政许可”（01）之一"),
        ("t = 'x'", "字段t为“x”"),
        ("i <= :days", "字段i不大于承诺上限（20个工作日）"),
        ("i > :unset", "字段i大于未定（未设定）"),
        ("i is null or (b and i > 1)", "字段i未填写，或者（字段b为是，且字段i大于1）"),
        ("t is not null", "字段t已填写"),
        ("limit_number(t) is null", "字段t的数值得不出"),
        ("limit_number(t) is not null", "字段t的数值可以得出"),
        ("not b", "字段b为否"),
        ("b = true", "字段b为是"),
        ("not (i = 1)", "并非（字段i等于1）"),
        ("s < r", "字段s早于字段r"),
        ("e >= date '2024-01-05'", "字段e不早于2024年1月5日"),
        ("i between 1 and 3", "字段i在1至3之间（含两端）"),
        ("d >= 0.50", "字段d不小于0.50"),
        ("(i + 1) * -j % 7 = 0", "（（字段i加1）乘以负的字段j）除以7的余数等于0"),
        ("code_part(t, 'credit') = u", "字段t中的统一社会信用代码段等于字段u"),
        ("credit_code_valid(t)", "字段t是校验正确的统一社会信用代码"),
        ("has_any(x, '1', '2')", "字段x包括“1”、“2”中的任一项"),
        ("within_hours(s, r, 24)", "字段r不晚于字段s之后24小时"),
        ("workdays_between(e, day(s)) <= 5", "字段e至字段s的日期的工作日数不大于5"),
        ("is_workday(day(s))", "字段s的日期是工作日"),
        ("e <= add_workdays(f, :days)", "字段e不晚于字段f之后第承诺上限（20个工作日）个工作日"),
        ("true", "始终"),
        ("(b and q) = true", "（字段b为是，且字段q为是）为是"),
    ],
)
def test_words(bench, text, words):
    assert describe(bench.parse(text), bench.scope) == words


def test_a_trace_goes_from_the_parts_to_the_whole(bench):
    node = bench.parse("limit_number(t) <= i and kind in ('01', '20')")
    assert trace(node, {"t": "30(工作日)", "i": 20}, bench.env, bench.scope) == [
        Step("字段t", "30(工作日)"),
        Step("字段t的数值", 30),
        Step("字段i", 20),
        Step("字段t的数值不大于字段i", value=False),
        Step("事项类型", None),
        Step("事项类型为“行政许可”（01）、“公共服务”（20）之一", None),
        Step("字段t的数值不大于字段i，且事项类型为“行政许可”（01）、“公共服务”（20）之一", value=False),
    ]


def test_a_trace_names_a_part_once(bench):
    steps = trace(bench.parse("i > 1 and i < 3"), {"i": 2}, bench.env, bench.scope)
    assert [step.text for step in steps].count("字段i") == 1

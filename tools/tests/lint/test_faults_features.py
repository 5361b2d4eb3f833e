"""One thing wrong with a feature file: exactly that code, at that line."""

from __future__ import annotations

import pytest
from pytest_bdd.parser import FeatureParser

from guiju_tools.lint.features import read_features
from guiju_tools.lint.view import read_view

LIMITS = "features/window-service/01-limits.feature"
QUALITY = "features/window-service/02-quality.feature"
REQUIREMENTS = "standards/window-service/requirements/01-limits.yaml"

# file, what stands there, what is written instead, all codes, a part of the line they are told at
FAULTS = {
    "no Gherkin": (LIMITS, "| A002 |", "| A002 | B |", {"GJ-S383"}, "| A002 | B |"),
    "no language": (LIMITS, "# language: zh-CN\n", "\n", {"GJ-S385"}, ""),
    "language further down": (
        LIMITS,
        "# language: zh-CN\n",
        "# 时限\n# language: zh-CN\n",
        {"GJ-S385"},
        "# 时限",
    ),
    "title behind the text": (
        LIMITS,
        "规则: 4.2.1 办件编号应唯一",
        "规则: 4.2 办件编号应唯一",
        {"GJ-S389"},
        "规则: 4.2 ",
    ),
    "export in other words": (
        LIMITS,
        "场景: WS-003 试点地区导出的办件",
        "场景: WS-003 导出的办件",
        {"GJ-S390"},
        "场景: WS-003 导出的",
    ),
    "export without its tag": (
        LIMITS,
        "    @export\n    场景: WS-003",
        "    场景: WS-003",
        {"GJ-S386", "GJ-S390", "GJ-S393"},
        None,
    ),
    "export of another dataset": (
        QUALITY,
        '假如 试点地区导出的"事项清单"',
        '假如 试点地区导出的"办件"',
        {"GJ-S390"},
        "WS-010 试点地区",
    ),
    "export with another end": (
        QUALITY,
        "      那么 指标达到要求\n\n    @example",
        "      那么 每条适用的记录都符合\n\n    @example",
        {"GJ-S390"},
        "WS-006 试点地区",
    ),
    "neither export nor example": (
        LIMITS,
        "    @example\n    场景: WS-003",
        "    场景: WS-003",
        {"GJ-S386", "GJ-S396"},
        None,
    ),
    "rule of nobody": (LIMITS, "  @WS-003\n  规则", "  @WS-099\n  规则", {"GJ-S388", "GJ-S391"}, None),
    "rule without tag": (LIMITS, "  @WS-003\n  规则", "  规则", {"GJ-S388", "GJ-S391"}, None),
    "rule of a declared one": (
        LIMITS,
        "  @WS-003\n  规则",
        "  @WS-007\n  规则",
        {"GJ-S388", "GJ-S391"},
        None,
    ),
    "rule of another": (LIMITS, "  @WS-003\n  规则", "  @WS-004\n  规则", None, None),
    "name without id": (
        LIMITS,
        "场景: WS-003 重复的被检出",
        "场景: 重复的被检出",
        {"GJ-S387"},
        "场景: 重复的被检出",
    ),
    "name twice": (LIMITS, "WS-001 改为10个工作日", "WS-001 超过20个工作日的被检出", {"GJ-S387"}, None),
    "name twice but for punctuation": (
        LIMITS,
        "WS-001 改为10个工作日",
        "WS-001 超过（20个）工作日的被检出",
        {"GJ-S387"},
        None,
    ),
    "another number in a title": (
        LIMITS,
        "WS-001 超过20个工作日",
        "WS-001 超过30个工作日",
        {"GJ-S392"},
        "超过30个",
    ),
    "number of a parameter set here": (
        LIMITS,
        "WS-001 改为10个工作日",
        "WS-001 改为12个工作日",
        {"GJ-S392"},
        "改为12个",
    ),
    "unknown step": (
        LIMITS,
        '当 核验"WS-003"\n      那么 第1行',
        '当 检查"WS-003"\n      那么 第1行',
        {"GJ-S393"},
        None,
    ),
    "when as given": (
        LIMITS,
        '当 核验"WS-003"\n      那么 第1行',
        '假如 核验"WS-003"\n      那么 第1行',
        {"GJ-S393"},
        None,
    ),
    "another one examined": (
        LIMITS,
        '当 核验"WS-003"\n      那么 第1行',
        '当 核验"WS-004"\n      那么 第1行',
        {"GJ-S393"},
        None,
    ),
    "no such row": (
        LIMITS,
        "第1行不符合\n      并且 第3行符合",
        "第1行不符合\n      并且 第4行符合",
        {"GJ-S393"},
        "第4行",
    ),
    "no such outcome": (QUALITY, '那么 结论为"不符合"', '那么 结论为"违法"', {"GJ-S393", "GJ-S396"}, None),
    "no such dataset": (QUALITY, '"例外清单"中没有记录', '"名单"中没有记录', {"GJ-S393", "GJ-S395"}, None),
    "no such parameter": (LIMITS, '参数"limit_days"', '参数"days"', {"GJ-S393"}, '参数"days"'),
    "table where none belongs": (
        QUALITY,
        '"例外清单"中没有记录\n',
        '"例外清单"中没有记录\n        | 理由 |\n',
        {"GJ-S393", "GJ-S395"},
        None,
    ),
    "no records of what has some": (
        QUALITY,
        '"例外清单"中没有记录',
        '"办件"中没有记录',
        {"GJ-S393", "GJ-S395"},
        None,
    ),
    "no such field": (
        QUALITY,
        "| 办件编号 | 事项编码 |",
        "| 编号 | 事项编码 |",
        {"GJ-S394", "GJ-S395"},
        None,
    ),
    "one field twice": (
        QUALITY,
        "| 办件编号 | 事项编码 |",
        "| 办件编号 | CASE_NO |",
        {"GJ-S394", "GJ-S395"},
        None,
    ),
    "background": (
        LIMITS,
        "功能: 4 时限\n",
        '功能: 4 时限\n\n  背景:\n    假如 试点地区导出的"办件"\n',
        {"GJ-S386"},
        "背景:",
    ),
    "no example that fails": (
        QUALITY,
        "并且 第2行不符合\n\n  @WS-010",
        "并且 第2行符合\n\n  @WS-010",
        {"GJ-S396"},
        "规则: 5.5",
    ),
    "no example that passes": (
        LIMITS,
        "那么 第1行不符合\n      并且 第3行符合",
        "那么 第1行不符合",
        {"GJ-S396"},
        "规则: 4.2.1",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault(bench, name):
    label, old, new, codes, part = FAULTS[name]
    text = bench.read(label)
    assert text.count(old) == 1, text.count(old)
    bench.write(label, text.replace(old, new))
    found = bench.lint()
    if codes is None:
        codes = {notice.code for notice in found}
        assert codes >= {"GJ-S388"}
    assert {notice.code for notice in found} == codes, [str(notice) for notice in found]
    if part is not None:
        assert [(notice.place.file, notice.place.line) for notice in found] == [
            (label, bench.line(label, part))
        ]


def test_a_second_export_scenario(bench):
    again = '\n    @export\n    场景: WS-003 再导出\n      假如 试点地区导出的"办件"\n      当 核验"WS-003"\n      那么 每条适用的记录都符合\n\n  @WS-004\n'
    bench.change(LIMITS, "\n  @WS-004\n", again)
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S390", bench.line(LIMITS, "WS-003 再导出"))


def test_what_the_check_uses_is_listed(bench):
    text = bench.read(LIMITS)
    bench.write(LIMITS, text.replace("| 办件状态 | 办结用时 | 备注", "| 办件状态 | 办结用时 | 事项名称"))
    found = bench.lint()
    assert {notice.code for notice in found} == {"GJ-S395"}
    assert found[0].place.line == bench.line(LIMITS, "WS-001 超过20个工作日")
    assert "备注" in found[0].message


def test_a_derived_field_may_be_listed_itself(bench):
    text = bench.read(LIMITS)
    bench.write(LIMITS, text.replace("| 办件状态 | 办结用时 |", "| 办件状态 | 办结用时数值 |"))
    assert bench.codes() == []


def test_a_dataset_that_the_check_needs_is_given(bench):
    bench.change(QUALITY, '      并且 "例外清单"中没有记录\n', "")
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S395", bench.line(QUALITY, "WS-010 没有办件"))


@pytest.mark.parametrize(("stage", "level"), [("20", "notice"), ("40", "error")])
def test_missing_examples_are_graded_by_stage(bench, stage, level):
    bench.write(
        "standards/window-service/lifecycle.yaml",
        f'entries:\n  - {{stage: "{stage}", date: "2026-01-01", what: 某事}}\n',
    )
    bench.change(LIMITS, "\n      并且 第3行无法判定\n\n  @WS-003", "\n\n  @WS-003")
    (found,) = bench.lint()
    assert (found.level, found.code) == (level, "GJ-S396")
    assert "无法判定" in found.message


@pytest.mark.parametrize(("stage", "level"), [("20", "notice"), ("40", "error")])
def test_a_missing_rule_is_graded_by_stage(bench, stage, level):
    bench.write(
        "standards/window-service/lifecycle.yaml",
        f'entries:\n  - {{stage: "{stage}", date: "2026-01-01", what: 某事}}\n',
    )
    text = bench.read(LIMITS)
    bench.write(LIMITS, text[: text.index("  @WS-004\n")])
    (found,) = bench.lint()
    assert (found.level, found.code, found.place.file) == (level, "GJ-S391", REQUIREMENTS)
    assert found.place.line == bench.line(REQUIREMENTS, "id: WS-004")


def test_where_nothing_can_stay_undecided_no_such_example_is_asked_for(bench):
    bench.change(REQUIREMENTS, "missing: undecided", "missing: skip")
    bench.change(LIMITS, "\n      并且 第3行无法判定\n\n  @WS-003", "\n\n  @WS-003")
    assert bench.codes() == []


def test_rules_stand_in_the_order_of_the_requirements(bench):
    head, one, two, three, four = bench.read(LIMITS).split("  @WS-0")
    bench.write(LIMITS, "  @WS-0".join((head, one, three, two, four)))
    (found,) = bench.lint()
    assert (found.level, found.code, found.place.line) == (
        "notice",
        "GJ-S384",
        bench.line(LIMITS, "规则: 4.1.2"),
    )


def test_rules_stand_in_the_file_of_their_chapter(bench):
    head, *rules = bench.read(LIMITS).split("  @WS-0")
    bench.write(LIMITS, "  @WS-0".join((head, *rules[:3])))
    bench.write(QUALITY, bench.read(QUALITY) + "\n  @WS-0" + rules[3])
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S384", bench.line(QUALITY, "规则: 4.2.2"))


def test_a_rule_is_written_once(bench):
    head, *rules = bench.read(LIMITS).split("  @WS-0")
    again = rules[0].replace("WS-001 ", "WS-001 再")
    bench.write(LIMITS, "  @WS-0".join((head, rules[0], again, *rules[1:])))
    (found,) = bench.lint()
    assert found.code == "GJ-S388"


def test_a_scenario_outside_of_rules(bench):
    bench.change(LIMITS, "功能: 4 时限\n", '功能: 4 时限\n\n  场景: 无主\n    当 核验"WS-001"\n')
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S386", bench.line(LIMITS, "无主"))


def test_a_file_that_is_no_text(bench):
    bench.path(LIMITS).write_bytes(b"\xff\xfe")
    assert bench.codes() == ["GJ-S300"]


def test_a_file_without_rules(bench):
    bench.write(LIMITS, "# language: zh-CN\n功能: 空\n")
    assert set(bench.codes()) == {"GJ-S391"}


def collected(bench, label):
    """Names of the scenarios that pytest-bdd keeps of a file."""
    path = bench.path(label)
    return list(FeatureParser(str(path.parent), path.name).parse().scenarios)


def written(bench, label):
    view, _ = read_view(bench.pack, "window-service")
    (feature,) = (one for one in read_features(view)[0] if one.label == label)
    return [scenario.name for scenario in feature.scenarios]


@pytest.mark.parametrize("label", [LIMITS, QUALITY])
def test_every_scenario_written_is_one_that_pytest_bdd_keeps(bench, label):
    assert written(bench, label) == collected(bench, label)


def test_pytest_bdd_drops_what_lint_refuses(bench):
    bench.change(LIMITS, "WS-001 改为10个工作日", "WS-001 超过20个工作日的被检出")
    assert len(written(bench, LIMITS)) == len(collected(bench, LIMITS)) + 1

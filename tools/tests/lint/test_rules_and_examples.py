"""Which rules and examples a feature file holds, where they stand, and what they list."""

from __future__ import annotations

import pytest
from pytest_bdd.parser import FeatureParser

from guiju_tools.lint.features import read_features
from guiju_tools.lint.view import read_view

LIMITS = "features/window-service/01-limits.feature"
QUALITY = "features/window-service/02-quality.feature"
REQUIREMENTS = "standards/window-service/requirements/01-limits.yaml"


def test_a_second_export_scenario(bench):
    rule = bench.read(LIMITS).partition("  规则: 4.2.1")[2].partition("    @example")[0]
    again = rule.partition("\n\n")[2].replace("试点地区导出的办件", "再导出的办件")
    bench.change(LIMITS, "\n  @WS-004\n", f"\n{again}  @WS-004\n")
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S390", bench.line(LIMITS, "再导出的办件"))


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
    bench.stage(stage)
    bench.change(LIMITS, "\n      并且 第3行无法判定\n\n  @WS-003", "\n\n  @WS-003")
    (found,) = bench.lint()
    assert (found.level, found.code) == (level, "GJ-S396")
    assert "无法判定" in found.message


@pytest.mark.parametrize(("stage", "level"), [("20", "notice"), ("40", "error")])
def test_a_missing_rule_is_graded_by_stage(bench, stage, level):
    bench.stage(stage)
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
    bench.write(LIMITS, f"{head}  @WS-0{one}  @WS-0{three}  @WS-0{two}  @WS-0{four}")
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

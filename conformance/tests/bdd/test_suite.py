"""Suites: examples hold, lies are noticed, and nothing in the environment can empty or bend a run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guiju.bdd.runner import run_examples, run_exports
from guiju.content import find_packs
from guiju.result import Counts, RequirementResult
from guiju.run.examples import cell
from guiju.standard.load import load


@pytest.fixture(scope="module")
def packs():
    return find_packs()


@pytest.fixture(scope="module")
def standard(packs):
    return load(packs, "item-management")


@pytest.fixture(scope="module")
def small(standard):
    """The standard cut down to one requirement and its rule."""
    item = standard.requirement("IM-023")
    text = next(text for text in standard.features.values() if "@IM-023" in text)
    head, _, rest = text.partition("  @IM-")
    rules = [f"  @IM-{part}" for part in (rest and f"{rest}").split("  @IM-")]
    rule = next(one for one in rules if one.startswith("  @IM-023"))
    return replace(standard, requirements=(item,), features={"one.feature": head + rule})


def answer(item, outcome, modality="shall", *, advisory=False):
    return RequirementResult(
        "item-management",
        item.id,
        item.name,
        item.clause,
        modality,
        item.text,
        "",
        (),
        "",
        advisory,
        item.key,
        "record",
        "",
        "",
        outcome,
        "理由",
        "",
        Counts(),
    )


def test_every_example_of_the_standard_holds(standard, packs):
    report = run_examples(standard, packs)
    assert not report.fault
    assert [(item.name, item.message) for item in report.failed] == []
    assert len(report.scenarios) >= 2 * sum(item.on_data for item in standard.requirements)


def test_an_example_that_does_not_hold_is_noticed(small, packs):
    text = small.features["one.feature"]
    lie = replace(small, features={"one.feature": text.replace("那么 第1行不符合", "那么 第1行符合", 1)})
    assert text != lie.features["one.feature"]
    report = run_examples(lie, packs)
    assert len(report.failed) == 1
    assert "第1行应符合，实为不符合" in report.failed[0].message


@pytest.mark.parametrize(
    ("outcome", "modality", "advisory", "expected"),
    [
        ("passed", "shall", False, "passed"),
        ("inapplicable", "shall", False, "passed"),
        ("failed", "shall", False, "failed"),
        ("failed", "should", False, "skipped"),
        ("failed", "shall", True, "skipped"),
        ("cantTell", "shall", False, "skipped"),
        ("untested", "shall", False, "skipped"),
        ("error", "should", False, "failed"),
    ],
)
def test_outcomes_become_test_outcomes(small, outcome, modality, advisory, expected):
    (item,) = small.requirements
    report = run_exports(small, [answer(item, outcome, modality, advisory=advisory)])
    assert not report.fault
    assert [scenario.outcome for scenario in report.scenarios] == [expected]
    assert expected == "passed" or "理由" in report.scenarios[0].message


def test_junit_has_properties(small, tmp_path):
    (item,) = small.requirements
    run_exports(small, [answer(item, "failed")], tmp_path / "junit.xml")
    text = (tmp_path / "junit.xml").read_text(encoding="utf-8")
    assert '<property name="requirement" value="IM-023"' in text
    assert '<property name="clause" value="6.3.2"' in text
    assert '<property name="outcome" value="failed"' in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PYTEST_ADDOPTS", "-k nothing"),
        ("PYTEST_PLUGINS", "this_module_is_not_there"),
        ("PYTEST_ADDOPTS", "--co"),
    ],
)
def test_the_environment_cannot_bend_a_run(small, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    (item,) = small.requirements
    report = run_exports(small, [answer(item, "passed")])
    assert not report.fault
    assert report.count("passed") == 1


def test_a_missing_or_doubled_scenario_makes_the_run_an_error(small):
    (item,) = small.requirements
    text = small.features["one.feature"]
    gone = replace(small, features={"one.feature": text.replace("@export", "@example", 1)})
    assert run_exports(gone, [answer(item, "passed")]).fault
    other = replace(item, id="IM-999")
    assert (
        "IM-999"
        in run_exports(
            replace(small, requirements=(item, other)), [answer(item, "passed"), answer(other, "passed")]
        ).fault
    )


def test_an_unreadable_feature_makes_the_run_an_error(small):
    (item,) = small.requirements
    broken = replace(small, features={"one.feature": "# language: zh-CN\n功能: x\n  这不是场景\n    当\n"})
    assert run_exports(broken, [answer(item, "passed")]).fault


def test_cells():
    assert cell("空") is None
    assert cell("⟨U+3000⟩") == "\u3000"
    assert cell("a⟨U+0009⟩b⟨U+FF11⟩") == "a\tb１"
    assert cell("无") == "无"

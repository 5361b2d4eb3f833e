"""The steps that lint knows are the steps that can run, no more and no less."""

from __future__ import annotations

import pytest
from pytest_bdd.steps import step_function_context_registry

from guiju.bdd import example_steps, export_steps
from guiju_tools.lint.steps import forms, understand
from guiju_tools.lint.written import Step

KINDS = {"假如": "given", "当": "when", "那么": "then"}


def contexts(*modules):
    names = {module.__name__ for module in modules or (example_steps, export_steps)}
    found = step_function_context_registry.values()
    return [one for one in found if one.step_func.__module__ in names]


def runnable(kind, text, *modules):
    return [
        one.parser.name for one in contexts(*modules) if one.type == kind and one.parser.is_matching(text)
    ]


def step(kind, text):
    rows = (("甲",), ("1",)) if text.endswith(":") else ()
    return Step(kind, "", text, 1, rows)


EXPORT = '假如 试点地区导出的"办件"'


@pytest.mark.parametrize(
    "written",
    [form.replace("第N行符合（不符合、无法判定、不适用）", "第2行不适用") for form in (*forms(), EXPORT)],
)
def test_a_step_that_lint_knows_can_run(written):
    keyword, _, text = written.partition(" ")
    assert understand(step(KINDS[keyword], text)) is not None
    found = [runnable(KINDS[keyword], text, module) for module in (example_steps, export_steps)]
    assert max(map(len, found)) == 1


def test_lint_knows_every_step_that_can_run():
    parts = [written.partition(" ") for written in (*forms(), EXPORT, "那么 第2行符合")]
    known = {name for keyword, _, text in parts for name in runnable(KINDS[keyword], text)}
    assert contexts()
    assert known == {one.parser.name for one in contexts()}


@pytest.mark.parametrize(
    "text", ["第0行符合", "第一行符合", "第1行符合。", "第1行合格", '结论为"违法"', "结论为符合"]
)
def test_what_is_nearly_a_step_is_none(text):
    assert understand(step("then", text)) is None


def test_a_table_belongs_to_records_alone():
    assert understand(Step("given", "", '"办件"中有下列记录:', 1)) is None
    assert understand(Step("given", "", '"办件"中没有记录', 1, (("甲",),))) is None
    assert understand(Step("when", "", '核验"WS-001"', 1, docstring=True)) is None

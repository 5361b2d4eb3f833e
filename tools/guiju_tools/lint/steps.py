"""The steps that features may use, and what a scenario says with them. Few, and every one of them fixed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from guiju.result.model import OUTCOME_TITLES
from guiju.standard.scenarios import EVERY, REACHED
from guiju_tools.lint.written import Scenario, Step, StepKind

StepName = Literal[
    "export",
    "table",
    "none",
    "parameter",
    "as_of",
    "period",
    "holiday",
    "judge",
    "row",
    "outcome",
    "every",
    "reached",
]
ROW_WORDS = ("符合", "不符合", "无法判定", "不适用")

_FORMS: tuple[tuple[StepName, StepKind, str], ...] = (
    ("export", "given", r'试点地区导出的"(?P<name>[^"]+)"'),
    ("table", "given", r'"(?P<name>[^"]+)"中有下列记录:'),
    ("none", "given", r'"(?P<name>[^"]+)"中没有记录'),
    ("parameter", "given", r'参数"(?P<name>[^"]+)"为"(?P<value>[^"]*)"'),
    ("as_of", "given", r'核验基准日为"(?P<value>[0-9]{4}-[0-9]{2}-[0-9]{2})"'),
    ("period", "given", r'期次为"(?P<value>[12][0-9]{3}(?:-(?:0[1-9]|1[0-2]|Q[1-4]))?)"'),
    ("holiday", "given", r'工作日历中"(?P<value>[0-9]{4}-[0-9]{2}-[0-9]{2})"放假'),
    ("judge", "when", r'核验"(?P<name>[^"]+)"'),
    ("row", "then", rf"第(?P<name>[1-9][0-9]*)行(?P<value>{'|'.join(ROW_WORDS)})"),
    ("outcome", "then", rf'结论为"(?P<value>{"|".join(OUTCOME_TITLES.values())})"'),
    ("every", "then", EVERY),
    ("reached", "then", REACHED),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One step understood: what it is, the name and the value in it, and the step itself."""

    what: StepName
    name: str
    value: str
    step: Step


def understand(step: Step) -> Said | None:
    """The meaning of a step, None when no fixed form fits; record steps carry a table, the others do not."""
    for what, kind, form in _FORMS:
        match = re.fullmatch(form, step.text)
        if match and kind == step.kind and bool(step.rows) == (what == "table") and not step.docstring:
            groups = match.groupdict()
            return Said(what, groups.get("name") or "", groups.get("value") or "", step)
    return None


def said(scenario: Scenario) -> Iterator[Said]:
    """The steps of a scenario that can be understood."""
    yield from (meaning for step in scenario.steps if (meaning := understand(step)) is not None)


def verdicts(scenario: Scenario) -> frozenset[str]:
    """The outcomes that a scenario expects, of rows or on the whole, in words."""
    words = {one.value for one in said(scenario) if one.what in ("row", "outcome")}
    if any(one.what in ("every", "reached") for one in said(scenario)):
        words.add(OUTCOME_TITLES["passed"])
    return frozenset(words)


def forms() -> tuple[str, ...]:
    """The steps as people write them, for hints."""
    return (
        '假如 "数据集"中有下列记录:',
        '假如 "数据集"中没有记录',
        '假如 参数"x"为"15"',
        '假如 核验基准日为"2024-01-31"',
        '假如 期次为"2024-03"',
        '假如 工作日历中"2024-04-11"放假',
        '当 核验"ID"',
        "那么 第N行符合（不符合、无法判定、不适用）",
        '那么 结论为"符合"',
        f"那么 {EVERY}",
        f"那么 {REACHED}",
    )

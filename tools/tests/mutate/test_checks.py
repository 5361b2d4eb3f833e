"""Altered requirements of the tiny pack: what its examples notice, and what they are too weak for."""

from __future__ import annotations

import pytest

from guiju.errors import StandardError
from guiju_tools.mutate.cases import cases_of
from guiju_tools.mutate.checks import try_checks
from guiju_tools.mutate.reasons import AlterationReason, Reasons, read_reasons
from guiju_tools.mutate.structure import altered_structure
from guiju_tools.mutate.trial import mutants_of

LIMITS = "features/window-service/01-limits.feature"
TIES = "ties: allowed → refused"


def surviving(tiny, reasons=None):
    report = try_checks(tiny.standard(), [tiny.pack], reasons or Reasons())
    return {(item.tried.mutant.id, item.tried.mutant.alteration) for item in report.survivors}


def test_a_weak_example_is_noticed_and_a_stronger_one_is_not(tiny):
    before = surviving(tiny)
    assert ("WS-002", TIES) in before
    row, last = "        | 空 | 2024-01-03 |\n", "      并且 第3行无法判定\n\n  @WS-003"
    tiny.change(LIMITS, row, row + "        | 2024-01-02 | 2024-01-02 |\n")
    tiny.change(LIMITS, last, last.replace("\n\n", "\n      并且 第4行符合\n\n"))
    assert before - surviving(tiny) == {("WS-002", TIES)}


def test_a_requirement_without_examples_notices_nothing(tiny):
    standard = tiny.standard()
    features = {name: text.replace("@example", "@later") for name, text in standard.features.items()}
    report = try_checks(type(standard)(**{**_parts(standard), "features": features}), [tiny.pack], Reasons())
    assert len(report.survivors) == len(report.tried) > 25
    assert not report.clean


def _parts(standard):
    return {name: getattr(standard, name) for name in standard.__dataclass_fields__}


def test_a_listed_reason_is_taken_and_one_that_no_longer_applies_is_told(tiny):
    listed = Reasons(
        (
            AlterationReason("WS-002", TIES, "同日受理办结的另有规定"),
            AlterationReason("WS-002", "ties: refused → allowed", "早已改了"),
        )
    )
    report = try_checks(tiny.standard(), [tiny.pack], listed)
    reasons = {item.tried.mutant.alteration: item.reason for item in report.survivors}
    assert reasons[TIES] == "同日受理办结的另有规定"
    assert report.stale == ("WS-002 ties: refused → allowed",)
    assert not report.clean


def test_an_example_that_does_not_hold_is_refused(tiny):
    tiny.change(
        LIMITS,
        "      那么 第1行不符合\n      并且 第3行符合\n",
        "      那么 第1行符合\n      并且 第3行符合\n",
    )
    with pytest.raises(StandardError, match="示例本身不成立") as caught:
        surviving(tiny)
    assert caught.value.code == "GJ-S416"


def test_every_kind_of_check_is_altered(tiny):
    standard, bench, cases = tiny.standard(), tiny.bench(), cases_of(tiny.standard())
    found = {
        f"{item.check.kind} {item.id}": {
            mutant.kind for mutant in mutants_of(item, standard, bench, cases[item.id])
        }
        for item in standard.requirements
        if item.on_data
    }
    assert {"boundary", "term-dropped", "condition-dropped", "connective"} <= found["record WS-001"]
    assert found["sequence WS-002"] == {"stages-exchanged", "ties", "missing"}
    assert found["schema WS-005"] == {"field-dropped"}
    assert found["match WS-009"] == {"comparison-way"}
    assert found["coverage WS-010"] == {"exception-dropped", "reason-ignored"}
    assert {"operator", "threshold-moved", "null-test"} <= found["indicator WS-006"]


def test_structure_is_altered_one_place_at_a_time(tiny):
    standard = tiny.standard()
    told = {
        item.id: [f"{mutant.before} → {mutant.after}" for mutant in altered_structure(item, standard)]
        for item in standard.requirements
    }
    assert told["WS-005"] == ["case_code → （去掉）", "item_code → （去掉）"]
    assert told["WS-006"] == [">= → >", "0.95 → 0.94", "0.95 → 0.96"]
    assert told["WS-002"][0] == "accepted_on, decided_on → decided_on, accepted_on"
    assert told["WS-007"] == []


def test_reasons_are_read_from_the_file_of_the_standard(tiny):
    assert read_reasons(tiny.pack, "window-service") == Reasons()
    path = tiny.pack.standards / "window-service" / "mutation.yaml"
    path.write_text(
        f'alterations:\n  - {{requirement: WS-002, alteration: "{TIES}", reason: 不分先后}}\n'
        "faults:\n  - {dataset: case, operators: [missing], reason: 没有条款要求}\n",
        encoding="utf-8",
    )
    found = read_reasons(tiny.pack, "window-service")
    assert found.of_alteration("WS-002", TIES) == "不分先后"
    assert found.of_fault("case", "", "missing") == "没有条款要求"
    assert found.of_fault("case", "note", "missing") == ""
    path.write_text("faults:\n  - {dataset: case, reason: 没有条款要求}\n", encoding="utf-8")
    with pytest.raises(StandardError, match="operators"):
        read_reasons(tiny.pack, "window-service")

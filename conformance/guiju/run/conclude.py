"""Outcomes counted and concluded; the exit status of a run."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from guiju.result import RequirementResult, Summary
from guiju.standard.model import Standard

EXIT_PASSED, EXIT_FAILED, EXIT_UNUSABLE, EXIT_FAULT, EXIT_INCOMPLETE = 0, 1, 2, 3, 4
BY_CLAIM = ("declared", "examined")
"""Kinds of check that only people can answer."""
_ON_DATA = ("passed", "failed", "cantTell", "inapplicable", "error")


def summarise(results: Sequence[RequirementResult]) -> Summary:
    """Counts over the requirements that count; advice (依据待核对原文) stands apart."""
    counted = [item for item in results if not item.advisory]

    def number(*outcomes: str) -> int:
        return sum(item.outcome in outcomes for item in counted)

    examined = number("passed", "failed")
    key_failed = sum(item.key and item.outcome == "failed" for item in counted)
    claimed = sum(
        item.claim is not None and item.method in BY_CLAIM and item.outcome in ("passed", "failed")
        for item in counted
    )
    told = f"（其中凭自评 {claimed} 条）" if claimed else ""
    sentence = (
        f"已核验 {examined} 条{told}，符合 {number('passed')} 条，关键条款不符合 {key_failed} 条，"
        f"未核验 {number('untested')} 条"
    )
    others = [("无法判定", number("cantTell")), ("不适用", number("inapplicable")), ("出错", number("error"))]
    sentence += "".join(f"，{title} {count} 条" for title, count in others if count) + "。"
    return Summary(
        selected=len(results),
        examined=examined,
        passed=number("passed"),
        failed=number("failed"),
        cant_tell=number("cantTell"),
        inapplicable=number("inapplicable"),
        untested=number("untested"),
        errors=number("error"),
        key_failed=key_failed,
        advisory=len(results) - len(counted),
        sentence=sentence,
    )


def exit_code(results: Sequence[RequirementResult]) -> int:
    """0 all 应 passed or inapplicable; 1 an 应 failed; 3 our fault; 4 incomplete or nothing checked.

    Advice never decides. The worst of 3, 1, 4, 0 wins (2, an unusable input, never gets this far).
    """
    binding = [item for item in results if item.modality == "shall" and not item.advisory]
    outcomes = {item.outcome for item in binding}
    if any(item.outcome == "error" for item in results):
        return EXIT_FAULT
    if "failed" in outcomes:
        return EXIT_FAILED
    if outcomes & {"untested", "cantTell"} or not any(item.outcome in _ON_DATA for item in results):
        return EXIT_INCOMPLETE
    return EXIT_PASSED


def conclusion(standard: Standard, results: Sequence[RequirementResult]) -> str:
    """A conclusion on the whole standard: only for published editions, by the edition's own rule."""
    if not standard.published:
        return ""
    rule = standard.conclusion
    counted = [item for item in results if item.modality == "shall" and not item.advisory]
    examined = [item for item in counted if item.outcome in ("passed", "failed")]
    if not counted or len(examined) < Decimal(rule.examined_share) * len(counted):
        return "核验不足，不作整体结论"
    if rule.key_requirements == "all-passed" and any(
        item.key and item.outcome == "failed" for item in examined
    ):
        return "关键条款有不符合（请核实）"
    passed = sum(item.outcome == "passed" for item in examined)
    met = passed >= Decimal(rule.pass_share) * len(examined)
    return "总体符合" if met else "总体尚未符合（请核实）"

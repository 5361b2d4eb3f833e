"""The steps of the export scenarios, which read the answers of a run."""

from __future__ import annotations

import pytest
from pytest_bdd import given, parsers, then, when

from guiju.bdd.answers import ExportSuite
from guiju.result import RequirementResult
from guiju.result.model import OUTCOME_TITLES


@given(parsers.parse('试点地区导出的"{title}"'))
def exported(title: str) -> None:
    """The region's export of a dataset; it was read before the suite began."""


@when(parsers.parse('核验"{requirement_id}"'), target_fixture="answer")
def answered(requirement_id: str, suite: ExportSuite) -> RequirementResult:
    """Read the engine's answer for the export."""
    return suite.answer(requirement_id)


@then("每条适用的记录都符合")
@then("指标达到要求")
def export_conforms(answer: RequirementResult) -> None:
    """Pass what passed or does not apply; fail a failed 应; xfail a failed 宜 or advice; skip the rest."""
    outcome, reason = answer.outcome, f"{OUTCOME_TITLES[answer.outcome]}：{answer.reason}"
    if outcome in ("untested", "cantTell"):
        pytest.skip(reason)
    if outcome == "failed" and (answer.modality != "shall" or answer.advisory):
        raise pytest.xfail.Exception(reason, pytrace=False)
    if outcome in ("failed", "error"):
        pytest.fail(reason, pytrace=False)

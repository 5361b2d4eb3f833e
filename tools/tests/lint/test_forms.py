"""Self-assessment forms: one that cannot be made, and questions without evidence."""

from __future__ import annotations

import pytest

FILE = "standards/window-service/self-assessment.yaml"
HEAD = """title: 自评表
version: "1"
scoring:
  points: {shall: "2", should: "1", may: "0"}
  not-applicable: leaves-base
  basis: proposal
  source: [{document: 起草组建议, at: 分值, mark: seen}]
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + 'lines:\n  - {requirement: XX-999, points: "3"}\n', "GJ-S141"),
        (HEAD + 'blocks:\n  - {clause: "99"}\n', "GJ-S143"),
        (HEAD.replace("  basis: proposal\n", ""), ""),
    ],
)
def test_a_form_that_cannot_be_made_is_an_error(bench, text, code):
    bench.write(FILE, text)
    told = [one for one in bench.lint() if one.place.file == FILE]
    assert [one.level for one in told] == ["error"]
    assert told[0].code == code or not code


def test_what_people_answer_wants_evidence(bench):
    bench.write(FILE, HEAD)
    (told,) = bench.lint()
    assert (told.level, told.code) == ("notice", "GJ-S145")
    assert "WS-007" in told.message
    assert "WS-008" not in told.message, "what may be done needs no evidence"

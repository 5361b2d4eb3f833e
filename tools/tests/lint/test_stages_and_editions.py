"""What holds from a stage of a standard's life on, and what published editions have promised."""

from __future__ import annotations

import json

import pytest

HOME = "standards/window-service"
STANDARD = f"{HOME}/standard.yaml"
LIMITS = f"{HOME}/requirements/01-limits.yaml"
PROFILE, DISTRICT = "standards/regions/990000/profile.yaml", "standards/regions/990100/profile.yaml"


def test_a_policy_stands_in_the_lists_and_is_more_than_a_memory(bench):
    text = bench.read(LIMITS).replace("basis: practice", "basis: policy", 1)
    bench.write(
        LIMITS,
        text.replace("试发〔2024〕1号, at: 一, mark: verified", "试发〔2023〕9号, at: 一, mark: recalled", 1),
    )
    line = bench.line(LIMITS, "试发〔2023〕9号")
    found = [(notice.level, notice.code, notice.place.line) for notice in bench.lint()]
    assert found == [("notice", "GJ-S308", line - 1), ("error", "GJ-S307", line)]


@pytest.mark.parametrize(("code", "level"), [("20", "notice"), ("50", "notice"), ("60", "error")])
def test_a_proposal_is_no_shall_once_published(bench, code, level):
    bench.stage(code)
    bench.write(STANDARD, bench.read(STANDARD).replace('version: "0.1.0"', 'version: "1.0.0"'))
    for label in (PROFILE, DISTRICT):
        bench.write(label, bench.read(label).replace('"0.1.0"', '"1.0.0"'))
    bench.write(LIMITS, bench.read(LIMITS).replace("basis: practice", "basis: proposal", 1))
    assert [(notice.level, notice.code) for notice in bench.lint()] == [(level, "GJ-S306")]


@pytest.mark.parametrize(("code", "level"), [("20", "notice"), ("30", "notice"), ("40", "error")])
def test_a_missing_self_assessment_is_graded_by_stage(bench, code, level):
    bench.stage(code)
    bench.path(f"{HOME}/self-assessment.yaml").unlink()
    assert [(notice.level, notice.code) for notice in bench.lint()] == [(level, "GJ-S309")]


def edition(bench, version, **names):
    listed = [{"id": key.replace("_", "-"), "name": name} for key, name in names.items()]
    text = json.dumps({"version": version, "requirements": listed})
    bench.write(f"standards/editions/window-service-{version}.json", text)


def test_an_id_keeps_its_meaning(bench):
    edition(bench, "0.0.1", WS_001="within-limit", WS_003="something-else")
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S311", bench.line(LIMITS, "id: WS-003"))


def test_a_requirement_keeps_its_id(bench):
    edition(bench, "0.0.1", WS_050="case-code-unique")
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S312", bench.line(LIMITS, "id: WS-003"))


def test_a_withdrawn_id_does_not_come_back(bench):
    edition(bench, "0.0.2", WS_003="case-code-unique")
    edition(bench, "0.0.10", WS_001="within-limit")  # the later one, though its text sorts first
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S311", bench.line(LIMITS, "id: WS-003"))


def test_a_draft_is_newer_than_what_is_published(bench):
    edition(bench, "0.2.0", WS_001="within-limit")
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S310", bench.line(STANDARD, "version:"))


def test_an_edition_that_cannot_be_read(bench):
    bench.write("standards/editions/window-service-0.0.1.json", "{")
    assert bench.codes() == ["GJ-S300"]


def test_editions_of_a_standard_with_a_longer_id_are_another_matter(bench):
    bench.write("standards/editions/window-service-extra-0.0.1.json", "{")
    assert bench.codes() == []

"""Faults in tables that conform to the tiny pack: who notices them, who must not, and what gets through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guiju.errors import InternalError
from guiju.run import prepare
from guiju.standard.checks import RecordCheck, Related
from guiju_tools.mutate import data, judging, states
from guiju_tools.mutate.cases import cases_of
from guiju_tools.mutate.gaps import ONLY_PRESENT, PARTLY, UNREAD
from guiju_tools.mutate.links import Link, Neighbourhood, links_of
from guiju_tools.mutate.planting import ground, overlaid
from guiju_tools.mutate.reads import reads_of
from guiju_tools.mutate.reasons import FaultReason, Reasons
from guiju_tools.mutate.states import judge_tables


def answers_of(report, operator, field=""):
    return [
        one
        for one in report.answers
        if (one.experiment.operator, one.experiment.field) == (operator, field) and not one.experiment.meant
    ]


def test_conforming_tables_are_clean_and_faults_are_caught_by_what_reads_them(tiny, tables):
    report = tiny.faults(tables)
    assert report.findings == ()
    assert report.alarms == ()
    assert report.missed == ()
    assert report.generic * 2 >= len(report.answers)
    for operator, field, requirement in (
        ("swapped", "accepted_on", "WS-002"),
        ("points-nowhere", "item_code", "WS-004"),
        ("dropped", "case_code", "WS-005"),
        ("outside-code", "state", "WS-011"),
        ("flipped", "online", "WS-006"),
        ("ten-times", "result_limit", "WS-001"),
    ):
        found = answers_of(report, operator, field)
        assert found, (operator, field)
        assert any(requirement in one.caught for one in found), (operator, field)


def test_rows_twice_and_missing_are_caught_by_what_looks_them_up(tiny, tables):
    report = tiny.faults(tables)
    twice = [one for one in answers_of(report, "duplicated") if one.experiment.dataset == "case"]
    gone = [one for one in answers_of(report, "missing") if one.experiment.dataset == "item"]
    assert all(one.caught == ("WS-003",) for one in twice)
    assert all("WS-004" in one.caught for one in gone)


def test_the_same_seed_gives_the_same_answers(tiny, tables):
    first, second = tiny.faults(tables, seed=3), tiny.faults(tables, seed=3)
    assert first == second
    assert tiny.faults(tables, seed=4).answers != first.answers


def test_a_requirement_that_speaks_out_of_turn_is_a_false_alarm(tiny, tables, monkeypatch):
    def blind(standard, scopes):
        """As if WS-002 did not say that it reads the day of the decision."""
        reads = reads_of(standard, scopes)
        fewer = {"case": frozenset({"accepted_on"}), "item": frozenset()}
        return replace(reads, fields={**reads.fields, "WS-002": fewer})

    monkeypatch.setattr(data, "reads_of", blind)
    report = tiny.faults(tables)
    assert {one.experiment.field for one in report.alarms if "WS-002" in one.alarms} >= {"decided_on"}
    assert not report.clean


def test_rows_that_nothing_touched_and_that_change_are_a_false_alarm(tiny, tables, monkeypatch):
    monkeypatch.setattr(data, "links_of", lambda standard: links_of(standard)[:0])
    monkeypatch.setattr(judging, "LARGE", 1)
    stray = [one for one in tiny.faults(tables).alarms if one.experiment.operator == "stray"]
    assert stray


def test_a_check_that_lost_its_teeth_misses_the_row_of_its_own_example(tiny, tables):
    report = tiny.faults(tables, tiny.with_check("WS-002", stages=("accepted_on", "accepted_on")))
    assert {one.experiment.meant for one in report.missed} == {"WS-002"}
    assert not report.clean


def test_what_does_not_conform_is_told_before_anything_is_planted(tiny, tables):
    tables["case"][3]["decided_on"] = "2023-01-01"
    report = tiny.faults(tables)
    assert [(item.requirement, item.failing) for item in report.findings] == [("WS-002", 1)]


def test_gaps_have_reasons_that_follow_that_are_listed_or_none(tiny, tables):
    gaps = {gap.key: gap for gap in tiny.faults(tables).gaps}
    assert gaps["item", "channels", "dropped"].reason == UNREAD
    assert gaps["item", "channels", "dropped"].proved
    assert gaps["exception", "reason", "truncated"].reason == ""
    listed = Reasons(
        faults=(
            FaultReason("exception", "reason", frozenset({"truncated", "garbled"}), "理由由人审核"),
            FaultReason("case", "case_code", frozenset({"dropped"}), "不再成立"),
        )
    )
    report = tiny.faults(tables, reasons=listed)
    assert {gap.key: gap for gap in report.gaps}["exception", "reason", "truncated"].reason == "理由由人审核"
    assert report.stale == ("case.case_code dropped",)


def test_a_gap_opens_where_a_requirement_is_taken_away(tiny, tables):
    standard = tiny.standard()
    fewer = replace(
        standard, requirements=tuple(item for item in standard.requirements if item.id != "WS-002")
    )
    keys = {gap.key for gap in tiny.faults(tables, fewer).gaps}
    assert ("case", "accepted_on", "swapped") in keys
    assert ("case", "accepted_on", "swapped") not in {gap.key for gap in tiny.faults(tables).gaps}


def test_only_the_presence_of_a_field_may_matter(tiny, tables):
    standard = tiny.standard()
    reads = reads_of(standard, tiny.bench().scopes)
    assert reads.of_field("case", "note") >= {"WS-001"}
    assert "WS-001" not in reads.of_value("case", "note")
    assert reads.of_value("case", "result_limit") == {"WS-001"}
    reasons = {gap.reason for gap in tiny.faults(tables).gaps if gap.field == "item_code" and gap.proved}
    assert reasons <= {ONLY_PRESENT, PARTLY}


def test_the_two_readings_are_held_against_each_other(tiny, tables, monkeypatch):
    real = states._scanned
    monkeypatch.setattr(
        states, "_scanned", lambda laid, rules: [tuple("failed" for _ in one) for one in real(laid, rules)]
    )
    with pytest.raises(InternalError, match="两种计算"):
        judge_tables(tiny.bench(), tables, {"local_days": "10"})


def test_faults_do_not_stand_in_each_others_way(tiny, tables, monkeypatch):
    runs = []
    real = judging.spoiled

    def seen(given, experiments):
        runs.append([(item.dataset, item.at) for item in experiments])
        return real(given, experiments)

    monkeypatch.setattr(judging, "spoiled", seen)
    report = tiny.faults(tables)
    assert sum(map(len, runs)) == len(report.answers)
    assert all(len(set(run)) == len(run) for run in runs)
    assert len(runs) < len(report.answers) / 3


def test_rows_are_linked_through_what_their_fields_derive(tiny, tables):
    standard, scopes = tiny.standard(), tiny.bench().scopes
    here = ground(standard, [tiny.pack], tables, scopes)
    assert here.complete("case", tables["case"][0])["result_days"] == "2"
    derived = Link("case", ("result_days",), "case", ("result_days",))
    near = Neighbourhood((derived,), tables, here.complete)
    assert near.looking("case", tables["case"][0]) == {("case", 0), ("case", 9), ("case", 18)}
    assert near.looking("case", {**tables["case"][0], "result_limit": None}) == set()


def test_a_row_is_looked_up_and_looks_up_in_one_direction(tiny, tables):
    here = ground(tiny.standard(), [tiny.pack], tables, tiny.bench().scopes)
    near = Neighbourhood((Link("case", ("item_code",), "item", ("item_code",)),), tables, here.complete)
    assert near.looking("item", tables["item"][3]) == {("case", 3)}
    assert near.looked_up("item", tables["item"][3]) == set()
    assert near.looked_up("case", tables["case"][3]) == {("item", 3)}
    assert near.looking("case", tables["case"][3]) == set()


def test_every_requirement_that_rows_meet_notices_some_fault(tiny, tables):
    report = tiny.faults(tables)
    assert report.silent == ()
    toothless = tiny.with_check("WS-001", when="", decidable="", assertion="true")
    assert tiny.faults(tables, toothless).silent == ("WS-001",)


def test_few_faults_and_many_are_judged_alike(tiny, tables, monkeypatch):
    """By whole tables in a scan, or by the rows that the faults can reach."""
    monkeypatch.setattr(judging, "LARGE", 1)
    scanned = tiny.faults(tables)
    monkeypatch.setattr(judging, "LARGE", 10_000)
    assert tiny.faults(tables) == scanned


def test_faults_in_a_related_dataset_are_noticed_by_the_rows_that_take_values_from_it(
    tiny, tables, monkeypatch
):
    standard, taken = (
        tiny.standard(),
        Related("taken", "case", (("item_code", "item_code"),), "max", "decided_on"),
    )
    check = RecordCheck("item", "taken is null or taken < date '2024-02-25'", related=(taken,))
    asked = replace(standard.requirement("WS-001"), id="WS-090", check=check)
    more = replace(standard, requirements=(*standard.requirements, asked))
    reports = []
    for large in (1, 10_000):
        monkeypatch.setattr(judging, "LARGE", large)
        reports.append(tiny.faults(tables, more))
    assert reports[0] == reports[1]
    assert reports[0].alarms == ()
    assert any("WS-090" in one.caught for one in reports[0].answers if one.experiment.dataset == "case")
    reads = reads_of(more, prepare.scopes_of(more))
    assert reads.of_field("case", "decided_on") >= {"WS-090"}
    assert "case" in reads.rows["WS-090"]


def test_failing_rows_that_need_rows_of_other_datasets_are_not_laid_over(tiny, tables):
    standard, scopes, laid = tiny.standard(), tiny.bench().scopes, []
    for related in ((), (Related("taken", "item", (("item_code", "item_code"),), "count"),)):
        check = RecordCheck("case", "accepted_on <= decided_on", related=related)
        only = replace(standard, requirements=(replace(standard.requirement("WS-002"), check=check),))
        laid.append(list(overlaid(ground(only, [tiny.pack], tables, scopes), cases_of(standard))))
    alone, beside = laid
    assert {one.meant for one in alone} == {"WS-002"}
    assert beside == [None] * len(alone)

"""Related values, partners and targets altered: each alteration is a check that both readings understand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.engine.kinds import plan
from guiju.engine.plan import IndicatorPlan, Relation
from guiju.engine.relate import row_states
from guiju.errors import StandardError
from guiju.run.examples import Example, InlineTable
from guiju.standard.checks import IndicatorCheck, RecordCheck, Related, Target
from guiju_tools.mutate.cases import Case, cases_of
from guiju_tools.mutate.mutant import KINDS, NOTHING
from guiju_tools.mutate.partners import altered_partners
from guiju_tools.mutate.rereading import Rereading
from guiju_tools.mutate.structure import altered_structure
from guiju_tools.mutate.trial import mutants_of

PAIRS = (("item_code", "item_code"), ("item_name", "item_name"))
VALUES = (
    ("count", "", "taken >= 1"),
    ("sum", "result_days", "taken <= 9"),
    ("min", "accepted_on", "taken >= date '2024-01-01'"),
    ("max", "decided_on", "taken is not null"),
    ("one", "state", "taken = '2'"),
    ("one", "accepted_on", "taken is null"),
)
CONDITIONS = ("", "online", "state = '2' and decided_on is not null", "result_days > 3 or online")


@st.composite
def related(draw):
    """One related value of an item from its cases, with an assertion that uses it."""
    value, field, claim = draw(st.sampled_from(VALUES))
    pairs = draw(st.sampled_from(((PAIRS[0],), PAIRS, PAIRS[::-1])))
    return Related("taken", "case", pairs, value, field, draw(st.sampled_from(CONDITIONS))), claim


def with_related(tiny, one, claim):
    """A requirement of the tiny standard with a check on an item and its cases."""
    check = RecordCheck("item", claim, related=(one,))
    return replace(tiny.standard().requirement("WS-001"), check=check)


@given(case=related())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_alterations_of_a_related_value_are_checks_that_the_engine_reads(tiny, case):
    one, claim = case
    requirement, standard, bench = with_related(tiny, one, claim), tiny.standard(), tiny.bench()
    listed = Case("", "WS-001", Example({"办件": InlineTable("办件", ("办结用时数值",), ())}), ())
    found = list(altered_partners(requirement, standard, bench.scopes, (listed,)))
    assert {mutant.kind for mutant in found} <= set(KINDS)
    assert len({(mutant.alteration, str(mutant.check)) for mutant in found}) == len(found)
    with bench.everything() as context:
        for mutant in found:
            assert mutant.check != requirement.check
            planned = plan(mutant.requirement, context)
            assert isinstance(planned, Relation), mutant.alteration
            assert row_states(bench.connection, planned) == {}
    assert ("field-dropped" in {mutant.kind for mutant in found}) == (len(one.on) > 1)
    assert ("negated" in {mutant.kind for mutant in found}) == bool(one.when)


def told(tiny, one, claim, listed=("结果",)):
    case = Case("", "WS-001", Example({"办件": InlineTable("办件", listed, ())}), ())
    found = altered_partners(with_related(tiny, one, claim), tiny.standard(), tiny.bench().scopes, (case,))
    return [mutant.alteration for mutant in found]


def test_each_part_of_a_related_value_is_altered(tiny):
    one = Related("taken", "case", PAIRS, "one", "accepted_on", "online")
    assert told(tiny, one, "taken is not null") == [
        f"related.taken.on: item_code: item_code → {NOTHING}",
        f"related.taken.on: item_name: item_name → {NOTHING}",
        f"related.taken.when: online → {NOTHING}",
        "related.taken.when: online → not (online)",
        "related.taken.value: one(accepted_on) → min(accepted_on)",
        "related.taken.value: one(accepted_on) → max(accepted_on)",
    ]


def test_rows_are_summed_up_where_the_examples_list_a_number(tiny):
    one = Related("taken", "case", PAIRS[:1], "count")
    assert told(tiny, one, "taken > 0") == []
    assert told(tiny, one, "taken > 0", ("办结用时数值",)) == [
        "related.taken.value: count → sum(result_days)"
    ]


def test_alterations_that_nothing_could_read_are_left_out(tiny):
    one = Related("taken", "case", PAIRS[:1], "one", "state")
    assert told(tiny, one, "taken = '2'") == []


def test_partners_of_a_match_and_days_of_a_target_are_altered(tiny):
    standard, bench = tiny.with_check("WS-009", to_when="channels is not null"), tiny.bench()
    match = standard.requirement("WS-009")
    assert [one.alteration for one in altered_partners(match, standard, bench.scopes, ())] == [
        f"to-when: channels is not null → {NOTHING}",
        "to-when: channels is not null → not (channels is not null)",
    ]
    aimed = tiny.with_check("WS-006", target=Target("2025-12-31"))
    found = [one.alteration for one in altered_structure(aimed.requirement("WS-006"), aimed)]
    assert found[-3:] == [
        f"target: 2025-12-31 → {NOTHING}",
        "target.by: 2025-12-31 → 2025-12-30",
        "target.by: 2025-12-31 → 2026-01-01",
    ]


def test_the_period_is_dropped_or_put_on_another_stamp(tiny):
    standard = tiny.with_check("WS-006", period="decided_on")
    found = [one.alteration for one in altered_structure(standard.requirement("WS-006"), standard)]
    assert found[-2:] == [f"period: decided_on → {NOTHING}", "period: decided_on → accepted_on"]
    rows = (("是", "2024-03-31"), ("否", "2024-02-29"), ("否", "2024-04-01"))
    example = Example({"办件": InlineTable("办件", ("是否网上办理", "办结日期"), rows)}, period="2024-03")
    check = IndicatorCheck("case", "online", "true", ">=", "1", period="decided_on")
    requirement = replace(standard.requirement("WS-006"), check=check)
    with tiny.bench().laid(example) as laid:
        assert Rereading(laid).answer(requirement).outcome == "passed"
        everything = replace(requirement, check=replace(check, period=None))
        assert Rereading(laid).answer(everything).outcome == "failed"


ITEMS = InlineTable(
    "事项清单", ("事项编码", "事项名称"), (("B1", "甲"), ("B2", "乙"), (None, "丙"), ("B4", "丁"))
)
CASES = InlineTable(
    "办件",
    ("事项编码", "事项名称", "办件状态", "受理日期", "办结日期", "办结用时", "是否网上办理"),
    (
        ("B1", "甲", "2", "2024-03-01", "2024-03-04", "3个工作日", "是"),
        ("B1", "甲", "1", "2024-03-02", "2024-03-02", "1个工作日", "否"),
        ("B2", "乙", "2", "2024-03-01", None, None, None),
        ("B4", "戊", "2", "不明", "2024-03-05", "5个工作日", "是"),
    ),
)


@pytest.mark.parametrize(("value", "field", "claim"), VALUES)
@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_two_ways_to_judge_an_example_agree_on_related_values(tiny, value, field, claim, condition):
    one = Related("taken", "case", PAIRS[:1], value, field, condition)
    requirement, bench = with_related(tiny, one, claim), tiny.bench()
    share = IndicatorCheck("item", claim, "item_name is not null", ">=", "0.5", related=(one,))
    with bench.laid(Example({"事项清单": ITEMS, "办件": CASES})) as laid:
        reading = Rereading(laid)
        for check in (requirement.check, share, replace(share, groups=("item_name",))):
            asked = replace(requirement, check=check)
            assert reading.answer(asked) == laid.answer(asked)
            assert isinstance(plan(asked, laid.context), Relation | IndicatorPlan)


def test_every_alteration_of_every_example_is_judged_alike_both_ways(tiny):
    """Outcomes and states; only what needs a query is not judged by Python."""
    standard, bench, cases = tiny.standard(), tiny.bench(), cases_of(tiny.standard())
    compared = 0
    for item in (item for item in standard.requirements if item.on_data):
        mutants = mutants_of(item, standard, bench, cases.get(item.id, ()))
        for case in cases.get(item.id, ()):
            with bench.laid(case.example) as laid:
                reading = Rereading(laid)
                for mutant in mutants:
                    compared += 1
                    assert _said(reading.answer, mutant.requirement) == _said(
                        laid.answer, mutant.requirement
                    ), mutant.alteration
    assert compared > 30


def _said(judge, requirement):
    try:
        return judge(requirement)
    except StandardError as fault:
        return fault.code

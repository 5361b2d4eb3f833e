"""Each criterion of the gates, met and unmet."""

from __future__ import annotations

import pytest

from guiju.errors import InputError
from guiju_tools.lifecycle.advancing import ask
from guiju_tools.lifecycle.gates import examine
from guiju_tools.lifecycle.log import append
from guiju_tools.registry.adding import add_entries
from guiju_tools.registry.store import New

from .conftest import ID

DAY = "2026-03-01"


def met(committee, store, *criteria):
    return [line.met for line in examine(list(criteria), committee.facts(store))]


def pilot(number, region):
    body = {"no": f"SD-{number}", "standard": ID, "region": region, "unit": "示例单位", "task": "任务书"}
    return {"kind": "pilot", "body": {**body, "from": "2026-01-01", "to": "2026-02-01"}}


def concluded(number, conclusion="通过"):
    body = {"pilot": f"SD-{number}", "conclusion": conclusion, "date": DAY, "reason": "可行"}
    return {"kind": "pilot-conclusion", "body": body}


def handed(committee, number, region, outcome="passed", failed=0, judging=""):
    standard = committee.standard()
    identity = {"id": ID, "title": standard.title, "version": standard.version}
    identity["judging_digest"] = judging or standard.judging_digest
    requirements = {
        item.id: {"outcome": outcome if item.on_data else "untested", "counts": [0, 10, failed, 0, 0]}
        for item in standard.requirements
    }
    body = {"region": region, "unit": "示例单位", "period": "2026-02", "standards": [identity]}
    return New("bundle", f"{number:064x}", {**body, "requirements": requirements})


def test_pilots_count_by_tier_and_edition(committee, store):
    criterion = {"kind": "pilots", "least": 3, "tiers": {"市": 1, "县": 1}}
    add_entries(store, [pilot(1, "990000"), pilot(2, "990100"), pilot(3, "990101")], "甲")
    assert met(committee, store, criterion) == [False]
    store.add([handed(committee, 1, "990000"), handed(committee, 2, "990100")], "甲")
    assert met(committee, store, criterion) == [False]
    store.add([handed(committee, 3, "990101", judging="b" * 64)], "甲")
    assert met(committee, store, criterion) == [False]
    store.add([handed(committee, 4, "990101")], "甲")
    assert met(committee, store, criterion) == [True]
    store.add([handed(committee, 5, "990102")], "甲")
    (line,) = examine([criterion], committee.facts(store))
    assert line.found == "3 个，县级 1 个，市级 1 个，省级 1 个"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], False),
        ([concluded(1), concluded(2, "修改后通过")], True),
        ([concluded(1)], False),
        ([concluded(1), concluded(2, "不通过")], False),
    ],
)
def test_conclusions_on_the_standard(committee, store, entries, expected):
    add_entries(store, [pilot(1, "990000"), pilot(2, "990100"), *entries], "甲")
    assert met(committee, store, {"kind": "conclusions", "least": 1}) == [expected]


def test_clauses_decided_and_false_alarms(committee, store):
    decided, alarms = {"kind": "decided", "share": "0.8"}, {"kind": "false-alarms", "share": "0.05"}
    add_entries(store, [pilot(1, "990000"), pilot(2, "990100")], "甲")
    store.add([handed(committee, 1, "990000", "cantTell")], "甲")
    assert met(committee, store, decided) == [False]
    store.add([handed(committee, 2, "990100", "failed", failed=5)], "甲")
    assert met(committee, store, decided, alarms) == [True, True]
    findings = committee.facts(store).false_alarms[0]
    body = {
        "no": "YY-1",
        "standard": ID,
        "requirement": "WS-001",
        "region": "990100",
        "date": DAY,
        "statement": "读错",
    }
    add_entries(store, [{"kind": "objection", "body": body}], "甲")
    ruling = {"objection": "YY-1", "decision": "修改判法", "date": DAY, "by": "委员会", "reason": "确实读错"}
    assert met(committee, store, {"kind": "objections"}, {"kind": "examples-of-rulings"}) == [False, True]
    add_entries(store, [{"kind": "ruling", "body": {**ruling, "false_alarms": findings}}], "甲")
    assert met(committee, store, alarms, {"kind": "objections"}, {"kind": "examples-of-rulings"}) == [
        False,
        True,
        False,
    ]


def test_small_figures_count_as_little_as_they_can(committee, store):
    add_entries(store, [pilot(1, "990000")], "甲")
    new = handed(committee, 1, "990000", "failed")
    for item in new.body["requirements"].values():
        item["counts"] = [0, "≥10", "<5", 0, 0]
    store.add([new], "甲")
    assert committee.facts(store).false_alarms == (len(new.body["requirements"]), 0)


def test_opinions_are_answered(committee, store):
    opinion = {"no": "YJ-1", "standard": ID, "clause": "4.1.1", "unit": "示例单位", "opinion": "改为15日"}
    add_entries(store, [{"kind": "opinion", "body": opinion}], "甲")
    assert met(committee, store, {"kind": "opinions"}) == [False]
    answer = {"opinion": "YJ-1", "answer": "未采纳", "date": DAY, "by": "起草组", "reason": "没有依据"}
    add_entries(store, [{"kind": "answer", "body": answer}], "甲")
    assert met(committee, store, {"kind": "opinions"}) == [True]


@pytest.mark.parametrize(
    ("vote", "expected"),
    [((20, 15, 10, 3), True), ((20, 14, 14, 0), False), ((20, 15, 9, 3), False), ((20, 16, 11, 5), False)],
)
def test_a_quorum_of_the_meeting(committee, store, vote, expected):
    criterion = {"kind": "quorum", "present": "0.75", "yes": "2/3", "no": "0.25"}
    assert met(committee, store, criterion) == [False]
    entry = {"stage": "20", "kind": "meeting", "date": DAY, "what": "审查会", "by": "委员会"}
    names = ("members", "present", "yes", "no")
    append(committee.pack, ID, {**entry, "meeting": dict(zip(names, vote, strict=True))})
    assert met(committee, store, criterion) == [expected]


def test_changed_words_are_confirmed_again(committee, store):
    assert met(committee, store, {"kind": "confirmed"}) == [False]
    now = committee.standard()
    entry = {
        "stage": "20",
        "kind": "confirmation",
        "date": DAY,
        "what": "确认",
        "by": "起草组",
        "text": now.text_digest,
    }
    append(committee.pack, ID, entry)
    assert met(committee, store, {"kind": "confirmed"}) == [True]
    committee.change("requirements/01-limits.yaml", "窗口应在20个工作日内办结", "窗口应在20个工作日以内办结")
    assert met(committee, store, {"kind": "confirmed"}) == [False]


def test_bases_versions_decisions_effects(committee, store):
    kinds = [{"kind": kind} for kind in ("recalled", "proposals", "version", "decision", "effects")]
    assert met(committee, store, *kinds) == [True, True, False, False, False]
    committee.change("standard.yaml", 'version: "0.1.0"', 'version: "1.0.0"')
    committee.change(
        "requirements/02-quality.yaml",
        "  text: 办件应列明办件编号和事项编码。\n  basis: practice",
        "  text: 办件应列明办件编号和事项编码。\n  basis: proposal",
    )
    entry = {"stage": "20", "kind": "decision", "date": DAY, "what": "决定", "by": "委员会"}
    append(committee.pack, ID, {**entry, "evidence": [{"name": "评估.pdf", "sha256": "0" * 64}]})
    assert met(committee, store, *kinds) == [True, False, True, True, True]


def test_stages_follow_each_other(committee):
    with pytest.raises(InputError) as caught:
        ask(committee.facts(), "40")
    assert caught.value.code == "GJ-I542"
    assert ask(committee.facts(), "30").now == "20"


def test_every_criterion_is_known(committee, store):
    criterion = {"least": 1, "most": 0, "share": "0.5", "present": "0.5", "yes": "0.5", "no": "0.5"}
    for kind in ("lint", "examples"):
        assert met(committee, store, {"kind": kind, **criterion}) == [True]

"""An evaluation out of bundles and registers of invented regions."""

from __future__ import annotations

import pytest

from guiju.content import find_packs
from guiju.standard.load import load
from guiju_tools.evaluation.evaluating import evaluate, last_of_each
from guiju_tools.evaluation.measures import Clause, clause_of, review_due
from guiju_tools.evaluation.picture import bars
from guiju_tools.registry.adding import add_entries
from guiju_tools.registry.store import New, open_store

ID = "service-evaluation"
DAY = "2026-03-31"
REGIONS = ("990000", "990100", "990101", "990102")


@pytest.fixture(scope="module")
def standard():
    return load(find_packs(), ID)


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "登记库.db"), make=True) as opened:
        yield opened


def bundle(standard, number, region, outcomes, period="2026-01", version="0.1.0", **more):
    identity = {"id": ID, "title": standard.title, "version": version, "judging_digest": "a" * 64}
    requirements = {
        item.id: {
            "outcome": outcomes.get(item.id, "passed"),
            "counts": [0, 9, 0, 0, 0],
            **more.get(item.id, {}),
        }
        for item in standard.requirements
    }
    body = {"region": region, "unit": "示例单位", "period": period, "as_of": "", "standards": [identity]}
    return New("bundle", f"{number:064x}", {**body, "requirements": requirements})


def section(found, title):
    return next(one for one in found.sections if one.title == title)


def free(standard, count):
    """Requirements that may be deleted: on data, no key, neither law nor policy."""
    found = [item for item in standard.requirements if item.on_data and not item.key]
    return [item.id for item in found if item.basis not in ("law", "policy")][:count]


def test_what_fails_cannot_be_told_or_is_never_exercised(store, standard):
    unmet, unclear, idle = free(standard, 3)
    lawful = next(
        item.id for item in standard.requirements if item.basis in ("law", "policy") and item.on_data
    )
    outcomes = {unmet: "failed", unclear: "cantTell", idle: "untested", lawful: "inapplicable"}
    store.add([bundle(standard, number, code, outcomes) for number, code in enumerate(REGIONS)], "甲")
    found = evaluate(store, standard, [], DAY)
    told = {(one.kind, one.requirement) for one in found.proposals}
    assert told == {("修订", unmet), ("修订", unclear), ("删去", idle)}
    assert len(section(found, "下一步的建议").rows) == 3


def test_few_bundles_propose_nothing(store, standard):
    (unmet,) = free(standard, 1)
    store.add(
        [bundle(standard, number, code, {unmet: "failed"}) for number, code in enumerate(REGIONS[:2])], "甲"
    )
    assert evaluate(store, standard, [], DAY).proposals == ()


def test_periods_stand_beside_each_other_and_the_last_counts(store, standard):
    (name,) = free(standard, 1)
    store.add(
        [
            bundle(standard, 1, "990000", {name: "failed"}, "2026-01"),
            bundle(standard, 2, "990100", {name: "failed"}, "2026-01"),
            bundle(standard, 3, "990000", {}, "2026-02"),
        ],
        "甲",
    )
    found = evaluate(store, standard, [], DAY)
    clauses = section(found, "各条款各期")
    assert clauses.head[3:] == ("2026-01", "2026-02")
    assert next(row[3:] for row in clauses.rows if row[1] == name) == ("0／2／0", "1／0／0")
    bodies = [entry.body for entry in store.bundles(standard=ID)]
    assert [body["period"] for body in last_of_each(bodies)] == ["2026-02", "2026-01"]
    assert "<svg" in section(found, "各章").picture


def test_before_and_after_an_edition_only_regions_that_have_both(store, standard):
    (name,) = free(standard, 1)
    store.add(
        [
            bundle(standard, 1, "990000", {name: "failed"}, "2026-01"),
            bundle(standard, 2, "990100", {name: "failed"}, "2026-01"),
            bundle(standard, 3, "990000", {}, "2026-02", version="0.10.0"),
        ],
        "甲",
    )
    (row,) = section(evaluate(store, standard, [], DAY), "换版前后").rows
    assert (row[1], *row[3:]) == (name, "0／1／0", "1／0／0")


def test_the_share_of_units_that_have_begun(store, standard):
    declared = {"standard": ID, "version": "1.0.0", "declared": "2026-01-01"}
    entries = [
        {
            "kind": "adoption",
            "body": {**declared, "region": "990100", "unit": "甲局", "effective": "2026-02-01"},
        },
        {
            "kind": "adoption",
            "body": {**declared, "region": "990100", "unit": "乙局", "effective": "2026-06-01"},
        },
        {
            "kind": "adoption",
            "body": {**declared, "region": "990101", "unit": "丙局", "effective": "2026-02-01"},
        },
        {
            "kind": "units",
            "body": {"standard": ID, "region": "990100", "count": 9, "date": DAY, "source": "编制"},
        },
        {
            "kind": "units",
            "body": {"standard": ID, "region": "990100", "count": 8, "date": DAY, "source": "编制"},
        },
    ]
    add_entries(store, entries, "甲")
    assert section(evaluate(store, standard, [], DAY), "实施").rows == (
        ("市", 1, 8, "12.50%"),
        ("县", 1, "没有登记", "不计算"),
    )


def test_targets_add_up_what_is_told(store, standard):
    item = next(one for one in standard.requirements if getattr(one.check, "target", None))
    figures = [
        {"indicator": {"numerator": top, "denominator": bottom}}
        for top, bottom in ((30, 40), ("<5", 40), (10, 40))
    ]
    store.add(
        [
            bundle(standard, number, code, {}, **{item.id: figures[number]})
            for number, code in enumerate(REGIONS[:3])
        ],
        "甲",
    )
    row = next(
        row for row in section(evaluate(store, standard, [], DAY), "政策目标").rows if row[1] == item.id
    )
    assert row[5:] == (2, 40, 80, "50.00%")


def test_claims_beside_measurements_are_counted(store, standard):
    (name,) = free(standard, 1)
    claim = {name: {"claim": {"answer": "met", "agreement": "claimed-more"}}}
    store.add([bundle(standard, number, code, {}, **claim) for number, code in enumerate(REGIONS)], "甲")
    (row,) = section(evaluate(store, standard, [], DAY), "自评与实测").rows
    assert row[1] == name
    assert row[4] == len(REGIONS)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ([], ""),
        ([("60", "2021-03-01")], "2026-03-01"),
        ([("60", "2020-02-29")], "2025-02-28"),
        ([("60", "2019-01-01"), ("90", "2024-01-01")], "2029-01-01"),
    ],
)
def test_a_review_is_due_five_years_later(days, due):
    assert review_due([{"kind": "stage", "stage": stage, "date": day} for stage, day in days]) == due


def test_an_overdue_review_is_proposed(store, standard):
    log = [{"kind": "stage", "stage": "60", "date": "2021-03-01"}]
    assert [one.kind for one in evaluate(store, standard, log, DAY).proposals] == ["复审"]
    assert evaluate(store, standard, log, "2026-03-01").proposals == ()


def test_no_region_is_named_anywhere(store, standard):
    store.add([bundle(standard, number, code, {}) for number, code in enumerate(REGIONS)], "甲")
    told = repr(evaluate(store, standard, [], DAY))
    assert not any(code in told for code in REGIONS)


def test_an_outcome_that_is_not_there_counts_nowhere():
    assert clause_of([{"requirements": {}}], "SE-001") == Clause(0, 0, 0, 0)


def test_labels_are_escaped():
    assert "<b>" not in bars([("<b>", (1, 0, 0, 0))], "<i>")

"""What is foretold of a draft is what the runs then give; what cannot be known is said to be unknown."""

from __future__ import annotations

import pytest

from guiju.run.judging import run
from guiju.run.request import RunRequest
from guiju_tools.bundle.opened import open_bundle
from guiju_tools.editions.what_if import foretell, what_if
from guiju_tools.registry.adding import kept_of

from .conftest import ID

SHARE = 'value: "0.95", tighter: higher'
DRAFTS = {
    "threshold up": [("standard.yaml", SHARE, 'value: "0.98", tighter: higher')],
    "threshold down": [("standard.yaml", SHARE, 'value: "0.80", tighter: higher')],
    "tolerance": [
        (
            "requirements/01-limits.yaml",
            "  text: 办件的办结日期应不早于受理日期。\n  basis: practice",
            '  text: 办件的办结日期应不早于受理日期。\n  basis: practice\n  tolerance: {share: "0.2"}',
        )
    ],
    "limit": [("standard.yaml", 'value: "20", unit: 工作日', 'value: "18", unit: 工作日')],
    "a longer code": [("datasets/case.yaml", "{4,20}", "{4,30}")],
}
EXPORTS = ((0, 0, 0), (6, 1, 0), (6, 2, 0), (0, 6, 0), (12, 8, 1))


@pytest.mark.parametrize("draft", DRAFTS)
def test_what_is_foretold_comes_true(committee, regions, draft):
    before = committee.standard()
    bodies = []
    for region, figures in zip(regions, EXPORTS, strict=False):
        region.export(*figures)
        told = open_bundle(region.hand_in(committee.pack, "2026-02"))
        bodies.append(kept_of(told.manifest, told.result))
    for name, old, new in DRAFTS[draft]:
        committee.change(name, old, new)
    after = committee.standard()
    known = 0
    for region, body in zip(regions, bodies, strict=False):
        files = (region.folder / "办件.csv", region.folder / "事项清单.csv")
        result, _ = run(RunRequest(ID, files, region="990000", pack=committee.pack.root, period="2026-02"))
        outcomes = {item.id: item.outcome for item in result.requirements}
        for effect in what_if(before, after, [body]):
            told = foretell(before, after, effect.requirement, body)
            if effect.moves:
                ((_, foretold),) = effect.moves
                assert outcomes[told.id] == foretold, (draft, told)
                known += 1
    assert known or draft not in ("threshold up", "threshold down", "tolerance")


def test_only_what_is_affected_is_told(committee, regions):
    before = committee.standard()
    regions[0].export(0)
    told = open_bundle(regions[0].hand_in(committee.pack, "2026-02"))
    body = kept_of(told.manifest, told.result)
    assert what_if(before, committee.standard(), [body]) == []
    committee.change("standard.yaml", SHARE, 'value: "0.98", tighter: higher')
    (effect,) = what_if(before, committee.standard(), [body])
    assert (effect.requirement.id, dict(effect.moves)) == ("WS-006", {("passed", "passed"): 1})


def test_what_needs_a_new_run_says_why(committee, regions):
    before = committee.standard()
    regions[0].export(3)
    told = open_bundle(regions[0].hand_in(committee.pack, "2026-02"))
    body = kept_of(told.manifest, told.result)
    committee.change("datasets/case.yaml", "{4,20}", "{4,10}")
    effects = {effect.requirement.id: effect for effect in what_if(before, committee.standard(), [body])}
    assert dict(effects["WS-003"].unknown) == {"所读的数据集或者代码表改了": 1}

"""A standard through the whole loop, on evidence, with twelve invented regions."""

from __future__ import annotations

import pytest

from guiju.content import find_packs
from guiju.errors import InputError
from guiju.run.judging import run
from guiju.run.request import RunRequest
from guiju.standard.load import load
from guiju_tools.bundle.archive import packed, unpacked
from guiju_tools.bundle.verifying import Expected
from guiju_tools.editions.comparing import compare_editions
from guiju_tools.lifecycle.advancing import Step, advance, ask
from guiju_tools.lifecycle.log import append, broken, read_log, stage_now
from guiju_tools.registry.adding import add_bundle, add_entries, check_bundle
from guiju_tools.registry.report import report

from .conftest import ID

OBJECTION = {
    "no": "YY-1",
    "requirement": "WS-001",
    "date": "2026-03-05",
    "statement": "补正期间不应计入办结用时",
    "findings": 1,
}
DRAFT_ASSERT = 'assert: "result_days <= :limit_days and result_days <= :local_days"'
MENDED_ASSERT = 'assert: "result_days <= :local_days"'


def step(to, **more):
    return Step(to, "2026-03-10", "标准化技术委员会", "", **more)


def unmet(committee, store, to):
    return [line.criterion for line in ask(committee.facts(store), to).lines if not line.met]


def hand_in(committee, store, regions, period, **objections):
    """Every region judges and hands in; what was refused, by region."""
    refused = {}
    for region in regions:
        code = region.keys.signer.region
        path = region.hand_in(committee.pack, period, objections.get(f"r{code}", ()))
        verified = check_bundle(store, path, Expected(find_packs(committee.pack.root), (), period))
        if verified.whole:
            assert add_bundle(store, verified, "秘书处")
        else:
            refused[code] = {fault.kind for fault in verified.faults}
    return refused


def note(committee, kind, **more):
    now = committee.standard()
    told = {"stage": stage_now(read_log(committee.pack, ID)), "kind": kind, "date": "2026-03-20"}
    told |= {"what": "见记录", "by": "标准化技术委员会", "text": now.text_digest, **more}
    append(committee.pack, ID, told)


def pilots_of(regions):
    """The pilots of all regions, as they are registered."""
    dates = {"task": "任务书", "from": "2026-01-01", "to": "2026-03-31", "standard": ID}
    return [
        {
            "kind": "pilot",
            "body": {
                "no": f"SD-{number}",
                "region": one.keys.signer.region,
                "unit": one.keys.signer.unit,
                **dates,
            },
        }
        for number, one in enumerate(regions)
    ]


def pilot(committee, store, regions):
    """试点验证: registered, judged at home, handed in; what does not verify is told and left out."""
    signers = [{"kind": "signer", "body": region.keys.signer.document()} for region in regions]
    add_entries(store, [*pilots_of(regions), *signers[:-1]], "秘书处")
    for number, region in enumerate(regions):
        region.export(late=number % 4)
    refused = hand_in(committee, store, regions, "2026-02", r990101=[OBJECTION])
    assert refused == {regions[-1].keys.signer.region: {"signer"}}
    add_entries(store, signers[-1:], "秘书处")
    members, _ = unpacked(regions[2].folder / "2026-02.zip")
    altered = committee.folder / "改动.zip"
    altered.write_bytes(
        packed({**members, "result.json": members["result.json"].replace(b"passed", b"failed")})
    )
    found = check_bundle(store, altered, Expected(find_packs(committee.pack.root)))
    assert {fault.kind for fault in found.faults} == {"content"}
    with pytest.raises(InputError, match="没有登记"):
        add_bundle(store, found, "秘书处")


def refuse(committee, store):
    """The gate is shut: an objection is open, and no pilot has concluded."""
    shut = unmet(committee, store, "40")
    assert "没有裁定的异议" in shut
    assert "试点对标准的结论" in shut
    with pytest.raises(InputError) as caught:
        advance(committee.facts(store), step("40"))
    assert caught.value.code == "GJ-I543"
    assert stage_now(read_log(committee.pack, ID)) == "30"


def mend(committee, store, regions):
    """The objection is upheld: the rule is changed, earlier bundles are of another edition, all run again."""
    committee.change("requirements/01-limits.yaml", DRAFT_ASSERT, MENDED_ASSERT)
    told = {"objection": "YY-1", "decision": "修改判法", "date": "2026-03-12", "by": "标准化技术委员会"}
    told |= {"reason": "以地方时限为准", "false_alarms": 1, "example": "WS-001 超过20个工作日的被检出"}
    add_entries(store, [{"kind": "ruling", "body": told}], "秘书处")
    late = check_bundle(store, regions[-1].folder / "2026-02.zip", Expected(find_packs(committee.pack.root)))
    assert {fault.kind for fault in late.faults} == {"edition"}
    assert not committee.facts(store).bundles
    assert hand_in(committee, store, regions, "2026-03") == {}
    assert len(committee.facts(store).bundles) == len(regions)
    for number, one in enumerate(pilots_of(regions)):
        conclusion = "修改后通过" if number == 4 else "通过"
        body = {"pilot": one["body"]["no"], "conclusion": conclusion, "date": "2026-04-01", "reason": "可行"}
        add_entries(store, [{"kind": "pilot-conclusion", "body": body}], "秘书处")


def publish(committee, store):
    """审查发布: reviewed with a quorum, confirmed, decided, frozen."""
    assert unmet(committee, store, "40") == []
    advance(committee.facts(store), step("40"))
    assert unmet(committee, store, "50") == ["审查会议的表决", "文字改动以后，核验办法经重新确认"]
    note(committee, "meeting", meeting={"members": 20, "present": 18, "yes": 17, "no": 1})
    note(committee, "confirmation")
    advance(committee.facts(store), step("50"))
    committee.change("standard.yaml", 'version: "0.1.0"', 'version: "1.0.0"')
    note(committee, "decision")
    _, frozen = advance(committee.facts(store), step("60"))
    assert frozen == committee.pack.standards / "editions" / f"{ID}-1.0.0.json"
    return load(find_packs(committee.pack.root), f"{ID}@1.0.0")


def test_from_draft_to_a_second_edition(committee, store, regions):
    advance(committee.facts(store), step("30"))
    early = committee.standard()
    pilot(committee, store, regions)
    refuse(committee, store)
    mend(committee, store, regions)
    published = publish(committee, store)

    # 推广实施: the published edition is run as it was frozen
    assert published.published
    exports = (regions[0].folder / "办件.csv",)
    result, _ = run(RunRequest(f"{ID}@1.0.0", exports, region="990000", pack=committee.pack.root))
    assert result.standards[0].published
    adoption = {
        "standard": ID,
        "version": "1.0.0",
        "region": "990000",
        "unit": "示例市",
        "declared": "2026-05-01",
    }
    add_entries(store, [{"kind": "adoption", "body": {**adoption, "effective": "2026-06-01"}}], "秘书处")

    # 效果评估, and a second edition whose number follows from what changed
    scope, clauses, _ = report(store, committee.standard(), "2026-03")
    assert sum(count for _, count in scope.rows) == len(regions)
    assert {row[1] for row in clauses.rows if row[4]}  # some clause is not met somewhere
    committee.change("standard.yaml", 'value: "0.95"', 'value: "0.98"')
    second = compare_editions(published.document, committee.standard().document)
    assert (second.grade, second.version) == ("breaking", "2.0.0")
    assert compare_editions(early.document, published.document).grade == "breaking"
    assert not list(broken(read_log(committee.pack, ID)))
    assert not list(store.faults())


def test_a_step_over_a_shut_gate_is_shown_for_ever(committee, store):
    advance(committee.facts(store), step("30"))
    asked, _ = advance(committee.facts(store), step("40", override="委员会2026年第2次会议决定：先行审查"))
    assert not asked.open
    last = read_log(committee.pack, ID)[-1]
    assert last["override"].startswith("委员会")
    assert any(not line["met"] for line in last["gate"])


def test_a_published_edition_is_never_altered(committee, store):
    committee.change("standard.yaml", 'version: "0.1.0"', 'version: "1.0.0"')
    for to in ("30", "40", "50", "60"):
        advance(committee.facts(store), step(to, override="试"))
    for to in ("90", "20"):
        advance(committee.facts(store), step(to, override="试"))
    committee.change("standard.yaml", 'value: "0.95"', 'value: "0.98"')
    for to in ("30", "40", "50"):
        advance(committee.facts(store), step(to, override="试"))
    with pytest.raises(InputError) as caught:
        advance(committee.facts(store), step("60", override="试"))
    assert caught.value.code == "GJ-I544"
    assert stage_now(read_log(committee.pack, ID)) == "50"

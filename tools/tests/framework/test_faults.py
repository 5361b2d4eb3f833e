"""Bad frameworks are refused with the line and what to do."""

from __future__ import annotations

import pytest

from guiju.errors import StandardError, StandardErrors
from guiju_tools.framework.load import read_framework
from guiju_tools.lint import lint

FAULTS = [
    ("id: old\n", "id: new\n", "GJ-S171", "节点 new 重复"),
    ("id: old\n    group: windows", "id: old\n    group: doors", "GJ-S172", "没有类别 doors"),
    ("{to: old, kind: replaces}", "{to: oldest, kind: replaces}", "GJ-S172", "没有节点 oldest"),
    ("nodes: [draft]", "nodes: [drafts]", "GJ-S172", "没有节点 drafts"),
    ("replaces: new", "replaces: newer", "GJ-S172", "没有节点 newer"),
    ('issued: "2020-01-31"', 'issued: "2020-02-30"', "GJ-S173", "没有这一天"),
    ('issued: "2020-01-31"', 'issued: "2020-08-01"', "GJ-S173", "先后不对"),
    ('to: "2026-12-31"', 'to: "2025-12-31"', "GJ-S173", "先后不对"),
    ('decided-on: "2026-06-01"', 'decided-on: "2025-06-01"', "GJ-S173", "先后不对"),
    ('"50", date: "2027-05-01"', '"50", date: "2026-01-01"', "GJ-S173", "先后不对"),
    ("GB/T 99991-2020", "DB99/T 1-2020", "GJ-S174", "与层级不一致"),
    ("rank: local, state: planned", "rank: local, state: in-force", "GJ-S174", "没有编号"),
    ("rank: pack", "rank: national", "GJ-S175", "层级与 standard 不一致"),
    ("state: drafting", "state: in-force", "GJ-S176", "写得像已经发布"),
    ("state: drafting", 'state: drafting\n    issued: "2026-01-01"', "GJ-S176", "issued"),
    ("standard: window-service", "standard: not-written", "GJ-S177", "没有标准 not-written"),
    ("standard: window-service", "standard: not-written", "GJ-S178", "window-service 在体系框架中没有位置"),
    (
        "state: withdrawn",
        "state: revising",
        "GJ-S179",
        "已被 new 替代",
    ),
    ("PACK-2026-01", "other-2026-01", "GJ-S180", "不是本标准包的编号"),
    ("kind: revise", "kind: establish", "GJ-S181", "不一致"),
    (
        "cycle-months: 1}",
        'cycle-months: 1, stages: [{stage: "20", date: "2026-02-01"}]}',
        "GJ-S182",
        "写了两处",
    ),
    ("title: TITLE", "title: 别的名称", "GJ-S183", "不同"),
    ("PACK-2026-01", "20269999-T-999", "GJ-S110", "写法不对"),
    ("cycle-months: 12", "cycle-months: 0", "GJ-S110", "不合要求"),
    ("GB/T 99991-2020", "国标99991", "GJ-S110", "写法不对"),
]


def told(pack):
    with pytest.raises(StandardErrors) as caught:
        read_framework(pack)
    return {fault.code: fault for fault in caught.value.faults}


@pytest.mark.parametrize(("old", "new", "code", "words"), FAULTS)
def test_a_fault_is_told_at_its_line(pack, spoil, old, new, code, words):
    spoil(old, new)
    fault = told(pack)[code]
    assert words in str(fault)
    assert fault.hint
    assert (fault.place.file, bool(fault.place.line)) == ("standards/framework.yaml", True)


@pytest.mark.parametrize(("old", "new", "code", "words"), FAULTS)
def test_lint_tells_the_same(pack, spoil, old, new, code, words):
    spoil(old, new)
    assert [notice for notice in lint(pack) if notice.code == code and words in str(notice)]


def test_the_framework_as_written_has_no_fault(pack):
    assert [str(notice) for notice in lint(pack) if notice.place.file.endswith("framework.yaml")] == []


def test_yaml_that_cannot_be_read_is_told_by_lint_too(pack):
    (pack.standards / "framework.yaml").write_text("title: [", encoding="utf-8")
    assert [notice.code for notice in lint(pack) if notice.place.file.endswith("framework.yaml")] == [
        "GJ-S102"
    ]


def test_a_pack_without_framework(pack):
    (pack.standards / "framework.yaml").unlink()
    assert lint(pack) == []
    with pytest.raises(StandardError, match="没有标准体系框架") as caught:
        read_framework(pack)
    assert caught.value.code == "GJ-S170"


def test_a_title_that_cannot_be_read_is_the_standards_own_fault(pack):
    (pack.standards / "window-service" / "standard.yaml").write_text("title: [", encoding="utf-8")
    assert read_framework(pack).node("draft").standard == "window-service"


def cited(pack):
    return [notice.message for notice in lint(pack) if notice.code == "GJ-S184"]


def test_what_a_draft_cites_is_drawn_as_cited(pack, spoil):
    assert cited(pack) == []
    spoil("GB/T 99991-2010", "GB/T 36112-2018")
    assert cited(pack) == ["draft 与 GB/T 36112：没有引用的关系"]
    spoil("mark: seen\n  - id: old", "mark: seen\n    relations: [{to: new, kind: cites}]\n  - id: old")
    assert cited(pack) == ["draft 与 GB/T 99991：不在其规范性引用文件中"]

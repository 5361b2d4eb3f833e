"""Profiles: what a region may set, raise, switch off and add, and what it may not."""

from __future__ import annotations

import shutil

import pytest

from guiju.bdd.runner import run_exports
from guiju.content import own_pack
from guiju.errors import InputError
from guiju.run.judging import run
from guiju.run.request import RunRequest

ADDED = """
  - id: IM-901
    name: local-phone
    clause: "6.6.9"
    modality: shall
    text: 咨询方式应列明。
    basis: regional
    source: [{document: 示例市办法, at: 第一条, mark: verified}]
    check: {kind: record, dataset: implementation-item, assert: link_way is not null}
    remedy: 请补上。
"""


@pytest.fixture
def judged(tmp_path):
    """Judge two rows under the example region's profile after an edit of it."""
    own = own_pack()
    shutil.copytree(own.standards, tmp_path / "standards")
    shutil.copytree(own.features, tmp_path / "features")
    (tmp_path / "实施清单.csv").write_text(
        "实施编码,事项名称,咨询方式\nA1,甲,000-1\nA2,乙,\n", encoding="utf-8"
    )
    path = tmp_path / "standards" / "regions" / "990000" / "profile.yaml"

    def judge(old, new):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        request = RunRequest("item-management", (tmp_path / "实施清单.csv",), region="990000", pack=tmp_path)
        result, standard = run(request)
        return {item.id: item for item in result.requirements}, run_exports(standard, result.requirements)

    return judge


def test_a_practice_is_switched_off_with_its_reason(judged):
    found, suite = judged("switch-off: []", "switch-off: [{id: IM-036, reason: 本地另有办法}]")
    assert found["IM-036"].outcome == "untested"
    assert "本地另有办法" in found["IM-036"].reason
    assert not suite.fault


def test_what_is_raised_is_binding(judged):
    found, _ = judged("raise: []", "raise: [IM-036]")
    assert found["IM-036"].modality == "shall"


def test_a_requirement_of_the_region_is_judged_and_run(judged):
    found, suite = judged("add: []", f"add:{ADDED}")
    assert found["IM-901"].counts.failed == 1
    assert not suite.fault
    assert any(item.name.startswith("IM-901") and item.outcome == "failed" for item in suite.scenarios)


def test_findings_tell_the_value_that_the_region_set(judged):
    found, _ = judged(
        "add: []", f"add:{ADDED}".replace("link_way is not null", "link_way = :catalogue_level")
    )
    (finding, *_) = found["IM-901"].findings
    assert "（3）" in finding.message


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("switch-off: []", "switch-off: [{id: IM-006, reason: 不想要}]", "GJ-I312"),
        ("raise: []", "raise: [IM-001]", "GJ-I313"),
    ],
)
def test_what_a_region_may_not_do(judged, old, new, code):
    with pytest.raises(InputError) as caught:
        judged(old, new)
    assert caught.value.code == code


def test_columns_that_nothing_needs_are_not_read(tmp_path):
    (tmp_path / "实施清单.csv").write_text(
        "实施编码,事项名称,移动端办理地址,联系人\nA1,甲,x,y\n", encoding="utf-8"
    )
    result, _ = run(RunRequest("item-management", (tmp_path / "实施清单.csv",)))
    (table,) = result.inputs
    assert {"移动端办理地址", "联系人"} <= set(table.unread_columns)
    assert "实施编码" not in table.unread_columns

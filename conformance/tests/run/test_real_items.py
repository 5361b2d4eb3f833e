"""The real file of one province's public items, 2021: figures counted independently on the raw rows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guiju.content import own_pack
from guiju.engine.session import Limits
from guiju.result.serial import to_json
from guiju.run.judging import run
from guiju.run.request import RunRequest

FOLDER = Path(os.environ.get("GUIJU_REAL_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
REAL = FOLDER / "items-guangdong-2021.jsonl"
pytestmark = pytest.mark.skipif(
    not REAL.is_file(), reason="真实数据不在项目中：设 GUIJU_REAL_DATA 指向其文件夹"
)
MAPPING = "guangdong-items-2021"


def judged(**more):
    result, _ = run(RunRequest("item-management", (REAL,), mapping=MAPPING, **more))
    return result, {item.name: item for item in result.requirements}


@pytest.fixture(scope="module")
def real():
    return judged()


def test_all_rows_are_read(real):
    result, _ = real
    (table,) = result.inputs
    assert table.rows == 2262
    assert table.parts[0].rows == 2262


def test_promise_within_statutory_limit(real):
    item = real[1]["promise-within-statutory-limit"]
    assert (item.counts.passed, item.counts.failed, item.counts.undecided) == (1513, 0, 749)
    reasons = {entry.reason: entry.count for entry in item.undecided_reasons}
    missing = sum(count for reason, count in reasons.items() if reason.startswith("缺少"))
    assert missing == 740
    assert sum(reasons.values()) - missing == 9
    assert item.outcome == "cantTell"


def test_no_visit_needs_online_or_courier(real):
    counts = real[1]["no-visit-needs-online-or-courier"].counts
    assert counts.passed + counts.failed == 651
    assert counts.failed == 3
    assert counts.undecided == 0


def test_type_segments_agree_through_the_regional_crosswalk(real):
    counts = real[1]["type-segment-agrees"].counts
    assert (counts.passed, counts.failed, counts.undecided) == (2262, 0, 0)


def test_six_credit_codes_are_placeholders(real):
    item = real[1]["credit-code-check-digit"]
    assert item.counts.failed == 6
    assert {finding.key[:18] for finding in item.findings} == {"TE440000GD030003VV", "13440000515356094L"}


def test_one_sub_item_marker_is_wrong(real):
    assert real[1]["sub-item-marker"].counts.failed == 1


def test_codes_are_unique(real):
    counts = real[1]["code-unique"].counts
    assert (counts.passed, counts.failed) == (2262, 0)


def test_counts_add_up_everywhere(real):
    for item in real[0].requirements:
        if item.method not in ("indicator", "declared", "examined") and item.outcome not in (
            "untested",
            "error",
        ):
            counts = item.counts
            assert counts.inapplicable + counts.passed + counts.failed + counts.undecided == 2262, item.id


def test_without_the_crosswalk_the_code_list_is_doubted(tmp_path):
    shipped = own_pack().standards / "regions" / "440000" / "mappings" / "items-2021.yaml"
    text = shipped.read_text(encoding="utf-8")
    bare = "\n".join(line for line in text.splitlines() if "crosswalks" not in line)
    path = tmp_path / "bare.yaml"
    path.write_text(bare + "\n", encoding="utf-8")
    result, _ = run(RunRequest("item-management", (REAL,), mapping=str(path)))
    found = {item.name: item for item in result.requirements}
    for name in ("type-segment-agrees", "item-type-in-scope", "no-visit-needs-online-or-courier"):
        assert found[name].outcome == "cantTell", name
        assert "代码表" in found[name].reason


def test_same_bytes_from_two_runs_and_any_number_of_threads(real):
    first = to_json(real[0])
    assert to_json(judged(limits=Limits(threads=1))[0]) == first
    assert to_json(judged(limits=Limits(threads=2))[0]) == first

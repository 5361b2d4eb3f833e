"""Two public files from abroad: every row read, American dates understood, open tickets kept open."""

import os
from pathlib import Path

import pytest

from guiju.run.judging import run
from guiju.run.request import RunRequest

FOLDER = Path(os.environ.get("GUIJU_REAL_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))


def judged(standard, name, mapping):
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"没有 {name}：可用环境变量 GUIJU_REAL_DATA 指明所在文件夹")
    result, _ = run(RunRequest(standard, (path,), mapping=mapping, as_of="2025-03-01"))
    return result, {item.id: item for item in result.requirements}


def counts(item):
    return (item.counts.inapplicable, item.counts.passed, item.counts.failed, item.counts.undecided)


def test_tickets():
    result, found = judged("hotline-operation", "nyc311-dohmh.csv", "foreign-hotline-tickets")
    assert result.inputs[0].rows == 5895
    assert counts(found["HO-001"]) == (0, 5895, 0, 0)
    assert counts(found["HO-003"]) == (0, 5895, 0, 0)
    assert counts(found["HO-005"]) == (3431, 2462, 2, 0)
    assert [(one.row, one.key) for one in found["HO-005"].findings] == [
        (1501, "22860802"),
        (1943, "26116476"),
    ]
    assert counts(found["HO-008"]) == (3102, 561, 2232, 0)
    told = {(remark.code, remark.column, remark.count) for remark in result.inputs[0].remarks}
    assert told >= {
        ("GJ-D327", "Created Date", 5895),
        ("GJ-D327", "Closed Date", 2464),
        ("GJ-D309", "Closed Date", 2),
    }


def test_queues():
    result, found = judged("center-construction", "office-queues-warsaw.csv", "foreign-office-queues")
    assert result.inputs[0].rows == 46464
    assert counts(found["CC-003"]) == (0, 46464, 0, 0)
    assert counts(found["CC-004"]) == (0, 46464, 0, 0)
    assert counts(found["CC-005"]) == (0, 46464, 0, 0)
    assert counts(found["CC-006"]) == (38343, 7358, 763, 0)
    assert found["CC-001"].outcome == "untested"

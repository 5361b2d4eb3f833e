"""`guiju advance` and `guiju lifecycle`, as a committee's secretary uses them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

TINY = Path(__file__).parent.parent / "lint" / "tiny"
ID = "window-service"


@pytest.fixture
def pack(tmp_path):
    shutil.copytree(TINY, tmp_path / "包")
    return "包"


def test_a_gate_is_asked_shut_and_stepped_over(guiju, pack, tmp_path):
    ask = guiju("advance", ID, "--to", "30", "--ask", "--pack", pack)
    assert ask.returncode == 1  # one example of this pack does not hold
    assert "未满足  示例全部成立" in ask.stdout
    assert not (tmp_path / pack / "standards" / ID / "lifecycle.yaml").exists()
    shut = guiju("advance", ID, "--to", "30", "--by", "秘书处", "--pack", pack)
    assert (shut.returncode, "没有进入" in shut.stdout) == (1, True)
    over = guiju("advance", ID, "--to", "30", "--by", "秘书处", "--override", "会议决定", "--pack", pack)
    assert (over.returncode, "越过了没有满足的条件" in over.stdout) == (0, True)
    shown = guiju("lifecycle", "show", ID, "--pack", pack)
    assert shown.returncode == 0
    assert "现在：30（征求意见），属于“标准研制”" in shown.stdout
    assert "会议决定" in shown.stdout


def test_meetings_and_evidence_are_noted_and_changes_shown(guiju, pack, tmp_path):
    (tmp_path / "纪要.txt").write_text("纪要", encoding="utf-8")
    options = ("--what", "审查会", "--by", "委员会", "--date", "2026-03-01", "--pack", pack)
    noted = guiju(
        "lifecycle", "note", ID, "--kind", "会议", "--vote", "20,18,17,1", "--evidence", "纪要.txt", *options
    )
    assert noted.returncode == 0, noted.stderr
    log = tmp_path / pack / "standards" / ID / "lifecycle.yaml"
    log.write_text(log.read_text(encoding="utf-8").replace("审查会", "审议会"), encoding="utf-8")
    shown = guiju("lifecycle", "show", ID, "--pack", pack)
    assert (shown.returncode, "的内容与摘要不一致" in shown.stdout) == (1, True)
    again = guiju("lifecycle", "note", ID, "--kind", "决定", *options)
    assert (again.returncode, "GJ-I540" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("advance", ID, "--to", "31"), "GJ-I546"),
        (("advance", ID, "--to", "60"), "GJ-I542"),
        (("advance", "没有", "--to", "30"), "GJ-I549"),
        (("advance", ID, "--to", "30", "--override", "试"), "GJ-I547"),
        (("advance", ID, "--to", "30", "--override", "试", "--by", "甲", "--date", "三月"), "GJ-I548"),
        (("lifecycle", "note", ID, "--kind", "别的", "--what", "事", "--by", "甲"), "GJ-I550"),
        (
            ("lifecycle", "note", ID, "--kind", "会议", "--what", "事", "--by", "甲", "--vote", "1,2,3"),
            "GJ-I551",
        ),
        (
            ("lifecycle", "note", ID, "--kind", "会议", "--what", "事", "--by", "甲", "--vote", "9,8,9,1"),
            "GJ-I551",
        ),
        (
            ("lifecycle", "note", ID, "--kind", "证据", "--what", "事", "--by", "甲", "--evidence", "没有"),
            "GJ-I552",
        ),
    ],
)
def test_requests_that_cannot_be_met_are_told(guiju, pack, tmp_path, command, code):
    found = guiju(*command, "--pack", pack)
    assert (found.returncode, code in found.stderr) == (2, True), found.stderr
    assert not (tmp_path / pack / "standards" / ID / "lifecycle.yaml").exists()

"""The log of stages: only added to, and every change in it is noticed and has a place."""

from __future__ import annotations

import json
import random

import pytest

from guiju.errors import InputError, StandardError
from guiju.standard.load import stage_of
from guiju_tools.lifecycle.log import append, broken, path_of, read_log, stage_now

from .conftest import ID

CHANGES = 300


def told(number, stage="20"):
    return {
        "stage": stage,
        "kind": "decision",
        "date": "2026-01-05",
        "what": f"第{number}项决定",
        "by": "委员会",
    }


def test_entries_are_added_and_chained(committee):
    assert stage_now(read_log(committee.pack, ID)) == "20"
    for number in range(1, 4):
        append(committee.pack, ID, told(number))
    append(
        committee.pack,
        ID,
        {**told(4, "30"), "kind": "stage", "meeting": {"members": 9, "present": 8, "yes": 8, "no": 0}},
    )
    entries = read_log(committee.pack, ID)
    assert [entry["number"] for entry in entries] == [1, 2, 3, 4]
    assert not list(broken(entries))
    assert stage_now(entries) == "30" == stage_of(committee.pack, ID)


def test_random_changes_are_noticed(committee):
    for number in range(1, 9):
        append(committee.pack, ID, told(number))
    path = path_of(committee.pack, ID)
    whole = path.read_text(encoding="utf-8")
    start = whole.index("entries:")
    chance = random.Random(5)  # noqa: S311 - repeatable, not secret
    for _ in range(CHANGES):
        at = chance.randrange(start, len(whole))
        way = chance.randrange(3)
        sign = chance.choice('0123456789abcdef改，"')
        changed = whole[:at] + (sign if way != 1 else "") + whole[at + (way != 2) :]
        path.write_text(changed, encoding="utf-8")
        try:
            entries = read_log(committee.pack, ID)
        except StandardError:
            continue  # no longer in the published form, and told as that
        same = json.dumps(entries, sort_keys=True) == ORIGINAL.setdefault(
            whole, json.dumps(_of(path, whole, committee), sort_keys=True)
        )
        path.write_text(changed, encoding="utf-8")
        assert same or list(broken(entries)), changed[max(0, at - 40) : at + 40]
    path.write_text(whole.replace("第3项决定", "第3项改过"), encoding="utf-8")
    assert list(broken(read_log(committee.pack, ID))) == ["第 3 条（2026-01-05 第3项改过）的内容与摘要不一致"]
    with pytest.raises(InputError) as caught:
        append(committee.pack, ID, told(9))
    assert caught.value.code == "GJ-I540"


ORIGINAL: dict[str, str] = {}


def _of(path, text, committee):
    path.write_text(text, encoding="utf-8")
    return read_log(committee.pack, ID)


def test_an_entry_that_is_taken_out_is_noticed(committee):
    for number in range(1, 4):
        append(committee.pack, ID, told(number))
    entries = read_log(committee.pack, ID)
    assert list(broken([entries[0], entries[2]])) == ["第 2 条的序号是 3", "第 2 条与上一条接不上"]

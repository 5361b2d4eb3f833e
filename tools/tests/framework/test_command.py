"""`guiju framework`, as people run it; and our own framework."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date

import pytest

from guiju.content import own_pack
from guiju_tools.framework.load import read_framework
from guiju_tools.framework.telling import node_tables, plan_table

DRAFTS = {
    "item-management",
    "center-construction",
    "service-implementation",
    "hotline-operation",
    "service-evaluation",
}


def guiju(*arguments, encoding="utf-8"):
    return subprocess.run(
        [sys.executable, "-m", "guiju_tools", "framework", *arguments],
        env={**os.environ, "PYTHONIOENCODING": encoding, "COLUMNS": "120"},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_the_tables_lose_no_character(encoding):
    done = guiju("--as-of", "2029-01-01", encoding=encoding)
    text = done.stdout.decode(encoding)
    assert done.returncode == 0, done.stderr
    assert "?" not in text
    assert "制修订计划5项，逾期5项。" in text
    assert "不是国家公布的标准体系表" in text
    assert "GB/T 39554.1-2020" in text


def test_without_a_day_nothing_is_overdue():
    text = guiju().stdout.decode()
    assert "未给基准日，不判断" in text
    assert "逾期" not in text


def test_json_holds_what_is_computed(pack):
    done = guiju("--pack", str(pack.root), "--as-of", "2027-04-02", "--json")
    data = json.loads(done.stdout)
    assert [(plan["due_on"], plan["standing"], plan["days_late"]) for plan in data["register"]] == [
        ("2026-02-28", "overdue", 398),
        ("2027-04-01", "overdue", 1),
    ]
    [group] = data["groups"]
    assert [node["id"] for node in group["nodes"]] == ["draft", "old", "new", "next"]
    assert group["nodes"][2]["relations"] == [{"to": "old", "kind": "replaces", "note": ""}]


def test_a_day_that_is_none_is_refused():
    done = guiju("--as-of", "2026-13-01")
    assert done.returncode == 2
    assert "GJ-I370" in done.stderr.decode()
    assert "2026-12-31" in done.stderr.decode()


def test_a_revision_names_what_it_replaces(pack):
    [_, row] = plan_table(read_framework(pack), date(2026, 7, 1)).rows
    assert row[2] == "修订，代替GB/T 99991-2020 新标准"
    assert row[4] == "12个月，延期3个月"


def test_our_own_framework_has_the_five_drafts_and_every_group_has_nodes():
    framework = read_framework(own_pack())
    assert {node.standard for node in framework.nodes if node.standard} == DRAFTS
    assert {plan.node for plan in framework.register} == DRAFTS
    assert all(table.rows for table in node_tables(framework))
    assert sum(group.named for group in framework.groups) == 6


def test_nothing_of_ours_can_be_taken_for_a_national_standard():
    framework = read_framework(own_pack())
    for node in framework.nodes:
        if node.standard:
            assert not node.number
            assert "不是国家标准计划项目" in node.note
        if node.mark == "recalled":
            assert not node.issued + node.effective + node.owner

"""The log: only added to, each entry once, in a chain that shows every change."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from guiju.errors import InputError
from guiju_tools.registry.chain import broken
from guiju_tools.registry.store import New, open_store

from .conftest import bundle

ROUNDS = 25


def test_entries_are_chained_and_told_once(store):
    first = store.add([New("pilot", "SD-01", {"no": "SD-01"}), bundle(1)], "甲")
    assert first == [1, 2]
    assert store.add([bundle(1), bundle(2)], "乙") == [None, 3]
    entries = list(store.entries())
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert entries[1].previous == entries[0].digest
    assert not list(broken(entries))
    assert [entry.who for entry in store.entries("bundle")] == ["甲", "乙"]


def test_the_last_bundle_of_a_period_counts(store):
    store.add(
        [bundle(1), bundle(2, outcome="failed"), bundle(3, region="990100"), bundle(4, period="2024-04")],
        "甲",
    )
    march = list(store.bundles(standard="item-management", period="2024-03"))
    assert [entry.subject[-1] for entry in march] == ["2", "3"]
    assert [entry.subject[-1] for entry in store.bundles(region="990000")] == ["2", "4"]


def test_the_database_refuses_to_alter_and_to_remove(store, tmp_path):
    store.add([bundle(1)], "甲")
    with closing(sqlite3.connect(tmp_path / "登记库.db")) as raw:
        for statement in (
            "UPDATE guiju_log SET who = '乙'",
            "DELETE FROM guiju_log",
            "UPDATE guiju_bundles SET region = '1'",
            "DELETE FROM guiju_bundles",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                raw.execute(statement)


CHANGES = 250


def test_random_changes_behind_the_triggers_are_noticed(tmp_path):
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret
    path = tmp_path / "登记库.db"
    with open_store(str(path), make=True) as store:
        store.add([bundle(number) for number in range(1, 30)], "甲")
        entries = list(store.entries())
    columns = ("stamp", "who", "kind", "subject", "body", "previous", "digest")
    raw = sqlite3.connect(path)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    for _ in range(CHANGES):
        number, column = chance.randrange(1, 30), chance.choice(columns)
        (old,) = raw.execute(f"SELECT {column} FROM guiju_log WHERE number = ?", [number]).fetchone()
        at = chance.randrange(len(old))
        new = old[:at] + chance.choice("0123456789abcdefx") + old[at + 1 :]
        if column == "body":
            new = old.replace("示例单位", f"示例单位{at}")
        if new == old:
            continue
        try:
            raw.execute(f"UPDATE guiju_log SET {column} = ? WHERE number = ?", [new, number])
        except sqlite3.IntegrityError:  # it would make two entries of one
            continue
        raw.commit()
        with open_store(str(path)) as store:
            faults = list(store.faults())
        assert faults, (number, column)
        assert any(f"第 {number} 条" in fault or f"第 {number + 1} 条" in fault for fault in faults)
        raw.execute(f"UPDATE guiju_log SET {column} = ? WHERE number = ?", [old, number])
        raw.commit()
    raw.execute("DELETE FROM guiju_log WHERE number = 7")
    raw.commit()
    raw.close()
    with open_store(str(path)) as store:
        assert "第 7 条缺失（下一条是第 8 条）" in list(broken(store.entries()))
    assert len(entries) == 29


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_writers_killed_at_random_lose_nothing(tmp_path):
    told = tmp_path / "已登记"
    told.mkdir()
    script = Path(__file__).with_name("killed_writers.py")
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "登记库.db"), str(told), str(ROUNDS), "3"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    figures = json.loads(run.stdout)
    assert figures["killed"] == 200
    assert figures["acknowledged"] > 0


def test_a_registry_that_is_not_there_or_no_database(tmp_path):
    with pytest.raises(InputError) as caught, open_store(str(tmp_path / "没有.db")):
        pass
    assert caught.value.code == "GJ-I521"
    (tmp_path / "坏.db").write_bytes(b"no database at all, but long enough to be looked at" * 20)
    with pytest.raises(InputError) as caught, open_store(str(tmp_path / "坏.db")):
        pass
    assert caught.value.code == "GJ-I520"
    with pytest.raises(InputError) as caught, open_store("postgresql://127.0.0.1:1/x?connect_timeout=2"):
        pass
    assert caught.value.code == "GJ-I520"


def test_an_index_that_says_something_else_is_noticed(tmp_path):
    path = tmp_path / "登记库.db"
    with open_store(str(path), make=True) as store:
        store.add([bundle(1), bundle(2)], "甲")
        assert not list(store.faults())
    raw = sqlite3.connect(path)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("UPDATE guiju_bundles SET region = '110000' WHERE number = 1")
    raw.execute("UPDATE guiju_bundles SET number = 9 WHERE number = 2")
    raw.commit()
    raw.close()
    with open_store(str(path)) as store:
        assert list(store.faults()) == [
            "第 1 条（结果包）在索引中的内容与登记的不一致",
            "第 2 条（结果包）在索引中的内容与登记的不一致",
            "索引中的第 9 条没有登记",
        ]

"""The same log in PostgreSQL, shared by offices: added to by several writers at once, never altered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from guiju_tools.registry.store import New, open_store

from .conftest import bundle

WRITERS, EACH = 8, 12


def test_several_writers_share_one_chain(postgresql):
    address = "postgresql://{user}:{password}@{host}:{port}/postgres".format(**postgresql)

    def write(writer):
        with open_store(address, make=True) as store:
            for number in range(EACH):
                store.add([New("training", f"{writer}-{number}", {"text": "培训"})], f"第{writer}人")

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    with open_store(address) as store:
        assert store.add([bundle(1), bundle(1, outcome="failed"), bundle(2, region="990100")], "甲") == [
            WRITERS * EACH + 1,
            None,
            WRITERS * EACH + 2,
        ]
        assert not list(store.faults())
        assert len(list(store.entries("training"))) == WRITERS * EACH
        assert [entry.body["region"] for entry in store.bundles(period="2024-03")] == ["990000", "990100"]
    with psycopg.connect(dbname="postgres", **postgresql) as raw:
        for statement in (
            "UPDATE guiju_log SET who = '乙'",
            "DELETE FROM guiju_bundles",
            "TRUNCATE guiju_log",
        ):
            with pytest.raises(psycopg.errors.RaiseException, match="only added"), raw.transaction():
                raw.execute(statement)

"""Oracle, with a stand-in for the driver: no server can be had, so it replays types and faults."""

import sys
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace

import pytest

from guiju.export import open_sources

CATALOGUE = [
    ("ITEM", "实施清单", "ID", None, "NUMBER", 1),
    ("ITEM", "实施清单", "SXMC", "事项名称：全称", "VARCHAR2", None),
    ("ITEM", "实施清单", "PADDED", None, "CHAR", None),
    ("ITEM", "实施清单", "DAY", None, "DATE", None),
    ("ITEM", "实施清单", "ZONED", None, "TIMESTAMP(6) WITH TIME ZONE", None),
    ("ITEM", "实施清单", "BODY", None, "CLOB", None),
    ("ITEM", "实施清单", "PHOTO", None, "BLOB", None),
    ("ITEM", "实施清单", '列"名', None, "BINARY_DOUBLE", None),
    ("NOTES", None, "A", None, "VARCHAR2", None),
    ("NOTES", None, "B", None, "CLOB", None),
    ("PICTURES", None, "P", None, "BLOB", None),
]
ITEM = "SELECT TO_CHAR(t.\"ID\", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,'''), t.\"SXMC\", RTRIM(t.\"PADDED\"), "
ITEM += "TO_CHAR(t.\"DAY\", 'YYYY-MM-DD HH24:MI:SS'), "
ITEM += "TO_CHAR(t.\"ZONED\" AT TIME ZONE '+08:00', 'YYYY-MM-DD HH24:MI:SS.FF6'), t.\"BODY\", "
ITEM += (
    'TO_CHAR(t."列""名", \'TM9\', \'NLS_NUMERIC_CHARACTERS=\'\'.,\'\'\') FROM "GOV"."ITEM" t ORDER BY t."ID"'
)
NOTES = 'SELECT t."A", t."B" FROM "GOV"."NOTES" t ORDER BY t."A"'
ROWS = {
    ITEM: [
        ("1", "甲", "ab", "2024-03-01 00:00:00", "2024-03-01 08:05:00.500000", "长\n文", ".5"),
        ("2", None, None, None, None, None, "-.25"),
        ("12345678901234567890", "丙", None, None, None, None, "1E+16"),
    ],
    NOTES: [("x", b"\0")],
}


class FaultError(Exception):
    """What the driver raises."""


class Cursor:
    """Answers what is in ROWS, the catalogue, and nothing else."""

    def __init__(self, server):
        self.server, self.rows = server, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def execute(self, statement, **named):
        self.server.statements.append(statement)
        if "ALL_TAB_COLUMNS" in statement:
            self.rows = [("GOV",)] if "DISTINCT" in statement else CATALOGUE * (named["owner"] == "GOV")
        elif statement.startswith(("ALTER SESSION", "SET TRANSACTION READ ONLY")):
            self.rows = []
        elif statement in ROWS:
            self.rows = list(ROWS[statement])
        else:
            message = f"ORA-00942: {statement}"
            raise FaultError(message)

    def fetchall(self):
        return self.fetchmany(len(self.rows))

    def fetchmany(self, count):
        given, self.rows = self.rows[:count], self.rows[count:]
        return given


@pytest.fixture
def server(monkeypatch):
    """The stand-in for the driver; what was done with it is noted."""
    noted = SimpleNamespace(statements=[], told={}, closed=0, timeout=None)

    def close():
        noted.closed += 1

    def connect(**told):
        noted.told = told
        if told["password"] != "right":  # noqa: S105 -- of a stand-in
            message = f"ORA-01017: invalid credential {told['password']}"
            raise FaultError(message)
        noted.connection = SimpleNamespace(cursor=lambda: Cursor(noted), close=close, call_timeout=None)
        return noted.connection

    module = SimpleNamespace(Error=FaultError, connect=connect, defaults=SimpleNamespace(fetch_lobs=True))
    monkeypatch.setitem(sys.modules, "oracledb", module)
    noted.module = module
    return noted


ADDRESS = "oracle://gov:right@db.invalid/orcl"


def test_tables_are_offered(server):
    item, notes = open_sources([ADDRESS])
    assert (item.file, item.part, item.path.stem, notes.part) == ("orcl.GOV", "ITEM", "实施清单", "NOTES")
    assert item.comments == {"SXMC": "事项名称"}
    assert [remark.text for remark in item.remarks if remark.code == "GJ-D135"] == [
        "有1列没有读（二进制内容，或没有权限）：PHOTO"
    ]
    assert server.told == {
        "user": "gov",
        "password": "right",
        "host": "db.invalid",
        "port": 1521,
        "tcp_connect_timeout": 10,
        "service_name": "orcl",
    }
    assert server.statements[3] == "SET TRANSACTION READ ONLY"
    assert server.connection.call_timeout == 1_800_000
    assert server.module.defaults.fetch_lobs is False


def test_values(server, load):
    item, notes = open_sources([ADDRESS])
    moment = ("2024-03-01 00:00:00", "2024-03-01 08:05:00.500000")
    assert load(item) == [
        (1, "1", "甲", "ab", *moment, "长\n文", "0.5"),
        (2, "2", None, None, None, None, None, "-0.25"),
        (3, "12345678901234567890", "丙", None, None, None, None, "1E+16"),
    ]
    assert any("浮点数超过15位" in remark.text for remark in item.remarks)
    assert load(notes) == [(1, "x", None)]


def test_released(server):
    item, _ = open_sources([ADDRESS])
    item.release()
    assert server.closed == 1


def test_by_sid_and_other_schemas(server, fails):
    fails("oracle://gov:right@db.invalid?sid=ORCL&schema=NOWHERE", "GJ-I158")
    assert server.told["sid"] == "ORCL"
    assert "有表的模式：GOV" in fails(f"{ADDRESS}?schema=NOWHERE", "GJ-I158").cause
    assert "可读的：ITEM、NOTES" in fails(f"{ADDRESS}?table=PICTURES", "GJ-I158").cause


def test_no_connection(server, fails):
    assert (
        fails("oracle://gov:guessed@db.invalid/orcl", "GJ-I157").cause == "ORA-01017: invalid credential ***"
    )
    assert "没有给出口令" in fails("oracle://gov@db.invalid/orcl", "GJ-I157").cause


def test_reading_fails(server, fails, load, monkeypatch):
    monkeypatch.delitem(ROWS, NOTES)
    error = fails(f"{ADDRESS}?table=notes", "GJ-I159", lambda sources: load(sources[0]))
    assert error.cause.startswith("NOTES：ORA-00942")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1E+3"), "1000"),
        (Decimal("1.10"), "1.10"),
        (True, "true"),
        (datetime(2024, 3, 1, 0, 5, tzinfo=timezone.utc), "2024-03-01 08:05:00"),  # noqa: UP017 -- as drivers do
        (datetime(2024, 3, 1, 0, 5), "2024-03-01 00:05:00"),  # noqa: DTZ001 -- as drivers do
        (datetime(2024, 3, 1).date(), "2024-03-01"),  # noqa: DTZ001 -- as drivers do
        (["甲", Decimal("1.5")], '["甲", "1.5"]'),
        (timedelta(hours=1), "1:00:00"),
        (b"\0", None),
    ],
)
def test_what_drivers_give(value, text):
    from guiju.export.database.values import text_of  # noqa: PLC0415 -- the one test of it

    assert text_of(value) == text

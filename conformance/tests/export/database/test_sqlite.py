"""SQLite files: what they hold as texts, what stands beside them, and hostile ones."""

import contextlib
import hashlib
import random
import sqlite3
import tempfile
import time
import zipfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.errors import InputError
from guiju.export import open_sources, private
from guiju.export.database import sqlite
from guiju.export.database.server import Sink

TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["a\rb", "\r\n", '"', "a\0b", "\\."]
)
TABLE = """
    CREATE TABLE "实施清单" (id INTEGER PRIMARY KEY, 名称 TEXT, code, n, "a ""b" REAL);
    INSERT INTO "实施清单" VALUES
        (3, '丙', '007', 1.10, NULL),
        (1, '甲', '11440000000000000000000000000001', 20.0, 1e16),
        (2, '', 123456789012345678, x'00ff', 0.1);
    CREATE INDEX covering ON "实施清单" (名称, code, n);
    CREATE VIEW "视图" AS SELECT 名称, count(*) AS 次数 FROM "实施清单" WHERE 名称 <> '' GROUP BY 1;
"""


@pytest.fixture
def database(tmp_path):
    """Write a SQLite file from a script; gives its path."""

    def writing(script, name="数据.db"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        with contextlib.closing(sqlite3.connect(path)) as con:
            con.executescript(script)
        return path

    return writing


def test_tables_and_views(database, load, said):
    path = database(TABLE)
    before = path.read_bytes()
    table, view = open_sources([path])
    assert (table.file, table.part, table.path.stem) == ("数据.db", "实施清单", "实施清单")
    assert table.columns == ("id", "名称", "code", "n", 'a "b')
    assert load(table) == [
        (1, "1", "甲", "11440000000000000000000000000001", "20", "10000000000000000"),
        (2, "2", None, "123456789012345678", None, "0.1"),
        (3, "3", "丙", "007", "1.1", None),
    ]
    assert said(table) == ("有1个单元格是二进制内容，没有读",)
    assert load(view) == [(1, "丙", "1"), (2, "甲", "1")]
    assert table.digest == hashlib.sha256(before).hexdigest()
    assert path.read_bytes() == before
    assert [item.name for item in path.parent.iterdir()] == ["数据.db"]


def test_what_is_passed_over(database):
    script = TABLE + "CREATE VIEW broken AS SELECT * FROM nowhere; CREATE VIRTUAL TABLE words USING fts5(a);"
    table, view = open_sources([database(script)])
    assert [item.text for item in table.remarks if item.whole] == [
        "有2张表或视图不能读（没有权限，或不是普通的表）：broken、words"
    ]
    assert (table.part, view.part) == ("实施清单", "视图")


@pytest.mark.parametrize("packed", [False, True])
def test_changes_that_wait_beside_the_file(tmp_path, load, packed):
    """A program that still runs has written to its log only."""
    live = tmp_path / "运行中.sqlite3"
    with contextlib.closing(sqlite3.connect(live)) as con:
        con.execute("PRAGMA journal_mode = WAL")
        con.execute("CREATE TABLE t (a, b)")
        con.execute("INSERT INTO t VALUES ('甲', '1')")
        con.commit()
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        con.execute("INSERT INTO t VALUES ('乙', '2')")
        con.commit()
        path = live
        if packed:
            path = tmp_path / "包.zip"
            with zipfile.ZipFile(path, "w") as archive:
                for item in (live, Path(f"{live}-wal")):
                    archive.write(item, item.name)
        (source,) = open_sources([path])
        assert load(source) == [(1, "甲", "1"), (2, "乙", "2")]
        assert source.file == ("包.zip / 运行中.sqlite3" if packed else "运行中.sqlite3")
    assert "运行中.sqlite3-wal" in next(item.text for item in source.remarks if item.code == "GJ-D138")


def test_texts_that_are_not_utf8(tmp_path, load, said):
    path = tmp_path / "a.db"
    with contextlib.closing(sqlite3.connect(path)) as con:
        con.execute("CREATE TABLE t (a)")
        for raw in ("甲".encode(), "乙".encode("gbk"), b"x\xff"):
            con.execute("INSERT INTO t VALUES (CAST(? AS TEXT))", [raw])
        con.commit()
    (source,) = open_sources([path])
    assert load(source) == [(1, "甲"), (2, "乙"), (3, "x\ufffd")]
    assert [text[:3] for text in said(source)] == ["有1个", "有1个"]


def test_a_file_that_changes_meanwhile(database, refused, load):
    path = database(TABLE)

    def changed(sources):
        with contextlib.closing(sqlite3.connect(path)) as con:
            con.execute("DELETE FROM 实施清单")
            con.commit()
            con.execute("VACUUM")
        load(sources[0])

    refused(path, "GJ-I163", changed)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "GJ-I105"),
        (b"not a database at all", "GJ-I162"),
        (b"SQLite format 3\0" + b"\0" * 100, "GJ-I159"),
    ],
)
def test_unusable(write, refused, content, code):
    refused(write("a.sqlite", content), code)


def test_no_tables(database, refused):
    refused(database("PRAGMA user_version = 1; CREATE TABLE t (a); DROP TABLE t"), "GJ-I158")


def test_a_view_without_end(database, refused, load, monkeypatch):
    monkeypatch.setattr(sqlite, "SILENT", 0.2)
    silent = (
        "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT count(*) FROM c"
    )
    started = time.monotonic()
    refused(database(silent), "GJ-I159", lambda sources: load(sources[0]))
    assert time.monotonic() - started < 5


def test_a_view_that_grows_without_end(database, refused, load, monkeypatch):
    monkeypatch.setattr(private, "FREE_AT_FIRST", 1 << 20)
    grows = "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c"
    refused(database(grows), "GJ-I141", lambda sources: load(sources[0]))


@pytest.mark.parametrize("call", ["load_extension('x')", "fts3_tokenizer('x')", "zeroblob(999999999)"])
def test_a_view_that_calls(database, refused, load, call):
    path = database(f"CREATE VIEW v AS SELECT {call} AS a")
    with pytest.raises(InputError) as caught:
        load(open_sources([path])[0])
    assert caught.value.code in ("GJ-I158", "GJ-I159")


def test_flipped_bytes(database, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "临时"))
    monkeypatch.setattr(sqlite, "SILENT", 1)
    (tmp_path / "临时").mkdir()
    path = database(TABLE)
    whole = path.read_bytes()
    chance = random.Random(5)  # noqa: S311 -- the same each time
    read = 0
    for _ in range(200):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(16, len(content))] = chance.randrange(256)
        path.write_bytes(content[: chance.choice([len(content)] * 3 + [chance.randrange(len(content))])])
        with contextlib.suppress(InputError):
            for source in open_sources([path]):
                with (tmp_path / "out").open("wb") as file:
                    source.server.pour(source.table, source.table.columns, Sink(file))
                read += 1
    assert 0 < read < 400
    assert list((tmp_path / "临时").iterdir()) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=20))
def test_any_text_survives(tmp_path, rows):
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        path = Path(folder) / "a.db"
        with contextlib.closing(sqlite3.connect(path)) as con:
            con.execute("CREATE TABLE t (a TEXT, b TEXT)")
            con.executemany("INSERT INTO t VALUES (?, ?)", rows)
            con.commit()
        (source,) = open_sources([path])
        with duckdb.connect() as con:
            con.execute(f"SET temp_directory = '{folder}'")
            con.execute('CREATE TABLE t ("_part" INTEGER, "_row" BIGINT, a VARCHAR, b VARCHAR)')
            source.load_into(con, "t", {"a": "a", "b": "b"}, 1)
            read = con.execute("SELECT _row, coalesce(a, ''), coalesce(b, '') FROM t ORDER BY 1").fetchall()
    assert read == [(number, a, b) for number, (a, b) in enumerate(rows, 1) if a or b]

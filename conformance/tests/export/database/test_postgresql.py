"""PostgreSQL, against a real server."""

import os
from urllib.parse import quote

import psycopg
import pytest

from guiju.export import open_sources

TABLES = """
    CREATE SCHEMA gov;
    CREATE SCHEMA empty;
    CREATE DOMAIN gov.code AS varchar(40);
    CREATE TYPE gov.pair AS (a integer, b text);
    CREATE TABLE gov.item (
        id bigint PRIMARY KEY, sxmc varchar(200) NOT NULL, code gov.code, padded char(6), fee numeric(12, 2),
        share double precision, day date, at timestamp, zoned timestamptz, yes boolean, ways text[],
        numbers integer[], more jsonb, blob bytea, ident uuid, price money, both_ gov.pair,
        "列 ""名" text
    );
    COMMENT ON TABLE gov.item IS '实施清单';
    COMMENT ON COLUMN gov.item.sxmc IS '事项名称：全称，不用简称';
    COMMENT ON COLUMN gov.item.code IS '事项编码';
    INSERT INTO gov.item VALUES
        (2, '乙', NULL, '', 0, 0, NULL, NULL, NULL, false, '{}', NULL, NULL, NULL, NULL, NULL, NULL, ''),
        (10, E'丙"、,\\r换\\r\\n行', '007', 'x', 1.10, 0.1, '2024-02-29', '2024-03-01 08:05:00',
            '2024-03-01 00:05:00+00', true, '{甲,"乙,丙",NULL}', '{1,2}', '{"a": 1.10}', '\\x00ff',
            '00000000-0000-0000-0000-000000000001', 12.5, '(1,x)', '值'),
        (1, '甲', '11440000000000000000000000000001', 'ab', 99999999.99, 1e16, '2024-03-01',
            '2024-03-01 08:05:00.5', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    CREATE VIEW gov.shown AS SELECT sxmc, code FROM gov.item;
    CREATE TABLE gov.closed (a text);
    CREATE TABLE gov.guarded (a text);
    CREATE TABLE gov.nothing (a text, b text);
    CREATE TABLE gov.words (k text PRIMARY KEY, v text);
    INSERT INTO gov.words VALUES ('b', '2'), ('B', '1'), ('甲', '3');
    ALTER TABLE gov.guarded ENABLE ROW LEVEL SECURITY;
    CREATE POLICY mine ON gov.guarded USING (a = 'mine');
    INSERT INTO gov.guarded VALUES ('mine'), ('yours');
    CREATE ROLE reader LOGIN PASSWORD 'not-a-real-one';
    GRANT USAGE ON SCHEMA gov, empty TO reader;
    GRANT SELECT ON gov.item, gov.shown, gov.guarded, gov.nothing, gov.words TO reader;
"""
MOMENTS = ("2024-03-01", "2024-03-01 08:05:00.5", None)
LONG = "11440000000000000000000000000001"
IDENT = "00000000-0000-0000-0000-000000000001"


@pytest.fixture(scope="module")
def server(postgresql):
    with psycopg.connect(dbname="postgres", autocommit=True, **postgresql) as con:
        con.execute("CREATE DATABASE 政务")
        con.execute("CREATE DATABASE bytes ENCODING 'SQL_ASCII' TEMPLATE template0")
    with psycopg.connect(dbname="政务", autocommit=True, **postgresql) as con:
        con.execute(TABLES)
    with psycopg.connect(dbname="bytes", autocommit=True, client_encoding="SQL_ASCII", **postgresql) as con:
        con.execute("CREATE TABLE 事项 (名称 text PRIMARY KEY)".encode("gbk"))
        con.execute("INSERT INTO 事项 VALUES ('乙'), ('镕')".encode("gbk"))
    return postgresql


@pytest.fixture
def address(server):
    """The address of a database of the server, with what is asked of it."""

    def addressing(query="schema=gov", *, user="reader", password=None, database="政务", port=None):
        secret = server["password"] if password is None else password
        told = f":{secret}" if secret else ""
        return f"postgresql://{user}{told}@127.0.0.1:{port or server['port']}/{quote(database)}?{query}"

    return addressing


@pytest.fixture
def table(address):
    def opening(name, **more):
        (source,) = open_sources([address(f"schema=gov&table={name}", **more)])
        return source

    return opening


def test_tables_and_views_are_offered(address):
    sources = open_sources([address()])
    assert [(source.file, source.part) for source in sources] == [
        ("政务.gov", name) for name in ("guarded", "item", "nothing", "shown", "words")
    ]
    told = [item for item in sources[1].remarks if item.code == "GJ-D134"]
    assert [item.text for item in told] == ["有1张表或视图不能读（没有权限，或不是普通的表）：closed"]
    assert told[0].whole == "政务.gov"


def test_values(table, load):
    source = table("item")
    assert source.path.stem == "实施清单"
    assert source.columns[:3] == ("id", "sxmc", "code")
    assert source.columns[-1] == '列 "名'
    assert source.comments == {"sxmc": "事项名称", "code": "事项编码"}
    assert load(source) == [
        (1, "1", "甲", LONG, "ab", "99999999.99", "1e+16", *MOMENTS, *[None] * 8),
        (2, "2", "乙", None, None, "0.00", "0", None, None, None, "false", "[]", *[None] * 6),
        (
            3,
            *("10", '丙"、,\r换\r\n行', "007", "x", "1.10", "0.1", "2024-02-29"),
            *("2024-03-01 08:05:00", "2024-03-01 08:05:00", "true", '["甲","乙,丙",null]', "[1,2]"),
            *('{"a": 1.10}', IDENT, "12.50", '{"a":1,"b":"x"}', "值"),
        ),
    ]
    assert {item.code: item.text for item in source.remarks} == {
        "GJ-D135": "有1列没有读（二进制内容，或没有权限）：blob",
        "GJ-D137": "“share”列有1个浮点数超过15位，编码可能已失真",
        "GJ-D139": "数据库的口令写在了命令行或配置的网址里，别的用户可能看到",
    }


def test_rows_stand_in_the_order_of_the_key_whatever_the_collation(table, load):
    assert load(table("words")) == [(1, "B", "1"), (2, "b", "2"), (3, "甲", "3")]


def test_without_a_key_rows_are_ordered_by_all_that_is_read(table, load, server):
    first = table("shown")
    assert [row[1] for row in load(first)] == sorted(["甲", "乙", '丙"、,\r换\r\n行'])
    with psycopg.connect(dbname="政务", autocommit=True, **server) as con:
        con.execute("UPDATE gov.item SET sxmc = sxmc WHERE id = 1")  # the rows change places
    second = table("shown")
    assert load(second) == load(first)
    assert len(first.digest) == 64
    assert first.digest == second.digest


def test_no_rows(table, load):
    assert load(table("nothing")) == []


def test_one_snapshot_for_all_tables(address, load, server):
    first, second = open_sources([address("schema=gov&table=item&table=words")])
    with psycopg.connect(dbname="政务", autocommit=True, **server) as con:
        con.execute("INSERT INTO gov.words VALUES ('late', '4')")
        try:
            assert len(load(first)) == 3
            assert len(load(second)) == 3
        finally:
            con.execute("DELETE FROM gov.words WHERE k = 'late'")


def test_nothing_is_written(table):
    source = table("item", user="boss")
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        source.server.connection.execute("CREATE TABLE gov.x (a int)")


def test_released(table):
    source = table("item")
    source.release()
    source.release()
    assert source.server.connection.closed


def test_rows_guarded_one_by_one_are_told(table, load):
    source = table("guarded")
    assert load(source) == [(1, "mine")]
    assert "按行限制权限" in source.remarks[0].text


def test_texts_without_a_declared_encoding(address, load, fails):
    plain = {"user": "boss", "database": "bytes"}
    assert "SQL_ASCII" in fails(address("schema=public", **plain), "GJ-I161").cause
    fails(address("encoding=latin1", **plain), "GJ-I161")
    fails(address("encoding=utf-8", **plain), "GJ-I161")
    (source,) = open_sources([address("encoding=gbk", **plain)])
    assert (source.part, source.columns) == ("事项", ("名称",))
    assert [row[1] for row in load(source)] == ["乙", "镕"]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("schema=nowhere", "有表的模式：gov"),
        ("schema=empty", "有表的模式：gov"),
        ("schema=gov&table=closed", "可读的：guarded、item"),
        ("schema=gov&table=items&table=item", "可读的：guarded、item"),
    ],
)
def test_not_there(address, fails, query, seen):
    assert seen in fails(address(query), "GJ-I158").cause


def test_no_connection(address, fails):
    assert "password authentication failed" in fails(address(password="x" * 3), "GJ-I157").cause
    assert fails(address(password=""), "GJ-I157").cause
    fails(address(database="nowhere"), "GJ-I157")
    fails(address(port=1), "GJ-I157")


def test_the_password_of_the_environment(address, monkeypatch, server):
    monkeypatch.setenv("GUIJU_PASSWORD", server["password"])
    (source,) = open_sources([address("schema=gov&table=item", password="")])
    assert [item.code for item in source.remarks] == ["GJ-D135"]


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有这样的权限")
def test_the_password_of_a_file(address, fails, tmp_path, server):
    file = tmp_path / "口令"
    file.write_text(f"elsewhere:*:*:*:wrong\n127.0.0.1:*:*:reader:{server['password']}\n", encoding="utf-8")
    told = address(f"schema=gov&table=item&passfile={quote(str(file))}", password="")
    file.chmod(0o644)
    assert "chmod 600" in fails(told, "GJ-I160").cause
    file.chmod(0o600)
    assert open_sources([told])
    fails(address("passfile=nowhere", password=""), "GJ-I160")


def test_the_password_asked_for(address, monkeypatch, server):
    asked = []

    def answer(about):
        asked.append(about.shown)
        return server["password"]

    monkeypatch.setattr("guiju.export.database.postgresql.ask", answer)
    assert open_sources([address("schema=gov&table=item", password="")])
    assert asked == [address("schema=gov&table=item", password="")]


def test_a_statement_that_takes_too_long(address, fails, load, server):
    with psycopg.connect(dbname="政务", autocommit=True, **server) as con:
        con.execute("CREATE OR REPLACE VIEW gov.slow AS SELECT pg_sleep(5)::text AS a")
        con.execute("GRANT SELECT ON gov.slow TO reader")
    told = address("schema=gov&table=slow&timeout=1")
    assert "timeout=" in fails(told, "GJ-I159", lambda sources: load(sources[0])).hint


def test_a_connection_that_breaks(address, fails, load, server):
    def broken(sources):
        with psycopg.connect(dbname="政务", autocommit=True, **server) as con:
            con.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'")
        load(sources[0])

    fails(address("schema=gov&table=item"), "GJ-I159", broken)

"""MySQL's protocol, against a real server (MariaDB)."""

import pymysql
import pytest

from guiju.export import open_sources

TABLES = """
    CREATE DATABASE gov CHARACTER SET utf8mb4;
    CREATE TABLE gov.item (
        id BIGINT PRIMARY KEY, sxmc VARCHAR(200) COMMENT '事项名称（全称）',
        code VARCHAR(40), padded CHAR(6),
        fee DECIMAL(12,2), share DOUBLE, day DATE, at DATETIME, zoned TIMESTAMP NULL,
        yes TINYINT(1), bits BIT(3),
        ways SET('甲','乙','丙'), more JSON, body BLOB, kind ENUM('一','二'), `列 "名` TEXT
    ) COMMENT '实施清单';
    SET time_zone = '+00:00';
    INSERT INTO gov.item VALUES
        (2, '乙', NULL, '', 0, 0, NULL, NULL, NULL, 0, 0, '', NULL, NULL, NULL, ''),
        (10, '丙",\\\\\n换行', '007', 'x', 1.10, 0.1, '2024-02-29', '2024-03-01 08:05:00',
            '2024-03-01 00:05:00', 1, 5, '甲,丙', '{"a": 1.10}', x'00ff', '二', '值'),
        (1, '𠮷', '11440000000000000000000000000001', 'ab', 99999999.99, 1e16, '2024-03-01', NULL, NULL, NULL,
            NULL, NULL, NULL, NULL, NULL, NULL);
    CREATE VIEW gov.shown AS SELECT sxmc, code FROM gov.item;
    CREATE TABLE gov.nothing (a TEXT, b TEXT);
    CREATE TABLE gov.old (名称 VARCHAR(20)) ENGINE = MyISAM CHARACTER SET gbk;
    INSERT INTO gov.old VALUES ('镕');
    CREATE TABLE gov.western (a VARCHAR(20), n INT) CHARACTER SET latin1;
    CREATE TABLE gov.closed (a TEXT);
    CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'not-a-real-one';
    GRANT SELECT ON gov.item TO reader@'127.0.0.1';
    GRANT SELECT ON gov.shown TO reader@'127.0.0.1';
    GRANT SELECT ON gov.nothing TO reader@'127.0.0.1';
    GRANT SELECT ON gov.old TO reader@'127.0.0.1';
    GRANT SELECT ON gov.western TO reader@'127.0.0.1'
"""


@pytest.fixture(scope="module")
def server(mysql):
    con = pymysql.connect(charset="utf8mb4", autocommit=True, **mysql)
    with con, con.cursor() as cursor:
        for statement in TABLES.split(";\n"):
            cursor.execute(statement)
    return mysql


@pytest.fixture
def address(server):
    def addressing(query="", *, user="reader", password=None, database="gov", port=None, scheme="mysql"):
        secret = server["password"] if password is None else password
        told = f":{secret}" if secret else ""
        return f"{scheme}://{user}{told}@127.0.0.1:{port or server['port']}/{database}?{query}".rstrip("?")

    return addressing


@pytest.fixture
def table(address):
    def opening(name):
        (source,) = open_sources([address(f"table={name}")])
        return source

    return opening


def test_tables_and_views_are_offered(address):
    sources = open_sources([address(scheme="mariadb")])
    assert [(source.file, source.part) for source in sources] == [
        ("gov", name) for name in ("item", "nothing", "old", "shown", "western")
    ]


def test_values(table, load):
    source = table("item")
    assert source.path.stem == "实施清单"
    assert source.comments == {"sxmc": "事项名称（全称）"}
    assert source.columns[-1] == '列 "名'
    assert load(source) == [
        (
            1,
            *("1", "𠮷", "11440000000000000000000000000001", "ab", "99999999.99", "1e16", "2024-03-01"),
            *[None] * 8,
        ),
        (2, "2", "乙", None, None, "0.00", "0", None, None, None, "0", "0", "[]", None, None, None),
        (
            3,
            *("10", '丙",\\\n换行', "007", "x", "1.10", "0.1", "2024-02-29", "2024-03-01 08:05:00"),
            *("2024-03-01 08:05:00", "1", "5", '["甲","丙"]', '{"a": 1.10}', "二", "值"),
        ),
    ]
    assert {item.code: item.text for item in source.remarks} == {
        "GJ-D135": "有1列没有读（二进制内容，或没有权限）：body",
        "GJ-D137": "“share”列有1个浮点数超过15位，编码可能已失真",
        "GJ-D139": "数据库的口令写在了命令行或配置的网址里，别的用户可能看到",
    }


def test_without_a_key_rows_are_ordered_by_all_that_is_read(table, load):
    assert [row[1] for row in load(table("shown"))] == ['丙",\\\n换行', "乙", "𠮷"]


def test_another_encoding_and_an_engine_without_snapshots(table, load):
    source = table("old")
    assert (source.columns, load(source)) == (("名称",), [(1, "镕")])
    assert any("MyISAM" in item.text for item in source.remarks)
    assert any("latin1：a" in item.text for item in table("western").remarks)


def test_no_rows(table, load):
    assert load(table("nothing")) == []


def test_one_snapshot_for_all_tables(address, load, server):
    item, shown = open_sources([address("table=item&table=shown")])
    con = pymysql.connect(autocommit=True, **server)
    with con, con.cursor() as cursor:
        cursor.execute("INSERT INTO gov.item (id) VALUES (99)")
        try:
            assert len(load(item)) == len(load(shown)) == 3
        finally:
            cursor.execute("DELETE FROM gov.item WHERE id = 99")


def test_nothing_is_written(address):
    (source,) = open_sources([address("table=item", user="boss")])
    with source.server.connection.cursor() as cursor, pytest.raises(pymysql.MySQLError, match="READ ONLY"):
        cursor.execute("DELETE FROM gov.item")


def test_released(table):
    source = table("item")
    source.release()
    source.release()
    assert not source.server.connection.open


def test_not_there(address, fails):
    assert "可读的：item" in fails(address("table=closed"), "GJ-I158").cause
    fails(address("schema=other"), "GJ-I158")
    fails(address(user="boss", database="mysql", query="table=nowhere"), "GJ-I158")


def test_no_connection(address, fails):
    assert "1045" in fails(address(password="x" * 3), "GJ-I157").cause
    fails(address(password=""), "GJ-I157")
    fails(address(database="nowhere"), "GJ-I157")
    fails(address(port=1), "GJ-I157")
    fails(address("sslmode=require"), "GJ-I157")


def test_the_password_asked_for(address, monkeypatch, server):
    monkeypatch.setattr("guiju.export.database.mysql.ask", lambda _address: server["password"])
    assert open_sources([address("table=item", password="")])


def test_a_statement_that_takes_too_long(address, fails, load, server):
    con = pymysql.connect(autocommit=True, **server)
    with con, con.cursor() as cursor:
        cursor.execute("CREATE OR REPLACE VIEW gov.slow AS SELECT SLEEP(5) AS a, 'x' AS b")
        cursor.execute("GRANT SELECT ON gov.slow TO reader@'127.0.0.1'")
    fails(address("table=slow&timeout=1"), "GJ-I159", lambda sources: load(sources[0]))

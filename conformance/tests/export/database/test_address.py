"""Addresses of databases, and drivers that are not there."""

import sys
import tomllib
from pathlib import Path

import pytest

from guiju.export.database.address import is_address, masked, read_address
from guiju.export.database.drivers import DRIVERS


def test_all_that_an_address_says():
    found = read_address(
        "postgres://%E7%94%A8%E6%88%B7:p%40ss@db.invalid/%E6%94%BF%E5%8A%A1?schema=gov&table=a&table=b&timeout=60&sslmode=require"
    )
    assert (found.kind, found.host, found.port, found.user) == ("postgresql", "db.invalid", 5432, "用户")
    assert (found.password, found.database, found.schema, found.tables) == ("p@ss", "政务", "gov", ("a", "b"))
    assert (found.timeout, found.options) == (60, {"sslmode": "require"})


@pytest.mark.parametrize(
    ("text", "kind", "port"),
    [
        ("mysql://u@h/d", "mysql", 3306),
        ("MariaDB://u@h:3307/d", "mysql", 3307),
        ("oracle://u@h/orcl", "oracle", 1521),
        ("oracle://u@h?sid=ORCL", "oracle", 1521),
        ("postgresql:///d?host=%2Frun%2Fpg", "postgresql", 5432),
    ],
)
def test_kinds(text, kind, port):
    found = read_address(text)
    assert (found.kind, found.port) == (kind, port)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://u:secret@h/d", "postgresql://u:***@h/d"),
        ("mysql://u:se:cr@et@h/d?table=a", "mysql://u:***@h/d?table=a"),
        ("mysql://:secret@h/d", "mysql://:***@h/d"),
        ("mysql://u@h:3306/d", "mysql://u@h:3306/d"),
        ("实施清单.csv", "实施清单.csv"),
        ("C:\\a:b@c", "C:\\a:b@c"),
    ],
)
def test_no_password_is_shown(text, shown):
    assert masked(text) == shown
    assert "secret" not in masked(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("postgresql://u@h/d", True),
        ("dm://u@h/d", True),
        ("a.csv", False),
        ("C:/a.csv", False),
        ("C:\\a.csv", False),
        ("/a//b", False),
    ],
)
def test_an_address_or_a_path(text, told):
    assert is_address(text) is told


@pytest.mark.parametrize(
    "text",
    [
        "dm://u:secret@h/d",
        "http://u:secret@h/d",
        "postgresql://u:secret@h",
        "postgresql://u:secret@h:port/d",
        "postgresql://u:secret@h:99999/d",
        "postgresql://u:secret@[h/d",
        "postgresql://u:secret@h/d?colour=red",
        "postgresql://u:secret@h/d?schema=a&schema=b",
        "postgresql://u:secret@h/d?table=",
        "postgresql://u:secret@h/d?timeout=0",
        "postgresql://u:secret@h/d?timeout=x",
        "postgresql://u:secret@h/d?schema",
    ],
)
def test_what_is_no_address(text, fails):
    assert "secret" not in str(fails(text, "GJ-I155"))


@pytest.mark.parametrize(
    ("scheme", "module"), [("postgresql", "psycopg"), ("mysql", "pymysql"), ("oracle", "oracledb")]
)
def test_a_driver_that_is_not_installed(monkeypatch, fails, scheme, module):
    monkeypatch.setitem(sys.modules, module, None)
    error = fails(f"{scheme}://u@h/d", "GJ-I156")
    assert f"--no-index --find-links 文件夹 'guiju[{scheme}]'" in error.hint


def test_every_driver_is_an_extra_of_the_package():
    root = next(
        folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file()
    )
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert {kind: extras[kind][0].partition(">")[0] for kind in DRIVERS} == DRIVERS

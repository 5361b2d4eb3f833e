"""The same request gives the same bytes; another seed gives others; every format holds the same values."""

from __future__ import annotations

import json

import duckdb
import pytest
from openpyxl import load_workbook

from guiju.engine.session import Limits
from guiju_tools.sample.chance import MASK, draw, row_steps


def content(made):
    return {path.name: path.read_bytes() for path in made.files}


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "parquet"])
def test_runs_and_threads_change_nothing(make, kind):
    first = content(make(format=kind, rows=60))
    assert content(make(format=kind, rows=60, limits=Limits(1))) == first
    assert content(make(format=kind, rows=60, limits=Limits(2))) == first


def test_large_enough_for_both_threads(make):
    assert content(make(rows=125_000, limits=Limits(1))) == content(make(rows=125_000, limits=Limits(2)))


def test_faults_are_the_same_too(make):
    first = make(rows=60, faults="0.2", limits=Limits(1))
    again = make(rows=60, faults="0.2", limits=Limits(2))
    assert content(again) == content(first)
    assert again.planted.read_bytes() == first.planted.read_bytes()


def test_another_seed_gives_other_data(make):
    assert content(make(rows=60, seed=2)) != content(make(rows=60, seed=1))


def test_a_longer_sample_begins_like_a_shorter_one_where_no_parent_changes(make, read):
    longer, shorter = read(make(rows=60))["基本目录"], read(make(rows=40))["基本目录"]
    assert longer[: len(shorter)] == shorter


def test_every_format_holds_the_same_values(make, read):
    wanted = read(make(rows=60))
    for kind, reader in {"jsonl": from_jsonl, "xlsx": from_workbook, "parquet": from_parquet}.items():
        assert {path.stem: reader(path) for path in make(format=kind, rows=60).files} == wanted, kind


def from_jsonl(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def from_workbook(path):
    titles, *rows = load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def from_parquet(path):
    with duckdb.connect() as con:
        found = con.execute("SELECT * FROM read_parquet(?)", [str(path)])
        titles = [column[0] for column in found.description]
        return [dict(zip(titles, row, strict=True)) for row in found.fetchall()]


def test_chance_is_plain_arithmetic_that_any_database_does_alike():
    """The same numbers from Python: nothing depends on a hash of DuckDB's own."""
    first, second, third = row_steps("row", "7/a")
    base = f"SELECT row, {first} AS x FROM range(1, 5000) AS r(row)"
    base = f"SELECT row, {second.format('x')} AS y FROM ({base})"
    base = f"SELECT row, {third.format('y')} AS z FROM ({base})"
    with duckdb.connect() as con:
        found = con.execute(f"SELECT row, z, {draw('z', '7/a/b')} FROM ({base})").fetchall()
    assert found == [(row, mixed(row), drawn(mixed(row))) for row in range(1, 5000)]


def mixed(row):
    value = eval(row_steps(str(row), "7/a")[0])  # noqa: S307 - our own arithmetic
    for _ in range(2):
        value = ((value ^ (value >> 16)) * 73244475) & MASK
    return value


def drawn(base):
    return eval(draw(str(base), "7/a/b"))  # noqa: S307 - our own arithmetic

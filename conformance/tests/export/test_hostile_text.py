"""Text that is no table, or means harm: refused at once and clearly, or read flat."""

import time
import tracemalloc

import pytest

from guiju.export import open_sources

MEGABYTE = 1 << 20
SECONDS = 5
"""Generous: each takes a fraction of one."""


@pytest.fixture(autouse=True)
def quick():
    """Nothing here may take long."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl"])
@pytest.mark.parametrize("sign", [b"x", b" ", b'"', b"\xe4\xba\x8b"])
def test_a_line_without_end(write, refused, name, sign):
    content = b'{"a":"' + sign * (20 * MEGABYTE // len(sign)) + b"\n"
    error = refused(write(name, content), "GJ-I132")
    assert error.place.line == 1


def test_a_line_without_end_far_down_in_a_large_file(write, refused):
    content = b"a,b\n" + b"1,2\n" * (4 * MEGABYTE) + b"x" * (20 * MEGABYTE)
    assert refused(write("a.csv", content), "GJ-I132").place.line == 4 * MEGABYTE + 2


def test_a_line_without_end_is_not_held_in_memory(write, refused):
    path = write("a.csv", b"x" * (64 * MEGABYTE))
    tracemalloc.start()
    refused(path, "GJ-I132")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * MEGABYTE


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_million_columns(write, refused, sign):
    error = refused(write("a.csv", sign.join(map(str, range(1_000_000))) + "\n"), "GJ-I135")
    assert "1000000列" in error.message


def test_thousands_of_columns_are_read(write, load):
    names = [f"列{index}" for index in range(1_000)]
    (source,) = open_sources([write("a.csv", ",".join(names) + "\n" + ",".join("7" * 1_000) + "\n")])
    assert load(source) == [(2, *["7"] * 1_000)]


def test_a_cell_that_swallows_the_file(write, refused, load):
    path = write("a.csv", b'a,b\n1,"' + b"text without an end\n" * MEGABYTE)
    error = refused(path, "GJ-I136", lambda sources: load(sources[0]))
    assert error.place.line == 2
    assert "引号" in error.cause


def test_quotes_that_open_on_every_line(write, refused, load):
    path = write("a.csv", b"a,b\n" + b'"x,1\n' * 200_000)
    assert refused(path, "GJ-I108", lambda sources: load(sources[0])).place.line == 2


def test_nothing_but_quotes(write, load):
    (source,) = open_sources([write("a.csv", "a,b\n1," + '"' * (2 * MEGABYTE) + "\n")])
    assert load(source) == [(2, "1", '"' * (MEGABYTE - 1))]


@pytest.mark.parametrize(
    "heading", ["x'); DROP TABLE raw; --", "<script>alert(1)</script>", "'; ATTACH 'a", "{{x}}"]
)
def test_headings_that_try_to_be_something(write, load, heading):
    quoted = '"' + heading.replace('"', '""') + '"'
    (source,) = open_sources([write("a.csv", f"名称,{quoted}\n甲,{quoted}\n")])
    assert source.columns == ("名称", heading)
    assert load(source) == [(2, "甲", heading)]


def test_blanks_without_end(write, refused, load):
    refused(write("a.csv", b" " * MEGABYTE), "GJ-I107")
    (source,) = open_sources([write("b.csv", b"\n" * (MEGABYTE >> 2) + b"a,b\n1,2\n")])
    assert load(source) == [((MEGABYTE >> 2) + 2, "1", "2")]


@pytest.mark.parametrize("content", ["[" * MEGABYTE, '{"a":' * MEGABYTE, '[{"a":' + "[" * MEGABYTE])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_without_bottom(write, refused, name, content):
    assert refused(write(name, content), "GJ-I109").cause


def test_json_with_very_many_keys(write, load):
    keys = ",".join(f'"k{index}":{index}' for index in range(1_000))
    (source,) = open_sources([write("a.jsonl", "{" + keys + "}\n")])
    assert load(source) == [(1, *map(str, range(1_000)))]

"""Single compressed files."""

import gzip
import hashlib
import random
import sys

import pytest

from guiju.errors import InputError
from guiju.export import open_sources, private

CSV = "名称,编码\n甲,007\n"


def test_gzip(write, load):
    path = write("清单.csv.gz", gzip.compress(CSV.encode("gb18030")))
    (source,) = open_sources([path])
    assert (source.file, source.path.stem) == ("清单.csv.gz", "清单")
    assert load(source) == [(2, "甲", "007")]
    assert source.archive_digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.digest == hashlib.sha256(CSV.encode("gb18030")).hexdigest()


def test_json_lines(write, load):
    (source,) = open_sources([write("a.JSONL.GZ", gzip.compress(b'{"x":"1.10"}\n'))])
    assert load(source) == [(1, "1.10")]


def test_zstandard(write, load):
    zstandard = pytest.importorskip("zstandard", reason="没有安装 zstandard")
    (source,) = open_sources([write("a.csv.zst", zstandard.compress(CSV.encode()))])
    assert load(source) == [(2, "甲", "007")]


def test_zstandard_not_installed(write, refused, monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", None)
    assert "--no-index" in refused(write("a.csv.zst", b"x"), "GJ-I152").hint


@pytest.mark.parametrize("name", ["a.csv.gz", "a.csv.zst"])
def test_damaged(write, refused, name):
    if name.endswith("zst"):
        pytest.importorskip("zstandard", reason="没有安装 zstandard")
    refused(write(name, b"no such thing"), "GJ-I151")


def test_a_bomb(write, refused, monkeypatch):
    monkeypatch.setattr(private, "FREE_AT_FIRST", 1 << 20)
    refused(write("a.csv.gz", gzip.compress(b"a,b\n" * (1 << 20))), "GJ-I141")


def test_faults_are_placed_at_the_file(write, refused):
    assert str(refused(write("a.csv.gz", gzip.compress(b" ")), "GJ-I105").place) == "a.csv.gz"
    assert refused(write("a.docx.gz", b"x"), "GJ-I103")


def test_flipped_bytes(write):
    whole = gzip.compress((CSV * 50).encode())
    chance = random.Random(7)  # noqa: S311 -- the same each time
    for _ in range(200):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        try:
            assert open_sources([write("a.csv.gz", bytes(content[: chance.randrange(len(content))]))])
        except InputError as error:
            assert error.hint  # noqa: PT017 -- either is right

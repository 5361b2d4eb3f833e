"""Which files are opened, in which order, and which are refused."""

import hashlib
import os

import pytest

from guiju.export import digest, open_sources

CSV = "名称,编码\n甲,1\n"


def test_folders(write, tmp_path):
    write("导出/乙.csv", CSV)
    write("导出/下级/甲.jsonl", '{"a":1}\n')
    write("导出/~$乙.xlsx", "锁")
    write("导出/.hidden.csv", CSV)
    write("导出/读我.txt", "说明")
    assert [source.file for source in open_sources([tmp_path / "导出"])] == ["甲.jsonl", "乙.csv"]


def test_a_file_given_twice(write, tmp_path):
    path = write("a.csv", CSV)
    assert len(open_sources([path, tmp_path, path])) == 1


@pytest.mark.parametrize("name", ["a.wps", "a.et", "A.ET"])
def test_old_workbooks(write, refused, tmp_path, name):
    assert "另存为 .xlsx" in refused(write(name, b"x"), "GJ-I104").hint
    refused(tmp_path, "GJ-I104")


@pytest.mark.parametrize("name", ["a", "a.docx", "a.doc"])
def test_unknown_suffixes(write, refused, name):
    assert ".xlsx" in refused(write(name, b"x"), "GJ-I103").hint


def test_suffixes_in_capitals(write):
    assert open_sources([write("A.CSV", CSV)])[0].columns == ("名称", "编码")


def test_missing_and_empty(tmp_path, refused):
    refused(tmp_path / "没有.csv", "GJ-I101")
    refused(tmp_path, "GJ-I116")


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xlsx", "a.parquet"])
def test_a_file_that_may_not_be_read(write, refused, monkeypatch, name):
    path = write(name, CSV)

    def denied(*_args, **_named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", denied)
    monkeypatch.setattr("pathlib.Path.stat", denied)
    monkeypatch.setattr("pathlib.Path.is_dir", lambda _path: False)
    monkeypatch.setattr("pathlib.Path.exists", lambda _path: True)
    assert refused(path, "GJ-I102").cause == "Permission denied"


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root 可读一切"
)
def test_a_folder_that_may_not_be_listed(write, refused, tmp_path):
    write("锁/a.csv", CSV)
    (tmp_path / "锁").chmod(0)
    try:
        refused(tmp_path / "锁", "GJ-I102")
    finally:
        (tmp_path / "锁").chmod(0o700)


def test_digest(write):
    assert digest(write("a.csv", CSV)) == hashlib.sha256(CSV.encode()).hexdigest()

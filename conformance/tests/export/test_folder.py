"""Folders: what is read, what is passed over and told, what is refused."""

import os
import socket

import pytest

from guiju.export import folder, open_sources

CSV = "名称,编码\n甲,1\n"
posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows 没有这样的文件")


@pytest.fixture
def remarks(tmp_path):
    """The remarks about a folder, by code, as each of its tables carries them."""

    def reading(name):
        sources = open_sources([tmp_path / name])
        found = [{item.code: item for item in source.remarks if item.whole == name} for source in sources]
        assert found
        assert all(one == found[0] for one in found)
        return found[0]

    return reading


def test_what_is_passed_over_is_told(write, remarks):
    for name in ("甲.csv", "乙.csv", "读我.txt", "说明/图.png"):
        write(f"导出/{name}", CSV)
    for name in ("Thumbs.db", ".DS_Store", "__MACOSX/._甲.csv", "._乙.csv", "desktop.ini", "_SUCCESS"):
        write(f"导出/{name}", b"\0")
    for name in ("~$甲.xlsx", ".~lock.甲.csv#", "丙.csv.crdownload", "丁.xlsx.tmp", ".藏.csv"):
        write(f"导出/{name}", CSV)
    found = remarks("导出")
    assert set(found) == {"GJ-D130", "GJ-D131"}
    assert found["GJ-D130"].text == "有2个文件的格式不认识，没有读：说明/图.png、读我.txt"
    assert found["GJ-D130"].count == 2
    assert found["GJ-D131"].count == 5
    assert "丙.csv.crdownload" in found["GJ-D131"].text
    assert "下载" in found["GJ-D131"].hint


def test_a_folder_of_nothing_else_has_no_remarks(write, tmp_path):
    write("导出/甲.csv", CSV)
    (source,) = open_sources([tmp_path / "导出"])
    assert source.remarks == ()


@posix_only
def test_links(write, tmp_path, remarks):
    outside = write("外/密.csv", CSV)
    write("导出/甲.csv", CSV)
    inside = tmp_path / "导出"
    (inside / "乙.csv").symlink_to(inside / "甲.csv")
    (inside / "丙.csv").symlink_to(outside)
    (inside / "丁").symlink_to(tmp_path / "外")
    (inside / "圈").symlink_to(inside)
    assert remarks("导出")["GJ-D132"].text == "有2个链接指向文件夹之外，没有跟随：丁、丙.csv"
    assert [source.file for source in open_sources([inside])] == ["甲.csv"]


@posix_only
def test_a_link_that_is_named_is_followed(write, tmp_path):
    write("外/甲.csv", CSV)
    (tmp_path / "导出").symlink_to(tmp_path / "外")
    assert [source.file for source in open_sources([tmp_path / "导出"])] == ["甲.csv"]


@posix_only
@pytest.mark.parametrize("inside", [True, False])
def test_a_pipe(tmp_path, refused, inside):
    (tmp_path / "导出").mkdir()
    pipe = tmp_path / "导出" / "甲.csv"
    os.mkfifo(pipe)
    assert "普通文件" in refused(pipe.parent if inside else pipe, "GJ-I144").message


@posix_only
def test_a_socket(tmp_path, refused, monkeypatch):
    monkeypatch.chdir(tmp_path)  # addresses of sockets are short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("甲.csv")
        refused(tmp_path / "甲.csv", "GJ-I144")


def test_too_many(write, tmp_path, refused, monkeypatch):
    for number in range(5):
        write(f"导出/{number}.csv", CSV)
    monkeypatch.setattr(folder, "MOST_FILES", 4)
    assert "5个" in refused(tmp_path / "导出", "GJ-I143").cause
    monkeypatch.setattr(folder, "MOST_FILES", 5)
    monkeypatch.setattr(folder, "MOST_ENTRIES", 4)
    refused(tmp_path / "导出", "GJ-I143")


def test_nothing_to_read_says_what_was_seen(write, tmp_path, refused):
    write("导出/读我.txt", "说明")
    assert "读我.txt" in refused(tmp_path / "导出", "GJ-I116").cause


@pytest.mark.parametrize("name", ["a.rar", "a.7z", "a.tar.gz", "a.tgz", "A.TAR", "a.tar.zst"])
def test_archives_of_other_kinds(write, tmp_path, refused, name):
    path = write(f"导出/{name}", b"x")
    assert ".zip" in refused(path, "GJ-I140").hint
    refused(tmp_path / "导出", "GJ-I140")

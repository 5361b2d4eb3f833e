"""Both folders or none; ours replaced, foreign ones left alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from guiju.errors import InputError
from guiju.result.serial import from_json
from guiju_tools.report import folders
from guiju_tools.report.folders import write_folders

BOTH = {
    "内部/findings.xlsx",
    "内部/report.html",
    "内部/result.json",
    "报送/report.html",
    "报送/result.json",
}


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def contents(folder):
    return {name: (folder / name).read_bytes() for name in files(folder)}


def test_both_folders(result, tmp_path):
    out = tmp_path / "甲" / "结果"
    write_folders(result, out)
    assert files(out) == BOTH
    assert from_json((out / "内部" / "result.json").read_text(encoding="utf-8")) == result
    assert json.loads((out / "报送" / "result.json").read_text(encoding="utf-8"))["masked"] is True
    assert "含业务数据，不得外传" in (out / "内部" / "report.html").read_text(encoding="utf-8")
    assert "含业务数据，不得外传" not in (out / "报送" / "report.html").read_text(encoding="utf-8")


def test_what_changes_from_run_to_run_stays_inside(result, tmp_path):
    junit = tmp_path / "j.xml"
    junit.write_text("<testsuites/>", encoding="utf-8")
    write_folders(result, tmp_path / "结果", {"seconds": 1.5, "host": "某机"}, junit)
    assert files(tmp_path / "结果") == {*BOTH, "内部/run.json", "内部/junit.xml"}
    assert json.loads((tmp_path / "结果/内部/run.json").read_text(encoding="utf-8"))["host"] == "某机"


def test_the_same_result_gives_the_same_files(result, tmp_path):
    write_folders(result, tmp_path / "a")
    write_folders(result, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_an_earlier_run_is_replaced_whole(result, tmp_path):
    write_folders(result, tmp_path, {"seconds": 1}, None)
    (tmp_path / "内部" / "desktop.ini").write_text("x", encoding="utf-8")
    (tmp_path / "自己的.txt").write_text("x", encoding="utf-8")
    write_folders(replace(result, exit_code=1), tmp_path)
    assert files(tmp_path) == {*BOTH, "自己的.txt"}
    assert json.loads((tmp_path / "内部" / "result.json").read_text(encoding="utf-8"))["exit_code"] == 1


def test_an_empty_folder_is_taken(result, tmp_path):
    (tmp_path / "内部").mkdir()
    write_folders(result, tmp_path)
    assert files(tmp_path) == BOTH


@pytest.mark.parametrize("name", ["内部", "报送"])
@pytest.mark.parametrize("foreign", [("手记.docx",), ("result.json", "手记.docx"), ("report.html",)])
def test_a_foreign_folder_is_left_alone(result, tmp_path, name, foreign):
    (tmp_path / name).mkdir()
    for file in foreign:
        (tmp_path / name / file).write_text("别人的", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(InputError) as caught:
        write_folders(result, tmp_path)
    assert caught.value.code == "GJ-I324"
    assert caught.value.hint
    assert contents(tmp_path) == before


def test_a_file_in_the_place_of_a_folder(result, tmp_path):
    (tmp_path / "报送").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="报送"):
        write_folders(result, tmp_path)
    (tmp_path / "报送").unlink()
    (tmp_path / "结果").write_text("x", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        write_folders(result, tmp_path / "结果")
    assert caught.value.code == "GJ-I325"


def test_a_link_in_the_place_of_a_folder_is_not_followed(result, tmp_path):
    (tmp_path / "别处").mkdir()
    (tmp_path / "内部").symlink_to(tmp_path / "别处")
    with pytest.raises(InputError):
        write_folders(result, tmp_path)
    assert files(tmp_path / "别处") == set()


@pytest.mark.parametrize("fails_at", [1, 2, 3, 4])
def test_a_fault_on_the_way_leaves_what_was_there(result, tmp_path, monkeypatch, fails_at):
    write_folders(result, tmp_path)
    before = contents(tmp_path)
    renames = []
    rename = Path.rename

    def failing(self, target):
        renames.append(target)
        if len(renames) == fails_at:
            raise PermissionError(13, "文件正在使用")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(InputError) as caught:
        write_folders(replace(result, exit_code=1), tmp_path)
    assert caught.value.code == "GJ-I325"
    assert caught.value.cause == "文件正在使用"
    assert contents(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == {"内部", "报送"}


def test_a_fault_while_writing_leaves_nothing(result, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "磁盘已满")

    monkeypatch.setattr(folders, "write_workbook", full)
    with pytest.raises(InputError):
        write_folders(result, tmp_path)
    assert list(tmp_path.iterdir()) == []

"""`guiju template`, as users run it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from guiju_tools.cli.app import app


@pytest.fixture
def guiju(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, ["template", *map(str, arguments)])


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_workbook_to_fill_with_the_datasets_that_are_named(guiju, tmp_path):
    done = guiju("item-management", "--dataset", "实施清单", "--dataset", "material")
    assert done.exit_code == 0, done.output
    assert "政务服务事项管理规范 0.1.0：2张表" in done.output
    assert names(tmp_path / "模板") == ["填报表.xlsx"]


def test_a_request_for_one_database(guiju, tmp_path):
    done = guiju("hotline-operation", "--request", "--dialect", "mysql", "--period", "2026-01-01/2026-03-31")
    assert done.exit_code == 0, done.output
    assert names(tmp_path / "模板") == ["取数语句-mysql.sql", "取数说明.docx", "取数需求.xlsx"]
    text = (tmp_path / "模板" / "取数语句-mysql.sql").read_text(encoding="utf-8")
    assert "CAST('2026-01-01' AS DATE)" in text


def test_several_standards_have_a_folder_each(guiju, tmp_path):
    done = guiju("hotline-operation", "center-construction")
    assert done.exit_code == 0, done.output
    assert names(tmp_path / "模板") == ["政务服务中心建设规范", "政务服务便民热线运行规范"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--dataset", "没有"], "GJ-I350"),
        (["--request", "--dialect", "access"], "GJ-I353"),
        (["--request", "--period", "2026-03-31/2026-01-01"], "GJ-I354"),
        (["--request", "--period", "2026-02-30/2026-03-01"], "GJ-I354"),
        (["--request", "--period", "上月"], "GJ-I354"),
    ],
)
def test_what_cannot_be_met_is_refused_before_anything_is_written(guiju, tmp_path, arguments, code):
    assert guiju("hotline-operation", *arguments).exception.code == code
    assert not (tmp_path / "模板").exists()


def test_a_workbook_that_may_be_filled_is_not_overwritten(guiju, tmp_path):
    (tmp_path / "模板").mkdir()
    filled = tmp_path / "模板" / "填报表.xlsx"
    filled.write_bytes(b"filled")
    assert guiju("hotline-operation").exception.code == "GJ-I351"
    assert filled.read_bytes() == b"filled"


def test_a_place_that_cannot_be_written_is_told(guiju, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert guiju("hotline-operation", "--out", "file/sub").exception.code == "GJ-I352"

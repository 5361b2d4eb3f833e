"""`guiju run --mark` and `guiju mark`, as users run them."""

from __future__ import annotations

import json

import pytest
import xlsxwriter
from openpyxl import load_workbook
from typer.testing import CliRunner

from guiju_tools.cli.app import app

HEAD = ("实施编码", "事项名称", "法定办结时限", "承诺办结时限")


@pytest.fixture
def guiju(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def items(tmp_path):
    path = tmp_path / "清单.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("实施清单")
        sheet.write_row(0, 0, HEAD)
        for row in range(1, 6):
            promise = "25个工作日" if row == 4 else "5个工作日"
            sheet.write_row(
                row, 0, (f"119900000250000076300012500100{row}", f"事项{row}", "20个工作日", promise)
            )
    return path


def test_a_run_and_a_later_command_mark_the_same_cell(guiju, items, tmp_path):
    done = guiju("run", "item-management", items, "--mark")
    assert done.exit_code == 1, done.output
    copy = tmp_path / "结果" / "内部" / "标注" / "清单（标注）.xlsx"
    assert f"{copy.relative_to(tmp_path)}（含业务数据，不得外传）" in done.output
    assert "IM-023" in load_workbook(copy)["实施清单"]["D5"].comment.text
    later = guiju("mark", "结果", items, "--out", "另存")
    assert later.exit_code == 0, later.output
    assert "IM-023" in load_workbook(tmp_path / "另存" / "清单（标注）.xlsx")["实施清单"]["D5"].comment.text


def test_the_marked_copy_is_judged_like_the_original(guiju, items, tmp_path):
    guiju("run", "item-management", items, "--mark")
    before = json.loads((tmp_path / "结果/内部/result.json").read_text(encoding="utf-8"))
    guiju("run", "item-management", "结果/内部/标注/清单（标注）.xlsx", "--out", "再核")
    after = json.loads((tmp_path / "再核/内部/result.json").read_text(encoding="utf-8"))
    told = [
        [(item["id"], item["outcome"], item["counts"]) for item in one["requirements"]]
        for one in (before, after)
    ]
    assert told[0] == told[1]


def test_a_folder_without_a_result_is_refused(guiju, items, tmp_path):
    done = guiju("mark", tmp_path, items)
    assert done.exception.code == "GJ-I358"
    assert "guiju run" in done.exception.hint


def test_a_masked_result_is_refused(guiju, items):
    guiju("run", "item-management", items)
    assert guiju("mark", "结果/报送", items).exception.code == "GJ-I322"

"""The commands as people use them, from another working directory."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from guiju.content import own_pack


def test_demo_finds_what_was_planted_and_nothing_else(guiju, tmp_path):
    done = guiju("demo", "--out", "结果")
    assert done.returncode == 0, done.stderr
    assert "report.html" in done.stdout
    result = json.loads((tmp_path / "结果" / "内部" / "result.json").read_text(encoding="utf-8"))
    failed = {item["id"] for item in result["requirements"] if item["outcome"] == "failed"}
    assert failed == {"IM-003", "IM-006", "IM-023", "IM-033", "IM-036"}
    assert not [item for item in result["requirements"] if item["outcome"] in ("error", "cantTell")]


def test_both_results_meet_the_published_schema(guiju, tmp_path):
    guiju("demo", "--out", "结果")
    schema = json.loads((own_pack().standards / "schema" / "result.schema.json").read_text(encoding="utf-8"))
    for folder in ("内部", "报送"):
        data = json.loads((tmp_path / "结果" / folder / "result.json").read_text(encoding="utf-8"))
        assert not list(Draft202012Validator(schema).iter_errors(data))


def test_what_may_leave_holds_no_row(guiju, tmp_path, demo_files):
    guiju("demo", "--out", "结果")
    text = "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "结果" / "报送").iterdir() if path.is_file()
    )
    code = "11990000000000019"
    assert (
        code in (tmp_path / "结果" / "内部" / "result.json").read_text(encoding="utf-8") or code not in text
    )
    assert "000-000000" not in text
    assert "示例市" not in text.replace("示例市（虚构）", "")


def test_json_alone_on_standard_output(guiju, demo_files):
    done = guiju("run", "政务服务事项管理", *demo_files, "--json")
    data = json.loads(done.stdout)
    assert data["exit_code"] == done.returncode
    assert data["standards"][0]["id"] == "item-management"


def test_environment_of_pytest_changes_nothing(guiju, demo_files):
    done = guiju("run", "item-management", *demo_files, "--json", env={"PYTEST_ADDOPTS": "-k nothing"})
    assert json.loads(done.stdout)["exit_code"] == 1


def test_gbk_console_is_survived(guiju, demo_files):
    done = guiju("explain", "IM-023", env={"PYTHONIOENCODING": "gbk"})
    assert done.returncode == 0


@pytest.mark.parametrize("command", ["standards", "lint", "selftest"])
def test_pack_commands(guiju, command):
    done = guiju(command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_explain_a_row(guiju, demo_files):
    source = next(path for path in demo_files if path.name == "实施清单.csv")
    done = guiju("explain", "IM-023", source, "--row", "5")
    assert "不符合" in done.stdout
    assert "20个工作日" in done.stdout
    assert guiju("explain", "IM-023", source, "--row", "9999").returncode == 2
    assert guiju("explain", "IM-999").returncode == 2

"""Requests that cannot be met: a code, what is wrong, what to do, and nothing half written."""

from __future__ import annotations

import os

import pytest

from guiju.errors import InputError
from guiju_tools.sample import workbook
from guiju_tools.sample.make import make_sample
from guiju_tools.sample.request import SampleRequest

ITEM = "item-management"


def refusal(tmp_path, **wanted):
    request = SampleRequest(**{"standards": (ITEM,), "rows": 20, "out": tmp_path / "out"} | wanted)
    with pytest.raises(InputError) as caught:
        make_sample(request)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("rows", [0, -5, 10**9])
def test_rows_out_of_range(tmp_path, rows):
    assert refusal(tmp_path, rows=rows).code == "GJ-I330"


@pytest.mark.parametrize("share", ["1.5", "-0.1", "5%", "", "0.0000001", "一成"])
def test_no_share(tmp_path, share):
    assert refusal(tmp_path, faults=share).code == "GJ-I331"


def test_unknown_format_and_standard(tmp_path):
    assert refusal(tmp_path, format="xls").code == "GJ-I332"
    assert refusal(tmp_path, standards=("nothing",)).code == "GJ-I303"
    assert not (tmp_path / "out").exists()


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    found = refusal(tmp_path)
    assert found.code == "GJ-I333"
    assert str(tmp_path / "out") in str(found)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(tmp_path):
    (tmp_path / "out").mkdir(mode=0o500)
    assert refusal(tmp_path).code == "GJ-I333"


def test_more_rows_than_a_sheet_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 19)
    found = refusal(tmp_path, format="xlsx")
    assert found.code == "GJ-I334"
    assert "csv" in found.hint
    assert not list((tmp_path / "out").glob("*实施清单*"))


def test_a_target_that_is_a_folder_leaves_no_part(tmp_path):
    (tmp_path / "out" / "基本目录.csv").mkdir(parents=True)
    assert refusal(tmp_path).code == "GJ-I333"
    assert not list((tmp_path / "out").glob(".*"))


def test_several_standards_get_a_folder_each(tmp_path):
    found = make_sample(SampleRequest((ITEM, "政务服务事项管理"), 20, tmp_path / "out"))
    assert [made.files[0].parent.name for made in found] == ["政务服务事项管理规范"] * 2

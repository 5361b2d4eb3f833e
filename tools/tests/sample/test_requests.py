"""Requests that cannot be met: a code, what is wrong, what to do, and nothing half written."""

from __future__ import annotations

import os
import shutil

import pytest

from guiju.content import own_pack
from guiju.errors import InputError, StandardError
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


def test_several_standards_share_one_folder_and_each_dataset_is_written_once(tmp_path):
    names = (ITEM, "hotline-operation", "政务服务事项管理")
    found = make_sample(SampleRequest(names, 20, tmp_path / "out", faults="0.5"))
    assert [made.standard.id for made in found] == [ITEM, "hotline-operation"]
    files = [path for made in found for path in made.files]
    assert {path.parent for path in files} == {tmp_path / "out"}
    assert len({path.name for path in files}) == len(files)
    assert [made.planted is None for made in found] == [True, False]
    told = (tmp_path / "out" / "planted.csv").read_text(encoding="utf-8-sig")
    assert "实施清单.csv" in told
    assert "热线工单.csv" in told


def test_a_dataset_is_the_same_whoever_else_is_there(tmp_path):
    alone = make_sample(SampleRequest(("hotline-operation",), 20, tmp_path / "alone"))
    joint = make_sample(SampleRequest((ITEM, "hotline-operation"), 20, tmp_path / "joint"))
    name = "热线工单.csv"
    assert (tmp_path / "alone" / name).read_bytes() == (tmp_path / "joint" / name).read_bytes()
    assert len(alone) == len(joint) - 1


def test_a_used_dataset_is_made_by_the_hints_of_its_owner(tmp_path):
    pack = tmp_path / "pack"
    for name in ("standards", "features"):
        shutil.copytree(own_pack().root / name, pack / name)
    path = pack / "standards" / "center-construction" / "standard.yaml"
    text = path.read_text(encoding="utf-8")
    uses = "\nuses:\n  - {standard: hotline-operation, datasets: [ticket]}\n"
    path.write_text(text.replace("\nuses:\n", uses, 1), encoding="utf-8")
    make_sample(SampleRequest(("center-construction",), 20, tmp_path / "one", pack=pack))
    make_sample(SampleRequest(("hotline-operation",), 20, tmp_path / "two", pack=pack))
    name = "热线工单.csv"
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    hints = pack / "standards" / "center-construction" / "sample.yaml"
    wrong = 'datasets:\n  ticket:\n    fields:\n      ticket_no: {text: "{row}"}\n'
    hints.write_text(wrong, encoding="utf-8")
    with pytest.raises(StandardError) as raised:
        make_sample(SampleRequest(("center-construction",), 20, tmp_path / "three", pack=pack))
    assert raised.value.code == "GJ-S154"

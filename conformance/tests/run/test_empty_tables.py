"""A delivered table with headings and no rows says nothing: it is told, and nothing is judged by it."""

from __future__ import annotations

from guiju.content import find_packs
from guiju.run.judging import run
from guiju.run.request import RunRequest
from guiju.standard.load import load


def test_every_dataset_without_rows(tmp_path):
    standard = load(find_packs(), "item-management")
    for item in standard.datasets.values():
        heading = ",".join(field.title for field in item.fields.values())
        (tmp_path / f"{item.title}.csv").write_text(heading + "\n", encoding="utf-8")
    result, _ = run(RunRequest("item-management", (tmp_path,), region="990000"))
    assert {table.dataset for table in result.inputs} == set(standard.datasets)
    assert {item.outcome for item in result.requirements} == {"untested"}
    assert all("GJ-D140" in {remark.code for remark in table.remarks} for table in result.inputs)


def test_a_blank_child_table_does_not_fail_its_parents(tmp_path):
    (tmp_path / "实施清单.csv").write_text("实施编码,事项名称\n1,甲\n2,乙\n", encoding="utf-8")
    (tmp_path / "申请材料.csv").write_text("实施编码,材料名称\n", encoding="utf-8")
    with_blank, _ = run(RunRequest("item-management", (tmp_path,)))
    (tmp_path / "申请材料.csv").unlink()
    without, _ = run(RunRequest("item-management", (tmp_path,)))
    assert with_blank.requirements == without.requirements

"""A delivered table with headings and no rows is a table: nothing in it applies, and nothing breaks."""

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
    assert {item.outcome for item in result.requirements if item.dataset} == {"inapplicable"}

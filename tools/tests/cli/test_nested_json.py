"""Children nested in the records of a JSON delivery are judged exactly as those of separate files."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest

from guiju.run.judging import run
from guiju.run.request import RunRequest

PARENT, CODE = "实施清单", "实施编码"
CHILDREN = {"materials": "申请材料", "steps": "办理环节"}


def read(folder, name):
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def write(folder, name, rows):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


@pytest.fixture
def deliveries(guiju, tmp_path):
    """Folders with the same records: children in files of their own, and nested in their parents."""
    apart, nested = tmp_path / "apart", tmp_path / "nested"
    arguments = ("--rows", 300, "--faults", 0.05, "--format", "jsonl", "--out", apart)
    assert guiju("sample", "item-management", *arguments).returncode == 0
    parents = read(apart, PARENT)
    codes = {row[CODE] for row in parents}
    for name in CHILDREN.values():
        write(apart, name, [row for row in read(apart, name) if row[CODE] in codes])
    shutil.copytree(apart, nested)
    for key, name in CHILDREN.items():
        rows = read(nested, name)
        (nested / f"{name}.jsonl").unlink()
        put_in(parents, key, rows)
    write(nested, PARENT, parents)
    return apart, nested


def put_in(parents, key, rows):
    """Each row into the first parent of its code; the code itself is the parent's."""
    first = {row[CODE]: row for row in reversed(parents)}
    for row in parents:
        row[key] = []
    for row in rows:
        owner = first[row[CODE]]
        owner[key].append({heading: value for heading, value in row.items() if heading != CODE})


def judged(folder):
    result, _ = run(RunRequest("item-management", (folder,), region="990000", as_of="2026-03-31"))
    outcomes = {item.id: (item.outcome, item.counts) for item in result.requirements}
    return outcomes, {item.dataset: item for item in result.inputs}


def test_nested_children_are_judged_alike(deliveries):
    (apart, tables), (nested, others) = map(judged, deliveries)
    assert nested == apart
    assert sum(counts.failed for _, counts in apart.values()) > 0
    assert {name: item.rows for name, item in tables.items()} == {
        name: item.rows for name, item in others.items()
    }
    labels = [part.name for name in ("material", "process-step") for part in others[name].parts]
    assert labels == ["实施清单.jsonl / materials", "实施清单.jsonl / steps"]
    told = [
        {(one.code, one.column, one.count) for one in table["material"].remarks} for table in (tables, others)
    ]
    assert told[0] == told[1]


def test_a_mapping_of_nested_records_leaves_no_question(guiju, tmp_path):
    """In an archive too, the table within is known by its own headings."""
    materials = [{"材料序号": number, "材料名称": "申请表", "材料必要性": "1"} for number in (1, 2)]
    rows = [
        {CODE: str(number), "事项名称": "甲", "事项类型": "01", "materials": materials} for number in range(3)
    ]
    write(tmp_path, PARENT, rows)
    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as archive:
        archive.write(tmp_path / f"{PARENT}.jsonl", f"{PARENT}.jsonl")
    done = guiju("map", "报送.zip", "--standard", "item-management", "--out", "m.yaml")
    assert done.returncode == 0, done.stderr
    assert "申请材料：报送.zip / 实施清单.jsonl / materials（共6行）\n  认出4列，待确认0处" in done.stdout
    assert "use:" not in (tmp_path / "m.yaml").read_text(encoding="utf-8")

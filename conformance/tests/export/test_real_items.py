"""A real export: items that a province published in 2021, in a folder beside the checkout."""

import os
from collections import Counter
from pathlib import Path

import pytest

from guiju.export import open_sources

NAME = "items-guangdong-2021.jsonl"


def real_file():
    folder = os.environ.get("GUIJU_REAL_DATA")
    beside = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    return (Path(folder) if folder else beside) / NAME


@pytest.fixture
def rows(load):
    path = real_file()
    if not path.is_file():
        pytest.skip(f"没有真实数据 {NAME}：可用环境变量 GUIJU_REAL_DATA 指明所在文件夹")
    (source,) = open_sources([path])
    place = source.columns.index("TASK_CODE") + 1
    return [(row[0], row[place], row) for row in load(source)], source


def test_every_line_is_a_row(rows):
    found, _ = rows
    assert [number for number, _, _ in found] == list(range(1, 2263))


def test_codes_keep_every_character(rows):
    found, _ = rows
    assert Counter(len(code) for _, code, _ in found) == {31: 1899, 33: 363}
    assert found[0][1] == "11440000006939756B2440101007000"


def test_lists_and_nulls(rows):
    found, source = rows
    place = source.columns.index("material_intro") + 1
    kinds = Counter("list" if row[place].startswith("[") else row[place] for _, _, row in found)
    assert kinds == {"list": 816, "无": 1446}
    states = source.columns.index("TASK_STATE") + 1
    assert {row[states] for _, _, row in found} == {None}

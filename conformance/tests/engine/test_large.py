"""Large tables are judged by shorter ways than small ones; what is told about them is the same."""

from __future__ import annotations

import pytest

from guiju.engine import dictionaries, hoist, picked
from guiju.run.judging import run
from guiju.run.request import RunRequest

HEADINGS = (
    "实施编码",
    "基本编码",
    "父目录编码",
    "事项名称",
    "目录名称",
    "事项类型",
    "行使层级",
    "实施主体编码",
)
CREDIT = ("11440000MB2C92095L", "114400000069397000", "11440000MB2C92095X", "")
CATALOGUE = ("440102003001", "44010200300Y", "440102003000", "44x102003001", "")


def rows(count):
    for number in range(count):
        credit, catalogue = CREDIT[number % 4], CATALOGUE[number % 5]
        code = f"{credit}{number % 8}{catalogue}" if number % 7 else ""
        code = code[:12] if number % 11 == 0 else code
        code = code.translate({ord("4"): "４"}) if number % 13 == 0 else code
        parent = CATALOGUE[number % 3]
        name = ("名称", "名称（情形）", "其他", "")[number % 4]
        kind, level = ("01", "行政许可", "20", "99")[number % 4], str(number % 8)
        yield (code, catalogue, parent, name, "名称", kind, level, credit if number % 6 else "无")


@pytest.fixture
def judged(tmp_path):
    file = tmp_path / "实施清单.csv"
    file.write_text("\n".join(",".join(row) for row in (HEADINGS, *rows(600))), encoding="utf-8")

    def judge():
        result, _ = run(RunRequest("item-management", (file,), findings=20))
        return result.requirements

    return judge


def test_the_same_is_told_of_a_large_table(judged, monkeypatch):
    small = judged()
    assert sum(item.counts.failed > 0 for item in small) > 3
    assert sum(item.counts.undecided > 0 for item in small) > 3
    monkeypatch.setattr(dictionaries, "ROWS", 0)
    assert judged() == small
    monkeypatch.setattr(dictionaries, "TEXTS", 0)
    monkeypatch.setattr(hoist, "SAMPLES", 1)
    monkeypatch.setattr(hoist, "SAMPLE_ROWS", 0)
    assert judged() == small
    monkeypatch.setattr(picked, "MOST", 0)
    assert judged() == small

"""A finding of a comparison names a few of the values that its partners have, and how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.run.judging import run
from guiju.run.request import RunRequest

PACK = Path(__file__).resolve().parents[3] / "docs" / "examples" / "partners"


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("甲名", "“甲名”"),
        ("丙名 甲名 乙名", "“丙名”、“乙名”、“甲名”"),
        ("丁名 丙名 乙名 甲名 甲名", "“丁名”、“丙名”、“乙名”等4个"),
    ],
)
def test_a_few_values_are_named(tmp_path, names, told):
    (tmp_path / "办件.csv").write_text("办件编号,事项编码,事项名称\nA1,B1,别名\n", encoding="utf-8")
    items = "".join(f"B1,{name},是\n" for name in names.split())
    (tmp_path / "事项清单.csv").write_text(f"事项编码,事项名称,是否现行\n{items}", encoding="utf-8")
    result, _ = run(RunRequest("service-example", (tmp_path,), pack=PACK, as_of="2027-12-31"))
    (found,) = next(item for item in result.requirements if item.id == "EX-003").findings
    assert found.message == f"与“事项清单”不一致：事项名称：对照“事项清单”为{told}"

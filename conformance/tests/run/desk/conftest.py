"""A small invented export for what a desk keeps and explains."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.run.judging import run
from guiju.run.request import RunRequest

HEAD = "实施编码,基本编码,事项名称,事项类型,行使层级,实施主体,法定办结时限,承诺办结时限,计划生效日期,咨询方式"
ROW = "{key},000125001000,某事项{number},01,3,示例市某局,20个工作日,{promise}个工作日,{day},000-00000000"


def key(number):
    return f"1199000000000001R3000125001{number:03d}"


@pytest.fixture
def export(tmp_path: Path):
    """Rows 1 to 12; 3, 6, 9 and 12 promise more than the law allows; the n-th takes effect on 2026-01-n."""
    rows = [
        ROW.format(
            key=key(number), number=number, promise=25 if number % 3 == 0 else 10, day=f"2026-01-{number:02d}"
        )
        for number in range(1, 13)
    ]
    path = tmp_path / "实施清单.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def judge(export):
    """Judge the export with options of the request; returns the result."""

    def judged(**options):
        request = RunRequest("item-management", (export,), as_of="2026-02-28", **options)
        return run(request)[0]

    return judged

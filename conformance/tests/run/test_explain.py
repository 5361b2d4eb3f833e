"""A requirement explained, and single rows, on the invented export."""

from __future__ import annotations

import pytest

from guiju.content import find_packs
from guiju.errors import InputError
from guiju.run.explain import explain, explain_row
from guiju.run.request import RunRequest
from guiju.standard.load import load

HEADING = "实施编码,事项类型,法定办结时限,承诺办结时限\n"
LIMITS = (
    "20个工作日,5个工作日",
    "20个工作日,25个工作日",
    "20个工作日,5个自然日",
    "无,5个工作日",
    "很快,1个工作日",
)
ROWS = "".join(
    f"{code},01,{limits}\n" for code, limits in zip(("A1", "A2", "A3", "A4", "A1"), LIMITS, strict=True)
)


@pytest.fixture
def request_(tmp_path):
    (tmp_path / "实施清单.csv").write_text(HEADING + ROWS, encoding="utf-8")
    return RunRequest("item-management", (tmp_path / "实施清单.csv",))


@pytest.mark.parametrize(
    ("row", "state", "message"),
    [
        (2, "符合", ""),
        (3, "不符合", "不大于"),
        (4, "无法判定", "不具备可判定的条件"),
        (5, "无法判定", "缺少法定办结时限"),
        (6, "无法判定", "不能识别"),
    ],
)
def test_a_row_is_told_step_by_step(request_, row, state, message):
    told = explain_row(request_, "IM-023", row)
    assert told.state == state
    assert message in told.message
    steps = dict(told.steps)
    assert steps["断言"]
    assert any(cell.column == "承诺办结时限" and cell.delivered for cell in told.cells)


def test_a_related_row_says_which_other(request_):
    told = explain_row(request_, "IM-006", 2)
    assert told.state == "不符合"
    assert "第6行" in told.message


def test_what_cannot_be_told_by_row_is_refused(request_):
    for name, row, code in (("IM-030", 2, "GJ-I307"), ("IM-999", 2, "GJ-I309"), ("IM-023", 99, "GJ-I308")):
        with pytest.raises(InputError) as caught:
            explain_row(request_, name, row)
        assert caught.value.code == code


def test_every_kind_of_check_can_be_explained():
    packs = find_packs()
    standard = load(packs, "item-management")
    for item in {one.check.kind: one for one in standard.requirements}.values():
        told = explain(standard, packs, item.id)
        assert bool(told.sql) == item.on_data, item.id
        assert bool(told.examples) == item.on_data, item.id


def test_only_the_part_that_is_not_met_is_told(tmp_path):
    export = tmp_path / "实施清单.csv"
    export.write_text(
        "实施编码,事项类型,办理内设机构,受理内设机构,送达内设机构\nA1,01,一科;二科,一科,一科;二科\n",
        encoding="utf-8",
    )
    told = explain_row(RunRequest("item-management", (export,)), "IM-074", 2)
    assert told.state == "不符合"
    assert "送达内设机构" in told.message
    assert "受理内设机构" not in told.message
    assert [cell.column for cell in told.cells if cell.blamed] == ["送达内设机构"]

"""A requirement explained, and single rows, on the invented export."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guiju.content import find_packs
from guiju.errors import InputError
from guiju.result.model import OUTCOME_TITLES
from guiju.run.explain import explain, explain_row
from guiju.run.judging import run
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


TIMES = "工单编号,创建时间,办结时间,工单状态\n"


def tickets(folder, rows):
    path = folder / "热线工单.csv"
    path.write_text(TIMES + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return RunRequest("hotline-operation", (path,), as_of="2024-06-01")


def agree(request, name, rows):
    """What the run says of a requirement, and what is said of some of its rows."""
    result, _ = run(request)
    (item,) = [one for one in result.requirements if one.id == name]
    told = [explain_row(request, name, row) for row in rows]
    assert {one.whole.partition("，")[0] for one in told} == {OUTCOME_TITLES[item.outcome]}
    return item, told


def test_a_verdict_that_rests_on_a_lost_value_is_not_told_as_failed(tmp_path):
    plain = "2024-03-01 09:05,2024-03-05 10:00,10"
    rows = [f"GD-1,{plain}", f"1.14E+30,{plain}", f"1.14E+30,{plain}", f"GD-2,{plain}"]
    item, told = agree(tickets(tmp_path, rows), "HO-001", (2, 3, 4, 5))
    assert [one.state for one in told] == ["符合", "无法判定", "无法判定", "符合"]
    assert (item.counts.failed, item.counts.undecided) == (0, 2)
    assert told[1].message.startswith(
        "工单编号的原值在导出时已经丢失或不能确定，不据以认定；只看现在的值是不符合"
    )
    rows[3] = f"GD-1,{plain}"
    _, told = agree(tickets(tmp_path, rows), "HO-001", (2, 3, 4, 5))
    assert [one.state for one in told] == ["不符合", "无法判定", "无法判定", "不符合"]


def test_a_requirement_that_most_rows_fail_is_not_told_as_failed_until_the_reading_is_confirmed(tmp_path):
    late = [f"GD-{number},2024-03-05 10:00,2024-03-01 09:05,10" for number in range(30)]
    request = tickets(tmp_path, [*late, "GD-30,2024-03-01 09:05,2024-03-05 10:00,10"])
    item, told = agree(request, "HO-005", (2, 31, 32))
    assert (item.outcome, item.counts.failed) == ("cantTell", 30)
    assert {one.state for one in told[:2]} == {"无法判定"}
    assert "超过一半" in told[0].message
    assert "只看这一行是不符合" in told[0].message
    assert told[2].state == "符合"
    confirmed = replace(request, confirmed=frozenset({"HO-005"}))
    _, told = agree(confirmed, "HO-005", (2, 31))
    assert {one.state for one in told} == {"不符合"}


def test_codes_mostly_outside_their_list_are_not_told_as_failed(tmp_path):
    rows = [f"GD-{number},2024-03-01 09:05,2024-03-05 10:00,X{number}" for number in range(40)]
    item, told = agree(tickets(tmp_path, rows), "HO-004", (2, 41))
    assert item.outcome == "cantTell"
    assert {one.state for one in told} == {"无法判定"}

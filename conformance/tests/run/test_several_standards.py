"""One delivery for several standards: each table belongs to the standard that it is most like."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.content import Pack, find_packs, own_pack
from guiju.errors import InputError
from guiju.run.desk.shared import neighbours
from guiju.run.judging import run
from guiju.run.request import RunRequest
from guiju.standard.load import load

ITEM, CASES = "item-management", "service-implementation"
CASE = "办件编号,实施编码,事项名称,办件类型,申请时间,收件时间\n"
LICENCE = "11990000MB0000000A3000123001000"
"""The code of a licence: part 01."""
EXTENSION = "办件编号,延期序号,延长的工作日数,批准人,批准日期,延期理由\n"


@pytest.fixture
def deliver(tmp_path):
    """Writes tables into a folder by name."""

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def inputs(result):
    return {item.dataset: item.rows for item in result.inputs}


def test_a_table_of_another_standard_is_not_taken_for_the_nearest_of_this_one(deliver):
    items = "实施编码,基本编码,事项名称,事项类型\nx,y,甲,行政许可\n"
    folder = deliver(实施清单=items, 办件=CASE + "1,x,甲,承诺件,2026-03-02,2026-03-02\n")
    assert inputs(run(RunRequest(ITEM, (folder,)))[0]) == {"implementation-item": 1}
    known = inputs(run(RunRequest(CASES, (folder,)))[0])
    assert known["case"] == 1
    assert known.get("implementation-item", 1) == 1


def test_a_delivery_for_other_standards_alone_is_refused_unless_a_desk_has_them(deliver):
    folder = deliver(
        办件=CASE + "1,x,甲,承诺件,2026-03-02,2026-03-02\n", 办件延期=EXTENSION + "1,1,5,a,2026-03-09,忙\n"
    )
    with pytest.raises(InputError) as raised:
        run(RunRequest("hotline-operation", (folder,)))
    assert raised.value.code == "GJ-I204"
    packs = find_packs()
    others = neighbours(packs, load(packs, "hotline-operation"))
    result, _ = run(RunRequest("hotline-operation", (folder,), others=others))
    assert {item.outcome for item in result.requirements} == {"untested"}


def test_other_standards_are_all_but_ones_own():
    packs = (own_pack(),)
    standard = load(packs, CASES)
    found = neighbours(packs, standard)
    assert "queue-ticket" in found
    assert not set(found) & set(standard.datasets)


def test_what_is_called_as_a_dataset_of_ones_own_is_ones_own():
    """The example pack has 补正告知 (notice), our own pack 补正告知 (correction-notice)."""
    example = Pack(Path(__file__).resolve().parents[3] / "docs" / "examples" / "partners")
    standard = load((example, own_pack()), "service-example")
    others = {item.title for item in neighbours((example, own_pack()), standard).values()}
    assert "办件延期" in others
    assert not others & {item.title for item in standard.datasets.values()}


def test_undecided_rows_are_told_whatever_the_columns_are_called(deliver):
    """办件延期 has a column that is called `reason`, as reasons are."""
    case = "办件编号,实施编码,申请时间,收件时间,是否联合办理\n"
    head = "办件编号,实施编码,延期序号,延长的工作日数,批准人,延期理由\n"
    rows = [f"{number},{LICENCE},1,5,1,忙\n" for number in ("1", "")]
    folder = deliver(办件=f"{case}1,{LICENCE},2026-03-02,2026-03-02,否\n", 办件延期=head + "".join(rows))
    result, _ = run(RunRequest(CASES, (folder,), as_of="2026-03-31"))
    (found,) = [item for item in result.requirements if item.name == "extension-approver"]
    told = {one.reason: one.count for one in found.undecided_reasons}
    assert told == {"缺少用来与“办件”对应的办件编号，或者不能识别": 1}

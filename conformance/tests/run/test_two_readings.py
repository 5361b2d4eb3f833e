"""SQL and Python give every row of whole exports the same state."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from guiju.engine import dictionaries as looked_up
from guiju.engine.plan import RowRule
from guiju.engine.readings import both_readings
from guiju.engine.scan import scan
from guiju.run import prepare
from guiju.run.judging import loaded, open_desk, plan_all, run
from guiju.run.request import RunRequest

FOLDER = Path(os.environ.get("GUIJU_REAL_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
REAL = FOLDER / "items-guangdong-2021.jsonl"


def agree(request):
    """Compare all rows under all row rules; the scan's counts must be the counts of the states."""
    desk = open_desk(request)
    compared = 0
    with loaded(desk) as (connection, tables):
        context = prepare.context(desk.standard, tables, desk.scopes, desk.env, request.as_of)
        for rule in plan_all(desk.standard, context, {}):
            if isinstance(rule, RowRule):
                scanned, told = both_readings(connection, rule, desk.env)
                assert scanned == told, rule.requirement.id
                (counts,) = scan(connection, rule.table, [rule])
                found = Counter(scanned)
                assert (counts.inapplicable, counts.passed, counts.failed, counts.undecided) == tuple(
                    found[state] for state in ("inapplicable", "passed", "failed", "undecided")
                ), rule.requirement.id
                compared += 1
    return compared


@pytest.fixture(params=[0, looked_up.ROWS], ids=["dictionaries", "row by row"], autouse=True)
def dictionaries(request, monkeypatch):
    """Each test with costly readings looked up in dictionaries, and without."""
    monkeypatch.setattr(looked_up, "ROWS", request.param)


def test_on_small_nasty_rows(tmp_path):
    titles = ("实施编码", "基本编码", "事项类型", "法定办结时限", "承诺办结时限")
    heading = ",".join((*titles, "到办事现场次数", "是否网办", "是否支持物流快递", "服务对象")) + "\n"
    rows = [
        "１１４４００００００６９３９７５６Ｂ２４４０１０１００７０００,440101007000,01,20个工作日,５个工作日,0,是,否,自然人",
        "11440000006939756B2440101007000,440101007000,行政许可,即办,20（工作日）,０,√,×,自然人、企业法人",
        "abc,,99,无,—,x,?,,",
        ",440101007000,公共服务,2小时,1个工作日,-1,1,0,9",
        '\u3000,"440101007000\n",20,99999999999999999999个工作日,1_0,1e3,true,FALSE,1;2',
    ]
    (tmp_path / "实施清单.csv").write_text(heading + "\n".join(rows) + "\n", encoding="utf-8")
    assert agree(RunRequest("item-management", (tmp_path / "实施清单.csv",))) >= 10


@pytest.mark.skipif(not REAL.is_file(), reason="真实数据不在项目中：设 GUIJU_REAL_DATA 指向其文件夹")
def test_on_the_real_rows():
    assert agree(RunRequest("item-management", (REAL,), mapping="guangdong-items-2021")) >= 18


def test_a_stated_limit_that_cannot_be_read_is_there(tmp_path):
    """A text such as 即日 is a limit, only no number: nothing says that it was left out."""
    rows = (
        "实施编码,事项类型,服务对象,法定办结时限,承诺办结时限\nA1,01,2,20个工作日,即日\nA2,01,2,20个工作日,\n"
    )
    (tmp_path / "实施清单.csv").write_text(rows, encoding="utf-8")
    result, _ = run(RunRequest("item-management", (tmp_path / "实施清单.csv",)))
    found = {item.id: item for item in result.requirements}
    assert (found["IM-022"].counts.passed, found["IM-022"].counts.failed) == (1, 1)
    assert found["IM-023"].counts.undecided == 2
    assert {entry.reason for entry in found["IM-023"].undecided_reasons} == {
        "承诺办结时限不能识别",
        "缺少承诺办结时限",
    }
    assert "没有交来、因而未核验的列" in found["IM-018"].reason

"""Spoiled values are told and take back the verdicts that rest on them; personal data are told by heading."""

import csv

import pytest

from guiju.engine import dictionaries
from guiju.result.serial import to_json
from guiju.run import odd_texts
from guiju.run.judging import run
from guiju.run.request import RunRequest

PLAIN = {"工单编号": "", "创建时间": "2024-03-01 09:05", "办结时间": "2024-03-05 10:00", "工单状态": "10"}


@pytest.fixture
def judge(tmp_path):
    """Judge tickets, given by what differs from a plain one; gives the result and its requirements by id."""

    def judging(changes, more=()):
        path = tmp_path / "热线工单.csv"
        rows = [
            {**PLAIN, "工单编号": f"GD-{number}", **dict.fromkeys(more, ""), **change}
            for number, change in enumerate(changes)
        ]
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        result, _ = run(RunRequest("hotline-operation", (path,), as_of="2024-06-01"))
        return result, {item.id: item for item in result.requirements}

    return judging


def told(result, family="GJ-D3"):
    remarks = [remark for remark in result.inputs[0].remarks if remark.code.startswith(family)]
    return [(remark.code, remark.column, remark.count, remark.rows) for remark in remarks]


def test_codes_that_were_rounded_are_not_called_repeated(judge):
    result, found = judge([{}, {"工单编号": "1.14E+30"}, {"工单编号": "1.14E+30"}, {}])
    unique = found["HO-001"]
    assert (unique.outcome, unique.counts.failed, unique.counts.undecided) == ("cantTell", 0, 2)
    assert "工单编号的原值在导出时已经丢失或不能确定的2条不据以认定" in unique.reason
    assert unique.findings == ()
    assert told(result) == [("GJ-D302", "工单编号", 2, (3, 4))]


def test_what_fails_for_itself_still_fails(judge):
    result, found = judge(
        [{"创建时间": "45000"}, {"创建时间": "昨天"}, {"创建时间": "45000", "办结时间": "昨天"}, {}]
    )
    form = found["HO-003"]
    assert (form.outcome, form.counts.failed, form.counts.undecided) == ("failed", 2, 1)
    assert [one.row for one in form.findings] == [3, 4]
    assert ("GJ-D305", "创建时间", 2, (2, 4)) in told(result)
    assert found["HO-005"].counts.undecided == 4 - 1


def test_american_dates_are_read_where_the_column_tells_and_else_asked_about(judge):
    american = {"创建时间": "03/01/2024 09:05:00 AM", "办结时间": "03/05/2024"}
    result, found = judge([american, {**american, "创建时间": "02/28/2024 12:30:00 PM"}])
    assert found["HO-005"].counts.undecided == 2
    assert {code for code, *_ in told(result)} == {"GJ-D306", "GJ-D327"}
    result, found = judge([american, {"办结时间": "02/13/2024 01:00:00 AM"}])
    assert (found["HO-005"].counts.failed, found["HO-005"].counts.undecided) == (1, 1)
    result, found = judge([{"办结时间": "13/03/2024"}, {"办结时间": "03/13/2024"}])
    assert told(result)[0] == ("GJ-D306", "办结时间", 2, (2, 3))
    assert found["HO-003"].outcome == "cantTell"


@pytest.mark.parametrize("large", [False, True])
def test_small_and_large_tables_tell_the_same(judge, monkeypatch, large):
    if large:
        monkeypatch.setattr(dictionaries, "ROWS", 1)
        monkeypatch.setattr(dictionaries, "TEXTS", 50)
        monkeypatch.setattr(odd_texts, "FIRST_ROWS", 50)
    changes = [{"创建时间": f"2024-03-01 09:{number % 60:02}:{number // 60:02}"} for number in range(200)]
    changes[150] = {"工单编号": "1.14E+30", "创建时间": "2024-02-30 10:00"}
    changes[160] = {"工单编号": "123456789012345000000", "工单状态": "NULL", "办结时间": "9999-12-31"}
    result, found = judge(changes)
    expected = {
        ("GJ-D302", "工单编号", 1, (152,)),
        ("GJ-D308", "创建时间", 1, (152,)),
        ("GJ-D301", "工单编号", 1, (162,)),
        ("GJ-D309", "办结时间", 1, (162,)),
        ("GJ-D318", "工单状态", 1, (162,)),
    }
    assert set(told(result)) == expected
    assert (found["HO-003"].counts.failed, found["HO-001"].outcome) == (1, "passed")


def test_personal_data_are_told_by_heading_alone(judge):
    name = "某某某"
    result, _ = judge([{"诉求人": name, "联系手机": "13000000000"}, {}], more=("诉求人", "联系手机"))
    ((code, column, count, rows),) = told(result, "GJ-D4")
    assert (code, column, count, rows) == ("GJ-D401", "", 2, ())
    assert name.encode() not in to_json(result).encode()

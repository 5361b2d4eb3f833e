"""Values from several tables in a whole run: spoiled values of partners, periods, tables not delivered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guiju.run.judging import run
from guiju.run.request import RunRequest

PACK = Path(__file__).resolve().parents[3] / "docs" / "examples" / "partners"
SERVICE, RATING = "service-example", "rating-example"
LOST = "1.14E+30"
"""A long number as a spreadsheet leaves it: which one it was, nobody knows."""


@pytest.fixture
def judge(tmp_path):
    """Judge tables given by title, each a heading and rows as lines; gives the requirements by id."""

    def judging(standard, tables, **more):
        for title, text in tables.items():
            (tmp_path / f"{title}.csv").write_text(text.replace(" ", "\n") + "\n", encoding="utf-8")
        request = RunRequest(standard, (tmp_path,), pack=PACK, as_of="2027-12-31")
        result, _ = run(replace(request, **more))
        return {item.id: item for item in result.requirements}

    return judging


def counts(item):
    found = item.counts
    return found.inapplicable, found.passed, found.failed, found.undecided


CASES = "办件编号,应收金额 A1,100 A2,100 A3,100"
NOTICES = "告知编号,办件编号 N1,A1 N2,A2 N3,A2"


def test_nothing_spoiled(judge):
    found = judge(SERVICE, {"办件": CASES, "补正告知": NOTICES})["EX-001"]
    assert (found.outcome, counts(found)) == ("failed", (1, 1, 1, 0))


def test_lost_keys_of_partners_take_back_what_was_found_and_what_was_not(judge):
    """A notice whose case is not known may belong to any case: also to one that passed, or had none."""
    found = judge(SERVICE, {"办件": CASES, "补正告知": f"{NOTICES} N4,{LOST}"})["EX-001"]
    assert (found.outcome, counts(found)) == ("cantTell", (0, 0, 0, 3))
    assert found.findings == ()
    (why,) = found.undecided_reasons
    assert (why.reason, why.count) == ("办件编号的原值在导出时已经丢失或不能确定", 3)


def test_lost_values_of_partners_take_back_what_rests_on_them(judge):
    payments = "缴费编号,办件编号,金额,是否已退 P1,A1,100,否 P2,A2,101,否 P3,A3,锟斤拷,否"
    found = judge(SERVICE, {"办件": CASES, "缴费记录": payments})["EX-002"]
    assert (found.outcome, counts(found)) == ("cantTell", (0, 0, 0, 3))
    assert found.findings == ()
    whole = judge(SERVICE, {"办件": CASES, "缴费记录": payments.replace("锟斤拷", "99")})["EX-002"]
    assert (whole.outcome, counts(whole)) == ("failed", (0, 2, 1, 0))


def test_lost_values_that_the_requirement_does_not_read_change_nothing(judge):
    payments = f"缴费编号,办件编号,金额,是否已退 {LOST},A1,100,否 P2,A2,101,否"
    found = judge(SERVICE, {"办件": CASES, "缴费记录": payments})["EX-002"]
    assert (found.outcome, counts(found)) == ("failed", (1, 1, 1, 0))


def test_lost_keys_of_rows_take_back_these_rows_alone(judge):
    found = judge(SERVICE, {"办件": f"{CASES} {LOST},100", "补正告知": NOTICES})["EX-001"]
    assert (found.outcome, counts(found)) == ("failed", (1, 1, 1, 1))
    assert [one.row for one in found.findings] == [3]


def test_a_partner_of_a_match_that_is_lost_takes_back_what_failed(judge):
    cases = "办件编号,事项编码,事项名称 A1,B1,新名称 A2,B1,旧名称"
    items = "事项编码,事项名称,是否现行 B1,新名称,是"
    found = judge(SERVICE, {"办件": cases, "事项清单": items})["EX-003"]
    assert (found.outcome, counts(found)) == ("failed", (0, 1, 1, 0))
    found = judge(SERVICE, {"办件": cases, "事项清单": f"{items} {LOST},旧名称,是"})["EX-003"]
    assert (found.outcome, counts(found)) == ("cantTell", (0, 1, 0, 1))


DONE = "办件编号,办结日期 A1,2027-11-02 A2,2027-12-03"
RATINGS = "评价编号,办件编号,评价日期,是否默认评价 R1,A1,2027-11-03,否 R2,A1,2027-11-04,是"


def test_a_share_over_lost_partners_says_nothing(judge):
    found = judge(RATING, {"办件": DONE, "评价": RATINGS})["RX-002"]
    assert (found.outcome, found.reason[:4]) == ("failed", "1/2（")
    found = judge(RATING, {"办件": DONE, "评价": f"{RATINGS} R3,{LOST},2027-12-04,否"})["RX-002"]
    assert found.outcome == "cantTell"
    assert found.reason.startswith("办件编号的原值在导出时已经丢失或不能确定，不据以认定：1/2")


def test_a_share_of_rows_whose_own_keys_are_lost_says_nothing(judge):
    """Partners of such a row are there and are not found by what is left of its key."""
    found = judge(RATING, {"办件": DONE.replace("A2", LOST), "评价": RATINGS})["RX-002"]
    assert found.outcome == "cantTell"
    assert "办件编号的原值在导出时已经丢失或不能确定" in found.reason


def test_a_target_ahead_stays_ahead_whatever_is_lost(judge):
    tables = {"办件": DONE, "评价": f"{RATINGS} R3,{LOST},2027-12-04,否"}
    found = judge(RATING, tables, as_of="2027-12-30")["RX-002"]
    assert (found.outcome, found.reason.startswith("目标日期未到")) == ("inapplicable", True)


@pytest.mark.parametrize(
    ("period", "share", "outcome"),
    [
        ("", "1/2", "failed"),
        ("2027-11", "1/1", "passed"),
        ("2027-12", "0/1", "failed"),
        ("2027-Q4", "1/2", "failed"),
        ("2027", "1/2", "failed"),
        ("2027-10", "没有计入指标的记录", "inapplicable"),
    ],
)
def test_a_period_counts_what_lies_in_it(judge, period, share, outcome):
    found = judge(RATING, {"办件": DONE, "评价": RATINGS}, period=period)["RX-002"]
    assert (found.outcome, found.reason.startswith(share)) == (outcome, True), found.reason
    assert ("只计2027-" in found.reason) == bool(period)


def test_both_ends_of_a_period_count(judge):
    done = "办件编号,办结日期 A1,2027-11-01 A2,2027-11-30 A3,2027-10-31 A4,2027-12-01"
    found = judge(RATING, {"办件": done, "评价": RATINGS}, period="2027-11")["RX-002"]
    assert found.reason.startswith("1/2（50.00%）")
    assert "只计2027-11-01至2027-11-30的记录" in found.reason


@pytest.mark.parametrize("unknown", ["", "昨天", "2027-11-31"])
def test_a_row_of_unknown_day_may_lie_in_the_period(judge, unknown):
    """Blank: it is not in the denominator anyhow, for it is not done; unreadable: it may be."""
    done = f"办件编号,办结日期 A1,2027-11-02 A2,{unknown}"
    found = judge(RATING, {"办件": done, "评价": RATINGS}, period="2027-11")["RX-002"]
    assert found.outcome == ("cantTell" if unknown else "passed"), found.reason
    assert ("1条无法判定" in found.reason) == bool(unknown)


def test_a_table_that_is_not_delivered_or_blank_leaves_it_untested(judge):
    found = judge(SERVICE, {"办件": CASES})["EX-001"]
    assert (found.outcome, "没有交来数据集“补正告知”" in found.reason) == ("untested", True)
    found = judge(SERVICE, {"办件": CASES, "补正告知": "告知编号,办件编号"})["EX-001"]
    assert (found.outcome, "没有交来数据集“补正告知”" in found.reason) == ("untested", True)

"""Explanations: read strictly, counted, printed beside outcomes, and changing them only where they may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from guiju.content import find_packs
from guiju.errors import InputError
from guiju.result.masking import mask
from guiju.run.desk import explained
from guiju.run.desk.explanations import Explanation, Span, explanations_for, needs_day, read_explanations
from guiju.standard.load import load

from .conftest import key

LAW = "IM-023"
ONE = Explanation(
    "E-1", LAW, "省里统一调整", "示例市某局", "2026-01-05", "2026-12-31", (key(3), key(6), "没有这个")
)
WRITTEN = """\
explanations:
  - id: E-1
    requirement: IM-023
    {rows}
    reason: 省里统一调整
    decided-by: 示例市某局
    decided: "2026-01-05"
    expires: "{expires}"
"""


def of(result, name=LAW):
    return next(item for item in result.requirements if item.id == name)


def test_explained_rows_are_counted_and_marked_and_a_law_is_not_moved(judge):
    plain, told = judge(), judge(explanations=(ONE,))
    before, after = of(plain), of(told)
    assert (before.outcome, after.outcome) == ("failed", "failed")
    assert before.reason == after.reason
    assert (after.counts.failed, after.counts.explained) == (4, 2)
    assert {one.key: one.explained for one in after.findings} == {
        key(3): "E-1",
        key(6): "E-1",
        key(9): "",
        key(12): "",
    }
    (use,) = told.explanations
    assert (use.state, use.rows, use.changes) == ("used", 2, False)
    assert told.summary == plain.summary


def test_a_span_of_time_covers_its_first_and_last_day(judge):
    span = replace(ONE, rows=(), span=Span("plan_effective_date", "2026-01-06", "2026-01-09"))
    result = judge(explanations=(span,))
    assert [one.key for one in of(result).findings if one.explained] == [key(6), key(9)]


def test_rows_that_two_explanations_cover_count_once(judge):
    more = replace(ONE, id="E-2", rows=(key(6), key(9)))
    result = judge(explanations=(ONE, more))
    assert of(result).counts.explained == 3
    assert [use.rows for use in result.explanations] == [2, 2]


def test_a_verdict_that_was_taken_back_needs_no_explanation(export, judge):
    """Eleven of twelve codes were rounded by a spreadsheet, one is wrong in itself: that one fails."""
    head, *lines = export.read_text(encoding="utf-8").splitlines()
    codes = [*["1.199E+30"] * 11, "没有编码"]
    rest = [line.partition(",")[2] for line in lines]
    rows = [f"{code},{cells}" for code, cells in zip(codes, rest, strict=True)]
    export.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    span = Span("plan_effective_date", "2026-01-01", "2026-01-31")
    item = of(judge(explanations=(replace(ONE, requirement="IM-001", rows=(), span=span),)), "IM-001")
    assert (item.counts.failed, item.counts.undecided, item.counts.explained) == (1, 11, 1)


def test_expired_and_unused_ones_are_listed_and_do_nothing(judge):
    expired = replace(ONE, expires="2026-02-27")
    unused = replace(ONE, id="E-2", rows=(key(1),))
    result = judge(explanations=(expired, unused))
    assert [use.state for use in result.explanations] == ["expired", "unused"]
    assert of(result).counts.explained == 0
    last_day = replace(ONE, expires="2026-02-28")
    assert judge(explanations=(last_day,)).explanations[0].state == "used"


@pytest.mark.parametrize(
    ("rows", "outcome", "reason"),
    [
        ((3, 6), "failed", "适用的10条中有2条不符合；另有2条不符合有例外说明，依据是法律法规，不计入结论"),
        ((3, 6, 9, 12), "passed", "适用的8条中8条符合；另有4条不符合有例外说明，依据是法律法规，不计入结论"),
    ],
)
def test_where_it_may_the_rows_are_set_aside(judge, monkeypatch, rows, outcome, reason):
    monkeypatch.setattr(explained, "CHANGES", frozenset({"law"}))
    result = judge(explanations=(replace(ONE, rows=tuple(map(key, rows))),))
    item = of(result)
    assert (item.outcome, item.reason) == (outcome, reason)
    assert item.counts.failed == 4
    assert result.explanations[0].changes


def test_only_what_rests_on_nothing_above_the_region_is_moved():
    assert frozenset({"practice", "regional", "proposal"}) == explained.CHANGES


def test_what_leaves_the_house_tells_counts_only(judge):
    told = mask(judge(explanations=(ONE,)))
    (use,) = told["explanations"]
    assert (use["state"], use["rows"]) == ("used", "<5")
    assert {use[name] for name in ("id", "scope", "reason", "decided_by", "decided", "expires")} == {""}
    assert "省里统一调整" not in str(told)
    assert key(3) not in str(told)


def written(tmp_path, rows="rows: [a]", expires="2026-12-31", text=WRITTEN):
    path = tmp_path / "explanations.yaml"
    path.write_text(text.format(rows=rows, expires=expires), encoding="utf-8")
    return path


def test_a_file_is_read(tmp_path):
    (found,) = read_explanations(written(tmp_path, 'rows: ["a 1", b]'))
    assert (found.rows, found.decided_by, found.expires) == (("a 1", "b"), "示例市某局", "2026-12-31")
    assert found.scope == "主键为 a 1、b的 2 条记录"


@pytest.mark.parametrize(
    ("rows", "expires", "code"),
    [
        ('rows: ["*"]', "2026-12-31", "GJ-I345"),
        ("rows: [全部]", "2026-12-31", "GJ-I345"),
        ('span: {field: x, from: "2020-01-01", to: "2026-01-01"}', "2026-12-31", "GJ-I345"),
        ('span: {field: x, from: "2026-02-01", to: "2026-01-01"}', "2026-12-31", "GJ-I344"),
        ("rows: [a]", "2026-02-30", "GJ-I344"),
        ("rows: [a]", "2025-12-31", "GJ-I344"),
        ("rows: []", "2026-12-31", "GJ-I343"),
        ("note: 没有写哪些", "2026-12-31", "GJ-I343"),
        ('rows: [a]\n    span: {field: x, from: "2026-01-01", to: "2026-01-02"}', "2026-12-31", "GJ-I343"),
    ],
)
def test_what_cannot_stand_is_refused(tmp_path, rows, expires, code):
    path = written(tmp_path, rows, expires)
    with pytest.raises(InputError, match=code):
        read_explanations(path)


def test_one_id_stands_once(tmp_path):
    text = WRITTEN + WRITTEN.removeprefix("explanations:\n")
    path = written(tmp_path, text=text)
    with pytest.raises(InputError, match="GJ-I344"):
        read_explanations(path)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ONE, requirement="IM-999"),
        replace(ONE, requirement="IM-049"),
        replace(ONE, rows=(), span=Span("nothing", "2026-01-01", "2026-01-02")),
        replace(ONE, rows=(), span=Span("task_name", "2026-01-01", "2026-01-02")),
    ],
)
def test_unknown_requirements_and_fields_are_errors(wrong):
    standard = load(find_packs(), "item-management")
    with pytest.raises(InputError, match="GJ-I346"):
        explanations_for([wrong], [standard], "explanations.yaml")
    assert explanations_for([ONE], [standard], "")["item-management"] == (ONE,)


def test_without_a_day_nothing_can_be_told_of_expiry():
    with pytest.raises(InputError, match="GJ-I316"):
        needs_day("")


HEAD = ("编号", "要求", "主键", "数据元", "从", "到", "理由", "谁定的", "哪天定的", "到哪天失效")


def book(tmp_path, *rows, head=HEAD):
    path = tmp_path / "例外说明.xlsx"
    made = openpyxl.Workbook()
    for row in (head, *rows):
        made.active.append(row)
    made.save(path)
    return path


def test_a_workbook_says_the_same(tmp_path):
    decided, expires = date(2026, 1, 5), "2026-12-31"
    path = book(
        tmp_path,
        ("E-1", LAW, "a 1\nb", "", "", "", "省里统一调整", "示例市某局", decided, expires),
        (
            "E-2",
            LAW,
            "",
            "plan_effective_date",
            date(2026, 1, 6),
            "2026-01-09",
            "补录",
            "某局",
            decided,
            expires,
        ),
    )
    first, second = read_explanations(path)
    assert (first.rows, first.decided, first.decided_by) == (("a 1", "b"), "2026-01-05", "示例市某局")
    assert second.span == Span("plan_effective_date", "2026-01-06", "2026-01-09")


def test_what_is_wrong_in_a_workbook_is_told_by_row(tmp_path):
    path = book(tmp_path, ("E-1", LAW, "a", "", "", "", "", "某局", "2026-01-05", "2026-12-31"))
    with pytest.raises(InputError, match="GJ-I343") as fault:
        read_explanations(path)
    assert fault.value.cause == "第2行 缺少 reason"
    with pytest.raises(InputError, match="第一行缺少列：到哪天失效"):
        read_explanations(book(tmp_path, head=HEAD[:-1]))
    path.write_bytes(b"no workbook")
    with pytest.raises(InputError, match="GJ-I343"):
        read_explanations(path)

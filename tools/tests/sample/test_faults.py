"""Alterations of delivered texts: each does what its title says, repeatably, and only where it can."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from guiju.content import own_pack
from guiju.export import make_reading
from guiju.export.values.lexical import canonical
from guiju.standard.fields import Field
from guiju.standard.load import load_from
from guiju_tools.sample.faults import UNCHANGED, amounts, codes, operators, planted, row_operators, texts
from guiju_tools.sample.faults.offer import nowhere

ROW = {
    "task_code": "11990000000000001P3000101001000",
    "catalog_code": "000101001000",
    "task_name": "营业性演出许可",
    "task_type": "01",
    "task_version": "1",
    "dept_name": "示例市文化和旅游局",
    "dept_code": "11990000000000001P",
    "anticipate_limit": "20个工作日",
    "promise_limit": "5个工作日",
    "is_fee": "否",
    "server_type": "1,2",
    "plan_effective_date": "2024-01-31",
    "link_way": "000-00000001",
    "supervise_way": "000-00000002",
    "fee_basis": None,
}


def chance(seed):
    return Random(seed)  # noqa: S311 - invented data, not secrets


@pytest.fixture(scope="module")
def standard():
    return load_from(own_pack(), "item-management")


@pytest.fixture(scope="module")
def offered(standard):
    return operators(standard, standard.datasets["implementation-item"])


def one(offered, name, field):
    return next(item for item in offered if (item.name, item.field) == (name, field))


def after(offered, name, field, seed=1):
    operator = one(offered, name, field)
    return operator.apply(ROW[field], ROW, chance(seed))


@pytest.mark.parametrize(
    ("name", "field", "expected"),
    [
        ("dropped", "task_name", None),
        ("copied", "link_way", None),
        ("one-more", "promise_limit", "6个工作日"),
        ("one-less", "promise_limit", "4个工作日"),
        ("ten-times", "promise_limit", "50个工作日"),
        ("without-unit", "promise_limit", "5"),
        ("one-less", "task_version", "0"),
        ("flipped", "is_fee", "是"),
        ("next-day", "plan_effective_date", "2024-02-01"),
        ("year-before", "plan_effective_date", "2023-01-31"),
        ("outside-code", "task_type", "99"),
    ],
)
def test_what_an_operator_writes(offered, name, field, expected):
    if name == "copied":
        expected = ROW[one(offered, name, field).partner]
    assert after(offered, name, field) == expected


def test_a_swap_alters_both_fields(offered):
    operator = one(offered, "swapped", "anticipate_limit")
    assert operator.partner == "promise_limit"
    row = planted(operator, ROW, chance(1))
    assert (row["anticipate_limit"], row["promise_limit"]) == ("5个工作日", "20个工作日")
    assert ROW["anticipate_limit"] == "20个工作日"


def test_other_units_and_neighbouring_codes_are_other_ones(offered, standard):
    assert after(offered, "other-unit", "promise_limit") not in (ROW["promise_limit"], UNCHANGED)
    known = {item.code for item in standard.codelists["item-type"].codes}
    assert after(offered, "neighbour-code", "task_type") in known - {"01"}


def test_a_reference_points_nowhere_in_good_form(offered):
    found = after(offered, "points-nowhere", "catalog_code")
    assert found != ROW["catalog_code"]
    assert len(found) == 12


def test_sets_keep_the_way_they_are_written(offered, standard):
    more = after(offered, "member-added", "server_type")
    assert more.startswith("1,2,")
    assert after(offered, "member-removed", "server_type") in ("1", "2")
    field = standard.datasets["implementation-item"].fields["server_type"]
    assert codes.member_removed('["1", "2"]', field, chance(1)) in ('["1"]', '["2"]')


def test_what_cannot_be_altered_is_unchanged(offered):
    empty = {**ROW, "is_fee": None}
    assert one(offered, "flipped", "is_fee").apply(None, empty, chance(1)) is UNCHANGED
    assert one(offered, "dropped", "fee_basis").apply(None, ROW, chance(1)) is UNCHANGED
    assert one(offered, "dropped", "handle_area").apply(None, ROW, chance(1)) is UNCHANGED
    assert planted(one(offered, "dropped", "fee_basis"), ROW, chance(1)) is None


def test_every_operator_alters_something_and_twice_the_same(offered):
    for operator in offered:
        for seed in range(3):
            first = planted(operator, ROW, chance(seed))
            assert first == planted(operator, ROW, chance(seed))
            if first is not None:
                differing = {name for name in first if first[name] != ROW[name]}
                assert operator.field in differing
                assert differing <= {operator.field, operator.partner}


def test_every_field_gets_operators_and_every_kind_of_them_is_offered(offered, standard):
    fields = standard.datasets["implementation-item"].fields
    assert {item.field for item in offered} == set(fields)
    assert len({(item.name, item.field) for item in offered}) == len(offered)
    assert len({item.name for item in offered}) >= 20


def test_rows_twice_and_missing():
    rows = [{"a": "1"}, {"a": "2"}]
    twice, missing = row_operators()
    assert twice.apply(rows, 0) == [{"a": "1"}, {"a": "2"}, {"a": "1"}]
    assert missing.apply(rows, 0) == [{"a": "2"}]
    assert rows == [{"a": "1"}, {"a": "2"}]


@pytest.mark.parametrize("text", ["", "甲", "5", "甲乙丙12丁", "112233"])
@pytest.mark.parametrize("seed", range(5))
def test_slips_of_the_pen(text, seed):
    dice = chance(seed)
    assert len(texts.digit_altered(text, dice)) == len(text)
    assert sorted(texts.digits_exchanged(text, dice)) == sorted(text)
    assert len(text) - len(texts.digit_lost(text, dice)) in (0, 1)
    assert text.startswith(texts.truncated(text, dice))
    assert len(texts.garbled(text, dice)) == len(text)
    assert not text or len(texts.lengthened(text, 7)) == 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年1月31日", "2024年2月01日"),
        ("20240131", "20240201"),
        ("2024/01/31 10:00:00", "2024/02/01 10:00:00"),
        ("不详", "不详"),
        ("2024-13-01", "2024-13-01"),
    ],
)
def test_days_move_in_the_form_in_which_they_are_written(text, expected):
    assert amounts.day_moved(text, 1) == expected
    moved = Field("d", "日", "date-time")
    reading = make_reading(moved, codelist=None, crosswalk=None, values=None, separator="")
    assert isinstance(canonical(reading, amounts.day_moved(text, 1)), str)


def test_hours_go_round_the_clock():
    assert amounts.hour_moved("2024-01-31 23:05:00", 1) == "2024-01-31 00:05:00"
    assert amounts.hour_moved("2024-01-31", 1) == "2024-01-31"


def test_nothing_well_formed_is_made_where_the_pattern_allows_one_value():
    only = replace(Field("k", "键", "string"), pattern="^[1][2]$")
    assert nowhere("12", only, chance(1)) == "12"

"""What may leave the house: no values, no keys, no small figure, and none that can be worked out."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from guiju.result import Counts, IndicatorGroup
from guiju.result.masking import LEAST, _groups, hide
from guiju.result.serial import canonical, masked


def by_id(result):
    return {item["id"]: item for item in masked(result)["requirements"]}


def bounds(shown):
    """The least and the most that a reader can take a shown figure for."""
    if isinstance(shown, int):
        return shown, shown
    return (1, LEAST - 1) if shown.startswith("<") else (int(shown[1:]), 10**9)


def test_no_value_and_no_key_is_left(result):
    text = canonical(masked(result))
    values = [
        text
        for item in result.requirements
        for one in item.findings
        for text in (one.key, one.owner, *(cell.delivered for cell in one.cells))
    ]
    unknown = [value for table in result.inputs for code in table.codes for value, _ in code.unknown]
    notes = [
        note
        for table in result.inputs
        for note in (*(remark.text for remark in table.remarks), *table.unread_columns)
    ]
    left = [
        value
        for value in (*values, *unknown, *notes)
        if value and json.dumps(value, ensure_ascii=False) in text
    ]
    assert left == []


def test_small_figures_are_hidden_with_a_partner(result):
    small = by_id(result)["IM-024"]
    assert small["counts"] == {
        "inapplicable": 0,
        "passed": "≥2258",
        "failed": "<5",
        "undecided": 0,
        "explained": 0,
    }
    assert small["columns"][0]["failed"] == "<5"
    assert small["findings"] == []
    assert "2" not in small["reason"]


def test_large_figures_stay(result):
    large = by_id(result)["IM-008"]
    assert large["counts"]["failed"] == 6
    assert large["reason"] == "适用的2262条中有6条不符合"
    assert [one["row"] for one in large["findings"]] == [3, 4, 5, 6, 7, 8]


def test_what_belongs_to_a_hidden_figure_is_not_told_more_exactly(result):
    item = replace(result.requirements[2], counts=Counts(0, 2, 60, 3))
    told = masked(replace(result, requirements=(item,)))["requirements"][0]
    assert told["counts"] == {
        "inapplicable": 0,
        "passed": "<5",
        "failed": "≥57",
        "undecided": "<5",
        "explained": 0,
    }
    assert told["columns"][0]["failed"] == "≥5"


def test_a_fault_of_ours_is_told_without_its_words(result):
    told = by_id(result)["IM-041"]
    assert told["reason"] == "核验程序出错"


def test_codes_and_rows(result):
    table = masked(result)["inputs"][0]
    assert (table["codes"][0]["present"], table["codes"][0]["known"]) == (2262, "≥2258")
    assert [part["rows"] for part in table["parts"]] == ["≥2258", "<5"]


def test_groups_of_an_indicator(result):
    told = by_id(result)["IM-031"]["indicator"]
    first, second, third = told["groups"]
    assert (third["numerator"], third["denominator"]) == ("<5", "<5")
    assert (first["numerator"], first["denominator"]) == ("≥477", "≥489")
    assert (second["numerator"], second["denominator"]) == (430, 507)


def test_a_share_with_few_misses_is_hidden(result):
    indicator = replace(result.requirements[5].indicator, numerator=998, groups=())
    item = replace(result.requirements[5], indicator=indicator)
    told = masked(replace(result, requirements=(item,)))["requirements"][0]["indicator"]
    assert (told["numerator"], told["denominator"], told["value"]) == ("≥996", 1000, "")


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5))
def test_what_is_shown_is_true_and_tells_no_small_figure(parts):
    shown = hide(parts)
    limits = [bounds(one) for one in shown]
    assert all(low <= part <= high for part, (low, high) in zip(parts, limits, strict=True))
    assert not {one for one in shown if isinstance(one, int)} & {1, 2, 3, 4}
    hidden = [place for place, one in enumerate(shown) if not isinstance(one, int)]
    assert len(hidden) != 1 or max(parts) < LEAST


@given(st.integers(1, 4), st.integers(1, 4), st.integers(9, 500))
def test_how_few_they_are_cannot_be_seen(few, other, whole):
    assert hide([whole - few, few]) == hide([whole - other, other])


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=5))
def test_shares_of_groups_are_true_and_tell_no_small_figure(pairs):
    groups = [
        IndicatorGroup(str(place), min(pair), max(pair), 0, "passed") for place, pair in enumerate(pairs)
    ]
    for group, told in zip(groups, _groups(groups), strict=True):
        shown = {name: told[name] for name in ("numerator", "denominator")}
        for name, figure in shown.items():
            low, high = bounds(figure)
            assert low <= getattr(group, name) <= high, (group, told)
        assert not set(shown.values()) & {1, 2, 3, 4}
        if all(isinstance(figure, int) for figure in shown.values()):
            assert shown["denominator"] - shown["numerator"] not in {1, 2, 3, 4}

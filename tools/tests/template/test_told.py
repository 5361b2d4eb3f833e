"""What templates say about single fields."""

from __future__ import annotations

import pytest

from guiju_tools.template.forms import form_words, null_words, readers_words
from guiju_tools.template.lengths import pattern_lengths
from guiju_tools.template.told import choices


def field(told, dataset, name):
    item = next(item for item in told.datasets if item.dataset.id == dataset)
    return next(one for one in item.fields if one.field.name == name)


@pytest.mark.parametrize(
    ("name", "need"),
    [
        ("task_code", "must"),  # the key
        ("promise_limit", "must"),  # read by 应
        ("result_name", "wish"),  # read by 宜 alone
        ("local_task_code", "spare"),  # read by none
        ("promise_day", "instead"),  # follows from promise_limit
    ],
)
def test_a_field_is_needed_as_its_requirements_say(items, name, need):
    assert field(items, "implementation-item", name).need == need


def test_the_readers_of_a_field_are_named_those_of_shall_first(items):
    told = field(items, "implementation-item", "promise_limit")
    assert readers_words(told).startswith("IM-022（6.3.1，应）、IM-023（6.3.2，应）")
    modalities = [item.modality for item in told.readers]
    assert modalities == sorted(modalities, key=lambda word: word != "shall")


def test_form_and_blanks_are_told_in_words(items):
    code = field(items, "implementation-item", "task_code").field
    assert (form_words(code), null_words(code)) == ("31位或者33位", "每行都有值")
    condition = field(items, "implementation-item", "accept_condition").field
    assert null_words(condition) == "每行都有值；确实没有的写“无”"
    scenes = field(items, "implementation-item", "limit_scene_num").field
    assert form_words(scenes) == "不带单位、千分位和小数点；不小于0"


@pytest.mark.parametrize(
    ("pattern", "lengths"),
    [
        ("^[0-9]{18}$", (18,)),
        ("^[0-9]{6}([0-9]{6})?$", (6, 12)),
        ("^[0-9A-Z]{18}[1-7][0-9]{9}([0-9]{3}|00Y)([0-9]{2})?$", (31, 33)),
        ("^(?:ab|cde)$", (2, 3)),
        ("^a{2,3}$", (2, 3)),
        ("^[0-9]+$", ()),
        ("^a{2,}$", ()),
        ("^[)]{2}$", (2,)),
        ("^a{1,9}$", ()),
        ("^[0-9$", ()),
    ],
)
def test_the_lengths_of_a_pattern(pattern, lengths):
    assert pattern_lengths(pattern) == lengths


def test_a_label_is_offered_only_where_it_is_read_as_its_code(items):
    codes = items.standard.codelists["item-type"]
    assert dict(choices(codes))["01"] == "行政许可"
    twice = type(codes)("x", (type(codes.codes[0])("1", "同名"), type(codes.codes[0])("2", "同名")))
    assert choices(twice) == (("1", "1"), ("2", "2"))


def test_examples_are_invented_and_shown_by_label(items):
    assert field(items, "implementation-item", "task_type").example == "行政许可"
    assert field(items, "implementation-item", "handle_type").example == "窗口办理；网上办理；快递申请"


def test_a_record_of_events_is_taken_by_period_and_a_list_whole(items, tickets, odd):
    assert {item.dataset.id: item.stamps for item in items.datasets}["implementation-item"] == ()
    assert {item.dataset.id: item.stamps for item in tickets.datasets}["ticket"] == ("created_at",)
    assert odd.datasets[0].stamps == ("closed_on", "seen_at")

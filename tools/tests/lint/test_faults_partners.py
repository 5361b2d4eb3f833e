"""One thing wrong with related values, `to-when`, `period` or a target: that code, at that line."""

from __future__ import annotations

import pytest

CASE = "standards/service-example/requirements/01-case.yaml"
RATING = "standards/rating-example/requirements/01-rating.yaml"
TARGET = 'target: {by: "2027-12-31", baseline: "0.40", source: 示例说明五}'
NOTICES = "notices: {title: 补正告知次数, dataset: notice, on: {case_no: case_no}, value: count}"
# file, what stands there, what is written instead, level and codes, a part of the line they are told at
FAULTS = {
    "related dataset unknown": (
        CASE,
        "dataset: notice,",
        "dataset: notes,",
        {("error", "GJ-S372")},
        "notices:",
    ),
    "related key unknown": (
        CASE,
        "dataset: notice, on: {case_no: case_no}",
        "dataset: notice, on: {case_no: case_id}",
        {("error", "GJ-S373")},
        "notices:",
    ),
    "related field unknown": (CASE, "sum(amount)", "sum(amounts)", {("error", "GJ-S373")}, "paid:"),
    "keys that do not compare": (
        CASE,
        "dataset: notice, on: {case_no: case_no}",
        "dataset: notice, on: {fee_due: case_no}",
        {("error", "GJ-S163")},
        "notices:",
    ),
    "a sum of texts": (CASE, "sum(amount)", "sum(payment_no)", {("error", "GJ-S164")}, "paid:"),
    "a name that is a field": (
        CASE,
        "      notices: {",
        "      task_name: {",
        {("error", "GJ-S160")},
        "task_name: {title",
    ),
    "a name without use": (
        CASE,
        NOTICES,
        NOTICES + "\n      spare: {title: 闲置, dataset: notice, on: {case_no: case_no}, value: count}",
        {("error", "GJ-S153")},
        "spare:",
    ),
    "a title that a field has": (
        CASE,
        "title: 补正告知次数",
        "title: 办件编号",
        {("error", "GJ-S169")},
        "notices:",
    ),
    "a title that another value has": (
        CASE,
        NOTICES,
        NOTICES
        + "\n      again: {title: 补正告知次数, dataset: payment, on: {case_no: case_no}, value: count}"
        + '\n    decidable: "again >= 0"',
        {("error", "GJ-S169")},
        "again:",
    ),
    "a count asked for none": (
        CASE,
        'when: "notices > 0"',
        'when: "not (notices is null)"',
        {("error", "GJ-S155")},
        "not (notices",
    ),
    "a condition that cannot be read, of a value with a title": (
        CASE,
        'when: "not refunded"',
        'when: "not"',
        {("error", "GJ-S202")},
        "paid:",
    ),
    "a condition over the row itself": (
        CASE,
        'when: "not refunded"',
        'when: "amount <= fee_due"',
        {("error", "GJ-S208")},
        "paid:",
    ),
    "unlike kinds with a related value": (
        RATING,
        'assert: "rated_on >= accepted"',
        'assert: "rating_no = accepted"',
        {("error", "GJ-S214")},
        "assert:",
    ),
    "to-when over the row itself": (
        CASE,
        'to-when: "in_force"',
        'to-when: "fee_due > 0"',
        {("error", "GJ-S208")},
        "to-when:",
    ),
    "to-when that cannot be read": (
        CASE,
        'to-when: "in_force"',
        'to-when: "in_force ="',
        {("error", "GJ-S202")},
        "to-when:",
    ),
    "to-when of unlike kinds": (
        CASE,
        'to-when: "in_force"',
        "to-when: \"in_force = '1'\"",
        {("error", "GJ-S214")},
        "to-when:",
    ),
    "to-when that is no condition": (
        CASE,
        'to-when: "in_force"',
        'to-when: "task_name"',
        {("error", "GJ-S205")},
        "to-when:",
    ),
    "period unknown": (RATING, "period: decided_on", "period: done_on", {("error", "GJ-S373")}, "period:"),
    "period that is a related value": (
        RATING,
        "period: decided_on",
        "period: active",
        {("error", "GJ-S373")},
        "period:",
    ),
    "period that is no date": (
        RATING,
        "period: decided_on",
        "period: task_name",
        {("error", "GJ-S376")},
        "period:",
    ),
    "a day that is not there": (RATING, "2027-12-31", "2027-02-30", {("error", "GJ-S165")}, "target:"),
    "a target without a start": (RATING, ' baseline: "0.40",', "", {("notice", "GJ-S167")}, "target:"),
    "a target without a source": (RATING, ", source: 示例说明五}", "}", {("notice", "GJ-S156")}, "target:"),
    "a start that is there already": (
        RATING,
        'baseline: "0.40"',
        'baseline: "0.60"',
        {("error", "GJ-S168")},
        "target:",
    ),
}


def said(bench):
    """What is said of everything but features, which a change makes out of date as well."""
    return [(one.level, one.code) for one in bench.lint_standards()]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault(partners, name):
    label, old, new, expected, part = FAULTS[name]
    partners.change(label, old, new)
    found = partners.lint_standards()
    assert {(one.level, one.code) for one in found} == expected, [str(one) for one in found]
    at = partners.line(label, part)
    assert {(one.place.file, one.place.line) for one in found} <= {(label, at), (label, at + 1)}


def lifecycle(bench, day):
    label = "standards/rating-example/lifecycle.yaml"
    bench.write(label, f'entries:\n  - {{stage: "20", date: "{day}", what: 起草}}\n')


@pytest.mark.parametrize(
    ("day", "told"), [("2022-12-30", True), ("2022-12-31", False), ("2026-01-01", False)]
)
def test_a_target_that_this_edition_will_hardly_see(partners, day, told):
    lifecycle(partners, day)
    assert said(partners) == ([("notice", "GJ-S166")] if told else [])


@pytest.mark.parametrize(
    ("operator", "threshold", "told"),
    [
        ("<=", "0.60", True),
        ("<", "0.40", False),
        (">", "0.40", False),
        (">=", "0.40", True),
        ("=", "0.4", True),
    ],
)
def test_a_start_is_held_against_the_threshold_its_own_way(partners, operator, threshold, told):
    partners.change(RATING, 'operator: ">="', f'operator: "{operator}"')
    partners.change(RATING, 'threshold: "0.60"', f'threshold: "{threshold}"')
    assert ("error", "GJ-S168") in said(partners) if told else ("error", "GJ-S168") not in said(partners)


@pytest.mark.parametrize(
    ("parameter", "codes"),
    [
        ('{title: 比例, type: number, kind: directed, value: "0.30", tighter: higher}', {"GJ-S168"}),
        ("{title: 比例, type: number, kind: profile-sets}", set()),
    ],
)
def test_a_start_is_held_against_a_parameter_where_it_has_a_value(partners, parameter, codes):
    partners.change(
        "standards/rating-example/standard.yaml", "parameters: {}", f"parameters:\n  least: {parameter}"
    )
    partners.change(RATING, 'threshold: "0.60"', 'threshold: ":least"')
    found = {code for _, code in said(partners)}
    assert found & {"GJ-S168", "GJ-S377", "GJ-S379", "GJ-S381"} == codes


def test_parameters_of_conditions_on_partners_are_seen(partners):
    standard = "standards/service-example/standard.yaml"
    told = '{title: 起点, type: number, kind: directed, value: "1", tighter: higher}'
    partners.change(standard, "parameters: {}", f"parameters:\n  least: {told}")
    partners.change(CASE, 'when: "not refunded"', 'when: "amount > :least"')
    assert said(partners) == [("error", "GJ-S378")]
    partners.change(CASE, 'when: "amount > :least"', 'when: "not refunded"')
    partners.change(standard, 'value: "1", tighter: higher', 'value: "1", tighter: higher')
    partners.change(CASE, 'to-when: "in_force"', 'to-when: "in_force or 2 > :least"')
    assert said(partners) == [("error", "GJ-S378")], "it is used, and where it may not be"


def test_fields_of_conditions_on_partners_have_to_stand_in_examples(partners):
    """What `to-when` reads is read by the check, so an example that leaves it out lacks something."""
    label = "features/service-example/01-case.feature"
    text = partners.read(label)
    start = text.index("        | 事项编码 | 事项名称 | 是否现行 |")
    end = text.index('      当 核验"EX-003"')
    partners.write(
        label, text[:start] + "        | 事项编码 | 事项名称 |\n        | B1 | 新名称 |\n" + text[end:]
    )
    assert any("是否现行" in one.message for one in partners.lint() if one.level == "error")

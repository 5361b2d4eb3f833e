"""What a change weighs: breaking unless nothing became stricter."""

from __future__ import annotations

import copy

import pytest

from guiju.errors import InputError
from guiju_tools.editions.comparing import compare_editions
from guiju_tools.editions.requirements import check_grade

from .conftest import requirement

SHARE = {"kind": "indicator", "dataset": "a", "operator": ">=", "threshold": "0.95"}
LATE = {"kind": "indicator", "dataset": "a", "operator": "<=", "threshold": "0.05"}


def one(comparison):
    (change,) = comparison.changes
    return change


@pytest.mark.parametrize(
    ("key", "value", "grade", "what"),
    [
        ("text", "承诺办结时限应短于法定办结时限。", "editorial", "文字"),
        ("modality", "should", "compatible", "应、宜、可"),
        ("clause", "9.9.9", "editorial", "条款号"),
        ("remedy", "改一改。", "editorial", "整改建议"),
        ("tolerance", {"share": "0.01"}, "compatible", "允许的偏差比例"),
        ("tolerance", {"share": "0.0"}, None, ""),
        ("undecided-max", {"share": "0.5"}, "compatible", "允许的无法判定比例"),
    ],
)
def test_a_changed_requirement(altered, key, value, grade, what):
    comparison = altered(lambda document: requirement(document, "IM-023").update({key: value}))
    assert comparison.grade == grade
    if grade:
        assert (one(comparison).grade, one(comparison).what, one(comparison).id) == (grade, what, "IM-023")


def test_a_stronger_word_breaks(altered, edition):
    weak = next(item for item in edition["requirements"] if item["modality"] == "should")
    comparison = altered(lambda document: requirement(document, weak["id"]).update(modality="shall"))
    assert one(comparison).grade == "breaking"


def test_advice_that_becomes_binding_breaks(altered, edition):
    item = next(item for item in edition["requirements"] if item["basis"] == "law")

    def recalled(document):
        for source in requirement(document, item["id"])["source"]:
            source["mark"] = "recalled"

    assert {change.what: change.grade for change in altered(recalled).changes}["是否计入结论"] == "compatible"
    weak = copy.deepcopy(edition)
    recalled(weak)
    found = {change.what: change.grade for change in compare_editions(weak, edition).changes}
    assert found["是否计入结论"] == "breaking"


def test_changed_words_ask_for_the_check_to_be_confirmed(altered):
    comparison = altered(lambda document: requirement(document, "IM-023").update(text="别的应一样。"))
    assert one(comparison).reassess


def test_added_and_removed_requirements(altered, edition):
    new = {**requirement(edition, "IM-023"), "id": "IM-900", "name": "another", "text": "另一条应有。"}
    added = altered(lambda document: document["requirements"].append({**new, "check": {"kind": "declared"}}))
    assert (one(added).what, one(added).grade) == ("新增", "breaking")
    softer = altered(lambda document: document["requirements"].append({**new, "modality": "may"}))
    assert one(softer).grade == "compatible"
    gone = altered(lambda document: document["requirements"].remove(requirement(document, "IM-023")))
    assert (one(gone).what, one(gone).grade) == ("删去", "compatible")


def test_a_requirement_that_goes_on_under_another_id(altered):
    comparison = altered(lambda document: requirement(document, "IM-023").update(id="IM-901"))
    assert [(one.before, one.after) for one in comparison.moved] == [("IM-023", "IM-901")]


@pytest.mark.parametrize(
    ("old", "new", "grade"),
    [
        (SHARE, {**SHARE, "threshold": "0.90"}, "compatible"),
        (SHARE, {**SHARE, "threshold": "0.96"}, "breaking"),
        (SHARE, {**SHARE, "threshold": "0.950"}, "editorial"),
        (SHARE, {**SHARE, "threshold": ":share"}, "breaking"),
        (LATE, {**LATE, "threshold": "0.10"}, "compatible"),
        (LATE, {**LATE, "threshold": "0.01"}, "breaking"),
        (SHARE, {**SHARE, "target": {"by": "2025-12-31"}}, "compatible"),
        ({**SHARE, "target": {"by": "2025-12-31"}}, SHARE, "breaking"),
        ({**SHARE, "target": {"by": "2025-12-31"}}, {**SHARE, "target": {"by": "2024-12-31"}}, "breaking"),
        (
            {**SHARE, "target": {"by": "2025-12-31"}},
            {**SHARE, "target": {"by": "2025-12-31", "baseline": "0.6"}},
            "editorial",
        ),
        (
            {**SHARE, "target": {"by": "2025-12-31"}},
            {**SHARE, "target": {"by": "2026-12-31"}, "threshold": "0.96"},
            "breaking",
        ),
        ({"kind": "record", "assert": "a <= 1"}, {"kind": "record", "assert": "a <= 2"}, "breaking"),
    ],
)
def test_a_changed_check(old, new, grade):
    assert check_grade(old, new) == grade


@pytest.mark.parametrize(
    ("alter", "grade"),
    [
        (lambda field: field.update({"x-aliases": [*field.get("x-aliases", []), "别名"]}), "compatible"),
        (lambda field: field.update({"x-aliases": []}), "breaking"),
        (lambda field: field.update({"description": "另一种说明"}), "editorial"),
        (lambda field: field.update({"maxLength": 9}), "breaking"),
        (lambda field: field.update({"maxLength": 9999}), "compatible"),
        (lambda field: field.pop("maxLength"), "compatible"),
        (lambda field: field.update({"minLength": 3}), "breaking"),
        (lambda field: field.update({"type": "integer"}), "breaking"),
        (lambda field: field.update({"pattern": "^[0-9]$"}), "breaking"),
        (lambda field: field.update({"x-owner": "别的单位"}), "editorial"),
    ],
)
def test_a_changed_field(altered, edition, alter, grade):
    fields = edition["datasets"]["implementation-item"]["properties"]
    name = next(key for key, facts in fields.items() if "maxLength" in facts and facts.get("x-aliases"))
    comparison = altered(
        lambda document: alter(document["datasets"]["implementation-item"]["properties"][name])
    )
    assert one(comparison).grade == grade
    assert one(comparison).id == f"implementation-item.{name}"


def test_fields_that_must_be_filled_in(altered, edition):
    def needed(document, name):
        document["datasets"]["material"]["required"] = [*document["datasets"]["material"]["required"], name]

    schema = edition["datasets"]["material"]
    free = next(name for name in schema["properties"] if name not in schema["required"])
    assert one(altered(lambda document: needed(document, free))).grade == "breaking"
    added = altered(
        lambda document: document["datasets"]["material"]["properties"].update(
            new={"title": "新", "type": "string"}
        )
    )
    assert one(added).grade == "compatible"


@pytest.mark.parametrize(
    ("alter", "grade"),
    [
        (lambda codes: codes.append({"code": "zz", "label": "另一种"}), "compatible"),
        (lambda codes: codes.pop(), "breaking"),
        (lambda codes: codes[0].update(label="改名"), "breaking"),
        (lambda codes: codes[0].update(description="说明"), "editorial"),
        (lambda codes: codes[0].update(valid_to="2020-01-01"), "breaking"),
    ],
)
def test_a_changed_code_list(altered, alter, grade):
    comparison = altered(lambda document: alter(document["codelists"]["time-unit"]["codes"]))
    assert one(comparison).grade == grade


@pytest.mark.parametrize(
    ("value", "tighter", "grade"),
    [
        ("4", "lower", "breaking"),
        ("6", "lower", "compatible"),
        ("6", "higher", "breaking"),
        ("6", None, "breaking"),
    ],
)
def test_a_changed_parameter(edition, value, tighter, grade):
    first, second = copy.deepcopy(edition), copy.deepcopy(edition)
    for document, told in ((first, "5"), (second, value)):
        document["parameters"]["days"] = {
            "title": "日数",
            "type": "integer",
            "kind": "directed",
            "value": told,
        }
        document["parameters"]["days"] |= {"tighter": tighter} if tighter else {}
    assert one(compare_editions(first, second)).grade == grade


def test_two_standards_are_not_compared(edition):
    with pytest.raises(InputError, match="GJ-I490"):
        compare_editions(edition, {**edition, "id": "hotline-operation"})

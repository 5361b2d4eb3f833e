"""Results as JSON: the same bytes, the whole way back, and of the published form."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from jsonschema import Draft202012Validator

from guiju.content import own_pack
from guiju.errors import InputError
from guiju.result import model
from guiju.result.serial import document, from_json, masked, to_json

SCHEMA = own_pack().standards / "schema" / "result.schema.json"
DEFINED = {
    "standard": model.StandardIdentity,
    "table": model.InputTable,
    "part": model.InputPart,
    "column": model.ColumnReading,
    "code": model.CodeReading,
    "remark": model.InputRemark,
    "requirement": model.RequirementResult,
    "counts": model.Counts,
    "undecided": model.UndecidedReason,
    "blamed": model.ColumnCount,
    "indicator": model.Indicator,
    "group": model.IndicatorGroup,
    "finding": model.Finding,
    "cell": model.FindingCell,
    "summary": model.Summary,
    "claim": model.ClaimBeside,
    "claims": model.ClaimsUse,
}


@pytest.fixture(scope="module")
def schema():
    found = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return found


def faults(schema, value):
    return [
        f"{list(error.absolute_path)} {error.message}"
        for error in Draft202012Validator(schema).iter_errors(value)
    ]


def test_the_way_back_loses_nothing(result):
    assert from_json(to_json(result)) == result


def test_the_text_is_canonical(result):
    text = to_json(result)
    assert text == to_json(from_json(text))
    assert text.endswith("}\n")
    assert "政务服务事项管理规范" in text
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_both_forms_are_of_the_published_form(schema, result):
    assert faults(schema, json.loads(to_json(result))) == []
    assert faults(schema, masked(result)) == []


def test_the_schema_says_what_the_model_says(schema):
    assert set(schema["properties"]) == {"format", "masked", *(item.name for item in fields(model.Result))}
    for name, kind in DEFINED.items():
        told = schema["$defs"][name]
        assert set(told["properties"]) == {item.name for item in fields(kind)}, name
        assert set(told["required"]) == set(told["properties"]), name
        assert told["additionalProperties"] is False, name


def test_the_schema_is_strict(schema, result):
    whole, bare = document(result), masked(result)
    assert faults(schema, {**whole, "host": "x"})
    assert faults(schema, {**whole, "exit_code": 9})
    assert faults(schema, {**whole, "masked": True}), "a whole result must not pass for a masked one"
    assert faults(schema, {**bare, "masked": False}), "hidden figures stand in masked results only"
    bare["requirements"][0]["counts"]["failed"] = 3
    assert faults(schema, bare), "a small figure must not leave the house"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "GJ-I320"),
        ("[" * 100_000, "GJ-I320"),
        ("[]", "GJ-I321"),
        ("{}", "GJ-I321"),
        ('{"format": 2, "masked": false}', "GJ-I321"),
        ('{"format": 1, "masked": true}', "GJ-I322"),
        ('{"format": 1, "masked": false}', "GJ-I323"),
    ],
)
def test_other_texts_are_refused(text, code):
    with pytest.raises(InputError) as caught:
        from_json(text, "某文件.json")
    assert caught.value.code == code
    assert caught.value.place.file == "某文件.json"
    assert caught.value.hint


@pytest.mark.parametrize(
    ("change", "inside"),
    [
        (lambda data: data.update(exit_code="1"), "/exit_code"),
        (lambda data: data.update(exit_code=True), "/exit_code"),
        (lambda data: data["requirements"][2].update(outcome="maybe"), "/requirements/2/outcome"),
        (lambda data: data["requirements"][0]["counts"].pop("failed"), "/requirements/0/counts"),
        (lambda data: data["inputs"][0]["codes"][0].update(unknown=[["x"]]), "/inputs/0/codes/0/unknown/0"),
        (lambda data: data.update(requirements={}), "/requirements"),
        (lambda data: data.update(summary=[]), "/summary"),
    ],
)
def test_the_place_of_a_fault_is_told(result, change, inside):
    data = json.loads(to_json(result))
    change(data)
    with pytest.raises(InputError) as caught:
        from_json(json.dumps(data))
    assert caught.value.code == "GJ-I323"
    assert caught.value.place.inside == inside


def test_nothing_of_the_run_is_inside(result):
    assert to_json(result) == to_json(replace(result))

"""One thing wrong with a record schema: that code, at that line."""

from __future__ import annotations

import pytest

HOME = "standards/window-service"
CASE, ITEM = f"{HOME}/datasets/case.yaml", f"{HOME}/datasets/item.yaml"
# file, what stands there, what is written instead, all codes, a part of the line they are told at
FAULTS = {
    "required unknown": (
        CASE,
        "required: [case_code, ",
        "required: [case_code, nothing, ",
        {"GJ-S317"},
        "required:",
    ),
    "no key": (ITEM, "type: string, x-key: true", "type: string", {"GJ-S318"}, "$id: item"),
    "keyword of another type": (
        CASE,
        "title: 备注, type: string",
        "title: 备注, type: string, minimum: 1",
        {"GJ-S319"},
        "note:",
    ),
    "array without items": (
        ITEM,
        "type: array, items: {type: string}",
        "type: array",
        {"GJ-S319"},
        "channels:",
    ),
    "two lists of values": (
        CASE,
        "x-codelist: case-state",
        'x-codelist: case-state, enum: ["1"]',
        {"GJ-S319"},
        "state:",
    ),
    "as-of without codes": (
        CASE,
        "title: 备注, type: string",
        "title: 备注, type: string, x-as-of: decided_on",
        {"GJ-S319"},
        "note:",
    ),
    "bounds crossed": (CASE, "maxLength: 31", "minLength: 32, maxLength: 31", {"GJ-S319"}, "item_code: {"),
    "class of Unicode": (CASE, "^[0-9A-Z]{4,20}$", r"^\\d{4,20}$", {"GJ-S320"}, "case_code: {"),
    "no anchors": (CASE, "^[0-9A-Z]{4,20}$", "[0-9A-Z]{4,20}", {"GJ-S320"}, "case_code: {"),
    "look-around": (CASE, "^[0-9A-Z]{4,20}$", "^(?=A)[0-9A-Z]{4,20}$", {"GJ-S320"}, "case_code: {"),
    "bare branch": (CASE, "^[0-9A-Z]{4,20}$", "^[0-9]{4}|[A-Z]{4}$", {"GJ-S320"}, "case_code: {"),
    "any character": (CASE, "^[0-9A-Z]{4,20}$", "^.{4,20}$", {"GJ-S320"}, "case_code: {"),
    "as-of that is no date": (CASE, "x-as-of: accepted_on", "x-as-of: note", {"GJ-S321"}, "state:"),
    "reference to nothing": (
        CASE,
        "x-reference: item.item_code",
        "x-reference: item.code",
        {"GJ-S322"},
        "item_code: {",
    ),
    "reference to another type": (
        CASE,
        "x-reference: item.item_code",
        "x-reference: item.channels",
        {"GJ-S322"},
        "item_code: {",
    ),
    "derivation that is no function": (
        CASE,
        "limit_number(result_limit)",
        "result_limit",
        {"GJ-S323"},
        "result_days:",
    ),
    "derivation of another type": (
        CASE,
        "limit_number(result_limit)",
        "limit_unit(result_limit)",
        {"GJ-S323"},
        "result_days:",
    ),
    "derivation in a circle": (
        CASE,
        "result_limit: {title: 办结用时, type: string}",
        'result_limit: {title: 办结用时, type: string, x-from: "substr(result_limit, 1, 9)"}',
        {"GJ-S324"},
        "result_limit:",
    ),
    "alias twice": (
        CASE,
        "title: 备注, type: string",
        "title: 备注, type: string, x-aliases: [ｃａｓｅ＿ｎｏ]",
        {"GJ-S325"},
        "note:",
    ),
    "alias of a title": (
        CASE,
        "title: 备注, type: string",
        "title: 备注, type: string, x-aliases: [受理 日期]",
        {"GJ-S325"},
        "note:",
    ),
    "dataset called twice": (ITEM, "x-grain:", "x-aliases: [办件表]\nx-grain:", {"GJ-S326"}, "x-aliases"),
    "parent unknown": (
        ITEM,
        "x-grain:",
        "x-parent: {dataset: folder, field: items}\nx-grain:",
        {"GJ-S327"},
        "x-parent",
    ),
    "no such code list": (CASE, "x-codelist: case-state", "x-codelist: case-stage", {"GJ-S120"}, "state:"),
    "file called otherwise": (
        f"{HOME}/datasets/exception.yaml",
        "$id: exception",
        "$id: exempted",
        {"GJ-S315", "GJ-S372"},
        None,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault(bench, name):
    label, old, new, codes, part = FAULTS[name]
    bench.change(label, old, new)
    found = bench.lint_standards()
    assert {notice.code for notice in found} == codes, [str(notice) for notice in found]
    if part is not None:
        at = bench.line(label, part)
        assert {(notice.place.file, notice.place.line) for notice in found} <= {(label, at), (label, at + 1)}


def test_a_dataset_defined_twice(bench):
    bench.write(f"{HOME}/datasets/items.yaml", bench.read(ITEM))
    (found,) = bench.lint()
    assert (found.code, found.place.file, found.place.line) == ("GJ-S301", f"{HOME}/datasets/items.yaml", 2)

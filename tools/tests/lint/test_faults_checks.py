"""One thing wrong with a check: that code, at that line."""

from __future__ import annotations

import pytest

HOME = "standards/window-service"
LIMITS = f"{HOME}/requirements/01-limits.yaml"
QUALITY = f"{HOME}/requirements/02-quality.yaml"
# file, what stands there, what is written instead, all codes, a part of the line they are told at
FAULTS = {
    "dataset unknown": (LIMITS, "to: {dataset: item,", "to: {dataset: items,", {"GJ-S372"}, "dataset: items"),
    "field unknown": (LIMITS, "stages: [accepted_on,", "stages: [taken_on,", {"GJ-S373"}, "taken_on"),
    "group unknown": (
        QUALITY,
        '    operator: ">="',
        '    groups: [office]\n    operator: ">="',
        {"GJ-S373"},
        "groups:",
    ),
    "fields uneven": (
        LIMITS,
        "to: {dataset: item, fields: [item_code]",
        "to: {dataset: item, fields: [item_code, item_name]",
        {"GJ-S374"},
        "kind: reference",
    ),
    "unlike types": (
        QUALITY,
        "{field: item_name, to: item_name, how: name}",
        "{field: accepted_on, to: item_name, how: same}",
        {"GJ-S374"},
        "compare:",
    ),
    "a date held as cited text": (
        QUALITY,
        "{field: item_name, to: item_name, how: name}",
        "{field: online, to: item_name, how: cited}",
        {"GJ-S374"},
        "compare:",
    ),
    "nothing to examine": (
        QUALITY,
        "aspect: code, fields: [state]",
        "aspect: code, fields: [note]",
        {"GJ-S375"},
        "fields: [note]",
    ),
    "presence of what may lack": (
        QUALITY,
        "fields: [case_code, item_code]}",
        "fields: [case_code, note]}",
        {"GJ-S375"},
        "[case_code, note]",
    ),
    "stage that is no date": (
        LIMITS,
        "stages: [accepted_on,",
        "stages: [note,",
        {"GJ-S376"},
        "stages: [note",
    ),
    "period that is no date": (
        QUALITY,
        '    operator: ">="',
        '    period: note\n    operator: ">="',
        {"GJ-S376"},
        "period:",
    ),
    "threshold unknown": (QUALITY, '":online_share"', '":share"', {"GJ-S377", "GJ-S381"}, None),
    "threshold of text": (QUALITY, '":online_share"', '":local_state"', {"GJ-S377", "GJ-S381"}, None),
    "directed parameter in when": (
        LIMITS,
        "result_days > 0",
        "result_days > :limit_days",
        {"GJ-S378"},
        "when:",
    ),
    "directed parameter on both sides": (
        LIMITS,
        "result_days <= :limit_days and",
        "result_days * :limit_days <= :limit_days and",
        {"GJ-S378"},
        "assert:",
    ),
    "wrong sense": (
        LIMITS,
        "result_days <= :limit_days and",
        "result_days >= :limit_days and",
        {"GJ-S379"},
        "assert:",
    ),
    "indicator the other way": (QUALITY, 'operator: ">="', 'operator: "<="', {"GJ-S379"}, "threshold:"),
    "parameter without use": (LIMITS, "state = :local_state and", "state = '2' and", {"GJ-S381"}, None),
    "another number in the text": (LIMITS, "应在20个工作日内", "应在30个工作日内", {"GJ-S382"}, "应在30个"),
    "another share in the text": (QUALITY, "应不少于95%", "应不少于90%", {"GJ-S382"}, "不少于90%"),
    "expression broken": (LIMITS, "result_days > 0", "result_days >", {"GJ-S202"}, "when:"),
    "field of an expression unknown": (LIMITS, "result_days > 0", "days > 0", {"GJ-S208"}, "when:"),
    "numerator that is no condition": (
        QUALITY,
        '"online = true"',
        '"result_days"',
        {"GJ-S205"},
        "numerator:",
    ),
    "dates compared with text": (
        LIMITS,
        "result_days > 0",
        "accepted_on > '2024-01-01'",
        {"GJ-S214"},
        "when:",
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

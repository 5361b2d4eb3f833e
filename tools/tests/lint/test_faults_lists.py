"""One thing wrong with code lists, crosswalks, profiles or the pack: that code, at that line."""

from __future__ import annotations

import pytest

CODES = "standards/codelists/case-state.csv"
CROSSWALK = "standards/crosswalks/case-state.local.csv"
PROFILE, DISTRICT = "standards/regions/990000/profile.yaml", "standards/regions/990100/profile.yaml"
REQUIREMENTS = "standards/window-service/requirements/02-quality.yaml"
# file, what stands there, what is written instead, all codes, a part of the line they are told at
FAULTS = {
    "replaced by nothing": (CODES, "2022-12-31,2,", "2022-12-31,3,", {"GJ-S329"}, "9,办完"),
    "label empty": (CODES, "1,办理中,,", "1,,,", {"GJ-S330"}, "1,,"),
    "owner empty": (
        CODES,
        "1,办理中,,2020-01-01,,,标准组",
        "1,办理中,,2020-01-01,,,",
        {"GJ-S331"},
        "1,办理中",
    ),
    "no date": (CODES, "1,办理中,,2020-01-01", "1,办理中,,2020-02-30", {"GJ-S332"}, "1,办理中"),
    "ends before it begins": (CODES, "2020-01-01,2022-12-31", "2023-01-01,2022-12-31", {"GJ-S332"}, "9,办完"),
    "one label, two codes": (CODES, "1,办理中", "1,已办结", {"GJ-S333"}, "2,已办结"),
    "code twice": (CODES, "9,办完", "2,办完", {"GJ-S122", "GJ-S329"}, None),
    "heading": (CODES, "code,label", "code,name", {"GJ-S121"}, "code,name"),
    "code not in the list": (CROSSWALK, "Y,2,", "Y,8,", {"GJ-S334"}, "Y,8"),
    "value twice": (CROSSWALK, "N,1,", "Y,1,", {"GJ-S333"}, "Y,1"),
    "extends nobody": (DISTRICT, '"990000"', '"990009"', {"GJ-S335"}, "extends"),
    "standard unknown": (PROFILE, "window-service:", "windows:", {"GJ-S336"}, "windows:"),
    "edition unknown": (PROFILE, '"0.1.0"', '"3.0.0"', {"GJ-S336"}, '"3.0.0"'),
    "parameter unknown": (PROFILE, "limit_days:", "limit_hours:", {"GJ-S337"}, "limit_hours"),
    "parameter loosened": (PROFILE, '"15"', '"25"', {"GJ-S338"}, '"25"'),
    "looser than the region above": (DISTRICT, '"12"', '"18"', {"GJ-S338"}, '"18"'),
    "fixed parameter set": (PROFILE, "limit_days:", "local_state:", {"GJ-S338"}, "local_state:"),
    "no number": (PROFILE, '"15"', '"1.5"', {"GJ-S339"}, '"1.5"'),
    "raised what is 应": (PROFILE, "raise: [WS-004]", "raise: [WS-005]", {"GJ-S340"}, "raise:"),
    "switched off unknown": (PROFILE, "id: WS-008", "id: WS-099", {"GJ-S341"}, "WS-099"),
    "switched off what is 应": (PROFILE, "id: WS-008", "id: WS-003", {"GJ-S341"}, "WS-003"),
    "reason blank": (PROFILE, "由上级系统编号", '" "', {"GJ-S341"}, "switch-off"),
    "added what exists": (DISTRICT, "id: WS-901", "id: WS-001", {"GJ-S342"}, "WS-001"),
    "added to no standard": (DISTRICT, "id: WS-901", "id: XQ-901", {"GJ-S342"}, "XQ-901"),
    "added with a higher basis": (DISTRICT, "basis: regional", "basis: policy", {"GJ-S342"}, "basis:"),
    "added in other words": (DISTRICT, "窗口应公布", "窗口必须公布", {"GJ-S343", "GJ-S346"}, "必须"),
    "prefix of no standard": (
        "standards/pack.yaml",
        "{WS: window-service}",
        "{WS: window-service, ZZ: nowhere}",
        {"GJ-S313"},
        "ZZ",
    ),
    "extends no pack": ("standards/pack.yaml", "extends: []", "extends: [other]", {"GJ-S314"}, "extends:"),
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


def test_a_basis_other_than_practice_is_not_switched_off(bench):
    text = bench.read(REQUIREMENTS)
    bench.write(REQUIREMENTS, text.replace("basis: practice", "basis: policy"))
    assert bench.codes() == ["GJ-S341"]


def test_profiles_that_extend_each_other(bench):
    bench.change(PROFILE, "title: 某地适用参数", 'title: 某地适用参数\nextends: "990100"')
    assert set(bench.codes()) == {"GJ-S335", "GJ-S338"}  # and 15 is looser than 12


def test_a_crosswalk_is_named_after_its_code_list(bench):
    bench.write("standards/crosswalks/state-of-case.csv", "value,code,label,owner,source\n")
    bench.write("standards/regions/990000/crosswalks/nothing.local.csv", "value,code,label,owner,source\n")
    assert bench.codes() == ["GJ-S328", "GJ-S328"]


def test_a_list_that_is_no_text(bench):
    bench.path("standards/codelists/other.csv").write_bytes(b"\xff\xfe\x00")
    assert bench.codes() == ["GJ-S300"]


def test_one_standard_alone(bench):
    bench.change(PROFILE, '"15"', '"25"')
    assert bench.lint("window-service") == []

"""One thing wrong with datasets, checks, code lists, profiles or editions: that code, at that line."""

from __future__ import annotations

import json

import pytest

HOME = "standards/window-service"
STANDARD = f"{HOME}/standard.yaml"
LIMITS = f"{HOME}/requirements/01-limits.yaml"
QUALITY = f"{HOME}/requirements/02-quality.yaml"
CASE, ITEM = f"{HOME}/datasets/case.yaml", f"{HOME}/datasets/item.yaml"
CODES = "standards/codelists/case-state.csv"
CROSSWALK = "standards/crosswalks/case-state.local.csv"
PROFILE, DISTRICT = "standards/regions/990000/profile.yaml", "standards/regions/990100/profile.yaml"

FEATURES = "GJ-S383"  # from here on: what a change also does to the feature files
CLAUSES = ("GJ-S397",)

# file, what stands there, what is written instead, all codes, a part of the line they are told at
FAULTS = {
    # record schemas
    "required unknown": (CASE, "required: [case_code, ", "required: [case_code, nothing, ", {"GJ-S317"}, "required:"),
    "no key": (ITEM, "type: string, x-key: true", "type: string", {"GJ-S318"}, "$id: item"),
    "keyword of another type": (CASE, "title: 备注, type: string", "title: 备注, type: string, minimum: 1", {"GJ-S319"}, "note:"),
    "array without items": (ITEM, "type: array, items: {type: string}", "type: array", {"GJ-S319"}, "channels:"),
    "two lists of values": (CASE, "x-codelist: case-state", 'x-codelist: case-state, enum: ["1"]', {"GJ-S319"}, "state:"),
    "as-of without codes": (CASE, "title: 备注, type: string", "title: 备注, type: string, x-as-of: decided_on", {"GJ-S319"}, "note:"),
    "bounds crossed": (CASE, "maxLength: 31", "minLength: 32, maxLength: 31", {"GJ-S319"}, "item_code: {"),
    "class of Unicode": (CASE, "^[0-9A-Z]{4,20}$", r"^\\d{4,20}$", {"GJ-S320"}, "case_code: {"),
    "no anchors": (CASE, "^[0-9A-Z]{4,20}$", "[0-9A-Z]{4,20}", {"GJ-S320"}, "case_code: {"),
    "look-around": (CASE, "^[0-9A-Z]{4,20}$", "^(?=A)[0-9A-Z]{4,20}$", {"GJ-S320"}, "case_code: {"),
    "bare branch": (CASE, "^[0-9A-Z]{4,20}$", "^[0-9]{4}|[A-Z]{4}$", {"GJ-S320"}, "case_code: {"),
    "any character": (CASE, "^[0-9A-Z]{4,20}$", "^.{4,20}$", {"GJ-S320"}, "case_code: {"),
    "as-of that is no date": (CASE, "x-as-of: accepted_on", "x-as-of: note", {"GJ-S321"}, "state:"),
    "reference to nothing": (CASE, "x-reference: item.item_code", "x-reference: item.code", {"GJ-S322"}, "item_code: {"),
    "reference to another type": (CASE, "x-reference: item.item_code", "x-reference: item.channels", {"GJ-S322"}, "item_code: {"),
    "derivation that is no function": (CASE, "limit_number(result_limit)", "result_limit", {"GJ-S323"}, "result_days:"),
    "derivation of another type": (CASE, "limit_number(result_limit)", "limit_unit(result_limit)", {"GJ-S323"}, "result_days:"),
    "derivation in a circle": (
        CASE,
        "result_limit: {title: 办结用时, type: string}",
        'result_limit: {title: 办结用时, type: string, x-from: "substr(result_limit, 1, 9)"}',
        {"GJ-S324"},
        "result_limit:",
    ),
    "alias twice": (CASE, "title: 备注, type: string", "title: 备注, type: string, x-aliases: [ｃａｓｅ＿ｎｏ]", {"GJ-S325"}, "note:"),
    "alias of a title": (CASE, "title: 备注, type: string", "title: 备注, type: string, x-aliases: [受理 日期]", {"GJ-S325"}, "note:"),
    "dataset called twice": (ITEM, "x-grain:", "x-aliases: [办件表]\nx-grain:", {"GJ-S326"}, "x-aliases"),
    "parent unknown": (ITEM, "x-grain:", "x-parent: {dataset: folder, field: items}\nx-grain:", {"GJ-S327"}, "x-parent"),
    "no such code list": (CASE, "x-codelist: case-state", "x-codelist: case-stage", {"GJ-S120"}, "state:"),
    "file called otherwise": (f"{HOME}/datasets/exception.yaml", "$id: exception", "$id: exempted", {"GJ-S315", "GJ-S372"}, None),
    # checks
    "dataset unknown": (LIMITS, "to: {dataset: item,", "to: {dataset: items,", {"GJ-S372"}, "dataset: items"),
    "field unknown": (LIMITS, "stages: [accepted_on,", "stages: [taken_on,", {"GJ-S373"}, "taken_on"),
    "group unknown": (QUALITY, '    operator: ">="', '    groups: [office]\n    operator: ">="', {"GJ-S373"}, "groups:"),
    "fields uneven": (LIMITS, "to: {dataset: item, fields: [item_code]", "to: {dataset: item, fields: [item_code, item_name]", {"GJ-S374"}, "kind: reference"),
    "unlike types": (QUALITY, "{field: item_name, to: item_name, how: name}", "{field: accepted_on, to: item_name, how: same}", {"GJ-S374"}, "compare:"),
    "a date held as cited text": (QUALITY, "{field: item_name, to: item_name, how: name}", "{field: online, to: item_name, how: cited}", {"GJ-S374"}, "compare:"),
    "nothing to examine": (QUALITY, "aspect: code, fields: [state]", "aspect: code, fields: [note]", {"GJ-S375"}, "fields: [note]"),
    "presence of what may lack": (QUALITY, "fields: [case_code, item_code]}", "fields: [case_code, note]}", {"GJ-S375"}, "[case_code, note]"),
    "stage that is no date": (LIMITS, "stages: [accepted_on,", "stages: [note,", {"GJ-S376"}, "stages: [note"),
    "period that is no date": (QUALITY, '    operator: ">="', '    period: note\n    operator: ">="', {"GJ-S376"}, "period:"),
    "threshold unknown": (QUALITY, '":online_share"', '":share"', {"GJ-S377", "GJ-S381"}, None),
    "threshold of text": (QUALITY, '":online_share"', '":local_state"', {"GJ-S377", "GJ-S381"}, None),
    "directed parameter in when": (LIMITS, "result_days > 0", "result_days > :limit_days", {"GJ-S378"}, "when:"),
    "directed parameter on both sides": (LIMITS, "result_days <= :limit_days and", "result_days * :limit_days <= :limit_days and", {"GJ-S378"}, "assert:"),
    "wrong sense": (LIMITS, "result_days <= :limit_days and", "result_days >= :limit_days and", {"GJ-S379"}, "assert:"),
    "indicator the other way": (QUALITY, 'operator: ">="', 'operator: "<="', {"GJ-S379"}, "threshold:"),
    "parameter without use": (LIMITS, "state = :local_state and", "state = '2' and", {"GJ-S381"}, None),
    "another number in the text": (LIMITS, "应在20个工作日内", "应在30个工作日内", {"GJ-S382"}, "应在30个"),
    "another share in the text": (QUALITY, "应不少于95%", "应不少于90%", {"GJ-S382"}, "不少于90%"),
    "expression broken": (LIMITS, "result_days > 0", "result_days >", {"GJ-S2"}, "when:"),
    "field of an expression unknown": (LIMITS, "result_days > 0", "days > 0", {"GJ-S2"}, "when:"),
    "numerator that is no condition": (QUALITY, '"online = true"', '"result_days"', {"GJ-S2"}, "numerator:"),
    "dates compared with text": (LIMITS, "result_days > 0", "accepted_on > '2024-01-01'", {"GJ-S2"}, "when:"),
    # code lists and crosswalks
    "replaced by nothing": (CODES, "2022-12-31,2,", "2022-12-31,3,", {"GJ-S329"}, "9,办完"),
    "label empty": (CODES, "1,办理中,,", "1,,,", {"GJ-S330"}, "1,,"),
    "owner empty": (CODES, "1,办理中,,2020-01-01,,,标准组", "1,办理中,,2020-01-01,,,", {"GJ-S331"}, "1,办理中"),
    "no date": (CODES, "1,办理中,,2020-01-01", "1,办理中,,2020-02-30", {"GJ-S332"}, "1,办理中"),
    "ends before it begins": (CODES, "2020-01-01,2022-12-31", "2023-01-01,2022-12-31", {"GJ-S332"}, "9,办完"),
    "one label, two codes": (CODES, "1,办理中", "1,已办结", {"GJ-S333"}, "2,已办结"),
    "code twice": (CODES, "9,办完", "2,办完", {"GJ-S122", "GJ-S329"}, None),
    "heading": (CODES, "code,label", "code,name", {"GJ-S121"}, "code,name"),
    "code not in the list": (CROSSWALK, "Y,2,", "Y,8,", {"GJ-S334"}, "Y,8"),
    "value twice": (CROSSWALK, "N,1,", "Y,1,", {"GJ-S333"}, "Y,1"),
    # profiles
    "extends nobody": (DISTRICT, '"990000"', '"990009"', {"GJ-S335"}, "extends"),
    "standard unknown": (PROFILE, "window-service:", "windows:", {"GJ-S336"}, "windows:"),
    "edition unknown": (PROFILE, '"0.1.0"', '"3.0.0"', {"GJ-S336"}, '"3.0.0"'),
    "parameter unknown": (PROFILE, "limit_days:", "limit_hours:", {"GJ-S337"}, "limit_hours"),
    "parameter loosened": (PROFILE, '"15"', '"25"', {"GJ-S338"}, '"25"'),
    "looser than the region above": (DISTRICT, '"12"', '"18"', {"GJ-S338"}, '"18"'),
    "fixed parameter set": (PROFILE, "limit_days:", "local_state:", {"GJ-S338"}, "local_state:"),
    "no number": (PROFILE, '"15"', '"1.5"', {"GJ-S339"}, '"1.5"'),
    "raised what is 应": (PROFILE, "raise: [WS-004]", "raise: [WS-005]", {"GJ-S340"}, "raise:"),
    "switched off unknown": (PROFILE, "id: WS-003", "id: WS-099", {"GJ-S341"}, "WS-099"),
    "reason blank": (PROFILE, "由上级系统编号", '" "', {"GJ-S341"}, "switch-off"),
    "added what exists": (DISTRICT, "id: WS-901", "id: WS-001", {"GJ-S342"}, "WS-001"),
    "added to no standard": (DISTRICT, "id: WS-901", "id: XQ-901", {"GJ-S342"}, "XQ-901"),
    "added with a higher basis": (DISTRICT, "basis: regional", "basis: policy", {"GJ-S342"}, "basis:"),
    "added in other words": (DISTRICT, "窗口应公布", "窗口必须公布", {"GJ-S343", "GJ-S346"}, "必须"),
    # the pack
    "prefix of no standard": ("standards/pack.yaml", "{WS: window-service}", "{WS: window-service, ZZ: nowhere}", {"GJ-S313"}, "ZZ"),
    "extends no pack": ("standards/pack.yaml", "extends: []", "extends: [other]", {"GJ-S314"}, "extends:"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault(bench, name):
    label, old, new, codes, part = FAULTS[name]
    bench.change(label, old, new)
    found = [notice for notice in bench.lint() if notice.code < FEATURES or notice.code in CLAUSES]
    short = {notice.code[:5] if notice.code.startswith("GJ-S2") else notice.code for notice in found}
    assert short == codes, [str(notice) for notice in found]
    if part is not None:
        at = bench.line(label, part)
        assert {(notice.place.file, notice.place.line) for notice in found} <= {(label, at), (label, at + 1)}


def test_a_basis_other_than_practice_is_not_switched_off(bench):
    text = bench.read(LIMITS)
    bench.write(LIMITS, text.replace("basis: practice", "basis: policy"))
    assert bench.codes() == ["GJ-S341"]


def test_a_policy_stands_in_the_lists_and_is_more_than_a_memory(bench):
    text = bench.read(LIMITS).replace("basis: practice", "basis: policy", 1)
    bench.write(LIMITS, text.replace("试发〔2024〕1号, at: 一, mark: verified", "试发〔2023〕9号, at: 一, mark: recalled", 1))
    line = bench.line(LIMITS, "试发〔2023〕9号")
    found = [(notice.level, notice.code, notice.place.line) for notice in bench.lint()]
    assert found == [("notice", "GJ-S308", line - 1), ("error", "GJ-S307", line)]


def stage(bench, code):
    bench.write(f"{HOME}/lifecycle.yaml", f'entries:\n  - {{stage: "{code}", date: "2026-01-01", what: 某事}}\n')


@pytest.mark.parametrize(("code", "level"), [("20", "notice"), ("50", "notice"), ("60", "error")])
def test_a_proposal_is_no_应_once_published(bench, code, level):
    stage(bench, code)
    bench.write(STANDARD, bench.read(STANDARD).replace('version: "0.1.0"', 'version: "1.0.0"'))
    for label in (PROFILE, DISTRICT):
        bench.write(label, bench.read(label).replace('"0.1.0"', '"1.0.0"'))
    bench.write(LIMITS, bench.read(LIMITS).replace("basis: practice", "basis: proposal", 1))
    assert [(notice.level, notice.code) for notice in bench.lint()] == [(level, "GJ-S306")]


@pytest.mark.parametrize(("code", "level"), [("20", "notice"), ("30", "notice"), ("40", "error")])
def test_a_missing_self_assessment_is_graded_by_stage(bench, code, level):
    stage(bench, code)
    bench.path(f"{HOME}/self-assessment.yaml").unlink()
    assert [(notice.level, notice.code) for notice in bench.lint()] == [(level, "GJ-S309")]


def edition(bench, version, **names):
    listed = [{"id": key.replace("_", "-"), "name": name} for key, name in names.items()]
    text = json.dumps({"version": version, "requirements": listed})
    bench.write(f"standards/editions/window-service-{version}.json", text)


def test_an_id_keeps_its_meaning(bench):
    edition(bench, "0.0.1", WS_001="within-limit", WS_003="something-else")
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S311", bench.line(LIMITS, "id: WS-003"))


def test_a_requirement_keeps_its_id(bench):
    edition(bench, "0.0.1", WS_050="case-code-unique")
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S312", bench.line(LIMITS, "id: WS-003"))


def test_a_withdrawn_id_does_not_come_back(bench):
    edition(bench, "0.0.2", WS_003="case-code-unique")
    edition(bench, "0.0.10", WS_001="within-limit")  # the later one, though its text sorts first
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S311", bench.line(LIMITS, "id: WS-003"))


def test_a_draft_is_newer_than_what_is_published(bench):
    edition(bench, "0.2.0", WS_001="within-limit")
    (found,) = bench.lint()
    assert (found.code, found.place.line) == ("GJ-S310", bench.line(STANDARD, "version:"))


def test_an_edition_that_cannot_be_read(bench):
    bench.write("standards/editions/window-service-0.0.1.json", "{")
    assert bench.codes() == ["GJ-S300"]


def test_editions_of_a_standard_with_a_longer_id_are_another_matter(bench):
    bench.write("standards/editions/window-service-extra-0.0.1.json", "{")
    assert bench.codes() == []


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


def test_a_broken_file_does_not_hide_the_others(bench):
    bench.write(CASE, "title: [")
    bench.change(QUALITY, "窗口应设置标识。", "窗口必须设置标识。")
    found = bench.lint()
    assert [notice.code for notice in found if notice.place.file == CASE] == ["GJ-S102"]
    assert [notice.code for notice in found if notice.place.file == QUALITY] == ["GJ-S343", "GJ-S346"]
    assert not [notice for notice in found if notice.code == "GJ-S372"], "a broken dataset is not an unknown one"


@pytest.mark.parametrize("label", [STANDARD, LIMITS, CASE, "standards/pack.yaml", PROFILE, f"{HOME}/lifecycle.yaml"])
def test_any_file_may_be_broken(bench, label):
    bench.write(label, "- [")
    found = bench.lint()
    assert "GJ-S102" in {notice.code for notice in found}
    assert {notice.code[:5] for notice in found} <= {"GJ-S1", "GJ-S3"}


def test_one_standard_alone(bench):
    bench.change(PROFILE, '"15"', '"25"')
    assert bench.lint("window-service") == []

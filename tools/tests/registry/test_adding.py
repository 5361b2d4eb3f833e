"""What is registered: bundles that verify, entries that fit and are about what is there."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from guiju.content import find_packs
from guiju.errors import InputError
from guiju.run.request import RunRequest
from guiju.standard.load import load
from guiju_tools.bundle.keys import make_keys
from guiju_tools.bundle.packing import make_bundle, read_run
from guiju_tools.bundle.verifying import Expected
from guiju_tools.cli.examine import examine
from guiju_tools.registry.adding import add_bundle, add_entries, check_bundle
from guiju_tools.registry.reading import read_entries
from guiju_tools.registry.report import report
from guiju_tools.registry.tiers import tier_of
from guiju_tools.sample import write_demo

PILOT = {
    "kind": "pilot",
    "body": {
        "no": "SD-01",
        "standard": "item-management",
        "region": "990000",
        "unit": "示例市行政审批局",
        "task": "任务书一",
        "from": "2024-01-01",
        "to": "2024-06-30",
    },
}
OBJECTION = {
    "no": "YY-1",
    "requirement": "IM-023",
    "date": "2024-04-02",
    "statement": "承诺时限的单位读错了",
    "findings": 3,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("报送")
    request = RunRequest("item-management", tuple(write_demo(folder)[0]), region="990000", period="2024-03")
    examine(request, folder / "结果", quiet=True)
    keys = make_keys(folder / "密钥", "990000", "示例市行政审批局")
    path = folder / "包.zip"
    path.write_bytes(make_bundle(read_run(folder / "结果"), keys, objections=[OBJECTION]))
    return path, keys


def test_a_bundle_is_registered_once_with_its_objections(store, made):
    path, keys = made
    expected = Expected(find_packs())
    refused = check_bundle(store, path, expected)
    with pytest.raises(InputError) as caught:
        add_bundle(store, refused, "秘书处")
    assert caught.value.code == "GJ-I522"
    assert add_entries(store, [{"kind": "signer", "body": keys.signer.document()}], "秘书处") == [1]
    verified = check_bundle(store, path, expected)
    assert add_bundle(store, verified, "秘书处", scan=path) == 2
    assert add_bundle(store, verified, "秘书处") is None
    kept = next(store.entries("bundle")).body
    assert kept["requirements"]["IM-023"]["outcome"] in ("passed", "failed")
    assert len(kept["scan"]) == 64
    (objection,) = store.entries("objection")
    assert objection.body["region"] == "990000"
    assert not list(store.faults())


def test_a_report_counts_without_names(store, made):
    path, keys = made
    add_entries(store, [{"kind": "signer", "body": keys.signer.document()}, PILOT], "秘书处")
    add_bundle(store, check_bundle(store, path, Expected(find_packs())), "秘书处")
    scope, clauses, registers = report(store, load(find_packs(), "item-management"), "2024-03")
    assert ("省", 1) in scope.rows
    assert sum(sum(row[3:]) for row in clauses.rows) == len(clauses.rows)
    assert dict(registers.rows)["试点"] == 1
    assert "990000" not in repr((scope, clauses))
    assert not report(store, load(find_packs(), "item-management"), "2024-04")[1].rows[0][3]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"kind": "pilot", "body": {}}, "required"),
        ({"kind": "别的", "body": {}}, "kind"),
        (
            {
                "kind": "pilot-conclusion",
                "body": {"pilot": "SD-9", "conclusion": "通过", "date": "2024-07-01", "reason": "可"},
            },
            "没有登记过试点",
        ),
        (
            {
                "kind": "ruling",
                "body": {
                    "objection": "YY-9",
                    "decision": "勘误",
                    "date": "2024-07-01",
                    "by": "委员会",
                    "reason": "可",
                },
            },
            "没有登记过异议",
        ),
    ],
)
def test_what_does_not_fit_is_not_registered(store, entry, told):
    with pytest.raises(InputError) as caught:
        add_entries(store, [PILOT, entry], "秘书处")
    assert caught.value.code == "GJ-I523"
    assert told in caught.value.cause
    assert "第 2 条" in caught.value.message
    assert not list(store.entries())


def test_entries_come_from_workbooks_and_yaml(store, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "试点"
    sheet.append(["试点编号", "标准", "区划代码", "承担单位", "任务书", "开始日期", "结束日期"])
    sheet.append(
        ["SD-01", "item-management", 990000, "示例市行政审批局", "任务书一", "2024-01-01", "2024-06-30"]
    )
    units = book.create_sheet("应实施的单位数")
    units.append(["标准", "区划代码", "单位数", "日期", "出处"])
    units.append(["item-management", "990000", 120.0, "2024-01-01", "示例市编制部门"])
    book.save(tmp_path / "登记.xlsx")
    assert add_entries(store, read_entries(tmp_path / "登记.xlsx"), "秘书处") == [1, 2]
    (tmp_path / "结论.yaml").write_text(
        "- kind: pilot-conclusion\n"
        '  body: {pilot: SD-01, conclusion: 修改后通过, date: "2024-07-01", reason: 两条需改}\n',
        encoding="utf-8",
    )
    assert add_entries(store, read_entries(tmp_path / "结论.yaml"), "秘书处") == [3]
    assert add_entries(store, read_entries(tmp_path / "结论.yaml"), "秘书处") == [None]
    assert next(store.entries("pilot")).body == PILOT["body"]


def test_files_that_are_none_are_told(tmp_path):
    book = Workbook()
    book.active.title = "别的"
    book.active.append(["列"])
    book.save(tmp_path / "别的.xlsx")
    book.active.title = "试点"
    book.save(tmp_path / "列.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"x")
    (tmp_path / "不是列.yaml").write_text("a: 1\n", encoding="utf-8")
    for name in ("别的.xlsx", "列.xlsx", "坏.xlsx", "不是列.yaml", "没有.yaml"):
        with pytest.raises(InputError) as caught:
            read_entries(tmp_path / name)
        assert caught.value.code == "GJ-I524", name


@pytest.mark.parametrize(
    ("code", "tier"),
    [
        ("990000", "省"),
        ("990100", "市"),
        ("990123", "县"),
        ("990123001", "乡"),
        ("990123001002", "村"),
        ("990123001000", "乡"),
        ("990123000", "县"),
        ("990123000000", "县"),
    ],
)
def test_a_code_tells_its_tier(code, tier):
    assert tier_of(code) == tier

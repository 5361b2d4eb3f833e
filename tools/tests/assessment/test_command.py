"""`guiju template --self-assessment`, `guiju import` and `guiju run --claims` as people use them."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from guiju.content import find_packs
from guiju.standard.assessment import read_form
from guiju.standard.load import load
from guiju_tools.assessment import layout as at
from guiju_tools.assessment.blank import form_book
from guiju_tools.assessment.summary_book import NAME
from guiju_tools.cli.app import app


@pytest.fixture
def guiju(tmp_path, monkeypatch):
    """Runs a command in a folder of its own; the fault it ends with comes back as its text."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        done = CliRunner().invoke(app, list(arguments))
        return done.exit_code, done.output + (str(done.exception) if done.exception else "")

    return call


@pytest.fixture(scope="module")
def content():
    packs = find_packs()
    return form_book([read_form(packs, load(packs, "hotline-operation"))], ["HO"])


@pytest.fixture
def form_at(content, tmp_path, filled, saved):
    """Writes a filled form with another cover."""

    def write(name, region="990000", period="2026-03", cells=None):
        book = filled(content, cells)
        book[at.COVER]["C7"].value, book[at.COVER]["C8"].value = region, period
        return saved(book, tmp_path / name)

    return write


def test_the_way_from_the_blank_form_to_the_claims(guiju, tmp_path):
    code, told = guiju("template", "hotline-operation", "--self-assessment", "--out", "表")
    assert (code, "自评表.xlsx" in told) == (0, True)
    code, told = guiju("import", "表/自评表.xlsx")
    assert code == 2
    assert "没有选自评结论" in told
    assert (tmp_path / "自评" / "退回-自评表.xlsx").is_file()
    assert not list((tmp_path / "自评").glob("*.json"))


def test_importing_twice_changes_nothing_and_a_changed_form_says_what_changed(guiju, form_at, tmp_path):
    form_at("a.xlsx")
    assert guiju("import", "a.xlsx")[0] == 0
    (path,) = (tmp_path / "自评").glob("*.json")
    before = path.stat().st_mtime_ns
    assert "没有改动" in guiju("import", "a.xlsx")[1]
    assert path.stat().st_mtime_ns == before
    form_at("a.xlsx", cells={"HO-001": {at.ANSWER: "部分符合", at.SCORE: 1}})
    code, told = guiju("import", "a.xlsx")
    assert code == 0
    assert "HO-001：“符合，2分”改为“部分符合，1分”" in told
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == "guiju-claims/1"


def test_a_folder_of_forms_becomes_one_workbook_in_the_order_of_codes(guiju, form_at, tmp_path):
    (tmp_path / "各地").mkdir()
    form_at("各地/丙.xlsx", region="990002", cells={"HO-002": {at.OPINION: "建议写明例外"}})
    form_at("各地/甲.xlsx", region="990001", cells={"HO-001": {at.ANSWER: "不符合", at.SCORE: 0}})
    form_at("各地/坏.xlsx", region="990003", cells={"HO-001": {at.ANSWER: None}})
    (tmp_path / "各地" / "别的.xlsx").write_bytes(b"x")
    code, told = guiju("import", "各地", "--summary")
    assert code == 2, "two of four forms cannot be used"
    assert len(list((tmp_path / "自评").glob("*.json"))) == 2
    assert "GJ-I121" in told or "GJ-I112" in told
    book = load_workbook(tmp_path / "自评" / NAME)
    assert [row[1] for row in book["概况"].iter_rows(min_row=4, values_only=True)] == ["990001", "990002"]
    sheet = book.worksheets[1]
    assert [str(cell.value)[:6] for cell in sheet[1][5:]] == ["990001", "990002"]
    assert ["符合1，不符合1", "不符合 0", "符合 2"] in [
        [cell.value for cell in row[4:]] for row in sheet.iter_rows(min_row=2)
    ]
    assert [row[3:5] for row in book["意见建议"].iter_rows(min_row=2, values_only=True)] == [
        ("990002", "建议写明例外")
    ]
    assert "名次" in str(book["概况"]["A2"].value)


def test_two_forms_for_the_same_are_refused(guiju, form_at, tmp_path):
    (tmp_path / "各地").mkdir()
    form_at("各地/一.xlsx")
    form_at("各地/二.xlsx")
    code, told = guiju("import", "各地")
    assert code == 1
    assert "GJ-I431" in told
    assert not list(tmp_path.glob("自评/*.json"))


def test_claims_stand_beside_measurements_in_the_report(guiju, form_at, tmp_path):
    form_at("a.xlsx", cells={"HO-005": {at.ANSWER: "不符合", at.SCORE: 0}})
    guiju("import", "a.xlsx")
    head = "工单编号,创建时间,办结时间,状态"
    rows = ["1,2026-01-05 10:00,2026-01-06 10:00,已办结", "2,2026-01-05 10:00,2026-01-06 10:00,已办结"]
    (tmp_path / "工单.csv").write_text("\n".join([head, *rows, rows[0]]), encoding="utf-8")
    (path,) = (tmp_path / "自评").glob("*.json")
    code, _ = guiju("run", "hotline-operation", "工单.csv", "--as-of", "2026-03-31", "--claims", str(path))
    assert code == 1
    result = json.loads((tmp_path / "结果" / "内部" / "result.json").read_text(encoding="utf-8"))
    found = {item["id"]: item["claim"]["agreement"] for item in result["requirements"] if item["claim"]}
    assert (found["HO-001"], found["HO-005"], found["HO-002"]) == ("claimed-more", "claimed-less", "agrees")
    assert result["claims"][0]["organisation"] == "示例市政务服务管理局"
    page = (tmp_path / "结果" / "内部" / "report.html").read_text(encoding="utf-8")
    assert "自评符合而实测不符合" in page
    assert "自评对照" in load_workbook(tmp_path / "结果" / "内部" / "findings.xlsx").sheetnames


@pytest.mark.parametrize("text", ["", "{}", '{"format": "guiju-claims/9"}', "[1"])
def test_a_broken_claims_file_is_refused(guiju, tmp_path, text):
    (tmp_path / "自评.json").write_text(text, encoding="utf-8")
    (tmp_path / "a.csv").write_text("工单编号\n1\n", encoding="utf-8")
    code, told = guiju("run", "hotline-operation", "a.csv", "--claims", "自评.json")
    assert (code, "GJ-I427" in told) == (1, True)


def test_a_desk_takes_the_claims_of_its_region_and_period(guiju, form_at, tmp_path):
    form_at("a.xlsx", cells={"HO-005": {at.ANSWER: "不符合", at.SCORE: 0}})
    form_at("b.xlsx", region="990099")
    form_at("c.xlsx", period="2026-02")
    assert guiju("import", "a.xlsx", "b.xlsx", "c.xlsx")[0] == 0
    rows = "工单编号,创建时间,办结时间,状态\n1,2026-03-05 10:00,2026-03-06 10:00,已办结\n"
    (tmp_path / "工单.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "region.yaml").write_text(
        'region: {code: "990000"}\ntier: city\nstandards: [hotline-operation]\nperiod: "2026-03"\n'
        'as_of: "2026-03-31"\ndeliveries: [{path: 工单.csv}]\nclaims: 自评\n',
        encoding="utf-8",
    )
    guiju("run")
    text = next((tmp_path / "结果" / "2026-03").rglob("内部/result.json")).read_text(encoding="utf-8")
    result = json.loads(text)
    assert [(one["organisation"], one["period"]) for one in result["claims"]] == [
        ("示例市政务服务管理局", "2026-03")
    ]
    found = {item["id"]: item["claim"]["agreement"] for item in result["requirements"] if item["claim"]}
    assert found["HO-005"] == "claimed-less"
    assert guiju("run", "--period", "2026-04")[0] != 0


def test_a_folder_of_claims_needs_the_region_where_there_are_several(guiju, form_at, tmp_path):
    form_at("a.xlsx")
    form_at("b.xlsx", region="990099")
    guiju("import", "a.xlsx", "b.xlsx")
    (tmp_path / "工单.csv").write_text(
        "工单编号,创建时间,办结时间,状态\n1,2026-01-05 10:00,2026-01-06 10:00,已办结\n", encoding="utf-8"
    )
    told = guiju("run", "hotline-operation", "工单.csv", "--claims", "自评")[1]
    assert "GJ-I452" in told
    assert guiju("run", "hotline-operation", "工单.csv", "--claims", "自评", "--region", "990000")[0] in (
        1,
        4,
    )
    result = json.loads((tmp_path / "结果" / "内部" / "result.json").read_text(encoding="utf-8"))
    assert len(result["claims"]) == 1
    (other,) = (tmp_path / "自评").glob("*990099*")
    assert (
        "GJ-I451"
        in guiju("run", "hotline-operation", "工单.csv", "--claims", str(other), "--region", "990000")[1]
    )
    (tmp_path / "空").mkdir()
    assert "GJ-I453" in guiju("run", "hotline-operation", "工单.csv", "--claims", "空")[1]

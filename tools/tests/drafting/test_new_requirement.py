"""`guiju new requirement`: by options and by questions; every way, and what is still to be done."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from guiju_tools.cli import new as command
from guiju_tools.lint import lint

CHAPTER = "standards/ticket-service/requirements/01-ticket.yaml"
STANDARD = "standards/ticket-service/standard.yaml"
FEATURE = "features/ticket-service/01-ticket.feature"
BASE = {
    "clause": "4.2.6",
    "text": "工单的签收时间宜不早于派发时间。",
    "modality": "宜",
    "basis": "起草组建议",
    "source": "起草组建议|由工单的各个时间归纳|二手转述",
    "remedy": "核对两个时间有无填反。",
}
TICKET = {"dataset": "热线工单"}
WAYS = {
    "必填": {**TICKET, "fields": "工单编号、派发时间"},
    "取值在代码表内": {**TICKET, "fields": "来源渠道"},
    "写法正确": {**TICKET, "fields": "签收时间"},
    "不重复": {**TICKET, "fields": "工单编号"},
    "不晚于": {**TICKET, "fields": "退单次数", "against": "参数：转办次数的上限"},
    "不早于": {**TICKET, "fields": "签收时间", "against": "派发时间", "when": "签收时间 已填"},
    "达到条件": {**TICKET, "reached": "派发时间 已填", "when": "工单状态=已派发"},
    "比例不低于": {**TICKET, "reached": "回访时间 已填", "against": "90%", "when": "办结时间 已填"},
    "先后次序": {**TICKET, "fields": "派发时间、签收时间", "ties": "允许", "missing": "略过"},
    "现场查看": {"question": "签收有没有登记？", "method": "抽取十张工单，与签收簿核对。"},
    "自行声明": {"question": "签收由谁登记？"},
}


def options(way, given):
    told = {**BASE, **given, "way": way}
    if way == "不晚于":
        told["text"] = "工单的退单次数宜不多于3次。"
    if way == "比例不低于":
        told["text"] = "办结的工单中已经回访的比例宜不低于90%。"
    return [part for name, text in told.items() for part in (f"--{name.replace('_', '-')}", text)]


def run(desk, *arguments, **extra):
    return CliRunner().invoke(
        command.new, ["requirement", "ticket-service", *arguments, "--pack", str(desk.pack.root)], **extra
    )


@pytest.mark.parametrize("way", WAYS)
def test_every_way_makes_a_requirement_that_lint_and_examples_accept(desk, way):
    before = len(lint(desk.pack, "ticket-service", desk.packs))
    done = run(desk, *options(way, WAYS[way]))
    assert done.exit_code == 0, done.output
    assert done.output.startswith("已新增 TS-010（4.2.6）：")
    standard = desk.load()
    made = standard.requirement("TS-010")
    on_data = way not in ("现场查看", "自行声明")
    assert made.on_data == on_data
    assert ("场景: TS-010" in desk.read(FEATURE)) == on_data
    assert '- {number: "4.2.6", title: ""}' in desk.read(STANDARD)
    reminders = 1 if way == "自行声明" else 0  # a self-assessment is to be written
    assert done.output.count("还要做：") == reminders
    assert len(lint(desk.pack, "ticket-service", desk.packs)) == before + reminders


def test_comments_and_layout_stay(desk):
    before = desk.files()
    run(desk, *options("必填", WAYS["必填"]))
    after = desk.files()
    assert {name for name in after if after[name] != before[name]} == {CHAPTER, STANDARD, FEATURE}
    for name in (CHAPTER, STANDARD, FEATURE):
        old, new = before[name].decode().splitlines(), after[name].decode().splitlines()
        assert [line for line in old if line not in new] == []
    assert after[CHAPTER].startswith(before[CHAPTER])


def test_a_requirement_goes_where_its_clause_belongs(desk):
    done = run(desk, *options("必填", {**WAYS["必填"], "clause": "4.1.5", "text": "工单宜记明派发时间。"}))
    assert done.exit_code == 0, done.output
    chapter, feature = desk.read(CHAPTER), desk.read(FEATURE)
    assert chapter.index("TS-004") < chapter.index("TS-010") < chapter.index("# 两个时间都由系统记录")
    assert feature.index("@TS-004") < feature.index("@TS-010") < feature.index("@TS-005")


def test_everything_that_lacks_is_told_at_once(desk, guiju):
    before = desk.files()
    done = guiju(
        "new",
        "requirement",
        "ticket-service",
        "--way",
        "不晚于",
        "--fields",
        "签收",
        "--pack",
        desk.pack.root,
    )
    assert done.returncode == 2
    assert desk.files() == before
    for part in (
        "--clause（条款）",
        "--text（要求）",
        "--dataset（数据集）",
        "--against（对照）",
        "--source",
    ):
        assert part in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"clause": "4.2.8"}, "4.2 之下的下一个条款号是 4.2.6"),
        ({"clause": "4.2"}, "4.2 之下已经分条"),
        ({"clause": "7.1"}, "章条中没有 7"),
        ({"clause": "第四条"}, "不是条款号"),
        ({"text": "工单的签收时间应不早于派发时间。"}, "GJ-S"),
        ({"text": "工单的签收时间必须不早于派发时间。"}, "必须"),
        ({"basis": "标准", "source": "GB/T 1|第1章|二手转述"}, "不在规范性引用文件和参考文献中"),
        ({"source": "起草组建议"}, "来源1核对"),
        ({"name": "Signed"}, "小写英文字母"),
        ({"name": "few-transfers"}, "已由 TS-009 使用"),
    ],
)
def test_what_is_wrong_stops_everything(desk, given, said):
    before = desk.files()
    done = run(desk, *options("不早于", {**WAYS["不早于"], **given}))
    assert done.exit_code != 0
    assert said in f"{done.output}{done.exception}"
    assert desk.files() == before


def test_a_new_document_is_listed(desk):
    given = {"basis": "标准", "source": "GB/T 40000|第1章|二手转述", "document-title": "示例规范"}
    done = run(desk, *options("不早于", {**WAYS["不早于"], **given}))
    assert done.exit_code == 0, done.output
    assert "- {document: GB/T 40000, title: 示例规范, mark: seen}\n" in desk.read(STANDARD)


def test_what_cannot_be_shown_is_left_to_the_drafter(desk):
    desk.change(STANDARD, '    value: "3"\n', "")
    desk.change(STANDARD, "kind: directed", "kind: profile-sets")
    desk.change(STANDARD, "    tighter: lower\n", "")
    done = run(desk, *options("不晚于", {**WAYS["不晚于"], "text": "工单的退单次数宜不多。"}))
    assert done.exit_code == 0, done.output
    assert "还要做：TS-010 的示例要自己写：参数“转办次数的上限”由地方设定" in done.output


def test_questions_on_a_terminal(desk, monkeypatch):
    monkeypatch.setattr(command, "_on_terminal", lambda: True)
    answers = [
        "6",
        "1",
        "签收时间",
        "派发时间",
        "签收时间 已填",
        "",
        "4.2.6",
        "工单的签收时间宜不早于派发时间。",
    ]
    answers += ["宜", "起草组建议", "核对两个时间有无填反。", "起草组建议", "由时间归纳", "2"]
    done = run(desk, input="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "热线工单的数据元：工单编号" in done.output
    assert "已新增 TS-010（4.2.6）：工单的签收时间宜不早于派发时间。" in done.output
    made = desk.load().requirement("TS-010")
    assert (made.check.assertion, made.sources[0].mark) == ("signed_at >= dispatched_at", "seen")


def test_ids_go_on_above_withdrawn_and_tagged_ones(desk):
    desk.change(
        STANDARD, "conclusion:", "withdrawn:\n  - {id: TS-041, text: 某事。, reason: 并入}\nconclusion:"
    )
    assert run(desk, *options("必填", WAYS["必填"])).output.startswith("已新增 TS-042")


def test_lint_refuses_a_withdrawn_id_in_use(desk):
    entry = "{id: TS-00%s, text: 某事。, reason: 并入}"
    listed = "\n  - ".join(["withdrawn:", entry % 1, entry % 1, "{id: IM-001, text: 某事。, reason: 并入}"])
    desk.change(STANDARD, "conclusion:", f"{listed}\nconclusion:")
    codes = [one.code for one in lint(desk.pack, "ticket-service", desk.packs) if one.level == "error"]
    assert sorted(codes) == ["GJ-S420", "GJ-S420", "GJ-S421"]

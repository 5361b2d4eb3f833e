"""`guiju map`: what is exact is decided, what is close is asked; decisions stay; a run wants answers."""

import re

import pytest

from guiju.export import read_mapping

NAMES = {
    "实施编码": "事项编码",
    "法定办结时限": "法定办理期限",
    "承诺办结时限": "承诺办结期限",
    "事项名称": "事项名",
    "实施主体": "实施机构",
    "实施主体编码": "实施主体代码",
    "设定依据": "设立依据",
    "受理条件": "受理要求",
    "咨询方式": "咨询联系电话",
    "监督投诉方式": "监督举报电话",
    "办理地点": "办事地点",
    "办理时间": "办事时间",
    "是否网办": "能否网上办理",
    "是否收费": "收不收费",
    "服务对象": "服务对象类型",
    "办件类型": "办件类别",
    "到办事现场次数": "最少到现场次数",
    "行政区划代码": "XZQHDM",
    "是否支持物流快递": "快递服务",
    "结果名称": "审批结果",
}
"""Twenty headings as regions write them, none of which is a name, title or alias."""


@pytest.fixture
def fields():
    from guiju.content import own_pack  # noqa: PLC0415 -- only here
    from guiju.standard.load import load  # noqa: PLC0415 -- only here

    return load((own_pack(),), "item-management").datasets["implementation-item"].fields


def test_an_export_with_known_headings_has_no_questions(guiju, export, tmp_path):
    done = guiju("map", export(), "--standard", "item-management")
    assert done.exit_code == 0, done.output
    assert "待确认0处" in done.output
    told = read_mapping(tmp_path / "字段对应表.yaml").datasets["implementation-item"]
    assert told.columns["task_code"] == "实施编码"
    assert len(told.columns) == 74
    assert read_mapping(tmp_path / "字段对应表.xlsx").datasets["implementation-item"] == told


def test_twenty_headings_written_otherwise(guiju, export, tmp_path, fields):
    assert guiju("map", export(NAMES), "--standard", "item-management").exit_code == 0
    text = (tmp_path / "字段对应表.yaml").read_text(encoding="utf-8")
    told = read_mapping(tmp_path / "字段对应表.yaml").datasets["implementation-item"]
    names = {item.title: name for name, item in fields.items()}
    assert not {names[title] for title in NAMES} & set(told.columns)
    first = {}
    for name, heading in re.findall(r"^      # (\w+): (\S+)  # .* 分", text, re.MULTILINE):
        first.setdefault(name, heading)
    assert {title: first.get(names[title]) for title in NAMES} == NAMES
    assert "承诺" not in first[names["法定办结时限"]]


def test_open_questions_stop_a_run_until_they_are_answered(guiju, export, tmp_path):
    path = export({"设定依据": "设立依据", "受理条件": "受理要求"})
    guiju("map", path, "--standard", "item-management", "--out", "m.yaml")
    for mapping in ("m.yaml", "m.xlsx"):
        done = guiju("run", "item-management", path, "--mapping", mapping)
        assert done.exit_code != 0
        assert (done.exception.code, done.exception.exit_code) == ("GJ-I207", 2)
        assert "设定依据" in done.exception.cause
    mapping = tmp_path / "m.yaml"
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(
        text.replace("by_law: 待确认", "by_law: 设立依据").replace(
            "accept_condition: 待确认", "accept_condition: 受理要求"
        ),
        encoding="utf-8",
    )
    done = guiju("run", "item-management", path, "--mapping", "m.yaml")
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code in (0, 1, 4)


def test_decisions_are_kept_and_a_new_column_changes_only_that(guiju, export, tmp_path):
    guiju("map", export(without=("结果名称",)), "--standard", "item-management", "--out", "m.yaml")
    mapping = tmp_path / "m.yaml"
    before = mapping.read_text(encoding="utf-8")
    assert "result_name" not in before
    guiju("map", export(without=("结果名称",)), "--standard", "item-management", "--out", "m.yaml")
    assert mapping.read_text(encoding="utf-8") == before
    guiju("map", export(), "--standard", "item-management", "--out", "m.yaml")
    after = mapping.read_text(encoding="utf-8").splitlines()
    new = [line for line in after if line not in before.splitlines()]
    assert len(new) == 1
    assert new[0].startswith("      result_name: 结果名称  # 结果名称：凭数据元名称 100 分")


def test_what_was_answered_stays(guiju, export, tmp_path):
    path = export({"设定依据": "设立依据"})
    mapping = tmp_path / "m.yaml"
    guiju("map", path, "--standard", "item-management", "--out", "m.yaml")
    text = mapping.read_text(encoding="utf-8").replace("      by_law: 待确认", "      # by_law: 无")
    mapping.write_text(text + '    absent: [by_law]\n    separators: {server_type: "/"}\n', encoding="utf-8")
    (tmp_path / "m.xlsx").unlink()
    guiju("map", path, "--standard", "item-management", "--out", "m.yaml")
    told = read_mapping(mapping).datasets["implementation-item"]
    assert told.absent == ("by_law",)
    assert told.separators == {"server_type": "/"}
    assert told.questions == ()
    assert read_mapping(tmp_path / "m.xlsx").datasets["implementation-item"] == told


def test_a_column_that_is_gone_becomes_a_question(guiju, export, tmp_path):
    guiju("map", export(), "--standard", "item-management", "--out", "m.yaml")
    guiju("map", export({"设定依据": "甲乙丙"}), "--standard", "item-management", "--out", "m.yaml")
    told = read_mapping(tmp_path / "m.yaml").datasets["implementation-item"]
    assert told.questions == ("by_law",)
    assert "原来的列不见了" in (tmp_path / "m.yaml").read_text(encoding="utf-8")


def test_equal_headings_are_questions(guiju, tmp_path):
    (tmp_path / "a.csv").write_text(
        "事项编码,名称,部门编码,名称,法定办结时限,承诺办结时限\n1,甲,2,某局,3,4\n", encoding="utf-8"
    )
    guiju("map", "a.csv", "--standard", "item-management", "--dataset", "实施清单", "--out", "m.yaml")
    text = (tmp_path / "m.yaml").read_text(encoding="utf-8")
    assert "task_name: 待确认" in text
    assert re.search(r"# task_name: 名称  # 凭相邻的列", text)
    assert not re.search(r"# task_name: .名称（2）", text)


def test_unknown_codes_are_listed_with_counts(guiju, export, tmp_path):
    guiju("map", export(values={"办件类型": "承诺"}), "--standard", "item-management", "--out", "m.yaml")
    text = (tmp_path / "m.yaml").read_text(encoding="utf-8")
    assert re.search(r'#     "承诺": ""  # 40 行；相近：2（承诺件）', text)


def test_no_values_of_persons_are_shown(guiju, export, tmp_path):
    path = export(
        {"结果样本": "申请人姓名", "数量限制": "经办人手机", "委托部门": "甲乙"},
        values={"结果样本": "张某某测试", "数量限制": "19900000000", "委托部门": "19900000001"},
    )
    guiju("map", path, "--standard", "item-management", "--out", "m.yaml")
    text = (tmp_path / "m.yaml").read_text(encoding="utf-8")
    assert "申请人姓名：填写率 100%；例：（可能是个人信息，不显示）" in text
    assert "张某某测试" not in text
    assert "1990000000" not in text


def test_values_cannot_break_out_of_their_comment(guiju, export, tmp_path):
    path = export(values={"数量限制": "x\nid: other\n# \u2028y"})
    guiju("map", path, "--standard", "item-management", "--out", "m.yaml")
    assert read_mapping(tmp_path / "m.yaml").id == "m"


def test_a_large_file_is_looked_at_in_part(guiju, export, tmp_path, monkeypatch):
    monkeypatch.setattr("guiju_tools.mapping.facts.LARGE", 1000)
    monkeypatch.setattr("guiju_tools.mapping.facts._CHUNK", 2000)
    done = guiju("map", export(), "--standard", "item-management", "--out", "m.yaml")
    assert "文件较大，只看了开头和各处共" in done.output
    assert len(read_mapping(tmp_path / "m.yaml").datasets["implementation-item"].columns) == 74


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("map", "a.csv"), "GJ-I215"),
        (("map", "a.csv", "--standard", "item-management"), "GJ-I212"),
        (("map", "a.csv", "--standard", "item-management", "--dataset", "没有"), "GJ-I216"),
        (("map", "a.csv", "--apply"), "GJ-I211"),
    ],
)
def test_refusals(guiju, tmp_path, arguments, code):
    (tmp_path / "a.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    done = guiju(*arguments)
    assert done.exception.code == code
    assert done.exception.hint
    assert not list(tmp_path.glob("*.yaml"))

"""A returned workbook: what it changes, what is refused, and what people have to decide."""

from __future__ import annotations

import pytest

from guiju.errors import InputError
from guiju_tools.drafting.importing import Wanted, take_over

CHAPTER = "standards/ticket-service/requirements/01-ticket.yaml"
STANDARD = "standards/ticket-service/standard.yaml"
FEATURE = "features/ticket-service/01-ticket.feature"


def refused(desk, **wanted):
    """The message of a refusal; nothing was written."""
    before = desk.files()
    with pytest.raises(InputError) as caught:
        desk.take(**wanted)
    assert desk.files() == before
    return str(caught.value)


def test_a_changed_text_changes_its_line_and_the_title_of_its_rule(desk):
    before = desk.files()
    desk.edit(desk.cell("要求", "TS-006", "要求", "工单的受理时间应在创建时间与办结时间之间。"))
    taken = desk.take()
    after = desk.files()
    assert {name for name in after if after[name] != before[name]} == {CHAPTER, FEATURE} == set(taken.files)
    old, new = (
        "工单的受理时间应不早于创建时间且不晚于办结时间。",
        "工单的受理时间应在创建时间与办结时间之间。",
    )
    assert after[CHAPTER].decode() == before[CHAPTER].decode().replace(old, new)
    assert after[FEATURE].decode() == before[FEATURE].decode().replace(old, new)


def test_a_dry_run_says_the_same_and_writes_nothing(desk):
    before = desk.files()
    desk.edit(desk.cell("要求", "TS-001", "整改建议", "逐张核对。"), desk.fresh("要求", **desk.signed))
    dry = desk.take(dry=True)
    assert desk.files() == before
    taken = desk.take()
    assert dry == taken
    assert desk.files() != before
    assert taken.said[1:] == ("新增 TS-010（4.2.6）：工单的签收时间宜不早于派发时间。",)


def test_importing_twice_changes_nothing(desk):
    share = {
        **{key: text for key, text in desk.signed.items() if key not in ("数据元", "适用条件")},
        "条款": "4.2.7",
        "要求": "办结的工单中已经回访的比例宜不低于90%。",
        "核验方式": "比例不低于",
        "达到的条件": "回访时间 已填",
        "适用条件": "工单状态=10",
        "对照": "90%",
    }
    desk.edit(
        desk.fresh("要求", **desk.signed),
        desk.fresh("要求", **share),
        desk.cell("代码表", ("ticket-state", "9"), "名称", "已经回访"),
        desk.fresh(
            "代码表", 代码表="ticket-state", 代码="98", 名称="待补充", 归口="起草组", 来源="起草组建议"
        ),
        desk.cell("参数", "most_transfers", "单位", "次数"),
        desk.gone("要求", "TS-009"),
    )
    with pytest.raises(InputError, match=r"缺 4\.2\.5"):
        desk.take(withdraw=("TS-009",))
    desk.edit(
        desk.cell("要求", (None, "4.2.6"), "条款", "4.2.5"),
        desk.cell("要求", (None, "4.2.7"), "条款", "4.2.6"),
    )
    first = desk.take(withdraw=("TS-009",))
    assert len(first.said) == 6
    after = desk.files()
    assert desk.take(withdraw=("TS-009",)).said == ()
    assert desk.take().said == ()
    assert desk.files() == after


def test_new_rows_get_ids_clauses_rules_and_examples(desk):
    desk.edit(desk.fresh("要求", **desk.signed))
    taken = desk.take()
    assert taken.reminders == ()
    assert '- {number: "4.2.5", title: ""}  # 转办\n  - {number: "4.2.6", title: ""}\n' in desk.read(STANDARD)
    assert "- id: TS-010\n  name: signed-at-not-before-dispatched-at\n" in desk.read(CHAPTER)
    assert "规则: 4.2.6 工单的签收时间宜不早于派发时间。" in desk.read(FEATURE)
    assert desk.read(FEATURE).count("场景: TS-010 ") == 2
    standard = desk.load()
    assert standard.requirement("TS-010").check.assertion == "signed_at >= dispatched_at"


def test_what_only_the_files_changed_is_kept(desk):
    desk.change(CHAPTER, "补记缺少的要素；", "补记要素；")
    desk.edit(desk.cell("要求", "TS-003", "整改建议", "写到分。"))
    assert [line.split("：")[0] for line in desk.take().said] == ["要求 TS-003 整改建议"]
    assert "补记要素；" in desk.read(CHAPTER)


def test_the_same_change_on_both_sides_is_none(desk):
    desk.change(CHAPTER, "工单编号应唯一。", "工单编号应不重复。")
    desk.change(FEATURE, "工单编号应唯一。", "工单编号应不重复。")
    desk.edit(desk.cell("要求", "TS-001", "要求", "工单编号应不重复。"))
    assert desk.take().said == ()


def test_conflicts_are_told_by_cell_and_decided_by_people(desk):
    desk.change(CHAPTER, "工单编号应唯一。", "工单编号应不重复。")
    desk.change(FEATURE, "工单编号应唯一。", "工单编号应不重复。")
    desk.edit(
        desk.cell("要求", "TS-001", "要求", "每张工单的编号应不同。"),
        desk.cell("要求", "TS-003", "整改建议", "写到分。"),
    )
    said = refused(desk)
    texts = "导出时：工单编号应唯一。；工作簿：每张工单的编号应不同。；文件：工单编号应不重复。"
    assert "有1处两边都改了" in said
    assert f"“要求”页D2 TS-001 要求｜{texts}" in said
    assert "--prefer book" in said
    assert [line.split("：")[0] for line in desk.take(prefer="files", dry=True).said] == [
        "要求 TS-003 整改建议"
    ]
    desk.take(prefer="book")
    assert "text: 每张工单的编号应不同。" in desk.read(CHAPTER)


def test_parts_of_one_check_changed_on_two_sides_are_a_conflict(desk):
    desk.change(CHAPTER, "fields: [ticket_no, created_at, status]", "fields: [ticket_no, created_at]")
    desk.edit(desk.cell("要求", "TS-002", "适用条件", "工单编号 已填"))
    said = refused(desk)
    assert "TS-002 数据元" in said
    assert "TS-002 适用条件" in said


def test_ids_are_never_typed(desk):
    desk.edit(
        desk.cell("要求", "TS-004", "标识", "TS-044"),
        desk.fresh("要求", **desk.signed, 标识="TS-050"),
        desk.cell("要求", "TS-002", "标识", "TS-001"),
    )
    said = refused(desk)
    assert "“要求”页A5：标识“TS-044”不是导出时的" in said
    assert "标识“TS-050”不是导出时的" in said
    assert "“要求”页A3：“TS-001”与第2行相同" in said


def test_a_deleted_row_has_to_be_confirmed(desk):
    desk.edit(desk.gone("要求", "TS-009"))
    assert "--withdraw “TS-009”" in refused(desk)
    assert "TS-001：工作簿里还有这一行" in refused(desk, withdraw=("TS-009", "TS-001"))
    asked = []
    desk.take(ask=lambda question: asked.append(question) or True, reason="并入 TS-006")
    assert asked == ["“要求”页少了 TS-009（工单的转办次数宜不多于3次。），是要删去吗"]
    standard = desk.read(STANDARD)
    assert (
        "withdrawn:\n  - {id: TS-009, text: 工单的转办次数宜不多于3次。, reason: 并入 TS-006}\n" in standard
    )
    assert '"4.2.5"' not in standard
    assert "TS-009" not in desk.read(CHAPTER) + desk.read(FEATURE)
    assert desk.read(FEATURE).endswith("第5行无法判定\n") or desk.read(FEATURE).endswith("第4行符合\n")


def test_a_withdrawn_id_is_not_given_again(desk):
    desk.edit(desk.gone("要求", "TS-009"))
    desk.take(withdraw=("TS-009",))
    desk.export()
    desk.edit(desk.fresh("要求", **{**desk.signed, "条款": "4.2.5"}))
    assert desk.take().said == ("新增 TS-010（4.2.5）：工单的签收时间宜不早于派发时间。",)


def test_a_row_deleted_here_and_changed_there_is_a_conflict(desk):
    desk.change(CHAPTER, "转办超过3次的，", "转办多于3次的，")
    desk.edit(desk.gone("要求", "TS-009"))
    assert "工作簿：删去了这一行；文件：改了" in refused(desk, withdraw=("TS-009",))
    assert desk.take(prefer="files").said == ()
    assert desk.take(prefer="book", withdraw=("TS-009",)).said[0].startswith("废止 TS-009")


def test_experts_checks_stay_as_they_are(desk):
    desk.edit(
        desk.cell("要求", "TS-006", "核验方式", "必填"),
        desk.cell("要求", "TS-001", "核验方式", "专家编写"),
        desk.cell("要求", "TS-008", "要求", "定有办结期限的工单宜按期办结。"),
    )
    said = refused(desk)
    assert "工作簿有2处要改" in said
    assert "“要求”页E7 TS-006核验方式：专家编写的核验不在工作簿里改" in said
    assert "“要求”页E2 TS-001核验方式：专家编写的核验不在工作簿里改" in said
    desk.edit(
        desk.cell("要求", "TS-006", "核验方式", "专家编写"), desk.cell("要求", "TS-001", "核验方式", "不重复")
    )
    assert len(desk.take().said) == 1


def test_another_check_needs_examples_that_hold(desk):
    desk.edit(
        desk.cell("要求", "TS-009", "对照", "延期次数"),
        desk.cell("要求", "TS-009", "要求", "转办宜不多于延期。"),
    )
    assert "--renew-examples" in refused(desk)
    desk.take(renew=True)
    feature = desk.read(FEATURE)
    assert "多于3次的被检出" not in feature
    assert "场景: TS-009 不晚于或不大于对照的符合" in feature
    chapter = desk.read(CHAPTER)
    assert '    # 没有转办的写0\n    assert: "transfer_count <= extension_count"\n' in chapter


def test_every_problem_is_told_at_once_by_cell(desk):
    wrong = {
        **desk.signed,
        "条款": "4.2.9",
        "应宜可": "必须",
        "数据元": "签收时刻",
        "整改建议": None,
        "来源1核对": "看过",
    }
    desk.edit(
        desk.fresh("要求", **wrong),
        desk.cell("要求", "TS-001", "条款", 4.1),
        desk.cell("要求", "TS-002", "要求", "=A1"),
        desk.cell("参数", "most_transfers", "类型", "整型"),
        desk.cell("代码表", ("ticket-state", "10"), "代码", 10),
    )
    said = refused(desk)
    for part in (
        "“要求”页B2：“4.1”成了数",
        "“要求”页D3：是公式",
        "条款：4.2 之下的下一个条款号是 4.2.6，不是 4.2.9",
        "应宜可：请从这些里选：应、宜、可",
        "数据元：没有名为“签收时刻”的热线工单的数据元",
        "整改建议：没有写整改建议",
        "来源1核对：请从这些里选",
        "“参数”页C2 most_transfers类型：请从这些里选",
        "“代码表”页B",
    ):
        assert part in said


def test_lint_speaks_for_the_text(desk):
    desk.edit(desk.fresh("要求", **{**desk.signed, "要求": "工单的签收时间必须不早于派发时间。"}))
    said = refused(desk)
    assert "必须" in said
    assert "什么都没有写入" in said


def test_documents_parameters_clauses_and_codes(desk):
    desk.edit(
        desk.cell("章条", "4.2", "标题", "时间和次数"),
        desk.cell("参考文献", "GB/T 33358-2016", "类别", "规范性引用文件"),
        desk.fresh("参考文献", 文件="GB/T 40000", 名称="示例规范", 类别="参考文献", 核对="二手转述"),
        desk.cell("参数", "most_transfers", "来源1核对", "待核对原文"),
        desk.fresh("参数", 标识="least_share", 名称="比例", 类型="数", 性质="固定", 值=0.9),
        desk.cell("代码表", ("ticket-state", "1"), "失效日期", "2026-01-31"),
    )
    desk.take(dry=True)
    taken = desk.take()
    standard = desk.read(STANDARD)
    assert '- {number: "4.2", title: 时间和次数}' in standard
    assert "references:\n  - {document: GB/T 33358-2016, title: 政府热线服务规范, mark: seen}\n" in standard
    assert "  - {document: GB/T 40000, title: 示例规范, mark: seen}\nterms:" in standard
    assert "[{document: 起草组建议, at: 次数, mark: recalled}]  # 待征求意见\n" in standard
    assert (
        '  least_share:\n    title: 比例\n    type: number\n    kind: fixed\n    value: "0.9"\n' in standard
    )
    assert "# 起草组讨论过两次\n" in standard
    assert "1,已登记,尚未受理,,2026-01-31,,起草组," in desk.read("standards/codelists/ticket-state.csv")
    assert len(taken.said) == 6


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda book: book.remove(book["_底稿"]), "没有工作表“_底稿”"),
        (lambda book: book["_底稿"].__setitem__("A2", "x"), "底稿被改过"),
        (lambda book: book.remove(book["代码表"]), "没有工作表“代码表”"),
        (lambda book: book["要求"].__setitem__("D1", "条文"), "缺少“要求”一列"),
        (lambda book: book["要求"].__setitem__("E1", "要求"), "有两列都叫“要求”"),
    ],
)
def test_workbooks_that_are_not_ours_any_more(desk, spoil, said):
    desk.edit(spoil)
    assert said in refused(desk)


def test_the_workbook_of_another_standard(desk):
    with pytest.raises(InputError, match="不是 other 的"):
        take_over(desk.pack, "other", desk.packs, desk.book, Wanted())

"""The implementation list as a data engineer who knows this one file reads it: SQL for every column.

Nothing is recognised: headings, words for none and code lists stand here as they are in the sample. A blank
(ASCII, full-width or invisible) and a word for none are NULL, yes and no BOOLEAN, counts BIGINT, time limits
number and unit; what cannot be read is NULL. Columns of few texts are tested by functions of that column
alone, which DuckDB works out once a text of a Parquet dictionary; elsewhere cheap comparisons come first.
"""

from __future__ import annotations

from collections.abc import Iterable

BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(12288) || chr(160) || chr(8203) || chr(65279)"
NONE = ("无", "暂无", "不涉及", "—", "－", "-", "/")
CATALOGUE_FORM = "[0-9]{9}(?:[0-9]{3}|00Y)"
CODE_FORM = f"[0-9A-Z]{{18}}[1-7]{CATALOGUE_FORM}(?:[0-9]{{2}})?"
AT_ONCE = "即办"
UNITS = {"工作日": "1", "自然日": "2", "日历日": "2", "小时": "3", "分钟": "4", "月": "5"}
LIMIT_FORM = f"^([0-9]{{1,9}})个({'|'.join(UNITS)})$"
HEADINGS = {
    "task_code": "实施编码",
    "task_handle_item": "业务办理项编码",
    "catalog_code": "基本编码",
    "catalog_name": "目录名称",
    "parent_catalog_code": "父目录编码",
    "task_name": "事项名称",
    "task_type": "事项类型",
    "by_law": "设定依据",
    "use_level": "行使层级",
    "task_state": "事项状态",
    "task_version": "事项版本",
    "power_source": "权力来源",
    "dept_name": "实施主体",
    "dept_code": "实施主体编码",
    "org_code": "组织机构代码",
    "dept_type": "实施主体性质",
    "area_code": "行政区划代码",
    "anticipate_limit": "法定办结时限",
    "anticipate_explain": "法定办结时限说明",
    "promise_limit": "承诺办结时限",
    "accept_condition": "受理条件",
    "handle_flow": "办理流程",
    "is_fee": "是否收费",
    "fee_basis": "收费依据",
    "server_type": "服务对象",
    "project_type": "办件类型",
    "handle_type": "办理形式",
    "limit_scene_num": "到办事现场次数",
    "transact_addr": "办理地点",
    "transact_time": "办理时间",
    "link_way": "咨询方式",
    "supervise_way": "监督投诉方式",
    "link_addr": "计算机端办理地址",
    "plan_cancel_date": "计划取消日期",
    "is_entry_center": "是否进驻政务服务大厅",
    "is_online": "是否网办",
    "is_express": "是否支持物流快递",
    "result_type": "结果类型",
    "result_name": "结果名称",
    "handle_area": "通办范围",
    "cross_province_mode": "跨省通办形式",
    "online_handle_depth": "网上办理深度",
    "limit_scene_explain": "必须现场办理原因说明",
    "limit_explain": "数量限制",
    "accept_office": "受理内设机构",
    "handle_office": "办理内设机构",
    "deliver_office": "送达内设机构",
    "guide_url": "办事指南公布地址",
    "no_entry_reason": "未进驻原因",
    "offline_reason": "不能网上办理原因",
    "channel_reason": "单一办理渠道依据",
    "result_guid": "结果样本",
}
WORDS_FOR_NONE = dict.fromkeys(
    [
        *("task_handle_item", "by_law", "anticipate_explain", "handle_flow", "fee_basis", "transact_time"),
        *("link_way", "supervise_way", "link_addr", "plan_cancel_date", "result_name", "limit_scene_explain"),
        *("guide_url", "no_entry_reason", "offline_reason", "channel_reason", "result_guid"),
    ],
    NONE,
) | {
    "anticipate_limit": (*NONE, "无时限"),
    "promise_limit": (*NONE, "无时限"),
    "transact_addr": (*NONE, "无线下办理窗口", "办理地点：无"),
}
MANY_TEXTS = frozenset(
    (
        *(
            "task_code",
            "task_handle_item",
            "catalog_code",
            "catalog_name",
            "parent_catalog_code",
            "task_name",
        ),
        *("by_law", "result_name", "link_way", "supervise_way", "link_addr", "guide_url", "result_guid"),
    )
)
ONLY_GIVEN = (
    *("task_version", "dept_name", "by_law", "anticipate_explain", "anticipate_limit", "promise_limit"),
    *("accept_condition", "handle_flow", "fee_basis", "plan_cancel_date", "limit_scene_explain"),
    *("limit_explain", "no_entry_reason", "offline_reason", "channel_reason", "result_guid"),
)
"""Columns of which rules only ask whether they are filled in."""
YES_NO = ("is_fee", "is_entry_center", "is_online", "is_express")


def raw(name: str) -> str:
    """A column of the file by its name here."""
    return f'"{HEADINGS[name]}"'


def given(name: str) -> str:
    """Whether a column is filled in: neither blank nor a word for none. Never NULL."""
    column, words = raw(name), WORDS_FOR_NONE.get(name, ())
    if name not in MANY_TEXTS:
        return f"NOT {among(name, words)}"
    ranges = f"{column} BETWEEN '!' AND '~' OR {column} BETWEEN '、' AND '鿿'"
    tests = [f"({ranges} OR ltrim({column}, {BLANKS}) <> '')", *(f"{column} <> '{word}'" for word in words)]
    return f"CASE WHEN {' AND '.join(tests)} THEN TRUE ELSE FALSE END"


def among(name: str, texts: Iterable[str]) -> str:
    """Whether a column has one of these texts, or none at all. Never NULL."""
    return f"contains('||{'|'.join(texts)}|', concat('|', ltrim({raw(name)}, {BLANKS}), '|'))"


def text(name: str) -> str:
    """The text, or NULL where there is none."""
    there = given(name).removeprefix("CASE WHEN ").removesuffix(" THEN TRUE ELSE FALSE END")
    return f"CASE WHEN {there} THEN {raw(name)} END"


def yes_no(name: str) -> str:
    """TRUE, FALSE, or NULL for anything else."""
    return f"CASE {raw(name)} WHEN '是' THEN TRUE WHEN '否' THEN FALSE WHEN '无' THEN FALSE END"


def limit(name: str) -> dict[str, str]:
    """Number and unit of a time limit."""
    units = " ".join(f"WHEN '{word}' THEN '{code}'" for word, code in UNITS.items())
    figure, unit = (f"regexp_extract({raw(name)}, '{LIMIT_FORM}', {group})" for group in (1, 2))
    short = name.removesuffix("_limit")
    return {
        f"{short}_day": f"CASE WHEN {raw(name)} = '{AT_ONCE}' THEN 0 ELSE TRY_CAST({figure} AS BIGINT) END",
        f"{short}_type": f"CASE WHEN {raw(name)} = '{AT_ONCE}' THEN '1' ELSE CASE {unit} {units} END END",
    }


def readings() -> dict[str, str]:
    """Every column that rules read, by name, over the columns of the file."""
    apart = frozenset((*ONLY_GIVEN, *YES_NO, "limit_scene_num"))
    found = {name: text(name) for name in HEADINGS if name not in apart}
    found |= {f"has_{name}": given(name) for name in ONLY_GIVEN}
    found |= {name: yes_no(name) for name in YES_NO}
    found["limit_scene_num"] = f"TRY_CAST({raw('limit_scene_num')} AS BIGINT)"
    return found | limit("anticipate_limit") | limit("promise_limit")

"""An invented result with every outcome, advice, an indicator with groups, and values that mean harm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guiju.result import (
    Counts,
    Finding,
    FindingCell,
    Indicator,
    IndicatorGroup,
    InputPart,
    InputTable,
    RequirementResult,
    Result,
    StandardIdentity,
    Summary,
    UndecidedReason,
)
from guiju.result.model import CodeReading, ColumnCount, ColumnReading, InputRemark

ITEMS = "实施清单.xlsx［实施清单］"
SCRIPT = "<script>alert('甲')</script>"
COMMAND = "=cmd|'/C calc'!A0"
FULL_WIDTH = "１２３４５　号"
LONG = "行政许可事项的承诺办结时限" * 24
HIDDEN = "办\u200b结\u202e "

BASE = RequirementResult(
    standard="item-management",
    id="IM-001",
    name="code-structure",
    clause="4.1.1",
    modality="shall",
    text="实施编码应由18位统一社会信用代码、1位行使层级和12位基本编码依次组成，业务办理项编码再加2位顺序号。",
    basis="标准",
    sources=("GB/T 39554.1-2020 编码结构〔二手转述〕",),
    mark="seen",
    advisory=False,
    key=False,
    method="schema",
    dataset="implementation-item",
    dataset_title="实施清单",
    outcome="passed",
    reason="适用的2262条中2262条符合",
    remedy="核对导出的编码有无缺位、多位或者被表格软件改成科学计数。",
    counts=Counts(passed=2262),
)


def cell(field, title, delivered, understood=None, *, blamed=False):
    return FindingCell(
        field, title, field.upper(), delivered, delivered if understood is None else understood, blamed
    )


def finding(
    row, *cells, key="", message="不满足：承诺办结时限不大于法定办结时限", owner="示例市住房和城乡建设局"
):
    return Finding(ITEMS, row, key or f"11440000000000000X2{row:012d}", message, owner, cells)


def promise(row):
    return finding(
        row,
        cell("statutory_limit", "法定办结时限", "20个工作日", "20"),
        cell("promise_limit", "承诺办结时限", f"{20 + row}个工作日", str(20 + row), blamed=True),
    )


def harmful():
    return (
        finding(3, cell("task_name", "事项名称", SCRIPT, blamed=True), message=f"名称不规范：{SCRIPT}"),
        finding(4, cell("task_name", "事项名称", COMMAND, blamed=True), message="名称不规范", key="+1"),
        finding(5, cell("task_name", "事项名称", FULL_WIDTH, "12345 号", blamed=True), message="名称不规范"),
        finding(6, cell("task_name", "事项名称", LONG, blamed=True), message="名称过长"),
        finding(7, cell("task_name", "事项名称", HIDDEN, blamed=True), message="名称含不可见字符\x07"),
        finding(8, cell("task_name", "事项名称", "", "", blamed=True), message="名称空白", owner=""),
    )


def indicator(numerator, denominator, *groups):
    return Indicator(numerator, denominator, 2, ">=", "0.95", f"{100 * numerator / denominator:.2f}", groups)


GROUPS = (
    IndicatorGroup("甲区", 480, 490, 0, "passed"),
    IndicatorGroup("乙区", 430, 507, 2, "failed"),
    IndicatorGroup("丙街道", 1, 3, 0, "failed"),
)

REQUIREMENTS = (
    BASE,
    replace(
        BASE,
        id="IM-008",
        name="names",
        clause="4.2.1",
        modality="should",
        text="事项名称宜与基本目录一致，不使用简称。",
        basis="通行做法",
        outcome="failed",
        reason="适用的2262条中有6条不符合",
        counts=Counts(passed=2256, failed=6),
        columns=(ColumnCount("task_name", "事项名称", "TASK_NAME", "审批服务部门", 6),),
        findings=harmful(),
        remedy="按基本目录的名称改正。",
    ),
    replace(
        BASE,
        id="IM-023",
        name="promise-within-statutory-limit",
        clause="6.3.2",
        text="承诺办结时限应不长于法定办结时限。",
        basis="政策",
        sources=("国发〔2022〕5号 二（二）〔原文已核〕",),
        mark="verified",
        key=True,
        method="record",
        outcome="failed",
        reason="适用的2200条中有60条不符合",
        counts=Counts(62, 2100, 60, 40, 3),
        undecided_reasons=(
            UndecidedReason("缺少法定办结时限", 31),
            UndecidedReason("承诺办结时限不能识别", 9),
        ),
        columns=(ColumnCount("promise_limit", "承诺办结时限", "PROMISE_LIMIT", "", 60),),
        findings=tuple(promise(row) for row in range(2, 27)),
        remedy="核对承诺时限与法定时限的单位和数值；长于法定时限的，改正承诺时限。",
    ),
    replace(
        BASE,
        id="IM-024",
        name="small",
        clause="6.3.3",
        text="申请材料应列明来源渠道。",
        outcome="failed",
        reason="适用的2262条中有2条不符合",
        counts=Counts(passed=2260, failed=2),
        columns=(ColumnCount("material_source", "来源渠道", "SOURCE", "", 2),),
        findings=(promise(11), promise(12)),
    ),
    replace(
        BASE,
        id="IM-030",
        name="codes",
        clause="6.1.2",
        text="实施清单的事项类型应采用代码表所列的代码。",
        outcome="cantTell",
        reason="“事项类型”的值多数不在代码表内，疑似取错列、代码表或口径，请确认",
        counts=Counts(0, 800, 1462, 0),
    ),
    replace(
        BASE,
        id="IM-031",
        name="share",
        clause="6.4.1",
        text="网上可办的事项应不少于事项总数的95%。",
        method="indicator",
        outcome="failed",
        reason="911/1000（91.10%），要求 >= 0.95；2组（段）未达到；2条无法判定",
        counts=Counts(),
        indicator=indicator(911, 1000, *GROUPS),
        remedy="补齐网上办理渠道。",
    ),
    replace(
        BASE,
        id="IM-032",
        name="situations",
        clause="6.4.2",
        text="业务办理项编码可加顺序号。",
        modality="may",
        outcome="inapplicable",
        reason="没有适用的记录",
        counts=Counts(inapplicable=2262),
    ),
    replace(
        BASE,
        id="IM-040",
        name="catalogue",
        clause="5.1.1",
        text="基本目录应列明基本编码和事项名称。",
        dataset="catalogue-item",
        dataset_title="基本目录",
        outcome="untested",
        reason="没有交来数据集“基本目录”",
        counts=Counts(),
    ),
    replace(
        BASE,
        id="IM-041",
        name="fault",
        clause="5.1.2",
        text="基本编码应不重复。",
        outcome="error",
        method="unique",
        reason=f"核验时程序出错：Conversion Error {COMMAND}",
        counts=Counts(),
    ),
    replace(
        BASE,
        id="IM-050",
        name="recalled",
        clause="7.1",
        text="事项调整后应在15个工作日内更新。",
        basis="法律法规",
        sources=("某条例〔待核对原文〕",),
        mark="recalled",
        advisory=True,
        method="record",
        outcome="failed",
        reason="适用的2262条中有12条不符合",
        counts=Counts(passed=2250, failed=12),
        findings=(promise(9),),
    ),
)


@pytest.fixture
def result():
    columns = (
        ColumnReading("task_code", "实施编码", "TASK_CODE", "alias"),
        ColumnReading("task_name", "事项名称", "TASK_NAME", "title"),
        ColumnReading("task_type", "事项类型", "类型", "mapping"),
    )
    table = InputTable(
        dataset="implementation-item",
        title="实施清单",
        rows=2262,
        parts=(InputPart(ITEMS, 2259, "ab" * 32), InputPart("补报.csv", 3, "cd" * 32)),
        columns=columns,
        unread_columns=("联系人", "备注"),
        codes=(
            CodeReading(
                "task_type", "事项类型", "item-type", "guangdong", 2262, 2260, (("许可", 1), (SCRIPT, 1))
            ),
        ),
        remarks=(InputRemark("GJ-D202", ITEMS, "列9", "第9列没有标题，称作“列9”", 0, (), ""),),
    )
    sentence = (
        "已核验 5 条，符合 1 条，关键条款不符合 1 条，未核验 1 条，无法判定 1 条，不适用 1 条，出错 1 条。"
    )
    return Result(
        engine="guiju 0.1.0",
        standards=(
            StandardIdentity(
                "item-management",
                "政务服务事项管理规范",
                "0.1.0",
                "20",
                published=False,
                judging_digest="01" * 32,
                text_digest="23" * 32,
            ),
        ),
        region="440000",
        profile="示例省适用参数",
        mapping="sample-items",
        as_of="2026-03-31",
        findings_limit=25,
        inputs=(table,),
        requirements=REQUIREMENTS,
        summary=Summary(10, 5, 1, 4, 1, 1, 1, 1, 1, 1, sentence),
        conclusion="",
        exit_code=3,
    )

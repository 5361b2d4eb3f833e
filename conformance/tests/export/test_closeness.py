"""Closeness of headings to fields: natural variants are close, opposed ones never, however alike."""

import pytest

from guiju.content import own_pack
from guiju.export.recognition.closeness import NEAR, closeness, near_fields
from guiju.export.recognition.match import match
from guiju.standard.load import load


@pytest.fixture(scope="module")
def items():
    return load((own_pack(),), "item-management").datasets["implementation-item"]


CLOSE = {
    "事项编码": "实施编码",
    "法定办理期限": "法定办结时限",
    "承诺办结期限": "承诺办结时限",
    "事项名": "事项名称",
    "实施机构": "实施主体",
    "设立依据": "设定依据",
    "受理要求": "受理条件",
    "咨询联系电话": "咨询方式",
    "监督举报电话": "监督投诉方式",
    "办事地点": "办理地点",
    "办事时间": "办理时间",
    "能否网上办理": "是否网办",
    "服务对象类型": "服务对象",
    "办件类别": "办件类型",
    "最少到现场次数": "到办事现场次数",
    "快递服务": "是否支持物流快递",
    "审批结果": "结果名称",
    "实施主体代码": "实施主体编码",
    "XZQHDM": "行政区划代码",
    "C_SXMC": "事项名称",
    "visit_number": "到办事现场次数",
    "matter_level": "行使层级",
}


@pytest.mark.parametrize(("heading", "title"), CLOSE.items())
def test_natural_variants(items, heading, title):
    best = near_fields(heading, items, list(items.fields))
    assert items.fields[best[0][1]].title == title
    assert match([heading], items).columns == {}


OPPOSED = [
    ("法定办结时限", "承诺办结时限"),
    ("承诺办理期限", "法定办结时限"),
    ("实际办结时限", "承诺办结时限"),
    ("收费标准", "是否收费"),
    ("收费依据", "是否收费"),
    ("是否收费", "收费依据"),
    ("事项名称", "实施编码"),
    ("办理时间", "办理地点"),
    ("咨询电话", "监督投诉方式"),
    ("投诉电话", "咨询方式"),
    ("法定办结时限单位", "法定办结时限"),
    ("法定办结时限说明", "法定办结时限"),
    ("移动端办理地址", "计算机端办理地址"),
    ("计划取消日期", "计划生效日期"),
    ("面向法人主题", "面向自然人主题"),
    ("材料名称", "事项名称"),
    ("受理机构", "送达内设机构"),
    ("date", "计划生效日期"),
    ("备注", "法定办结时限说明"),
]


@pytest.mark.parametrize(("heading", "title"), OPPOSED)
def test_opposed_headings_are_never_close(items, heading, title):
    (field,) = [item for item in items.fields.values() if item.title == title]
    assert closeness(heading, field) < NEAR


def test_a_word_that_is_left_out_leaves_both(items):
    names = [name for _, name in near_fields("办结时限", items, list(items.fields)) if "limit" in name]
    assert names == ["anticipate_limit", "promise_limit"]


def test_headings_under_groups(items):
    found = match(["序号", "办结时限 / 法定", "办结时限 / 承诺", "收费 / 是否收费", "材料 / 名称"], items)
    assert found.columns == {
        "anticipate_limit": "办结时限 / 法定",
        "promise_limit": "办结时限 / 承诺",
        "is_fee": "收费 / 是否收费",
    }
    twice = match(["基本 / 是否收费", "其他 / 是否收费"], items)
    assert twice.columns == {}
    assert match(["右侧的表 / 事项名称"], items).columns == {}


def test_comments_are_other_words_for_a_heading(items):
    found = match(["A1", "A2"], items, {"A1": "事项名称", "A2": "实施编码（31位）"})
    assert found.columns == {"task_name": "A1", "task_code": "A2"}
    assert set(found.how.values()) == {"comment"}

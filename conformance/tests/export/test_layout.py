"""Where the table is: titles, heads of several rows, rows that explain a head, and rows that are no data."""

import pytest

from guiju.export.layout.area import Block, find_area
from guiju.export.recognition.match import BESIDE

WORDS = frozenset({"事项编码", "事项名称", "法定办结时限", "承诺办结时限", "是否收费", "收费标准", "sxmc"})
DATA = [["11440000MB2C876142", "甲", "20个工作日"], ["11440000MB2C876143", "乙", "10个工作日"]]


def area(*rows, **more):
    return find_area(enumerate(rows, 1), **more)


def said(found):
    return [remark.code for remark in found.remarks]


@pytest.mark.parametrize("words", [WORDS, frozenset()])
@pytest.mark.parametrize(
    "above",
    [
        [],
        [["某省政务服务事项清单", "", ""]],
        [["某省政务服务事项清单", "", ""], ["单位：个", "", ""]],
        [["实施清单", "", ""], ["填报单位：某局", "", "填报日期：2026-03-01"]],
        [["实施清单", "", ""], ["", "", "2026年3月"]],
        [["（单位：万元）", "2026年第一季度", ""]],
        [["表号：某表1", "制定机关：某局", ""], ["批准文号：某文〔2026〕1号", "有效期至：2027年6月", ""]],
    ],
)
def test_titles_units_and_dates_above_the_head(above, words):
    found = area(*above, ["事项编码", "事项名称", "法定办结时限"], *DATA, words=words)
    assert found.head == len(above) + 1
    assert found.columns == ("事项编码", "事项名称", "法定办结时限")
    assert said(found) == (["GJ-D201"] if above else [])
    assert all(not found.surroundings.odd(number, row) for number, row in enumerate(DATA, found.head + 1))


def test_known_words_make_the_choice_sure():
    rows = [
        ["联系科室", "某科", ""],
        ["请于月底前报送", "见附件", ""],
        ["事项编码", "事项名称", "科室"],
        *DATA,
    ]
    assert area(*rows, words=WORDS).head == 3
    assert area(*rows).head == 1
    assert area(["第一列", "第二列"], ["事项名称", "甲"], words=WORDS).head == 1
    assert area(["1", "2"], ["3", "4"]).head == 1
    assert area(["标题"], ["值"]) is None


def test_rows_above_a_head_of_few_known_words_are_no_titles():
    rows = [
        ["编码", "名称", "科室", "备注"],
        *([["1", "甲", "乙", "丙"]] * 4),
        ["事项编码", "事项名称", "丁", "戊", "己"],
    ]
    assert area(*rows, words=WORDS).head == 1


def test_groups_by_merged_cells():
    rows = [
        ["序号", "事项名称", "办结时限", "", "收费", ""],
        ["", "", "法定", "承诺", "是否收费", "收费标准"],
        ["1", "甲", "20个工作日", "5个工作日", "否", ""],
    ]
    merged = [Block(1, 1, 2, 1), Block(1, 2, 2, 2), Block(1, 3, 1, 4), Block(1, 5, 1, 6)]
    names = ("序号", "事项名称", "办结时限 / 法定", "办结时限 / 承诺", "收费 / 是否收费", "收费 / 收费标准")
    for blocks, words in ((merged, WORDS), (merged, frozenset()), ((), WORDS), ((), frozenset())):
        found = area(*rows, merged=blocks, words=words)
        assert (found.head, found.columns) == (2, names)
        assert said(found) == ["GJ-D209"]


def test_three_rows_of_headings_and_a_title():
    rows = [
        ["政务服务事项统计表", "", "", ""],
        ["基本信息", "", "时限", ""],
        ["事项", "", "法定", "承诺"],
        ["编码", "名称", "天数", "天数"],
        ["1", "甲", "3", "4"],
    ]
    merged = [Block(1, 1, 1, 4), Block(2, 1, 2, 2), Block(2, 3, 2, 4), Block(3, 1, 3, 2)]
    words = frozenset({"事项编码", "事项名称", "法定天数", "承诺天数"})
    found = area(*rows, merged=merged, words=words)
    assert found.head == 4
    assert found.columns == (
        "基本信息 / 事项 / 编码",
        "基本信息 / 事项 / 名称",
        "时限 / 法定 / 天数",
        "时限 / 承诺 / 天数",
    )
    assert said(found) == ["GJ-D201", "GJ-D209"]


def test_a_data_row_with_gaps_is_no_second_row_of_headings():
    found = area(
        ["事项编码", "事项名称", "", "备注"], ["", "甲", "乙", ""], ["2", "丙", "丁", ""], words=WORDS
    )
    assert found.head == 1
    found = area(["编码", "名称", "备注"], ["A1", "", ""], ["A2", "乙", "有"])
    assert found.head == 1


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (["SXBM", "SXMC", "FDSX"], "字段代码"),
        (["varchar(32)", "varchar2(100)", "number(5,2)"], "字段类型"),
        (["字符型", "字符型", "数值型"], "字段类型"),
        (["必填", "必填", "选填"], "填写说明或示例"),
        (["必填", "示例：食品经营许可", "格式：20个工作日"], "填写说明或示例"),
        (["示例", "食品经营许可", "20个工作日"], "填写说明或示例"),
        (["填写说明：请逐项填写，不得空缺", "", ""], "填写说明或示例"),
        (["1", "2", "3"], "栏次编号"),
        (["（1）", "（2）", "（3）"], "栏次编号"),
        (["①", "②", "③"], "栏次编号"),
        (["A", "B", "C"], "栏次编号"),
        (["甲", "乙", "1"], "栏次编号"),
        (["task_code", "task_name", "anticipate_limit"], "字段代码"),
    ],
)
def test_rows_that_explain_the_head(row, what):
    found = area(["事项编码", "事项名称", "法定办结时限"], row, *DATA, words=WORDS)
    assert found.head == 2
    assert found.columns == ("事项编码", "事项名称", "法定办结时限")
    (remark,) = found.remarks
    assert (remark.code, remark.rows, remark.text) == (
        "GJ-D210",
        (2,),
        f"标题之下的第2行是{what}，未作为数据读取",
    )


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "2", "3"], ["4", "5", "6"]],
        [["A1", "B2", "C3"], ["A2", "B3", "C4"]],
        [["甲", "乙", "丙"], ["丁", "戊", "己"]],
        [["无", "必填", "三天"]],
        [["1", "2", "3"]],
    ],
)
def test_rows_that_might_be_data_stay(rows):
    found = area(["一级", "二级", "三级"], *rows)
    assert found.head == 1
    assert not any(found.surroundings.odd(number, row) for number, row in enumerate(rows, 2))


def test_all_kinds_at_once():
    found = area(
        ["序号", "名称", "备注"],
        ["XH", "SXMC", "BZ"],
        ["int", "varchar(100)", "text"],
        ["必填", "必填", "选填"],
        ["1", "2", "3"],
        ["1", "食品经营许可", "没有"],
        words=WORDS,
    )
    assert found.head == 5
    assert found.columns == ("序号", "SXMC", "备注")
    assert [remark.rows for remark in found.remarks] == [(2,), (3,), (4,), (5,)]


def test_columns_to_the_left_and_right():
    found = area(["", "", "事项编码", "事项名称"], ["", "", "1", "甲"], first=1, words=WORDS)
    assert found.columns[2:] == ("事项编码", "事项名称")
    found = area(["事项编码", "事项名称", "", ""], ["1", "甲", "没有标题的值", ""], first=3, words=WORDS)
    assert found.columns == ("事项编码", "事项名称", "（第5列无标题）")
    assert said(found) == ["GJ-D202"]


def test_tables_side_by_side_are_not_mixed():
    found = area(
        ["事项编码", "事项名称", "", "科室", "事项名称"],
        ["1", "甲", "", "某科", "丙"],
        ["2", "乙", "", "", ""],
        words=WORDS,
    )
    assert found.columns == (
        "事项编码",
        "事项名称",
        "（第3列无标题）",
        f"{BESIDE}科室",
        f"{BESIDE}事项名称",
    )
    assert "GJ-D211" in said(found)
    found = area(["事项编码", "事项名称", "", "科室"], ["1", "甲", "", "某科"], words=WORDS)
    assert found.columns[3] == "科室"
    assert "GJ-D212" in said(found)

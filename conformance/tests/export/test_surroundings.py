"""Rows below the head that are no data, in Python and as the SQL that finds them; data rows survive."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.export.layout.area import find_area
from guiju.export.sql_text import identifier

HEAD = ["事项编码", "事项名称", "法定办结时限", "科室"]
WORDS = frozenset({*HEAD, "承诺办结时限", "是否收费"})
DATA = ["11440000MB2C876142", "甲", "20个工作日", "某科"]


def found_in(*, titles=(), words=WORDS):
    return find_area(enumerate([*titles, HEAD, DATA], 1), words=words)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (HEAD, "GJ-D204"),
        (["事项编码 ", "事项名称", "法定办结时限", "　科室"], "GJ-D204"),
        (["实施清单", "", "", ""], "GJ-D204"),
        (["合计", "", "120", ""], "GJ-D205"),
        (["合　计", "12", "120", "3.5%"], "GJ-D205"),
        (["", "小计：", "12", "—"], "GJ-D205"),
        (["某局", "小计", "", "12"], "GJ-D205"),
        (["总计", "1,200", "", ""], "GJ-D205"),
        (["注：本表按月报送", "", "", ""], "GJ-D206"),
        (["填表人：某某", "", "审核人：某某", "填表日期：2026年3月"], "GJ-D206"),
        (["", "", "", "制表日期：2026-03-01"], "GJ-D206"),
        (["共 123 条", "", "", ""], "GJ-D206"),
        (["第 1 页 共 3 页", "", "", ""], "GJ-D206"),
        (["备注（1）：", "口径见附件", "", ""], "GJ-D206"),
        (["数据来源：某系统", "", "", ""], "GJ-D206"),
        (["单位负责人（签章）：", "某某", "填表人：", "某某"], "GJ-D206"),
    ],
)
def test_left_out_and_told(row, code):
    around = found_in(titles=[["实施清单", "", "", ""]]).surroundings
    assert around.odd(9, row)
    assert around.odd(9, row)
    (remark,) = around.remarks
    assert (remark.code, remark.count, remark.rows) == (code, 1, (9,))
    assert suspected(around, row)


@pytest.mark.parametrize(
    "row",
    [
        DATA,
        ["合计", "甲", "20个工作日", "某科"],
        ["注：x", "甲", "20个工作日", "某科"],
        ["合计税务登记", "甲", "20个工作日", "某科"],
        ["总部企业认定", "", "", ""],
        ["注册登记", "", "", ""],
        ["", "甲", "", ""],
        ["事项编码", "甲", "20个工作日", "某科"],
        ["说明书审批", "", "", ""],
        ["共青团事项", "", "", ""],
    ],
)
def test_what_may_be_data_stays(row):
    around = found_in().surroundings
    assert not around.odd(9, row)
    assert [remark.code for remark in around.remarks] in ([], ["GJ-D207"])


def test_another_table_below():
    around = found_in().surroundings
    assert not around.odd(3, DATA)
    assert around.odd(5, ["序号", "事项名称", "承诺办结时限", "是否收费"])
    assert around.odd(6, ["1", "甲", "3", "否"])
    assert around.odd(6, ["1", "甲", "3", "否"])
    assert around.end == 5
    (remark,) = around.remarks
    assert (remark.code, remark.count) == ("GJ-D208", 2)
    assert "第5行起是另一张表（标题：序号、事项名称、承诺办结时限、是否收费）" in remark.text


def suspected(around, row):
    names = [f"c{index}" for index in range(len(row))]
    values = ", ".join("?" for _ in row)
    with duckdb.connect() as con:
        query = (
            f"SELECT {around.suspects([identifier(name) for name in names])} "
            f"FROM (VALUES ({values})) t({', '.join(names)})"
        )
        ((answer,),) = con.execute(query, row).fetchall()
    return answer


CELLS = st.one_of(
    st.text("甲乙丙合计小注：:12 　填表人共条第页事项编码名称", max_size=8),
    st.sampled_from(
        [*HEAD, "合计", "小 计", "总计：", "注：", "填表人：某", "共3条", "", "", "序号", "备注"]
    ),
)
ROWS = st.lists(CELLS, min_size=4, max_size=4)


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as con:
        yield con


@settings(max_examples=80, deadline=None)
@given(st.lists(ROWS, min_size=10, max_size=30))
def test_sql_suspects_every_row_that_python_leaves_out(connection, rows):
    around = found_in().surroundings
    odd = [row for number, row in enumerate(rows, 3) if around.end is None and around.odd(number, row)]
    condition = around.suspects(["a", "b", "c", "d"])
    columns = [list(column) for column in zip(*rows, strict=True)]
    table = "SELECT " + ", ".join(f"unnest(?::VARCHAR[]) {name}" for name in "abcd")
    query = f"SELECT * FROM ({table}) WHERE {condition}"
    found = [list(row) for row in connection.execute(query, columns).fetchall()]
    assert all(row in found for row in odd)


NAMES = st.text("办理许可登记备案核准年检证书设立变更注销", min_size=1, max_size=12)
RECORDS = st.lists(
    st.tuples(
        st.from_regex(r"\A[0-9A-Z]{18,31}\Z"),
        NAMES,
        st.sampled_from(["20个工作日", "即办", "", "5(工作日)", "1"]),
        st.one_of(NAMES, st.just("")),
    ).map(list),
    min_size=1,
    max_size=15,
)
ABOVE = st.lists(
    st.sampled_from([["某市实施清单", "", "", ""], ["单位：个", "", "", "2026年3月"], ["", "", "", ""]]),
    max_size=3,
)
BETWEEN = st.sampled_from(
    [None, HEAD, ["小计", "", "12", ""], ["第 2 页", "", "", ""], ["", "", "", ""], ["注：如上", "", "", ""]]
)
UNDER = st.sampled_from(
    [[], [["1", "2", "3", "4"]], [["必填", "必填", "选填", "选填"]], [["BM", "MC", "SX", "KS"]]]
)


@settings(max_examples=80, deadline=None)
@given(RECORDS, ABOVE, UNDER, st.data(), st.booleans())
def test_every_data_row_survives_and_nothing_else(records, above, under, data, known):
    dressed = [*above, HEAD, *under]
    for record in records:
        extra = data.draw(BETWEEN)
        dressed += [record] if extra is None else [record, extra]
    numbered = list(enumerate(dressed, 1))
    found = find_area(numbered, words=WORDS if known else frozenset())
    left = [
        row
        for number, row in numbered
        if number > found.head and any(row) and not found.surroundings.odd(number, row)
    ]
    assert left == records
    assert found.columns == tuple(HEAD)

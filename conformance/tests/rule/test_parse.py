"""What does not belong to the language is refused with a code, a column and advice."""

from dataclasses import replace
from decimal import Decimal

import pytest

from guiju.errors import StandardError
from guiju.rule import Kind, fields_of, nulls_tested, parameters_of, parse
from guiju.rule.tree import Compare, Constant, FieldRef
from guiju.standard.fields import Code, Codelist, Field


def fault(bench, text, expect=None):
    with pytest.raises(StandardError) as caught:
        bench.parse(text, expect)
    return caught.value


@pytest.mark.parametrize(
    ("text", "code", "column", "advice"),
    [
        ("i / 2 > 1", "GJ-S201", 3, "//"),
        ("i :: j", "GJ-S201", 3, "类型转换"),
        ("cast(t as int) = 1", "GJ-S201", 1, "类型转换"),
        ("t like 'a%'", "GJ-S201", 3, "starts_with"),
        ("case when b then 1 end = 1", "GJ-S201", 1, "CASE"),
        ("i = (select 1)", "GJ-S201", 6, "子查询"),
        ("count(*) > 1", "GJ-S201", 1, "indicator"),
        ("sum(i) > 1", "GJ-S201", 1, "indicator"),
        ("i == 1", "GJ-S201", 3, "一个“=”"),
        ("t || u = 'ab'", "GJ-S201", 3, "拼接"),
        ("i = 1 -- 说明", "GJ-S201", 7, "注释"),
        ("i = 1; j = 2", "GJ-S201", 6, "一个表达式"),
        ("items.i = 1", "GJ-S201", 6, "数据集名"),
        ("t[1] = 'a'", "GJ-S201", 2, "substr"),
        ("i = $days", "GJ-S201", 5, ":参数名"),
        ("t = “甲”", "GJ-S201", 5, "半角"),
        ("（i = 1）", "GJ-S201", 1, "半角"),
        ("i ＝ 1", "GJ-S201", 3, "半角"),
        ("i = 1_000", "GJ-S201", 5, "半角数字"),
        ("i = 0x1F", "GJ-S201", 5, "半角数字"),
        ("d = 1e3", "GJ-S201", 5, "半角数字"),
        ("d = .5", "GJ-S201", 5, "0.5"),
        ("t = E'\\n'", "GJ-S202", 6, "运算符"),
        ("i = 1 and", "GJ-S202", 7, "运算符"),
        ("i = 1 and\nand j = 2", "GJ-S202", 11, "运算符"),
        ("(i = 1", "GJ-S202", 6, "括号"),
        ("i = 1)", "GJ-S202", 6, "括号"),
        ("t = 'abc", "GJ-S202", 5, "单引号"),
        ("  ", "GJ-S203", 1, "条件"),
        ("b and " * 700 + "b", "GJ-S203", 4001, "拆成"),
        ("not " * 300 + "b", "GJ-S204", 1, "拆成"),
        ("(" * 900 + "b" + ")" * 900, "GJ-S204", 1, "拆成"),
        ("i = 1 j", "GJ-S206", 7, "and"),
        ("t = 'a' 'b'", "GJ-S206", 5, "逗号"),
        ("i in j", "GJ-S206", 1, "in ("),
        ("length(*) = 1", "GJ-S206", 8, "相乘"),
        ("(i, j) = 1", "GJ-S206", 2, "and"),
        ("i between symmetric 1 and 2", "GJ-S206", 1, "and"),
        ("t = null", "GJ-S207", 1, "is null"),
        ("task_tipe = 1", "GJ-S208", 1, "可用的数据元"),
        ("i = :dais", "GJ-S208", 5, "days"),
        ("lenght(t) = 1", "GJ-S208", 1, "length"),
        ("b is true", "GJ-S209", 1, "= true"),
        ("i = 1234567890123456789", "GJ-S210", 5, "单引号"),
        ("d = 0.1234567", "GJ-S210", 5, "6位"),
        ("e = date '2024-02-30'", "GJ-S211", 10, "2024-01-31"),
        ("not i", "GJ-S212", 5, "比较"),
        ("b and t", "GJ-S212", 7, "比较"),
        ("i in ()", "GJ-S213", 1, "in ("),
        ("i in (1, j)", "GJ-S213", 10, "or"),
        ("t = 3", "GJ-S214", 1, "单引号"),
        ("i <= '5'", "GJ-S214", 1, "不加引号"),
        ("e = '2024-01-01'", "GJ-S214", 1, "date '"),
        ("s > date '2024-01-01'", "GJ-S214", 1, "day("),
        ("x = '1'", "GJ-S214", 1, "has("),
        ("x = y", "GJ-S214", 1, "subset"),
        ("t < u", "GJ-S215", 1, "integer"),
        ("b >= q", "GJ-S215", 1, "integer"),
        ("t between 'a' and 'b'", "GJ-S215", 1, "integer"),
        ("kind = '1'", "GJ-S216", 1, "01、20"),
        ("'02' <> kind", "GJ-S216", 1, "01、20"),
        ("kind in ('01', '03')", "GJ-S216", 16, "01、20"),
        ("t + 1 = 2", "GJ-S217", 1, "只有数"),
        ("e + 1 = e", "GJ-S217", 1, "add_workdays"),
        ("d // 2 = 1", "GJ-S217", 1, "整数"),
        ("d * c = 1", "GJ-S217", 1, "整数"),
        ("length() = 1", "GJ-S218", 1, "写法：length(文字)"),
        ("length(i) = 1", "GJ-S218", 8, "写法：length(文字)"),
        ("matches(t, u)", "GJ-S218", 12, "写法"),
        ("day(e) = e", "GJ-S218", 5, "写法：day(时间)"),
        ("substr(t, 0, 1) = 'a'", "GJ-S219", 1, "写法"),
        ("code_part(t, 'dept') = '01'", "GJ-S219", 1, "写法"),
        ("matches(t, '\\d+')", "GJ-S219", 1, "写法"),
    ],
)
def test_what_is_refused(bench, text, code, column, advice):
    found = fault(bench, text)
    assert (found.code, found.place.column) == (code, column), str(found)
    assert advice in found.hint, found.hint


def test_a_fault_tells_where_the_expression_stands(bench):
    found = fault(bench, "i = t")
    assert (found.place.file, found.place.line, found.place.inside) == ("02.yaml", 7, "IM-001，表达式")
    assert "i = t" in found.cause


@pytest.mark.parametrize("text", ["i", "i + 1", "t", "length(t)"])
def test_an_assertion_must_be_a_condition(bench, text):
    assert fault(bench, text, Kind.BOOLEAN).code == "GJ-S205"


def test_the_tree_holds_exact_values(bench):
    node = bench.parse("d <= -0.10")
    assert node == Compare("<=", FieldRef(Kind.DECIMAL, "d"), Constant(Kind.DECIMAL, Decimal("-0.10")))


@pytest.mark.parametrize("text", ["I = 1", "KIND = '01'"])
def test_names_are_taken_letter_by_letter(bench, text):
    assert fault(bench, text).code == "GJ-S208"


@pytest.mark.parametrize(
    "text", ["i = 1 AND NOT t IN ('a') OR e IS NOT NULL", "DAY(s) = DATE '2024-01-01'", "i != 1"]
)
def test_words_of_the_language_may_be_in_capitals(bench, text):
    assert bench.parse(text).kind is Kind.BOOLEAN


@pytest.mark.parametrize(
    "name",
    ["order", "level", "count", "case", "date", "result", "select", "min", "end", "desc", "row", "key"],
)
def test_fields_may_be_called_like_words_of_sql(bench, name):
    scope = replace(bench.scope, fields={name: Field(name, "数", "integer")})
    assert fields_of(parse(f"{name} > 1 and {name} in (2, 3) and ({name}) is not null", scope)) == {name}


def test_codes_of_a_function_are_checked_too(bench):
    units = Codelist("time-unit", (Code("1", "工作日"),))
    scope = replace(bench.scope, codelists={"time-unit": units})
    assert parse("limit_unit(t) = '1'", scope)
    with pytest.raises(StandardError, match="GJ-S216"):
        parse("limit_unit(t) = '9'", scope)


def test_codes_of_a_set_are_checked(bench):
    scope = replace(bench.scope, fields={"x": Field("x", "类型", "set", codelist="item-type")})
    assert parse("has(x, '01') or has_any(x, '01', '20')", scope)
    for text in ("has(x, '9')", "has_any(x, '01', '9')"):
        with pytest.raises(StandardError, match="GJ-S216"):
            parse(text, scope)


def test_enumerated_values_are_checked(bench):
    scope = replace(bench.scope, fields={"t": Field("t", "类型", "string", enum=("A", "B"))})
    assert parse("t = 'A'", scope)
    with pytest.raises(StandardError, match="GJ-S216"):
        parse("t = 'C'", scope)


def test_what_an_expression_reads(bench):
    node = bench.parse("(i is null or j + :days > 3) and t is not null and kind = '01'")
    assert fields_of(node) == {"i", "j", "t", "kind"}
    assert parameters_of(node) == {"days"}
    assert nulls_tested(node) == {"i", "t"}

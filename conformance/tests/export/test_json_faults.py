"""What is said about JSON that cannot be read."""

from __future__ import annotations

import json

import pytest

from guiju.export import open_sources

FAULTS = {
    '[\n// 说明\n{"a":1}]': "注释",
    '{"a":1, /* 说明 */ "b":2}': "注释",
    '[{"a":1},]': "多了一个逗号",
    '{"a":1}{"a":2}': "连在了一起",
    '[{"a":1}]\n[{"a":2}]': "连在了一起",
    '{\n"a":1\n}\n{\n"a":2\n}': "连在了一起",
    "[{'a':1}]": "单引号",
    "[{“a”:1}]": "中文引号",
    '[{"a":None}]': "null、true、false",
    '[{"a":1},{"a"': "中断",
    '[{"a":"x"y"}]': "没有转义",
    '[{"a":"C:\\d"}]': "反斜杠",
    '[{"a":1},<html>': "网页",
    '[{"a":"x': "没有结束的引号",
    '[{"a" 1}]': "冒号",
    "{a:1}": "双引号括起的键",
    '[{"a":@}]': "不是JSON的值",
    '{"a":' * 3000 + "1" + "}" * 3000: "嵌套层数过多",
    '{"a":[' * 400 + "]}" * 400: "嵌套层数过多",
}


@pytest.mark.parametrize("text", FAULTS, ids=range(len(FAULTS)))
def test_faults_are_told_in_plain_words(write, refused, text):
    error = refused(write("a.json", text), "GJ-I109")
    assert FAULTS[text] in error.cause
    assert error.place.line


def test_the_line_of_a_fault(write, refused):
    error = refused(write("a.jsonl", '{"a":1}\n{"a":1, // 说明\n"b":2}\n'), "GJ-I109")
    assert (error.place.line, error.place.column) == (2, 9)
    assert "注释" in error.cause


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("depth", [150, 800, 3000])
def test_depth_is_read_or_refused(write, load, refused, name, depth):
    """Up to some depth an object within a record is kept as text; beyond it the file is refused."""
    text = '{"b":1,"a":' + '{"a":' * depth + "1" + "}" * depth + "}"
    path = write(name, text)
    if depth > 200:
        refused(path, "GJ-I109")
    else:
        assert load(open_sources([path])[0])[0][1] == "1"


ANSWERS = {
    '{"code":500,"msg":"系统繁忙","data":null}': "500，系统繁忙",
    '{"code":200,"msg":"成功","data":{"total":0,"list":[]}}': "200，成功",
    '{"error":{"code":"401","message":"登录过期"}}': "登录过期",
    '{"timestamp":"t","status":404,"error":"Not Found","path":"/x"}': "404，Not Found",
    '{"code":0,"data":[]}': "0",
}


@pytest.mark.parametrize("text", ANSWERS)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_answers_without_records_are_refused(write, refused, name, text):
    assert ANSWERS[text] in refused(write(name, text), "GJ-I134").cause


def test_a_code_list_is_no_answer(write, load):
    assert load(open_sources([write("a.json", '[{"code":"1","message":"是"}]')])[0]) == [(1, "1", "是")]


def test_a_page_instead_of_json(write, refused):
    page = "<!DOCTYPE html><html><head><title>统一登录</title></head><body></body></html>"
    assert "统一登录" in refused(write("a.json", page), "GJ-I133").cause


def test_nan_is_kept_as_it_is_written(write, load):
    """The value is then judged like any other text: it is no number."""
    assert load(open_sources([write("a.json", '[{"a":NaN,"b":"NaN"}]')])[0]) == [(1, "NaN", "NaN")]


def test_an_array_in_one_long_line(write):
    """Longer than any line of records may be."""
    text = json.dumps([{"a": "值" * 60, "n": n} for n in range(50_000)])
    assert len(text) > 16 << 20
    assert open_sources([write("a.json", text)])[0].columns == ("a", "n")

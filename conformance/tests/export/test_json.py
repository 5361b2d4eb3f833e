"""JSON Lines and JSON: every value as it is written, faults with their line."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guiju.export.files import open_sources
from guiju.export.text import json_text

LONG = "1144000000693975691" + "2" * 12


@pytest.fixture(params=[False, True], ids=["small", "large"], autouse=True)
def size(request, monkeypatch):
    """Each test with files taken as they are, and with files taken for large ones."""
    if request.param:
        monkeypatch.setattr(json_text, "PLACED", -1)


def one(path):
    (source,) = open_sources([path])
    return source


@pytest.mark.parametrize("locked", [False, True])
def test_lines(write, load, locked):
    text = f'{{"a":"甲","b":{LONG},"c":true}}\n{{"b":[1,{{"x":null}}],"d":null}}\n'
    source = one(write("a.jsonl", text))
    assert sorted(source.columns) == ["a", "b", "c", "d"]
    order = [sorted(source.columns).index(name) for name in source.columns]
    rows = [[None] * 4, [None] * 4]
    for values, row in zip(load(source, locked=locked), rows, strict=True):
        for place, value in zip(order, values[1:], strict=True):
            row[place] = value
    assert rows == [["甲", LONG, "true", None], [None, '[1,{"x":null}]', None, None]]


@pytest.mark.parametrize("number", ["1.10", "1e3", "-0", "0.0", "12345678901234567890.50", LONG])
def test_numbers_keep_their_spelling(write, load, number):
    source = one(write("a.jsonl", f'{{"a":{number},"b":[{number}],"c":"{number}"}}\n'))
    assert load(source) == [(1, number, f"[{number}]", number)]


def test_decimals_in_texts_do_not_slow_reading(write, load):
    source = one(write("a.jsonl", '{"a":"共计:1.5元,2.5元"}\n'))
    assert source.reads
    assert load(source) == [(1, "共计:1.5元,2.5元")]


def test_line_numbers_count_empty_lines(write, load):
    source = one(write("a.ndjson", '\n{"a":1}\n\n \r\n{"a":2}\n\n'))
    assert load(source) == [(2, "1"), (5, "2")]


def test_keys_are_data(write, load):
    source = one(
        write("a.jsonl", json.dumps({'a"b': 1, "a/b~c": "x", "": "y", "$.z": "w", "列 名": "v"}) + "\n")
    )
    assert source.columns == ('a"b', "a/b~c", "", "$.z", "列 名")
    assert load(source) == [(1, "1", "x", "y", "w", "v")]


@pytest.mark.parametrize(
    "text",
    [
        '[{"a":"甲"},\n {"a":1.10}]',
        '{"code":0,"data":{"total":2,"rows":[{"a":"甲"},{"a":1.10}],"tags":[]}}',
        '{"a":"甲"}\n{"a":1.10}\n',
        '[{"a":"甲"},{"a":"1.10"}]',
        '\ufeff[{"a":"甲"},{"a":"1.10"}]',
    ],
)
def test_layouts_of_documents(write, load, text):
    assert load(one(write("a.json", text))) == [(1, "甲"), (2, "1.10")]


def test_other_encodings(write, load, said):
    source = one(write("a.jsonl", '{"名称":"甲"}\n{"名称":"乙"}\n'.encode("gb18030")))
    assert said(source) == ("文件按GB18030编码读取",)
    assert load(source) == [(1, "甲"), (2, "乙")]


def test_halves_of_characters_and_control_characters(write, load):
    source = one(write("a.jsonl", '{"a":"\\ud83d\\ude00"}\n{"a":"x\\ud83d"}\n{"a":"1\t2"}\n'))
    assert load(source) == [(1, "😀"), (2, "x\ufffd"), (3, "1\t2")]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('{"a":1}\n{"a":2', "GJ-I109", 2),
        ('{"a":1}\n<html>\n{"a":2}\n', "GJ-I109", 2),
        ('{"a":1}\n\n{"a":1}{"a":2}\n', "GJ-I109", 3),
        ('{"a":1}\n{"b":1,"a":2,"b":3}\n', "GJ-I110", 2),
        ('{"a":1}\n[1]\n', "GJ-I111", 2),
        ('{"a":1}\nnull\n', "GJ-I111", 2),
        ('{"a":' + "[" * 100_000 + "\n", "GJ-I109", 1),
    ],
)
def test_faulty_lines(write, refused, text, code, line):
    assert refused(write("a.jsonl", text), code).place.line == line


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"a":1},', "GJ-I109"),
        ('[{"a":1},3]', "GJ-I111"),
        ('[{"a":1},{"a":1,"a":2}]', "GJ-I110"),
        ('{"x":[{"a":1}],"y":[{"a":1}]}', "GJ-I111"),
        ("[]", "GJ-I107"),
        ("{}", "GJ-I107"),
        ("", "GJ-I105"),
    ],
)
def test_faulty_documents(write, refused, text, code):
    refused(write("a.json", text), code)


TEXTS = st.text(
    alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=6
)  # escapes have two spellings
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(TEXTS, inner, max_size=3)
        | st.lists(st.dictionaries(st.sampled_from("ab"), inner, min_size=1, max_size=2), max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    records=st.lists(
        st.dictionaries(st.text(max_size=3), VALUES, min_size=1, max_size=4), min_size=1, max_size=5
    )
)
@example(records=[{"": None}, {"": [False]}, {"": [{"a": None}]}])
@example(records=[{"x": [{"a": 1}]}, {"x": [2, {"a": 3}]}])
def test_both_readers_agree(tmp_path_factory, load, records):
    path = tmp_path_factory.mktemp("json") / "a.jsonl"
    path.write_text(
        "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in records), encoding="utf-8"
    )
    for source in open_sources([path]):
        rows = load(source)
        assert rows == load(source, locked=True)
        assert "_position" in source.columns or [row[0] for row in rows] == list(range(1, len(records) + 1))


def test_many_lines_keep_their_numbers(write, load):
    lines = "".join(f'{{"number":{number},"text":"{"值" * 30}"}}\n' for number in range(1, 200_001))
    rows = load(one(write("a.jsonl", lines)))
    assert len(rows) == 200_000
    assert all(str(number) == text for number, text, _ in rows)

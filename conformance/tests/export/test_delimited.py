"""Delimited text: encodings, delimiters, quotes, ragged rows, and the record numbers people see."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.export.files import open_sources
from guiju.export.text import delimited, encoding
from guiju.export.text.delimited import open_delimited

TABLE = "名称,编码\n甲,1\n乙,2\n"


@pytest.fixture(params=[False, True], ids=["small", "large"], autouse=True)
def size(request, monkeypatch):
    """Each test with files taken as they are, and with files taken for large ones."""
    if request.param:
        monkeypatch.setattr(delimited, "PLACED", -1)
        monkeypatch.setattr(encoding, "LARGE", -1)


@pytest.mark.parametrize(
    ("encoded", "note"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("gb18030", ("文件按GB18030编码读取",)),
        ("utf-16", ("文件按UTF-16编码读取",)),
        ("utf-16-le", ("文件按UTF-16编码读取",)),
        ("utf-16-be", ("文件按UTF-16编码读取",)),
    ],
)
@pytest.mark.parametrize("locked", [False, True])
def test_encodings(write, load, encoded, note, locked, said):
    (source,) = open_sources([write("a.csv", TABLE.encode(encoded))])
    assert source.columns == ("名称", "编码")
    assert said(source) == note
    assert load(source, locked=locked) == [(2, "甲", "1"), (3, "乙", "2")]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_delimiters(write, load, sign):
    text = sign.join(["名称", "地址"]) + "\n" + sign.join(["甲", '"路1号,楼;2|室\t3"']) + "\n"
    (source,) = open_sources([write("a.csv", text)])
    assert load(source) == [(2, "甲", "路1号,楼;2|室\t3")]


def test_a_single_column(write, load):
    (source,) = open_sources([write("a.csv", "编码\n011\n\n012\n")])
    assert source.columns == ("编码",)
    assert load(source) == [(2, "011"), (4, "012")]


def test_texts_survive(write, load):
    code = "1144000000693975691" + "2" * 12
    (source,) = open_sources([write("a.csv", f"码,数\n{code},1.10\n007,1e3\n 空 ,NULL\n")])
    assert load(source) == [(2, code, "1.10"), (3, "007", "1e3"), (4, " 空 ", "NULL")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_breaks_inside_cells_do_not_count(write, load, end):
    text = end.join(["名称,说明", '甲,"第一行', '第二行"', "乙,无", '"丙",""""', ""])
    (source,) = open_sources([write("a.csv", text)])
    assert load(source) == [(2, "甲", f"第一行{end}第二行"), (3, "乙", "无"), (4, "丙", '"')]
    assert source.reads


def test_ragged_rows_are_kept_and_noted(write, load, said):
    (source,) = open_sources([write("a.csv", "a,b\n1\n1,2,3\n1,2,\n1,2\n")])
    assert load(source) == [(2, "1", None), (3, "1", "2"), (4, "1", "2"), (5, "1", "2")]
    assert said(source) == (
        "1行的单元格少于标题，缺少的按空白读取（第2行）",
        "1行的单元格多于标题，多出的内容未读取（第3行）",
    )


def test_empty_lines_count_as_in_a_spreadsheet(write, load):
    (source,) = open_sources([write("a.csv", "\na,b\n\n1,2\n,\n3,4\n\n\n")])
    assert load(source) == [(4, "1", "2"), (6, "3", "4")]


def test_mixed_line_breaks(write, load):
    (source,) = open_sources([write("a.csv", "a,b\r\n1,2\n3,4\r5,6\n")])
    assert load(source) == [(2, "1", "2"), (3, "3", "4"), (4, "5", "6")]


def test_titles_above_the_head(write, load, said):
    (source,) = open_sources([write("a.csv", "某某清单,,\n名称,编码,数\n甲,1,2\n")])
    assert source.columns == ("名称", "编码", "数")
    assert said(source) == ("标题行之前的第1行未作为数据读取",)
    assert load(source) == [(3, "甲", "1", "2")]


def test_repeated_and_missing_headings(write, load, said):
    (source,) = open_sources([write("a.csv", '名称,,名称,"a""b; DROP TABLE x",\n1,2,3,4\n')])
    assert source.columns == ("名称", "（第2列无标题）", "名称（2）", 'a"b; DROP TABLE x')
    assert said(source) == (
        "第2列没有标题，称作“（第2列无标题）”",
        "标题“名称”重复，第3列称作“名称（2）”",
    )
    assert load(source) == [(2, "1", "2", "3", "4")]


def test_a_heading_with_a_line_break(write, load):
    (source,) = open_sources([write("a.csv", '名称,"法定\n时限"\n甲,3\n')])
    assert load(source) == [(2, "甲", "3")]


def test_names_that_are_file_patterns(write, load):
    write("导出1.csv", "x,y\n错,错\n")
    (source,) = open_sources([write("导出[1].csv", "x,y\n对,对\n")])
    assert load(source) == [(2, "对", "对")]
    assert load(source, locked=True) == [(2, "对", "对")]


@pytest.mark.parametrize("text", ['a,b\n"1,2\n3,4\n', 'a,b\n1,"2"x\n'])
def test_quotes_that_do_not_pair(write, load, refused, text):
    error = refused(write("a.csv", text), "GJ-I108", lambda sources: load(sources[0]))
    assert error.place.line


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "GJ-I105"),
        (b" \n\n", "GJ-I105"),
        (",,\n,\n", "GJ-I107"),
        (b"a,b\n\xff\xff\xff,1\n", "GJ-I106"),
        (b"PK\x03\x04rest", "GJ-I117"),
        (b"\xd0\xcf\x11\xe0rest", "GJ-I117"),
    ],
)
def test_unusable(write, refused, content, code):
    refused(write("a.csv", content), code)


def test_where_the_encoding_breaks(write, refused):
    error = refused(write("a.csv", "名称,值\n甲,1\n".encode() + b"\xff\xff,2\n"), "GJ-I106")
    assert error.place.line == 3


def test_many_rows_keep_their_numbers(write, load):
    lines = [
        f'{number},"行\n{number}"' if number % 7 == 0 else f"{number},值" for number in range(2, 300_002)
    ]
    (source,) = open_sources([write("a.csv", "number,text\n" + "\n".join(lines) + "\n")])
    rows = load(source)
    assert len(rows) == 300_000
    assert all(str(number) == text for number, text, _ in rows)


CELLS = st.text(alphabet='a1,"\n甲 ', max_size=4)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    records=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8), end=st.sampled_from(["\n", "\r\n"])
)
def test_both_readers_agree(tmp_path_factory, load, records, end):
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=end).writerows([["x", "y", "z"], *records])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text(buffer.getvalue(), encoding="utf-8", newline="")
    (source,) = open_delimited(path)
    expected = [
        (number, *(cell or None for cell in record))
        for number, record in enumerate(records, 2)
        if any(record)
    ]
    assert load(source) == expected
    assert load(source, locked=True) == expected


def test_bytes_that_are_no_utf8_far_into_a_large_file(write, load, refused, monkeypatch):
    monkeypatch.setattr(encoding, "_SAMPLES", 1)
    monkeypatch.setattr(encoding, "CHUNK", 64)
    text = "名称,编码\n" + "甲,1\n" * 20_000
    path = write("a.csv", text.encode() + "乙,2\n".encode("gb18030"))
    error = refused(path, "GJ-I130", then=lambda sources: load(sources[0]))
    assert error.place.line == 20_002

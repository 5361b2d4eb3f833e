"""What a mapping may tell besides columns: files, sheets, rows, constants, what is absent, open questions."""

import pytest

from guiju.content import own_pack
from guiju.errors import InputError
from guiju.export import known_words, open_sources, read_mapping, recognise
from guiju.standard.load import load

MAPPING = """\
id: mine
title: 某市
datasets:
  implementation-item:
    {}
    columns: {{task_code: 编码, task_name: 名称}}
"""
TABLE = "编码,名称,区划\n1,甲,x\n2,乙,x\n3,丙,x\n"


@pytest.fixture(scope="module")
def datasets():
    return load((own_pack(),), "item-management").datasets


@pytest.fixture
def bound(write, datasets):
    """Bind files by a mapping with more told of the dataset."""

    def binding(told, files):
        mapping = read_mapping(write("m.yaml", MAPPING.format(told)))
        paths = [write(name, text) for name, text in files.items()]
        return recognise(open_sources(paths, known_words(datasets, mapping)), datasets, mapping)

    return binding


@pytest.fixture
def rows():
    """Rows of a binding: number and texts by field."""
    import duckdb  # noqa: PLC0415 -- only here

    def reading(binding):
        names = list(binding.columns)
        with duckdb.connect() as con:
            fields = "".join(f", {name} VARCHAR" for name in names)
            con.execute(f'CREATE TABLE t ("_part" INTEGER, "_row" BIGINT{fields})')
            count = binding.source.load_into(con, "t", binding.columns, 1)
            found = con.execute(f'SELECT "_row", {", ".join(names)} FROM t ORDER BY rowid').fetchall()
        assert count == len(found)
        return found

    return reading


def test_rows_left_out_and_a_constant(bound, rows):
    (binding,) = bound('skip: [3]\n    constant: {area_code: "440000"}', {"a.csv": TABLE})
    assert binding.how["area_code"] == "constant"
    assert rows(binding) == [(2, "1", "甲", "440000"), (4, "3", "丙", "440000")]
    assert [remark.code for remark in binding.source.remarks] == ["GJ-D215"]
    assert binding.unread == ("区划",)


def test_only_constants_are_asked_for(bound):
    import duckdb  # noqa: PLC0415 -- only here

    (binding,) = bound('constant: {area_code: "440000"}', {"a.csv": TABLE})
    with duckdb.connect() as con:
        con.execute('CREATE TABLE t ("_part" INTEGER, "_row" BIGINT, area_code VARCHAR)')
        assert binding.source.load_into(con, "t", {"area_code": binding.columns["area_code"]}, 1) == 3
        assert con.execute("SELECT DISTINCT area_code FROM t").fetchall() == [("440000",)]


def test_constants_in_place(bound, tmp_path):
    import duckdb  # noqa: PLC0415 -- only here

    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT '1' AS 编码, '甲' AS 名称) TO '{tmp_path / 'a.parquet'}'")
    (binding,) = bound(
        'constant: {area_code: "440000"}', {"a.parquet": (tmp_path / "a.parquet").read_bytes()}
    )
    with duckdb.connect() as con:
        placed = binding.source.place(con, binding.columns)
        texts = ", ".join(placed.texts[name] for name in ("task_code", "area_code"))
        assert con.execute(f"SELECT {texts} FROM {placed.reader}").fetchall() == [("1", "440000")]


def test_files_that_are_meant(bound):
    files = {"一月.csv": TABLE, "二月.csv": TABLE, "草稿.csv": TABLE}
    assert [item.source.file for item in bound('file: "?月.csv"', files)] == ["一月.csv", "二月.csv"]
    first = bound('file: "?月.csv"', files)[0]
    assert [(remark.code, remark.whole) for remark in first.remarks][-1] == ("GJ-D214", "草稿.csv")
    with pytest.raises(InputError) as caught:
        bound("sheet: 一月", files)
    assert caught.value.code == "GJ-I204"


def test_a_meant_file_without_the_columns_is_told(bound):
    with pytest.raises(InputError) as caught:
        bound("file: a.csv", {"a.csv": "甲,乙\n1,2\n"})
    assert caught.value.code == "GJ-I203"


def test_the_row_of_the_head(bound, rows):
    text = "编码,名称\n9,上表\n\n说明\n编码,名称,区划\n1,甲,x\n"
    assert rows(bound("head: 5", {"a.csv": text})[0])[-1][1:] == ("1", "甲")
    assert rows(bound("use: 是", {"a.csv": text})[0])[0][1:] == ("9", "上表")


def test_what_is_not_to_be_read(bound):
    with pytest.raises(InputError) as caught:
        bound("use: 否", {"a.csv": TABLE})
    assert caught.value.code == "GJ-I204"


@pytest.mark.parametrize(
    ("told", "asked"),
    [("use: 待确认", "哪张表是“实施清单”"), ("values: {task_type: {许可: 待确认}}", "“事项类型”")],
)
def test_open_questions_stop(bound, told, asked):
    with pytest.raises(InputError) as caught:
        bound(told, {"a.csv": TABLE})
    assert caught.value.code == "GJ-I207"
    assert asked in caught.value.cause


def test_an_open_column_stops(write, datasets):
    text = MAPPING.format("use: 是").replace("名称}", "待确认}")
    mapping = read_mapping(write("m.yaml", text))
    with pytest.raises(InputError, match="1处待确认") as caught:
        recognise(open_sources([write("a.csv", TABLE)]), datasets, mapping)
    assert "implementation-item.task_name" in caught.value.cause


@pytest.mark.parametrize(
    "told",
    [
        "use: yes",
        "use: 也许",
        "skip: [0]",
        "skip: 3",
        "head: '2'",
        "dates: {x: us}",
        "absent: task_code",
        "constant: {a: 1}",
        "file: ''",
        "sheets: x",
    ],
)
def test_strict(write, told):
    with pytest.raises(InputError) as caught:
        read_mapping(write("m.yaml", MAPPING.format(told)))
    assert caught.value.code == "GJ-I201"


def test_near_columns_are_told_and_not_read(write, datasets):
    text = "实施编码,事项名称,设立依据,事项状态,附件\n1,甲,某法,x,y\n"
    (binding,) = recognise(open_sources([write("a.csv", text)]), datasets, None)
    assert "设立依据" in binding.unread
    assert binding.near["by_law"] == ("设立依据",)
    told = {remark.code: remark for remark in binding.remarks}
    assert told["GJ-D213"].text == "没有认出数据元“设定依据”；未读取的列“设立依据”与它相近"
    assert "guiju map" in told["GJ-D213"].hint


def test_what_is_confirmed_absent_is_not_asked_about(write, datasets):
    mapping = read_mapping(write("m.yaml", MAPPING.format("absent: [by_law]")))
    sources = open_sources([write("a.csv", "编码,名称,设立依据\n1,甲,某法\n")])
    (binding,) = recognise(sources, datasets, mapping)
    assert binding.near == {}

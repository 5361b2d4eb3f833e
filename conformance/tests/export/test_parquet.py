"""Parquet files: types as text, row numbers, long codes kept as floats."""

import duckdb
import pytest

from guiju.export.files import open_sources


@pytest.fixture
def parquet(tmp_path):
    def writing(query, name="a.parquet"):
        path = tmp_path / name
        with duckdb.connect() as con:
            con.execute("SET TimeZone = 'UTC'")
            con.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        return path

    return writing


TYPES = """
    SELECT '007' AS "编码", 20::BIGINT AS i, 1.10::DECIMAL(9,2) AS d, 20.0::DOUBLE AS f, 0.5::DOUBLE AS g,
        DATE '2023-05-01' AS day, TIMESTAMP '2023-05-01 08:05:00' AS moment,
        TIMESTAMPTZ '2023-05-01 00:05:00+00' AS zoned, true AS b, ['甲', '乙'] AS l, {'x': 1} AS s,
        NULL::VARCHAR AS n
"""


def test_types_as_text(parquet, load, said):
    (source,) = open_sources([parquet(TYPES)])
    moment = "2023-05-01 08:05:00"
    numbers = ("20", "1.10", "20", "0.5")
    assert load(source) == [
        (1, "007", *numbers, "2023-05-01", moment, moment, "true", '["甲","乙"]', '{"x":1}', None)
    ]
    assert said(source) == ()


def test_rows_and_headings(parquet, load):
    (source,) = open_sources([parquet('SELECT range AS "a""b", \'值\' AS "列 名" FROM range(5000)')])
    rows = load(source)
    assert all(number == int(text) + 1 for number, text, _ in rows)
    assert len(rows) == 5000


def test_long_codes_as_floats(parquet, load, said):
    (source,) = open_sources([parquet("SELECT 1.144e30::DOUBLE AS code")])
    load(source)
    assert "“code”列有1个浮点数超过15位" in said(source)[0]


def test_a_path_that_is_a_pattern(parquet, load):
    parquet("SELECT '错' AS x", "导出1.parquet")
    (source,) = open_sources([parquet("SELECT '对' AS x", "导出[1].parquet")])
    assert load(source) == [(1, "对")]
    assert source.path.name == "导出[1].parquet"


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "GJ-I105"), (b"PAR1 no", "GJ-I115"), ("x,y\n", "GJ-I115")]
)
def test_unusable(write, refused, content, code):
    refused(write("a.parquet", content), code)


def test_not_among_the_files_that_may_be_opened(parquet, load, refused):
    refused(parquet("SELECT 1 AS x"), "GJ-I115", lambda sources: load(sources[0], locked=True))


def test_a_column_named_as_the_row_number(parquet, refused):
    refused(parquet("SELECT 1 AS file_row_number"), "GJ-I118")

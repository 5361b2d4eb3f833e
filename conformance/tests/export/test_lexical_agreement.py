"""The Python and the SQL reading give the same value for every text."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guiju.export.sql_text import identifier
from guiju.export.values.lexical import ABSENT, canonical, present
from guiju.export.values.lexical_sql import clean_sql, sql_columns, text_sql, typed_columns
from guiju.export.values.reading import Reading
from guiju.standard.fields import Field, NullWords

WORDS = NullWords(("无", "不涉及", "Ｎ/A", "0"))
SATISFIED = NullWords(("无", "-"), satisfies_required=True)
VALUES = {"行政许可": "01", "XK": "01", "20": "10", "空": "", "无需": ""}
READINGS = {
    "free": Reading(Field("f", "自由文本", "string", null=WORDS)),
    "free_plain": Reading(Field("f", "自由文本", "string")),
    "free_mapped": Reading(Field("f", "自由文本", "string", null=SATISFIED), VALUES),
    "code": Reading(Field("f", "代码", "string", codelist="t", null=WORDS), VALUES),
    "code_plain": Reading(Field("f", "代码", "string", pattern="^x$")),
    "integer": Reading(Field("f", "整数", "integer", null=WORDS), {"三": "3"}),
    "number": Reading(Field("f", "数", "number", null=SATISFIED)),
    "boolean": Reading(Field("f", "是否", "boolean"), {"要": "是"}),
    "amount": Reading(Field("f", "金额", "number", unit="元", null=SATISFIED)),
    "days": Reading(Field("f", "天数", "integer", unit="个工作日")),
    "percent": Reading(Field("f", "比例", "number", unit="％")),
    "date": Reading(Field("f", "日期", "date", null=SATISFIED), {"长期": "9999-12-31"}),
    "date_month_first": Reading(Field("f", "日期", "date"), order="month-first"),
    "stamp": Reading(Field("f", "时间", "date-time", null=WORDS)),
    "stamp_month_first": Reading(Field("f", "时间", "date-time"), order="month-first"),
    "stamp_day_first": Reading(Field("f", "时间", "date-time"), order="day-first"),
    "set": Reading(Field("f", "集合", "set", null=SATISFIED), VALUES),
    "set_comma": Reading(Field("f", "集合", "set", null=WORDS), {}, "，"),
    "set_slashes": Reading(Field("f", "集合", "set"), VALUES, "//"),
}

ALPHABET = (
    "0123456789１２３０-+－−.．:：/／年月日TZtz eExX_,，、;；|^\t\n\r"
    "\u3000\u00a0\u200b\ufeff٣\"'\\[]｛{}无是否aＡé😀\0\x01\x7f"
)
PIECES = [
    *[
        "2023",
        "-",
        "/",
        ".",
        "年",
        "月",
        "日",
        "01",
        "1",
        "02",
        "29",
        "31",
        "T",
        " ",
        "00:00:00",
        "8:05",
        "23:59:60",
    ],
    *[
        "24:00",
        ".123456789",
        "Z",
        "+08:00",
        "-0930",
        "+14:00",
        "-14:59",
        "20230229",
        "20240229",
        "235959",
        "1_000",
    ],
    *["0x1F", "1e3", "٣", "-0", "-", "9" * 18, "9" * 19, ".5", "1.5", "1.1234567", "\u3000", "\u200b", "\n"],
    *[
        '["',
        '"]',
        '","',
        "[",
        "]",
        "null",
        "true",
        ",",
        "1",
        '"',
        "\\ud83d",
        "\\ude00",
        "\\u0000",
        "\\n",
        "＂",
    ],
    *["上午", "下午", "AM", "pm", "12:05", "3:05:00", "时", "点", "05分", "30秒", "03/31/2024", "31.3.2024"],
    *["1,234", ",567", "元", "万元", "个工作日", "%", "％", "\u00ad", "\u200e", "\u202a", "\u202f"],
    *["无", "不涉及", "N/A", "Ｎ／Ａ", "行政许可", "ＸＫ", "空", "20", "２０", "//", "，", "、"],
]
FIRST = datetime.fromisoformat("0999-12-30")
NASTY = st.one_of(
    st.text(alphabet=ALPHABET, max_size=12),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.text(max_size=8),
    st.datetimes(min_value=FIRST).map(str),
    st.tuples(st.datetimes(min_value=FIRST), st.sampled_from(["Z", "+08:00", "-14:00", "+1459"])).map(
        lambda pair: f"{pair[0].isoformat()}{pair[1]}"
    ),
    st.dates().map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
    st.lists(st.text(max_size=3)).map(lambda items: str(items).replace("'", '"')),
)


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as connection:
        yield connection


def understood(columns, row):
    """What the SQL columns say, in the words of `canonical`."""
    got = dict(zip(columns, row, strict=True))
    text, there = got["f__t"], got["f__p"]
    if text is None:
        assert all(value is None for name, value in got.items() if name != "f__p")
        return None if there else ABSENT
    assert there
    value = _moment(got) if "f__lo" in got else got["f"]
    return text if value is None else value


def _moment(got):
    low, high = got["f__lo"], got["f__hi"]
    if low == high:
        return low and low.isoformat()
    assert high - low == timedelta(days=1) - timedelta(microseconds=1)
    return low.date().isoformat()


def comparable(value):
    if isinstance(value, date):
        return value.isoformat()
    return (type(value).__name__, value) if isinstance(value, bool | int | Decimal) else value


def check(con, reading, texts):
    columns = sql_columns(reading, "raw")
    chosen = ", ".join(f"{sql} AS {identifier(name)}" for name, sql in columns.items())
    rows = con.execute(f"SELECT {chosen} FROM (SELECT unnest(?::VARCHAR[]) AS raw)", [texts]).fetchall()
    typed = typed_columns(reading, "text")
    layered = ", ".join(f"{sql} AS {identifier(name)}" for name, sql in typed.items())
    text = text_sql(reading, "raw", clean_sql(reading, "raw"))
    texts_sql = f"SELECT {text} AS text FROM (SELECT unnest(?::VARCHAR[]) AS raw)"
    again = con.execute(f"SELECT {layered} FROM ({texts_sql})", [texts]).fetchall()
    assert again == [row[2:] for row in rows]
    for text, row in zip(texts, rows, strict=True):
        expected = canonical(reading, text)
        assert comparable(understood(columns, row)) == comparable(expected), repr(text)
        assert dict(zip(columns, row, strict=True))["f__p"] == present(reading, text)


@pytest.mark.parametrize("name", READINGS)
@settings(max_examples=25, deadline=None)
@given(texts=st.lists(NASTY | st.none(), min_size=1, max_size=40))
@example(texts=["1_000", "0x1F", "1e3", "٣", "−1", "－１", "-0", "9" * 18, "9" * 19, " 1 ", "１．５０"])
@example(
    texts=["2023-02-29", "2024-02-29", "2023/2/3", "2023.12.31", "2023年1月2日", "20230102", "0999-01-01"]
)
@example(
    texts=[
        "2023-1-2 00:00:00",
        "2023-01-02T00:00",
        "2023-01-02 00:00:01",
        "2023-13-01",
        "２０２３－０１－０２",
    ]
)
@example(texts=["2023-01-02 3:04", "20230102T030405", "20230102030405", "2023-01-02T03:04:05.123456789Z"])
@example(
    texts=["2023-01-02 24:00:00", "2023-01-02 23:59:60", "9999-12-31T23:00:00Z", "1000-01-01T00:00:00+14:00"]
)
@example(
    texts=['["a","b"]', "[]", '["",null]', '["\\ud800"]', '["\\u0000a"]', "[1,2.5]", "[[1]]", "[1,", "['a']"]
)
@example(
    texts=[
        *[
            "03/31/2024 02:15:00 PM",
            "03/31/2024 12:00:00 AM",
            "12/05/2024 12:30 AM",
            "31/03/2024",
            "3.4.2024",
        ],
        *["2024-3-1 下午3:05:00", "2024/3/1 上午 12:05", "2024-3-1下午12:05", "2024-3-13:05 PM", "1-2-2024"],
        *["2024年3月1日15时05分30秒", "2024年3月1日 5点05分", "202403015时05分", "2024-3-1 13:05 PM"],
        *["2024-3-1 3:05\u202fPM", "2024-3-1 3:05 PM+08:00", "2024-3-1 12:00:00 AM", "2024-3-112:00 AM"],
        *["02/30/2024", "2024-3-1 12:12 am", "2024-3-1 02:12:33 PM", "2024-3-1 12:12:12 PM"],
        *["2024-3-1 AM 0:05", "20240301 3:05 PM", "03/31/2024T02:15"],
    ]
)
@example(
    texts=[
        "1,234",
        "-12,345.67",
        "1,23",
        "01,234",
        "1234,567",
        "1,234元",
        "5 元",
        "5个工作日",
        "95％",
        "95.5 %",
    ]
)
@example(
    texts=[
        "12\u200b34",
        "\u202a1234\u202c",
        "不\u200b涉及",
        "\u00ad",
        "N\u2060/A",
        "−1\u200e",
        "T",
        "✓",
        "ｆ",
    ]
)
@example(texts=["[true, false, -0, 0, -12]", '["Ａ","＂"]', '［"a"］', ",,", "、", "甲、乙，丙;丁"])
def test_python_and_sql_agree(con, name, texts):
    check(con, READINGS[name], texts)

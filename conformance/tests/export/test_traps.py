"""The traps of office data, each with texts that are caught and texts that are not."""

import duckdb
import pytest

from guiju.export import caught, make_reading, order_of, shape_sql, suspect_sql
from guiju.export.values.orders import order_counts_sql
from guiju.export.values.traps import TRAPS
from guiju.standard.fields import Code, Codelist, Field, NullWords

KINDS = Codelist("kind", (Code("01", "许可"), Code("02", "确认"), Code("11", "其他")))
READINGS = {
    "code": make_reading(Field("f", "编码", "string", pattern="^[0-9A-Z]{18}$")),
    "area": make_reading(Field("f", "区划代码", "string", pattern="^[0-9]{6}$")),
    "list": make_reading(Field("f", "类型", "string", codelist="kind"), codelist=KINDS),
    "mapped": make_reading(
        Field("f", "类型", "string", codelist="kind"), codelist=KINDS, values={"1": "01", "NULL": ""}
    ),
    "key": make_reading(Field("f", "编号", "string", key=True)),
    "number": make_reading(Field("f", "次数", "integer", null=NullWords(("无",)))),
    "percent": make_reading(Field("f", "比例", "number", unit="%")),
    "date": make_reading(Field("f", "日期", "date")),
    "us": make_reading(Field("f", "日期", "date"), order="month-first"),
    "stamp": make_reading(Field("f", "时间", "date-time")),
    "endless": make_reading(Field("f", "日期", "date"), values={"9999-12-31": ""}),
    "boolean": make_reading(Field("f", "是否", "boolean")),
    "text": make_reading(Field("f", "说明", "string")),
    "phone": make_reading(Field("f", "咨询电话", "string")),
}
CAUGHT = [
    ("key", "123456789012345000000", "D301"),
    ("code", "1.14E+30", "D302"),
    ("key", "9.14401E+17", "D302"),
    ("code", "914401011234567000", "D303"),
    ("list", "1", "D304"),
    ("area", "10000", "D304"),
    ("date", "45000", "D305"),
    ("stamp", "45000.75", "D305"),
    ("date", "03/04/2024", "D306"),
    ("stamp", "31.03.2024 10:00", "D306"),
    ("date", "24-3-1", "D307"),
    ("date", "24年3月1日", "D307"),
    ("date", "2024-02-30", "D308"),
    ("date", "20241301", "D308"),
    ("date", "1900-01-00", "D309"),
    ("date", "9999/12/31", "D309"),
    ("us", "01/01/1900", "D309"),
    ("number", "95％", "D310 D315"),
    ("percent", "0.95", "D311"),
    ("number", "5个", "D312"),
    ("number", "3 万元", "D312"),
    ("number", "约5", "D313"),
    ("number", "5~7", "D313"),
    ("number", "1,234", "D314"),
    ("number", "１２", "D315"),
    ("code", "９1440101MA5XXXXX1X", "D315"),
    ("code", "91440101\u200bMA5XXXXX1X", "D316"),
    ("date", "\ufeff2024-03-01", "D316"),
    ("text", "甲\u200b乙", "D316"),
    ("code", "91440101\nMA5XXXXX1X", "D317"),
    ("list", "NULL", "D318"),
    ("number", "#N/A", "D318"),
    ("date", "—", "D318"),
    ("boolean", "暂无", "D318"),
    ("phone", "000-1234567、000-7654321", "D319"),
    ("text", "甲&nbsp;乙", "D320"),
    ("text", "<p>甲</p>", "D321"),
    ("text", "<html><body>502 Bad Gateway</body></html>", "D322"),
    ("text", "锟斤拷", "D323"),
    ("text", "ï»¿甲", "D323"),
    ("list", "\ufffd\ufffd", "D324"),
    ("code", "'914401011234567X", "D325"),
    ("boolean", "待定", "D326"),
]
FREE = [
    ("key", "GD-20240301-00001"),
    ("key", "12345678901234567890"),
    ("code", "91440101MA5XXXXX1X"),
    ("list", "01"),
    ("list", "许可"),
    ("list", "3"),
    ("mapped", "1"),
    ("mapped", "NULL"),
    ("area", "990000"),
    ("number", "12"),
    ("number", "无"),
    ("percent", "95"),
    ("percent", "95%"),
    ("percent", "0"),
    ("date", "2024年3月1日"),
    ("date", "20240301"),
    ("us", "03/31/2024"),
    ("stamp", "2024-3-1 下午3:05:00"),
    ("endless", "9999-12-31"),
    ("boolean", "√"),
    ("boolean", "F"),
    ("text", "无"),
    ("text", "三天以内办结（约1,234件）"),
    ("text", "a < b 且 c > d"),
    ("phone", "000-1234567"),
]


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as connection:
        yield connection


def codes(name, text):
    return " ".join(trap.code.removeprefix("GJ-") for trap in caught(READINGS[name], text))


@pytest.mark.parametrize(("name", "text", "wanted"), CAUGHT)
def test_caught(name, text, wanted):
    assert codes(name, text) == wanted


@pytest.mark.parametrize(("name", "text"), FREE)
def test_not_caught(name, text):
    assert codes(name, text) == ""


def test_every_trap_has_a_text_that_is_caught():
    assert {code for _, _, wanted in CAUGHT for code in wanted.split()} == {
        trap.code.removeprefix("GJ-") for trap in TRAPS
    }


@pytest.mark.parametrize(("name", "text", "_wanted"), CAUGHT)
def test_what_is_caught_is_suspected(con, name, text, _wanted):
    ((found,),) = con.execute(
        f"SELECT {suspect_sql(READINGS[name], 'raw')} FROM (SELECT ? AS raw)", [text]
    ).fetchall()
    assert found


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/31/2024", "01/02/2024"], "month-first"),
        (["31/03/2024 10:00", "1/2/2024"], "day-first"),
        (["01/02/2024"], ""),
        (["03/31/2024", "31/03/2024"], ""),
        (["32/33/2024", "2024-03-31", ""], ""),
        ([], ""),
    ],
)
def test_the_whole_column_tells_the_order(con, texts, order):
    asked = ", ".join(order_counts_sql("raw"))
    (counts,) = con.execute(f"SELECT {asked} FROM (SELECT unnest(?::VARCHAR[]) AS raw)", [texts]).fetchall()
    assert order_of(*counts) == order


@pytest.mark.parametrize(
    ("text", "shape"),
    [("2024-03-01 10:00", "9-9-9"), ("2024年3月1日下午3:05", "9年9月9日"), ("20240301T101010", "9")],
)
def test_forms_of_dates(con, text, shape):
    ((found,),) = con.execute(f"SELECT {shape_sql('raw')} FROM (SELECT ? AS raw)", [text]).fetchall()
    assert found == shape

"""The lexical rules by example, and how words become codes."""

from decimal import Decimal

import pytest

from guiju.export import ABSENT, Reading, canonical, make_reading, present
from guiju.standard.fields import Code, Codelist, Crosswalk, Field, NullWords


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "　保留空白 ", "　保留空白 "),
        ("integer", " ２０ ", 20),
        ("integer", "－3", -3),
        ("integer", "1_000", "1_000"),
        ("integer", "20.0", "20.0"),
        ("integer", "٣", "٣"),
        ("integer", "9" * 19, "9" * 19),
        ("number", "１．５０", Decimal("1.50")),
        ("number", "1e3", "1e3"),
        ("number", ".5", ".5"),
        ("boolean", "是", True),
        ("boolean", "Ｎ", False),
        ("boolean", "不支持", False),
        ("boolean", "待定", "待定"),
        ("date", "2023/1/5", "2023-01-05"),
        ("date", "2023年1月5日", "2023-01-05"),
        ("date", "20230105", "2023-01-05"),
        ("date", "2023.01.05 00:00:00", "2023-01-05"),
        ("date", "2023-02-29", "2023-02-29"),
        ("date", "2023-01-05 08:00", "2023-01-05 08:00"),
        ("date-time", "2023-01-05", "2023-01-05"),
        ("date-time", "2023/1/5 8:05", "2023-01-05T08:05:00"),
        ("date-time", "20230105T080506", "2023-01-05T08:05:06"),
        ("date-time", "2023-01-05T00:05:06.5Z", "2023-01-05T08:05:06.500000"),
        ("date-time", "2023-01-05 24:00:00", "2023-01-05 24:00:00"),
        ("set", "乙、甲，甲", ["乙", "甲"]),
        ("set", '["甲", 1, null, ""]', ["1", "甲"]),
        ("set", "['甲']", "['甲']"),
        ("set", "[]", ABSENT),
        ("set", "、，", ABSENT),
    ],
)
def test_lexical_rules(kind, text, value):
    found = canonical(Reading(Field("f", "数据元", kind)), text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", [None, "", " \t\r\n", "\u3000", "\u00a0\u200b\ufeff"])
@pytest.mark.parametrize("kind", ["string", "integer", "set", "date-time"])
def test_blanks_are_absent(kind, text):
    reading = Reading(Field("f", "数据元", kind))
    assert canonical(reading, text) is ABSENT
    assert not present(reading, text)


@pytest.mark.parametrize(("satisfies", "value"), [(True, None), (False, ABSENT)])
@pytest.mark.parametrize("text", ["无", " 无　", "Ｎ／Ａ"])
def test_words_for_none(satisfies, value, text):
    reading = Reading(Field("f", "数据元", "string", null=NullWords(("无", "N/A"), satisfies)))
    assert canonical(reading, text) is value
    assert present(reading, text) is satisfies


CODES = Codelist(
    "item-type",
    (
        Code("01", "行政许可"),
        Code("08", "行政奖励", replaced_by="09"),
        Code("09", "行政奖励"),
        Code("10", "20"),
        Code("20", "公共服务"),
        Code("98", "其他"),
        Code("99", "其他"),
    ),
)
FIELD = Field("task_type", "事项类型", "string", codelist="item-type")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" 行政许可　", "01"),
        ("０１", "01"),
        ("行政奖励", "09"),
        ("其他", "其他"),
        ("20", "20"),
        ("公共服务", "20"),
    ],
)
def test_labels_become_codes(text, code):
    assert canonical(make_reading(FIELD, codelist=CODES), text) == code


def test_the_mapping_wins_over_the_crosswalk_and_that_over_labels():
    crosswalk = Crosswalk("x", "item-type", "gd", {"20": "10", "２１": "20", "公共服务": "21"})
    reading = make_reading(FIELD, codelist=CODES, crosswalk=crosswalk, values={"公共服务": "20", "待定": ""})
    assert [canonical(reading, text) for text in ("20", "21", "公共服务")] == ["10", "20", "20"]
    assert canonical(reading, "待定") is ABSENT


def test_separators():
    item = Field("f", "数据元", "set", separator="/")
    assert canonical(make_reading(item), "甲/乙，丙") == ["乙,丙", "甲"]
    assert canonical(make_reading(item, separator="，"), "甲/乙，丙") == ["丙", "甲/乙"]

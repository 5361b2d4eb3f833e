"""Item codes, credit codes and limits written as text, in both readers; real codes with known answers."""

import pytest

ITEM = "11440000006940116U2440102003001"
HANDLING = ITEM + "03"
MAIN = "11440000006939756B244010100700Y"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("11440000006939756B", True),
        ("11440000006940116U", True),
        ("12441500196720244T", True),
        ("TE440000GD030003VV", False),
        ("13440000515356094L", False),
        ("13440000515356094A", True),
        ("11440000006939756b", False),
        ("１1440000006939756B", False),
        ("11440000006939756B\n", False),
        ("11440000006939756", False),
        ("1144000I006939756B", False),
        ("中440000006939756B", False),
        ("", False),
    ],
)
def test_credit_codes(bench, code, expected):
    assert bench.agree("credit_code_valid(t)", t=code) is expected


def test_no_credit_code_is_no_answer(bench):
    assert bench.agree("credit_code_valid(t)") is None


PARTS = {
    "credit": "11440000006940116U",
    "level": "2",
    "catalogue": "440102003001",
    "area": "44",
    "type": "01",
    "department": "02",
    "main": "003",
    "sub": "001",
}


@pytest.mark.parametrize(("part", "expected"), [*PARTS.items(), ("situation", None)])
def test_parts_of_an_implementation_code(bench, part, expected):
    assert bench.agree(f"code_part(t, '{part}')", t=ITEM) == expected


@pytest.mark.parametrize(("part", "expected"), [*PARTS.items(), ("situation", "03")])
def test_parts_of_a_handling_item_code(bench, part, expected):
    assert bench.agree(f"code_part(t, '{part}')", t=HANDLING) == expected


@pytest.mark.parametrize("part", [*PARTS, "situation"])
def test_parts_of_a_catalogue_code(bench, part):
    inside = part not in ("credit", "level", "situation")
    assert bench.agree(f"code_part(t, '{part}')", t=ITEM[19:]) == (PARTS[part] if inside else None)


def test_a_main_item_ends_in_y(bench):
    assert bench.agree("code_part(t, 'sub')", t=MAIN) == "00Y"
    assert bench.agree("code_part(t, 'sub')", t=MAIN[19:]) == "00Y"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "511A0018200010-511600000000-000-1-00",
        ITEM[:-1],
        ITEM + "0",
        ITEM.lower(),
        ITEM + "\n",
        "中" * 31,
        ITEM[:18] + "8" + ITEM[19:],
    ],
)
@pytest.mark.parametrize("part", ["credit", "catalogue", "situation"])
def test_what_is_no_item_code_has_no_parts(bench, text, part):
    assert bench.agree(f"code_part(t, '{part}')", t=text) is None


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("30(工作日)", 30, "1"),
        ("90(自然日)", 90, "2"),
        ("30个工作日", 30, "1"),
        ("20工作日", 20, "1"),
        ("３０（个工作日）", 30, "1"),
        (" 5 个 工作日内 ", 5, "1"),
        ("　15（自然日）\n", 15, "2"),
        ("2小时", 2, "3"),
        ("30分钟", 30, "4"),
        ("3个月以内", 3, "5"),
        ("0(工作日)", 0, "1"),
        ("即办", 0, "1"),
        ("当场办结", 0, "1"),
        (" 即时办结\u200b", 0, "1"),
        ("无", None, None),
        ("", None, None),
        ("5日", None, None),
        ("5天", None, None),
        ("0.5(工作日)", None, None),
        ("-1(工作日)", None, None),
        ("约20个工作日", None, None),
        ("20个工作日（不含公示）", None, None),
        ("1234567890(工作日)", None, None),
        ("٣个工作日", None, None),
    ],
)
def test_limits(bench, text, number, unit):
    assert bench.agree("limit_number(t)", t=text) == number
    assert bench.agree("limit_unit(t)", t=text) == unit


def test_no_limit_is_no_answer(bench):
    assert bench.agree("limit_number(t)") is None
    assert bench.agree("limit_unit(t)") is None

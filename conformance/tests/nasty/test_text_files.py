"""Delimited text as offices save it: each trap alone, and several at once."""

from __future__ import annotations

import gzip

import pytest

from guiju.errors import InputError


def put(rows, column, *texts):
    """The rows with other texts in one column."""
    return [(*row[:column], text, *row[column + 1 :]) for row, text in zip(rows, texts, strict=True)]


CODE, NAME, LIMIT, FEE, DAY, STAMP, CHARGED, KIND, CHANNELS = range(9)


@pytest.fixture
def deliver(tmp_path, read):
    def delivering(content, name="办件.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read(path)

    return delivering


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings(deliver, as_csv, headings, base, expected, encoding):
    found = deliver(as_csv([headings, *base]), encoding=encoding)
    assert found.values == expected
    assert found.numbers == (2, 3, 4, 5)
    assert ("编码读取" in found.remarks) == (not encoding.startswith("utf-8"))


@pytest.mark.parametrize("sign", [",", "\t", ";", "|", "^"])
@pytest.mark.parametrize("name", ["办件.csv", "办件.tsv", "办件.txt"])
def test_delimiters(deliver, as_csv, headings, base, expected, sign, name):
    assert deliver(as_csv([headings, *base], sign), name).values == expected


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends(deliver, as_csv, headings, base, expected, end):
    assert deliver(as_csv([headings, *base], end=end)).values == expected


def test_the_line_that_names_the_sign(deliver, as_csv, headings, base, expected):
    assert deliver("sep=;\n" + as_csv([headings, *base], ";")).values == expected


TITLES = [
    (("某地办件明细表",),),
    (
        ("某地办件明细表", "", "", "", "", "", "", "", ""),
        ("填报单位：示例中心", "", "", "日期：2024年3月", "", "", "", "", ""),
    ),
    (("某地办件明细表",), ("单位：元", "", "", "", "", "", "", "", ""), ("",)),
]


@pytest.mark.parametrize("above", TITLES)
def test_titles_above(deliver, as_csv, headings, base, expected, above):
    found = deliver(as_csv([*above, headings, *base]))
    assert found.values == expected
    assert found.numbers[0] == len(above) + 2
    assert "第1" in found.remarks


BELOW = [
    ("合计", "4", "", "1235.60", "", "", "", "", ""),
    ("", "合计", "85", "1235.60", "", "", "", "", ""),
    ("填表人：", "", "审核人：", "", "填报日期：2024年4月1日", "", "", "", ""),
    ("注：本表由各窗口填报。", "", "", "", "", "", "", "", ""),
    ("(4 rows affected)",),
    ("已选择4行。",),
    ("共4条",),
]


@pytest.mark.parametrize("below", BELOW)
def test_what_stands_below_is_no_record(deliver, as_csv, headings, base, expected, below):
    found = deliver(as_csv([headings, *base, below]))
    assert found.values == expected
    assert "6" in found.remarks


def test_headings_repeated_in_the_middle(deliver, as_csv, headings, base, expected):
    found = deliver(as_csv([headings, *base[:2], headings, *base[2:]]))
    assert found.values == expected
    assert found.numbers == (2, 3, 5, 6)


def test_blank_lines(deliver, as_csv, headings, base, expected):
    blank = ("",) * len(headings)
    found = deliver(as_csv([headings, base[0], blank, *base[1:3], blank, blank, base[3], blank]))
    assert found.values == expected
    assert found.numbers == (2, 4, 5, 8)


def test_a_row_of_column_numbers(deliver, as_csv, headings, base, expected):
    numbers = [str(number) for number in range(1, len(headings) + 1)]
    assert deliver(as_csv([headings, numbers, *base])).values == expected


def test_a_sign_at_the_end_of_each_line(deliver, as_csv, headings, base, expected):
    assert deliver(as_csv([[*row, ""] for row in [headings, *base]])).values == expected


def test_ragged_rows_are_kept_and_told(deliver, as_csv, headings, base, expected):
    found = deliver(as_csv([headings, base[0], base[1], [*base[2], "多"], base[3][:8]]))
    assert found.values == expected
    assert "多于标题" in found.remarks
    assert "少于标题" in found.remarks


def test_cells_over_several_lines(deliver, as_csv, headings, base, expected):
    rows = put(base, NAME, "示例\n许可甲", *[row[NAME] for row in base[1:]])
    found = deliver(as_csv([headings, *rows]))
    assert found.values[0]["item_name"] == "示例\n许可甲"
    assert found.values[1:] == expected[1:]
    assert found.numbers == (2, 3, 4, 5)


DRESSED = {
    "codes as formulas": (CODE, lambda text: f'="{text}"'),
    "codes behind an apostrophe": (CODE, lambda text: f"'{text}"),
    "full-width codes": (
        CODE,
        lambda text: text.translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    ),
    "codes with invisible signs": (CODE, lambda text: f"\ufeff{text}\u200b"),
    "codes between hard blanks": (CODE, lambda text: f"\u00a0{text}\u3000"),
    "codes behind tabs": (CODE, lambda text: f"{text}\t"),
    "days with dots": (DAY, lambda text: text.replace("-", ".").replace(".0", ".")),
    "days with slashes": (DAY, lambda text: text.replace("-", "/").replace("/0", "/")),
    "compact days": (DAY, lambda text: text.replace("-", "")),
    "days in words": (DAY, lambda text: "{}年{}月{}日".format(*(int(part) for part in text.split("-")))),
    "days at midnight": (DAY, lambda text: f"{text} 00:00:00"),
    "stamps with T": (STAMP, lambda text: text.replace(" ", "T")),
    "stamps with a zone": (STAMP, lambda text: f"{text}+08:00" if text else ""),
    "stamps with parts of a second": (STAMP, lambda text: f"{text}.000" if text else ""),
    "compact stamps": (STAMP, lambda text: text.translate({ord(sign): None for sign in "-: "})),
    "logical words by numbers": (CHARGED, lambda text: {"是": "1", "否": "0"}[text]),
    "logical words by letters": (CHARGED, lambda text: {"是": "Y", "否": "N"}[text]),
    "logical words by signs": (CHARGED, lambda text: {"是": "√", "否": "×"}[text]),
    "logical words as have and have not": (CHARGED, lambda text: {"是": "有", "否": "无"}[text]),
    "codes by label": (KIND, lambda text: {"01": "行政许可", "05": "行政给付", "20": "公共服务"}[text]),
    "codes in wide digits": (KIND, lambda text: text.translate({48: "０", 49: "１", 50: "２", 53: "５"})),
    "sets with commas": (CHANNELS, lambda text: text.replace("、", ",")),
    "sets with semicolons": (CHANNELS, lambda text: text.replace("、", "；")),
    "sets as arrays": (CHANNELS, lambda text: '["窗口", "网上"]' if "、" in text else text),
    "wide numbers": (LIMIT, lambda text: text.translate({48: "０", 50: "２", 53: "５", 54: "６"})),
    "none by dash": (FEE, lambda text: text or "—"),
    "none by slash": (FEE, lambda text: text or "/"),
    "none in words": (STAMP, lambda text: text or "不涉及"),
    "none in letters": (FEE, lambda text: text or "N/A"),
}


@pytest.mark.parametrize("how", DRESSED)
def test_values_in_another_dress(deliver, as_csv, headings, base, expected, how):
    column, change = DRESSED[how]
    rows = put(base, column, *(change(row[column]) for row in base))
    assert deliver(as_csv([headings, *rows])).values == expected


def test_twelve_hour_clocks(deliver, as_csv, headings, base, expected):
    texts = ["2024-04-28 下午2:15:00", "2024/3/1 上午9:00:00", "2024-12-31 11:59:59 PM", ""]
    assert deliver(as_csv([headings, *put(base, STAMP, *texts)])).values == expected


def test_thousands(deliver, as_csv, headings, base, expected):
    rows = put(base, FEE, "1.10", "0", "1,234.5", "")
    assert deliver(as_csv([headings, *rows])).values == expected


HEADS = {
    "field names": lambda _, name: name,
    "field names in capitals": lambda _, name: name.upper(),
    "marked as needed": lambda title, _: f"*{title}",
    "with notes": lambda title, _: f"{title}（必填）",
    "with blanks": lambda title, _: f" {title[:2]} {title[2:]}\u3000",
    "with line breaks": lambda title, _: f"{title[:2]}\n{title[2:]}",
    "with colons": lambda title, _: f"{title}：",
    "in square brackets": lambda title, _: f"[{title}]",
}


@pytest.mark.parametrize("how", HEADS)
def test_headings_in_another_dress(deliver, as_csv, headings, base, expected, how):
    names = list(expected[0])
    dressed = [HEADS[how](title, name) for title, name in zip(headings, names, strict=True)]
    assert deliver(as_csv([dressed, *base])).values == expected


REFUSED = {
    "nothing": b"",
    "blanks": b"  \n\n ",
    "a page": "<!DOCTYPE html><html><body>会话已超时，请重新登录</body></html>".encode(),
    "a page behind blanks": b"\n\n  <html><head><title>502 Bad Gateway</title></head></html>",
    "a workbook": b"PK\x03\x04" + bytes(100),
    "noise": bytes(range(128, 256)) * 20,
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_table_is_refused(deliver, what):
    with pytest.raises(InputError) as caught:
        deliver(REFUSED[what])
    assert caught.value.code.startswith("GJ-I1")
    assert caught.value.hint


def test_a_truncated_character_names_its_line(deliver, as_csv, headings, base):
    whole = as_csv([headings, *base]).encode()
    cut = whole.replace("示例许可丁".encode(), "示例许可丁".encode()[:-1])
    with pytest.raises(InputError) as caught:
        deliver(cut)
    assert caught.value.place.line == 5


@pytest.mark.parametrize("sign", [",", ";"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_all_at_once(deliver, as_csv, headings, base, expected, sign, encoding):
    """Title, unit, marks in the head, wide codes, dotted days, words for codes, a sum, a foot."""
    rows = base
    for how in (
        "full-width codes",
        "days with dots",
        "logical words by signs",
        "codes by label",
        "none by dash",
    ):
        column, change = DRESSED[how]
        rows = put(rows, column, *(change(row[column]) for row in rows))
    head = [f"*{title}（必填）" for title in headings]
    table = [
        ("某地办件明细表",),
        ("单位：元", "", "", "", "", "", "", "", ""),
        head,
        *rows[:2],
        head,
        *rows[2:],
        ("合计", "", "85", "1235.60", "", "", "", "", ""),
        ("填表人：", "", "", "审核人：", "", "", "", "", ""),
    ]
    found = deliver(as_csv(table, sign, "\r\n"), encoding=encoding)
    assert found.values == expected
    assert found.numbers == (4, 5, 7, 8)


def test_a_packed_text(deliver, as_csv, headings, base, expected):
    packed = gzip.compress(as_csv([headings, *base]).encode("gb18030"))
    assert deliver(packed, "办件.csv.gz").values == expected

"""Encodings: which one a file is in, what is said about it, and what is done where no one reads it whole."""

import pytest

from guiju.export import open_sources

WORDS = "编码,名称,说明\n"
RUNNING = "申请人应当对申请材料的真实性负责，窗口收到材料后当场作出受理决定。"
TRADITIONAL = "申請人應當對申請材料的真實性負責，窗口收到材料後當場作出受理決定，並且說明理由。"
ROWS = WORDS + "".join(f"{number},事项甲,{RUNNING}\n" for number in range(1, 40))


def one(path):
    (source,) = open_sources([path])
    return source


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_and_with_characters_whose_bytes_are_zero(write, load, encoding):
    text = "编码,名称\n" + "".join(f"{number},一丁　一\n" for number in range(1, 30))
    source = one(write("a.csv", text.encode(encoding)))
    assert load(source)[0] == (2, "1", "一丁　一")
    assert [remark.code for remark in source.remarks] == ["GJ-D106"]
    assert "UTF-16" in source.remarks[0].text


def test_zeros_at_the_end_are_no_sign_of_utf16(write, load, said):
    source = one(write("a.csv", ROWS.encode() + bytes(3000)))
    assert len(load(source)) == 39
    assert said(source) == ("3000个空字符（NUL）已略去",)


def test_big5_is_told_from_gbk_by_how_common_its_characters_are(write, load, said):
    text = "編碼,名稱,說明\n" + "".join(f"{number},事項甲,{TRADITIONAL}\n" for number in range(1, 40))
    source = one(write("a.csv", text.encode("cp950")))
    assert source.columns == ("編碼", "名稱", "說明")
    assert load(source)[0] == (2, "1", "事項甲", TRADITIONAL)
    assert said(source) == ("文件按Big5（繁体）编码读取",)


@pytest.mark.parametrize("text", [ROWS, "编码,名称\n1," + TRADITIONAL + "\n", "编码,名称\n1,朱镕基喆堃犇\n"])
def test_gbk_with_rare_or_traditional_characters_stays_gbk(write, load, text):
    source = one(write("a.csv", text.encode("gb18030")))
    assert source.columns[0] == "编码"
    assert source.remarks[0].code == "GJ-D106"
    assert "GB18030" in source.remarks[0].text
    assert load(source)[0][1] == "1"


def test_what_reads_as_neither_is_doubted(write):
    noise = bytes(0x81 + (index * 7) % 90 for index in range(400))
    pairs = b"".join(noise[index : index + 1] + b"\x51" for index in range(300))
    source = one(write("a.csv", b"a,b\n1," + pairs + b"\n"))
    assert [remark.code for remark in source.remarks] == ["GJ-D106", "GJ-D120"]
    assert source.remarks[1].hint


@pytest.mark.parametrize(
    ("before", "among", "after", "line", "cause"),
    [
        ("utf-8", "gb18030", "utf-8", 41, "第41行是GB18030"),
        ("gb18030", "utf-8", "gb18030", 41, "第41行是UTF-8"),
    ],
)
def test_lines_in_two_encodings(write, refused, before, among, after, line, cause):
    content = ROWS.encode(before) + f"40,事项乙,{RUNNING}\n".encode(among) + "41,事项丙,无\n".encode(after)
    error = refused(write("a.csv", content), "GJ-I130")
    assert error.place.line == line
    assert cause in error.cause


def test_short_lines_in_two_encodings(write, refused):
    content = "名称,值\n甲乙,1\n丙丁,2\n".encode() + "戊己,3\n".encode("gb18030")
    assert refused(write("a.csv", content), "GJ-I130").place.line == 4


def test_a_file_that_breaks_off_within_a_character(write, refused):
    error = refused(write("a.csv", (ROWS + "40,事项乙," + RUNNING).encode()[:-2]), "GJ-I131")
    assert error.place.line == 41
    assert "不要自行补上" in error.hint


def test_one_damaged_line_is_named(write, refused):
    lines = ROWS.encode().splitlines(keepends=True)
    lines[5] = lines[5].replace("事项".encode(), b"\xe4\xba\xff\xff")
    error = refused(write("a.csv", b"".join(lines)), "GJ-I106")
    assert error.place.line == 6
    assert "读不出的是第6行" in error.cause


PAGE = "<!DOCTYPE html>\n<html><head><title>登录&nbsp;超时</title></head><body>请重新登录</body></html>"


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.json", "a.jsonl"])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n \t\n"])
def test_a_page_in_place_of_records(write, refused, name, before):
    error = refused(write(name, before + PAGE.encode()), "GJ-I133")
    assert "登录 超时" in error.cause
    assert "重新登录后导出" in error.hint


def test_a_page_in_gbk_and_a_page_with_a_table(write, refused):
    page = "<html><meta charset=gb2312><body><h1>系统维护</h1></body></html>"
    assert "系统维护" in refused(write("a.csv", page.encode("gb18030")), "GJ-I133").cause
    table = "<table><tr><td>名称</td></tr></table>"
    assert "另存为 .xlsx" in refused(write("b.csv", table), "GJ-I133").hint


@pytest.mark.parametrize(
    "content",
    [b"\x1f\x8b\x08\x00data", b"SQLite format 3\0data", b"%PDF-1.7", b"PAR1data"],
)
def test_another_format_under_this_name(write, refused, content):
    refused(write("a.csv", content), "GJ-I117")


def test_headings_that_look_like_tags_are_headings(write, load):
    source = one(write("a.csv", "<名称>,<b>\n甲,乙\n"))
    assert source.columns == ("<名称>", "<b>")
    assert load(source) == [(2, "甲", "乙")]

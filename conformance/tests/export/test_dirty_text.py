"""Delimited text with dirt: each kind alone, read by Python and, as large files are, from a cleaned copy."""

import pytest

from guiju.export import open_sources
from guiju.export.text import delimited, encoding

WORDS = frozenset({"编码", "名称", "数"})
HEAD = "编码,名称,数\n"
BODY = "".join(f"{number:03},事项{number},{number}.10\n" for number in range(1, 9))
ROWS = [(number + 1, f"{number:03}", f"事项{number}", f"{number}.10") for number in range(1, 9)]


@pytest.fixture(params=[False, True], ids=["small", "large"], autouse=True)
def size(request, monkeypatch):
    """Each test with files taken as they are, and with files taken for large ones."""
    if request.param:
        monkeypatch.setattr(delimited, "PLACED", -1)
        monkeypatch.setattr(encoding, "LARGE", -1)


@pytest.fixture
def read(write, load):
    """Rows and remark codes of what is written."""

    def reading(content, name="a.csv"):
        (source,) = open_sources([write(name, content)], WORDS)
        rows = load(source)
        return rows, {remark.code: remark for remark in source.remarks}

    return reading


@pytest.mark.parametrize(
    ("sign", "name"),
    [(sign, "a.csv") for sign in (",", "\t", ";", "|", "^", "\x01", "||", "|+|", "@|@", "^^")]
    + [("\t", "a.txt"), (",", "a.tsv")],
)
def test_signs_between_cells(read, sign, name):
    text = (HEAD + BODY).replace(",", sign) + sign.join(["009", f'"逗,号;和{sign}号"', "9"]) + "\n"
    rows, remarks = read(text, name)
    assert rows == [*ROWS, (10, "009", f"逗,号;和{sign}号", "9")]
    assert not remarks


def test_the_first_line_may_name_the_sign(read):
    rows, remarks = read("sep=;\n" + (HEAD + BODY).replace(",", ";"))
    assert rows == [(number + 1, *cells) for number, *cells in ROWS]
    assert not remarks


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n\r\n"])
def test_line_ends(read, end):
    rows, _ = read((HEAD + BODY).replace("\n", end))
    apart = 2 if end == "\n\r\n" else 1
    assert rows == [((number - 1) * apart + 1, *cells) for number, *cells in ROWS]


def test_line_breaks_within_cells_of_another_kind_than_between_records(read):
    text = (HEAD + BODY).replace("\n", "\r\n").replace("事项3", '"事\n项3"')
    rows, remarks = read(text)
    assert rows == [
        (number, code, name.replace("事项3", "事\n项3"), count) for number, code, name, count in ROWS
    ]
    assert not remarks


def test_quotes_that_were_not_doubled(read):
    text = (HEAD + BODY).replace("事项2", '"所谓"事项"，2"').replace("事项4", '15"显示器')
    rows, remarks = read(text)
    assert [row[2] for row in rows][1:4] == ['所谓"事项"，2', "事项3", '15"显示器']
    assert remarks["GJ-D123"].rows == (3,)
    assert remarks["GJ-D123"].count == 1


def test_quotes_that_were_not_doubled_in_a_cell_of_several_lines(read):
    rows, remarks = read(HEAD + BODY + '009,"所谓"事\n项"如此",1\n')
    assert rows[8] == (10, "009", '所谓"事\n项"如此', "1")
    assert remarks["GJ-D123"].rows == (10,)


def test_quotes_behind_a_blank(read):
    rows, remarks = read((HEAD + BODY).replace(",事项2,", ', "事,项2" ,'))
    assert rows[1] == (3, "002", "事,项2", "2.10")
    assert not remarks


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + '001,"没有结束,1\n' + BODY, 2),
        (HEAD + BODY + '009,"没有结束', 10),
        (HEAD + '001,"甲,1\n002,"乙",2\n' + BODY, 2),
        (HEAD + BODY + '009,"甲,1\n010,"乙\n', 10),
    ],
)
def test_a_quote_that_swallows_lines_is_refused(write, load, refused, text, line):
    error = refused(write("a.csv", text), "GJ-I108", lambda sources: load(sources[0]))
    assert error.place.line == line


def test_signs_that_keep_zeros(read):
    text = (HEAD + BODY).replace("001,", '="001",').replace("002,", "'002,").replace("003,", '"=""003""",')
    rows, remarks = read(text)
    assert rows == ROWS
    assert remarks["GJ-D127"].count == 3
    rows, remarks = read((HEAD + BODY).replace("事项1", "'十三五'规划").replace("事项2", "=A1"))
    assert [row[2] for row in rows][:2] == ["'十三五'规划", "=A1"]
    assert not remarks


FOOTERS = [
    "(8 rows affected)",
    "8 rows selected.",
    "(8 行受影响)",
    "已选择 8 行。",
    "已选择8行。",
    "(8 行记录)",
    "SQL> spool off",
    "SQL>",
    "postgres=# \\q",
    "已用时间:  00: 00: 01.23",
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_what_tools_print_below(read, footer):
    rows, remarks = read(HEAD + BODY + "\n" + footer + "\n")
    assert rows == ROWS
    assert remarks["GJ-D124"].rows == (11,)


@pytest.mark.parametrize(
    "failure",
    [
        "ORA-01555: snapshot too old: rollback segment number 9",
        "ERROR 2013 (HY000): Lost connection to MySQL server during query",
        "</html>",
        "java.sql.SQLException: Closed Connection",
    ],
)
def test_a_failure_at_the_end_is_told_as_one(read, failure):
    rows, remarks = read(HEAD + BODY + failure + "\n")
    assert rows == ROWS
    assert remarks["GJ-D125"].rows == (10,)
    assert "重新导出" in remarks["GJ-D125"].hint


def test_a_line_drawn_under_the_headings(read):
    rows, _ = read(HEAD + "---,------,---\n" + BODY)
    assert rows == [(number + 1, *cells) for number, *cells in ROWS]


def test_what_looks_printed_within_a_record_is_data(read):
    rows, remarks = read(HEAD + BODY + "SQL>,事项,1\nORA-00001: x,事项,2\n")
    assert rows[8:] == [(10, "SQL>", "事项", "1"), (11, "ORA-00001: x", "事项", "2")]
    assert not remarks


def test_titles_repeated_heads_totals_and_feet(read):
    text = "某地清单,,\n\n" + HEAD + "001,事项1,1.10\n" + HEAD + "004,事项4,4.10\n合计,,9\n填表人：,,\n"
    rows, remarks = read(text)
    assert rows == [(4, "001", "事项1", "1.10"), (6, "004", "事项4", "4.10")]
    assert remarks["GJ-D201"].rows == (1,)
    assert remarks["GJ-D204"].rows == (5,)
    assert remarks["GJ-D205"].rows == (7,)
    assert remarks["GJ-D206"].rows == (8,)


def test_many_repeated_heads(read):
    pages = "".join(HEAD + f"{page:03},事项,1\n" for page in range(1, 301))
    rows, remarks = read(pages)
    assert rows == [(2 * page, f"{page:03}", "事项", "1") for page in range(1, 301)]
    assert remarks["GJ-D204"].count == 299


def test_many_blank_lines(read):
    text = HEAD + BODY.replace("\n", "\n,,\n" + "\n" * 30)
    rows, _ = read(text)
    assert rows == [((number - 2) * 32 + 2, *cells) for number, *cells in ROWS]


def test_a_row_with_values_in_other_columns_only_is_a_row(read):
    rows, _ = read(HEAD + BODY + ",,9\n")
    assert rows[8] == (10, None, None, "9")


def test_another_table_below(read):
    rows, remarks = read(HEAD + BODY + "\n名称,编码\n甲,1\n乙,2\n丙,3\n")
    assert rows == ROWS
    assert remarks["GJ-D208"].count == 4


@pytest.mark.parametrize("tail", [b"\x1a", b"\n\x1a", b"\x1a\x1a", bytes(500), b"\n\n\n"])
def test_what_stands_at_the_end(read, tail):
    assert read((HEAD + BODY).encode() + tail)[0] == ROWS


def test_zeros_within(read):
    rows, remarks = read((HEAD + BODY).replace("事项5", "事\0项5"))
    assert rows == ROWS
    assert remarks["GJ-D126"].count == 1


def test_trailing_signs(read):
    assert read(HEAD + BODY.replace("\n", ",\n"))[0] == ROWS
    assert read((HEAD + BODY).replace("\n", ",,\n"))[0] == ROWS


def test_nothing_but_headings(read):
    rows, remarks = read(HEAD)
    assert rows == []
    assert remarks["GJ-D122"].hint


def test_one_ragged_row_far_down(read):
    text = HEAD + BODY * 300 + "x,y\n" + BODY
    rows, remarks = read(text)
    assert len(rows) == 2409
    assert rows[2400] == (2402, "x", "y", None)
    assert remarks["GJ-D104"].rows == (2402,)

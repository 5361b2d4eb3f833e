"""The extract of failing rows: of other deliveries than workbooks, with the original row numbers."""

from __future__ import annotations

import json

import duckdb
import pytest
from openpyxl import load_workbook

from guiju.export import open_sources
from guiju_tools.marked.mark import EXTRACT, mark_deliveries

HEAD = ("实施编码", "事项名称", "备注")
EVIL = '=HYPERLINK("http://x")'


def lines():
    return [(f"{row:018d}", f"事项{row}", EVIL if row == 4 else f"备注{row}") for row in range(2, 9)]


def csv(folder):
    path = folder / "清单.csv"
    body = "\n".join(",".join(f'"{text.replace(chr(34), chr(34) * 2)}"' for text in line) for line in lines())
    path.write_text(f"{','.join(HEAD)}\n{body}\n", encoding="utf-8-sig")
    return path, 0


def parquet(folder):
    path = folder / "清单.parquet"
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t (实施编码 VARCHAR, 事项名称 VARCHAR, 备注 VARCHAR)")
        con.executemany("INSERT INTO t VALUES (?, ?, ?)", lines())
        con.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path, 1


def json_lines(folder):
    path = folder / "清单.jsonl"
    rows = [json.dumps(dict(zip(HEAD, line, strict=True)), ensure_ascii=False) for line in lines()]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path, 1


def rows(sheet):
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in body]


@pytest.mark.parametrize("write", [csv, parquet, json_lines])
def test_failing_rows_come_as_delivered_with_their_numbers(bench, write):
    path, before = write(bench.folder)
    number = 4 - before  # the row whose note looks like a formula
    bad = [bench.finding(path.name, at, bench.cell("备注", EVIL)) for at in (number, number + 2)]
    (made,) = bench.mark(path, bench.requirement("IM-030", bad))
    assert made.path.name == EXTRACT
    assert made.remarks == (f"“{path.name}”不是单独交来的 .xlsx 工作簿，不能在原样上标注。",)
    book = load_workbook(made.path)
    assert book.sheetnames == ["说明", "不符合项", "1 清单"]
    told = rows(book["1 清单"])
    assert [(row["原行号"], row["实施编码"], row["备注"]) for row in told] == [
        (number, "000000000000000004", EVIL),
        (number + 2, "000000000000000006", "备注6"),
    ]
    sheet = book["1 清单"]
    assert {one.data_type for one in sheet["G"]} == {"s"}
    assert sheet["G2"].fill.fgColor.rgb.endswith("FBD5CB")
    assert "IM-030" in sheet["G2"].comment.text
    assert sheet["F2"].fill.fill_type is None


def test_the_list_leads_to_the_extracted_cell(bench):
    path, _ = csv(bench.folder)
    bad = [
        bench.finding(path.name, 6, bench.cell("备注", "备注6")),
        bench.finding(path.name, 3, bench.cell("事项名称", "事项3")),
    ]
    (made,) = bench.mark(path, bench.requirement("IM-030", bad))
    sheet = load_workbook(made.path)["不符合项"]
    told = {row["行号"]: row["单元格"] for row in rows(sheet)}
    assert told == {3: "F2", 6: "G3"}
    assert sheet["I2"].hyperlink.location == "'1 清单'!F2"


def test_the_same_deliveries_give_the_same_bytes(bench):
    path, _ = csv(bench.folder)
    told = bench.requirement("IM-030", [bench.finding(path.name, 4, bench.cell("备注", EVIL))])
    (first,) = bench.mark(path, told)
    content = first.path.read_bytes()
    (second,) = bench.mark(path, told)
    assert second.path.read_bytes() == content


def test_several_files_share_one_extract(bench):
    files = [csv(bench.folder)[0], json_lines(bench.folder)[0]]
    bad = [bench.finding(path.name, 3, bench.cell("备注", "x")) for path in files]
    told = bench.result(files, [bench.requirement("IM-030", bad)])
    (made,) = mark_deliveries(told, open_sources(files), bench.out)
    book = load_workbook(made.path)
    assert book.sheetnames == ["说明", "不符合项", "1 清单", "2 清单"]
    about = "\n".join(str(row) for row in book["说明"].iter_rows(values_only=True))
    assert "含业务数据，不得外传" in about
    assert about.count("为什么是摘录") == 2
    assert about.count("摘录1行") == 2

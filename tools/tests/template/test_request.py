"""What goes to a vendor: the document of two pages and the workbook, read back."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from itertools import pairwise

import pytest
from docx import Document
from openpyxl import load_workbook

from guiju_tools.template.document import document
from guiju_tools.template.request_book import request_book
from guiju_tools.template.skeleton import DIALECTS, Period
from guiju_tools.template.texts import FORBIDDEN, FORMAT_RULES

PERIOD = Period("2026-01-01", "2026-03-31")


def paragraphs(content):
    return [line.text for line in Document(BytesIO(content)).paragraphs]


def test_the_document_has_the_parts_of_an_official_paper_in_order(items):
    lines = paragraphs(document(items, DIALECTS, PERIOD))
    assert lines[0] == "政务服务事项管理规范核验取数说明"
    titles = [
        *("一、目的", "二、需要的表", "三、格式要求", "四、不得包含的内容", "五、交付方式"),
        "附表　需要的表",
    ]
    places = [lines.index(title) for title in titles]
    assert all(before < after for before, after in pairwise(places))
    text = "\n".join(lines)
    assert "期间为2026-01-01至2026-03-31。" in text
    assert "共18张表、" in text
    assert all(rule in text for rule in FORMAT_RULES)
    assert all(title in text for title, _ in FORBIDDEN)


def test_the_table_of_the_document_lists_every_table(items):
    (table,) = Document(BytesIO(document(items, DIALECTS, Period()))).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "表名", "一行是什么", "列数（必需）", "是否必需", "期间"]
    assert [row[1] for row in rows[1:]] == [item.dataset.title for item in items.datasets]
    assert rows[2] == [
        "2",
        "基本目录",
        "一行一个目录事项（主项或者子项）的一个版本",
        "14（9）",
        "必需",
        "全部现行",
    ]


def test_same_input_same_bytes(items):
    assert document(items, DIALECTS, PERIOD) == document(items, DIALECTS, PERIOD)
    assert request_book(items, DIALECTS, PERIOD) == request_book(items, DIALECTS, PERIOD)


def test_the_document_of_a_whole_standard_takes_two_pages(items, office, tmp_path):
    path = tmp_path / "request.docx"
    path.write_bytes(document(items, DIALECTS, PERIOD))
    if shutil.which("pdfinfo") is None:
        pytest.skip("没有 pdfinfo（poppler-utils），数不了页")
    made = office(path, "pdf", tmp_path)
    told = subprocess.run(["pdfinfo", made], capture_output=True, text=True, check=True).stdout
    assert "Pages:           2" in told


@pytest.fixture(scope="module")
def book(items):
    return load_workbook(BytesIO(request_book(items, DIALECTS, PERIOD)))


def rows(book, name):
    head, *lines = book[name].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_the_workbook_tells_every_field(items, book):
    told = rows(book, "字段")
    assert len(told) == sum(len(item.fields) for item in items.datasets)
    line = next(row for row in told if (row["表"], row["英文名"]) == ("实施清单", "task_type"))
    assert (line["中文名"], line["类型"], line["是否必需"], line["能否为空"]) == (
        "事项类型",
        "文本",
        "必需",
        "每行都有值",
    )
    assert (line["代码表"], line["示例（虚构）"]) == ("item-type（11项）", "行政许可")
    assert "（应）" not in line["用到它的要求"]
    assert "，应）" in line["用到它的要求"]


def test_the_workbook_holds_every_code_of_the_lists_asked_for(items, book):
    told = {(row["代码表"], row["代码"]) for row in rows(book, "代码表")}
    wanted = {
        (one.codes.id, code.code)
        for item in items.datasets
        for one in item.asked
        if one.codes
        for code in one.codes.codes
    }
    assert told == wanted


def test_the_workbook_says_what_must_not_be_in_it(odd, book):
    shown = {str(row[0]) for row in book["不得包含"].iter_rows(values_only=True)}
    assert {title for title, _ in FORBIDDEN} <= shown
    mine = load_workbook(BytesIO(request_book(odd, ("oracle",), PERIOD)))
    assert any("来电人姓名（caller）" in str(row) for row in mine["不得包含"].iter_rows(values_only=True))


def test_statements_can_be_copied_line_by_line(book):
    lines = [row[0] or "" for row in book["取数语句 Oracle"].iter_rows(values_only=True, max_col=1)]
    assert "FROM up_task_general_basic t /* <表名> */" in lines
    assert max(map(len, lines)) < 32_767


def test_hostile_words_stay_words(odd):
    content = request_book(odd, DIALECTS, PERIOD)
    found = load_workbook(BytesIO(content))
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert any(str(cell.value).startswith("=cmd|") for cell in cells)
    assert "怪题/目[1]核验取数说明" in paragraphs(document(odd, DIALECTS, PERIOD))[0]

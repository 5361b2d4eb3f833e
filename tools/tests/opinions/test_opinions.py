"""意见反馈表 as they come: Word and Excel, heads below titles, merged cells, 无意见; the table and back."""

from __future__ import annotations

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from guiju.errors import InputError
from guiju_tools.opinions.collected import answer, collect, counted, lines
from guiju_tools.opinions.reading import Answered, Opinion, read_answers, read_opinions
from guiju_tools.opinions.table import HEAD, write_table
from guiju_tools.registry.store import open_store

ID = "item-management"
ROWS = [
    ("1", "6.3.2", "“不长于”改为“短于”", "更严"),
    ("2", "总体", "建议增加术语", ""),
    ("3", "", "无意见", ""),
    ("", "", "", ""),
]


def word(path, *, above="", rows=ROWS, head=("序号", "章条编号", "意见内容", "理由或依据")):
    paper = Document()
    paper.add_paragraph("《政务服务事项管理规范》征求意见反馈表")
    if above:
        paper.add_paragraph(above)
    table = paper.add_table(rows=0, cols=len(head))
    for row in (head, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(path)
    return path


def book(path):
    made = Workbook()
    sheet = made.active
    sheet.append(["征求意见反馈表"])
    sheet.append([])
    sheet.append(["序 号", "条款", "修改意见", "理由", "提出单位"])
    sheet.append([1, "4.1", "改“窗口”为“综合窗口”", "口径一致", "示例市甲局"])
    sheet.append([2, None, "第二条意见", None, "示例市甲局"])
    sheet.append([3, "5.1", "无", None, "示例市乙局"])
    sheet.merge_cells("B4:B5")
    made.save(path)
    return path


def test_a_word_form_is_read(tmp_path):
    read = read_opinions(word(tmp_path / "甲.docx", above="提出单位：示例市甲局（盖章）"))
    assert [(one.clause, one.opinion, one.reason, one.unit) for one in read.opinions] == [
        ("6.3.2", "“不长于”改为“短于”", "更严", "示例市甲局"),
        ("总体", "建议增加术语", "", "示例市甲局"),
    ]
    assert read.silent == 1
    assert read.opinions[0].place == "甲.docx 表1 第2行"


def test_a_workbook_is_read_with_its_merged_clauses(tmp_path):
    read = read_opinions(book(tmp_path / "乙.xlsx"))
    assert [(one.clause, one.opinion) for one in read.opinions] == [
        ("4.1", "改“窗口”为“综合窗口”"),
        ("4.1", "第二条意见"),
    ]
    assert {one.unit for one in read.opinions} == {"示例市甲局"}


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: word(path / "x.docx"), "GJ-I572"),
        (lambda path: word(path / "x.docx", above="单位：甲", head=("甲", "乙", "丙", "丁")), "GJ-I571"),
        (lambda path: path / "没有.docx", "GJ-I570"),
        (lambda path: path / "旧.doc", "GJ-I570"),
        (lambda path: (path / "坏.docx", (path / "坏.docx").write_bytes(b"x"))[0], "GJ-I570"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, make, code):
    with pytest.raises(InputError) as caught:
        read_opinions(make(tmp_path))
    assert caught.value.code == code


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "登记库.db"), make=True) as opened:
        yield opened


def test_there_and_back(store, tmp_path):
    found = read_opinions(book(tmp_path / "乙.xlsx")).opinions
    found += read_opinions(word(tmp_path / "甲.docx", above="单位：示例市甲局")).opinions
    assert collect(store, ID, found, "秘书处") == 4
    assert collect(store, ID, found, "秘书处") == 0
    listed = lines(store, ID)
    assert [line.clause for line in listed] == ["总体", "4.1", "4.1", "6.3.2"]
    path, paper = write_table(tmp_path / "表", "政务服务事项管理规范", listed)
    texts = [cell.text for row in Document(str(paper)).tables[0].rows for cell in row.cells]
    assert texts[: len(HEAD)] == list(HEAD)
    assert "建议增加术语" in texts
    filled = load_workbook(path)
    sheet = filled.active
    heads = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value in HEAD}
    first = next(row[0].row for row in sheet.iter_rows() if row[0].value == "序号") + 1
    for number, told in enumerate(("采纳", "部分采纳", "未采纳")):
        sheet.cell(first + number, heads["处理意见"], told)
        sheet.cell(first + number, heads["处理理由"], "" if told == "采纳" else "见纪要")
    filled.save(path)
    answers = read_answers(path)
    assert [one.answer for one in answers] == ["采纳", "部分采纳", "未采纳"]
    assert answer(store, answers, "起草组", "2026-03-01", "秘书处") == (3, [])
    assert answer(store, answers, "起草组", "2026-03-01", "秘书处") == (0, [])
    assert (
        counted(lines(store, ID))
        == "共收到 1 个单位的意见 4 条：采纳 1 条，部分采纳 1 条，未采纳 1 条，未处理 1 条。"
    )


def test_answers_that_do_not_fit_are_told_and_none_is_added(store):
    collect(store, ID, [Opinion("4.1", "改", "", "甲", "x"), Opinion("4.2", "改", "", "甲", "x")], "秘书处")
    first, second = (line.no for line in lines(store, ID))
    wrong = [
        Answered(first, "采纳", "", "第1行"),
        Answered(second, "未采纳", "", "第2行"),
        Answered(second, "再议", "", "第3行"),
        Answered("YJ-没有", "采纳", "", "第4行"),
    ]
    new, faults = answer(store, wrong, "起草组", "2026-03-01", "秘书处")
    assert new == 0
    assert [fault.split("：")[0] for fault in faults] == ["第2行", "第3行", "第4行"]
    assert all(not line.answer for line in lines(store, ID))
    answer(store, wrong[:1], "起草组", "2026-03-01", "秘书处")
    _, faults = answer(
        store, [Answered(first, "未采纳", "改主意", "第1行")], "起草组", "2026-03-02", "秘书处"
    )
    assert "不能改成未采纳" in faults[0]


def test_a_table_without_numbers_is_no_table_of_answers(tmp_path):
    with pytest.raises(InputError) as caught:
        read_answers(book(tmp_path / "乙.xlsx"))
    assert caught.value.code == "GJ-I573"


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co", "Cf")), min_size=1, max_size=30
).map(lambda text: " ".join(text.split()))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_whatever_is_written_is_read(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("意见") / "任意.docx"
    wanted = [(f"4.{number}", *row) for number, row in enumerate(rows)]
    word(path, above="单位：示例市甲局", rows=[("", *one) for one in wanted])
    read = read_opinions(path)
    told = [(one.clause, one.opinion, one.reason) for one in read.opinions]
    assert [one for one in wanted if one in told] == told
    assert len(told) + read.silent == len(wanted)

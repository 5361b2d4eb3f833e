"""Forms of others: every layout that administrators know, and what is told where a line fits nothing."""

from __future__ import annotations

import pytest
import xlwt
from openpyxl import Workbook

from guiju.content import find_packs
from guiju.errors import InputError
from guiju.standard.assessment import read_form
from guiju.standard.load import load
from guiju_tools.assessment.evidence import read_files
from guiju_tools.assessment.foreign import FormMapping, read_form_mapping
from guiju_tools.assessment.reading import read_foreign

NO_FILES = read_files(None)
FORM = read_form(find_packs(), load(find_packs(), "hotline-operation"))
TEXTS = {line.id: line.content for line in FORM.lines}
HEAD = ["序号", "评价内容", "分值", "自评结论", "自评得分", "佐证材料", "备注"]


@pytest.fixture
def read(tmp_path, packs):
    """Reads rows as a form of others; `merged` are ranges, `more` changes the mapping."""

    def call(rows, merged=(), **more):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        for cells in merged:
            book.active.merge_cells(cells)
        book.save(tmp_path / "外来.xlsx")
        mapping = FormMapping("hotline-operation", "990000", "示例市", "2026-03", **more)
        return read_foreign(tmp_path / "外来.xlsx", packs, NO_FILES, mapping)

    return call


def told(found):
    return {item.line: (item.answer, item.note) for item in found.forms[0].claims.claims}


def codes(found):
    return [item.code for item in found.problems if item.code != "GJ-D522"]


def lines(*answers):
    return [[n, TEXTS[name], 5, *rest] for n, (name, *rest) in enumerate(answers, 1)]


def test_a_plain_form_is_read_and_its_points_stay_in_the_note(read):
    found = read([HEAD, *lines(("HO-001", "符合", 5, "", "已核"), ("HO-002", "部分符合", 3, "", ""))])
    assert told(found) == {
        "HO-001": ("met", "原表得分5（满分5）；已核"),
        "HO-002": ("partly", "原表得分3（满分5）"),
    }
    assert (found.usable, codes(found)) == (True, [])
    assert found.forms[0].claims.form_digest == ""


LAYOUTS = {
    "title, date and unit above": [["自评表"], ["填报单位：示例市", "", "", "2026年3月"], HEAD],
    "full-width headings with blanks": [
        ["序　号", "评价 内容", "分值", "自评结论", "自 评 得 分", "佐证材料", "备注"]
    ],
    "headings of a star form": [["序号", "考核内容", "标准分", "符合情况", "自评分", "证明材料", "说明"]],
    "headings of a pilot form": [["编号", "内容要求", "满分", "结论", "得分", "支撑材料", "备注"]],
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_headings_are_known_by_many_names_and_below_titles(read, name):
    found = read([*LAYOUTS[name], *lines(("HO-001", "符合", 5, "", ""), ("HO-005", "不符合", 0, "", ""))])
    assert {line: answer for line, (answer, _) in told(found).items()} == {
        "HO-001": "met",
        "HO-005": "not-met",
    }


def test_totals_repeated_headings_and_blank_rows_are_no_lines(read):
    rows = [HEAD, *lines(("HO-001", "符合", 5, "", "")), ["小计", "", 5, "", 5], [], HEAD]
    rows += [*lines(("HO-002", "符合", 5, "", "")), ["合计", "小计之和", 10, "", 10], [None] * 7]
    assert list(told(read(rows))) == ["HO-001", "HO-002"]


def test_phantom_rows_cost_nothing(read, tmp_path, packs):
    book = Workbook()
    for row in [HEAD, *lines(("HO-001", "符合", 5, "", ""))]:
        book.active.append(row)
    book.active.cell(60_000, 1).value = " "
    book.save(tmp_path / "很长.xlsx")
    mapping = FormMapping("hotline-operation", "990000", "示例市", "2026-03")
    assert list(told(read_foreign(tmp_path / "很长.xlsx", packs, NO_FILES, mapping))) == ["HO-001"]


@pytest.mark.parametrize(
    ("score", "points", "answer"),
    [
        (5, 5, "met"),
        ("5分", 5, "met"),
        (2.5, 5, "partly"),
        (0, 5, "not-met"),
        (-0.4, 5, "partly"),
        ("不涉及", 5, "not-applicable"),
        ("/", 5, "not-applicable"),
    ],
)
def test_without_a_conclusion_the_score_tells(read, score, points, answer):
    found = read([["序号", "评价内容", "分值", "自评得分"], [1, TEXTS["HO-001"], points, score]])
    assert told(found)["HO-001"][0] == answer


def test_points_may_stand_in_the_text(read):
    rows = [["考核内容", "自评分"], [f"{TEXTS['HO-001']}（10分）", 10], [f"{TEXTS['HO-002']}(4分)", 2]]
    found = read(rows)
    assert told(found) == {
        "HO-001": ("met", "原表得分10（满分10）"),
        "HO-002": ("partly", "原表得分2（满分4）"),
    }


def test_a_merged_conclusion_holds_for_all_its_rows(read):
    rows = [HEAD, *lines(("HO-001", "符合", 5, "", ""), ("HO-002", None, 5, "", ""))]
    assert {answer for answer, _ in told(read(rows, merged=["D2:D3"])).values()} == {"met"}


def test_lines_are_found_by_clause_and_by_the_mapping(read, packs):
    head = ["条款号", "评价内容", "自评结论"]
    rows = [
        head,
        ["9.9", "编号不重复", "符合"],
        ["甲", "办结时间的先后", "不符合"],
        ["乙", "与本标准无关", "符合"],
    ]
    wanted = ({"text": "不重复", "requirement": "HO-001"}, {"number": "甲", "requirement": "HO-005"})
    found = read(rows, lines=(*wanted, {"number": "乙", "requirement": "none"}))
    assert {line: answer for line, (answer, _) in told(found).items()} == {
        "HO-001": "met",
        "HO-005": "not-met",
    }
    assert codes(found) == []


def test_a_line_that_fits_nothing_is_told_and_one_twice_must_be_mended(read):
    rows = [
        HEAD,
        *lines(("HO-001", "符合", 5, "", ""), ("HO-001", "不符合", 0, "", "")),
        [3, "另一件事", 5, "符合"],
    ]
    found = read(rows)
    assert sorted(codes(found)) == ["GJ-D520", "GJ-D521"]
    assert not found.usable
    assert told(found)["HO-001"][0] == "met"


def test_requirements_without_a_line_are_told(read):
    found = read([HEAD, *lines(("HO-001", "符合", 5, "", ""))])
    (left,) = [item for item in found.problems if item.code == "GJ-D522"]
    assert f"有{len(FORM.lines) - 1}条" in left.text
    assert next(line.id for line in FORM.lines if line.id != "HO-001") in left.text


@pytest.mark.parametrize(
    ("answer", "code"), [("基本符合", "GJ-D502"), ("√", "GJ-D502"), ("无此项", "GJ-D501")]
)
def test_conclusions_are_read_as_strictly_as_on_our_own_form(read, answer, code):
    assert codes(read([["评价内容", "自评结论"], [TEXTS["HO-001"], answer]])) == [code]


def test_a_line_with_points_and_no_conclusion_is_told(read):
    assert codes(read([HEAD, *lines(("HO-001", None, None, "", ""))])) == ["GJ-D503"]


def test_columns_named_in_the_mapping_win(read):
    rows = [["条目", "打分", "判断"], [TEXTS["HO-001"], 3, "符合"]]
    with pytest.raises(InputError) as raised:
        read(rows)
    assert raised.value.code == "GJ-I441"
    found = read(rows, columns={"content": "条目", "answer": "判断"})
    assert told(found)["HO-001"][0] == "met"


def test_several_sheets_are_read_and_some_may_be_named(tmp_path, packs):
    book = Workbook()
    book.active.title = "一处"
    for row in [HEAD, *lines(("HO-001", "符合", 5, "", ""))]:
        book.active.append(row)
    other = book.create_sheet("二处")
    for row in [HEAD, *lines(("HO-002", "不符合", 0, "", ""))]:
        other.append(row)
    book.save(tmp_path / "多表.xlsx")
    base = ("hotline-operation", "990000", "示例市", "2026-03")
    assert set(told(read_foreign(tmp_path / "多表.xlsx", packs, NO_FILES, FormMapping(*base)))) == {
        "HO-001",
        "HO-002",
    }
    one = FormMapping(*base, sheets=("二处",))
    assert set(told(read_foreign(tmp_path / "多表.xlsx", packs, NO_FILES, one))) == {"HO-002"}


def test_an_old_workbook_is_read(tmp_path, packs):
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评")
    for row, values in enumerate([HEAD, *lines(("HO-001", "符合", 5, "", ""))]):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    book.save(str(tmp_path / "旧.xls"))
    mapping = FormMapping("hotline-operation", "990000", "示例市", "2026-03")
    assert told(read_foreign(tmp_path / "旧.xls", packs, NO_FILES, mapping)) == {
        "HO-001": ("met", "原表得分5（满分5）")
    }


@pytest.mark.parametrize("text", ["", "standard: hotline-operation\n", "- 1\n", "standard: [\n", "what: 1\n"])
def test_a_broken_mapping_is_refused(tmp_path, text):
    (tmp_path / "对应.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_form_mapping(tmp_path / "对应.yaml")
    assert raised.value.code == "GJ-I440"


def test_a_whole_mapping_is_read(tmp_path):
    text = (
        'standard: hotline-operation\nregion: "990000"\norganisation: 示例市\nperiod: "2026-03"\n'
        "columns: {content: 条目}\nlines:\n  - {number: 甲, requirement: HO-001}\n"
    )
    (tmp_path / "对应.yaml").write_text(text, encoding="utf-8")
    found = read_form_mapping(tmp_path / "对应.yaml")
    assert (found.columns, found.lines) == ({"content": "条目"}, ({"number": "甲", "requirement": "HO-001"},))

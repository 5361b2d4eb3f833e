"""The marked copy: cells, notes, the list, and what stays as it was."""

from __future__ import annotations

import zipfile

import pytest
import xlsxwriter
from openpyxl import load_workbook

from guiju.errors import InputError
from guiju.export import open_sources
from guiju_tools.marked import workbook as marked_workbook
from guiju_tools.marked.mark import EXTRACT, mark_deliveries

LABEL = "清单.xlsx / 实施清单"
HEAD = ("实施编码", "事项名称", "法定办结时限", "承诺办结时限")
WRONG, ADVICE, DOUBT = "FBD5CB", "FFF2CC", "D9E2F3"


@pytest.fixture
def workbook(bench):
    """A region's workbook: a title, a head that begins in column C, formulas, notes, a shape."""
    path = bench.folder / "清单.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("实施清单")
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#C6E0B4"})
    body = book.add_format({"border": 1, "italic": True})
    sheet.merge_range("C1:F1", "示例市实施清单", bold)
    sheet.write_row(2, 2, HEAD, bold)
    for row in range(3, 9):
        for column, text in enumerate((f"0000{row}", f"事项{row}", "20个工作日", "25个工作日"), 2):
            sheet.write_string(row, column, text, body)
    sheet.write_comment("F6", "已与单位核对")
    sheet.insert_textbox("H2", "请核对")
    sheet.freeze_panes(3, 3)
    sheet.set_column("D:D", 33)
    sums = book.add_worksheet("统计")
    sums.write("A1", "事项数")
    sums.write("A2", "其中")
    sums.write_formula("B1", "=COUNTA(实施清单!C4:C9)")
    book.close()
    return path


def opened(made):
    return load_workbook(made[0].path)


def test_the_bad_cell_is_found_in_a_table_that_begins_in_column_c(bench, workbook):
    book = opened(bench.mark(workbook, bench.requirement("IM-023", [bench.promise(5)])))
    assert book.sheetnames == ["不符合项", "实施清单", "统计"]
    bad = book["实施清单"]["F5"]
    assert bad.value == "25个工作日"
    assert bad.fill.fgColor.rgb.endswith(WRONG)
    assert bad.comment.text.splitlines() == [
        "【请核实】IM-023　6.3.2",
        bench.text,
        "读到：承诺办结时限 25个工作日，理解为25",
        "说明：承诺长于法定",
        "整改：改正承诺时限。",
    ]
    tinted = [
        one.coordinate
        for row in book["实施清单"].iter_rows(min_row=4)
        for one in row
        if one.fill.fill_type == "solid"
    ]
    assert tinted == ["F5"]


def test_a_cell_that_the_file_does_not_have_is_tinted(bench, tmp_path):
    bare = tmp_path / "清单.xlsx"
    with xlsxwriter.Workbook(bare) as book:
        sheet = book.add_worksheet("实施清单")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ("00001", "事项", "20个工作日"))
    copy = opened(bench.mark(bare, bench.requirement("IM-023", [bench.promise(2)])))
    assert copy["实施清单"]["D2"].fill.fgColor.rgb.endswith(WRONG)


def test_the_look_of_the_workbook_is_kept(bench, workbook):
    sheet = opened(bench.mark(workbook, bench.requirement("IM-023", [bench.promise(5)])))["实施清单"]
    assert sheet["F5"].font.italic
    assert sheet["F5"].border.left.style == "thin"
    assert sheet["C3"].font.bold
    assert sheet.freeze_panes == "D4"
    assert sheet.column_dimensions["D"].width == pytest.approx(33.7, abs=0.1)
    assert "C1:F1" in {str(area) for area in sheet.merged_cells.ranges}


def test_formulas_stay_formulas(bench, workbook):
    book = opened(bench.mark(workbook, bench.requirement("IM-023", [bench.promise(5)])))
    assert book["统计"]["B1"].value == "=COUNTA(实施清单!C4:C9)"


def test_several_findings_of_one_cell_share_its_note_and_the_gravest_tints_it(bench, workbook):
    advice = bench.requirement("IM-024", [bench.promise(5)], modality="should")
    book = opened(bench.mark(workbook, advice, bench.requirement("IM-023", [bench.promise(5)])))
    bad = book["实施清单"]["F5"]
    assert bad.fill.fgColor.rgb.endswith(WRONG)
    assert bad.comment.text.count("【") == 2
    only = opened(bench.mark(workbook, advice))["实施清单"]["F5"]
    assert only.fill.fgColor.rgb.endswith(ADVICE)
    doubt = opened(bench.mark(workbook, bench.requirement("IM-025", [bench.promise(5)], outcome="cantTell")))
    assert doubt["实施清单"]["F5"].fill.fgColor.rgb.endswith(DOUBT)


def test_a_note_of_the_region_is_kept_above_ours(bench, workbook):
    sheet = opened(bench.mark(workbook, bench.requirement("IM-023", [bench.promise(6)])))["实施清单"]
    assert sheet["F6"].comment.text.startswith("已与单位核对\n————\n【请核实】IM-023")


def test_the_list_has_a_filter_and_links(bench, workbook):
    sheet = opened(bench.mark(workbook, bench.requirement("IM-023", [bench.promise(5), bench.promise(7)])))[
        "不符合项"
    ]
    lines = [[one.value for one in row] for row in sheet.iter_rows()]
    head = next(number for number, line in enumerate(lines, 1) if line[0] == "序号")
    assert sheet.auto_filter.ref == f"A{head}:N{head + 2}"
    first = dict(zip(lines[head - 1], lines[head], strict=True))
    assert (first["性质"], first["条款"], first["行号"], first["单元格"]) == ("请核实", "6.3.2", 5, "F5")
    assert (first["原值"], first["整改建议"]) == ("25个工作日", "改正承诺时限。")
    assert sheet.cell(head + 1, 9).hyperlink.location == "'实施清单'!F5"
    assert sheet.freeze_panes == f"C{head + 1}"
    text = "\n".join(str(line[0]) for line in lines)
    assert "含业务数据，不得外传" in text
    assert "本副本可能没有保留原文件的：形状和文本框。" in text


def test_what_is_lost_is_said_and_the_delivered_file_stays(bench, workbook):
    before = workbook.read_bytes()
    (made,) = bench.mark(workbook, bench.requirement("IM-023", [bench.promise(5)]))
    assert made.remarks == ("没有保留或可能变样：形状和文本框；要看这些，请打开原文件",)
    assert workbook.read_bytes() == before
    again = mark_deliveries(
        bench.result([workbook], [bench.requirement("IM-023", [bench.promise(5)])]),
        open_sources([workbook]),
        workbook.parent,
    )
    assert again[0].path.name == "清单（标注）.xlsx"
    assert workbook.read_bytes() == before


def test_more_findings_than_are_listed_are_said(bench, workbook):
    many = bench.requirement(
        "IM-023", [bench.promise(5)], counts=bench.requirement("x", [bench.promise(5)] * 9).counts
    )
    sheet = opened(bench.mark(workbook, many))["不符合项"]
    text = "\n".join(str(row[0].value) for row in sheet.iter_rows())
    assert "IM-023（6.3.2）共有9行不符合，只列出并标注前1行。" in text


def test_beyond_the_limit_of_notes_cells_are_only_tinted(bench, workbook, monkeypatch):
    monkeypatch.setattr(marked_workbook, "NOTES_MOST", 2)
    book = opened(
        bench.mark(workbook, bench.requirement("IM-023", [bench.promise(row) for row in (4, 5, 7)]))
    )
    sheet = book["实施清单"]
    assert [bool(sheet[f"F{row}"].comment) for row in (4, 5, 7)] == [True, True, False]
    assert sheet["F7"].fill.fgColor.rgb.endswith(WRONG)
    text = "\n".join(str(row[0].value) for row in book["不符合项"].iter_rows())
    assert "工作表“实施清单”有1个单元格只加底色、没有批注。" in text


@pytest.mark.parametrize(
    "hostile", ["=cmd|'/C calc'!A0", "+1", "@x", "控制\x07字符", "长" * 32_767, "\ud800"]
)
def test_hostile_values_are_shown_as_texts(bench, workbook, hostile):
    book = opened(bench.mark(workbook, bench.requirement("IM-023", [bench.promise(5, hostile)])))
    cells = [one for row in book["不符合项"].iter_rows() for one in row if one.value is not None]
    assert [one.coordinate for one in cells if one.data_type == "f"] == []
    assert max(len(str(one.value)) for one in cells) < 32_767
    assert "\x07" not in book["实施清单"]["F5"].comment.text


def test_a_finding_without_a_column_marks_its_row(bench, workbook):
    missing = bench.finding(LABEL, 5, bench.cell("", ""), message="没有这一列")
    sheet = opened(bench.mark(workbook, bench.requirement("IM-001", [missing])))["实施清单"]
    assert "没有这一列" in sheet["C5"].comment.text


def test_a_sheet_of_that_name_is_not_overwritten(bench):
    path = bench.folder / "清单.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("实施清单", "不符合项"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, ("1", "a", "b", "c"))
    one = bench.finding(LABEL, 2, bench.cell("事项名称", "a"))
    book = opened(bench.mark(path, bench.requirement("IM-001", [one])))
    assert book.sheetnames == ["不符合项（2）", "实施清单", "不符合项"]
    assert book["实施清单"]["B2"].comment is not None


def test_a_changed_file_is_refused(bench, workbook):
    told = bench.result([workbook], [bench.requirement("IM-023", [bench.promise(5)])])
    book = load_workbook(workbook)
    book["实施清单"]["D4"] = "改过的名称"
    book.save(workbook)
    with pytest.raises(InputError) as caught:
        mark_deliveries(told, open_sources([workbook]), bench.out)
    assert caught.value.code == "GJ-I356"
    assert not bench.out.exists()


def test_another_file_is_refused(bench, workbook):
    told = bench.result([workbook], [])
    other = bench.folder / "别的.csv"
    other.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        mark_deliveries(told, open_sources([other]), bench.out)
    assert caught.value.code == "GJ-I355"


def test_without_findings_nothing_is_written(bench, workbook):
    assert bench.mark(workbook, bench.requirement("IM-023", [], outcome="passed")) == []
    assert not bench.out.exists()


def test_macros_are_left_out_and_said(bench, workbook):
    path = workbook.with_name("清单.xlsm")
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/vbaProject.bin", b"\0")
    one = bench.finding("清单.xlsm / 实施清单", 5, bench.cell("承诺办结时限", "25个工作日"))
    (made,) = bench.mark(path, bench.requirement("IM-023", [one]))
    assert "宏（副本存为不带宏的 .xlsx）" in made.remarks[0]
    assert made.path.name == "清单（标注）.xlsx"
    with zipfile.ZipFile(made.path) as archive:
        assert not [name for name in archive.namelist() if "vba" in name]


def test_a_workbook_that_cannot_be_copied_becomes_an_extract(bench, workbook):
    path = workbook.with_name("清单.xlsx")
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'<left style="thin"', b'<left style="wps-thin"')
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    (made,) = bench.mark(path, bench.requirement("IM-023", [bench.promise(5)]))
    assert made.path.name == EXTRACT
    assert "不能原样复制" in made.remarks[0]
    assert sorted(one.name for one in bench.out.iterdir()) == [EXTRACT]


def test_a_copy_that_would_be_too_large_becomes_an_extract(bench, workbook, monkeypatch):
    monkeypatch.setattr("guiju_tools.marked.mark.CELLS_MOST", 10)
    (made,) = bench.mark(workbook, bench.requirement("IM-023", [bench.promise(5)]))
    assert made.path.name == EXTRACT
    assert "超过10个" in made.remarks[0]

"""The workbook: every finding with clause, wording and remedy; texts that stay texts; the same bytes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from guiju.result.model import FOOT
from guiju_tools.report import workbook
from guiju_tools.report.cells import CELL_LONGEST, cell_text, lines
from guiju_tools.report.words import NOTICE
from guiju_tools.report.workbook import HEAD, write_workbook


def bytes_of(result):
    buffer = BytesIO()
    write_workbook(result, buffer)
    return buffer.getvalue()


@pytest.fixture
def book(result):
    return openpyxl.load_workbook(BytesIO(bytes_of(result)))


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_three_sheets_with_filters_and_frozen_heads(book):
    assert book.sheetnames == ["说明", "汇总", "不符合项"]
    sheet = book["不符合项"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:N35"
    assert sheet["C2"].alignment.wrap_text


def test_one_line_a_finding_with_clause_wording_and_remedy(book, result):
    head, *lines_ = rows(book["不符合项"])
    assert tuple(head) == HEAD
    assert len(lines_) == sum(len(item.findings) for item in result.requirements)
    line = dict(zip(head, lines_[6], strict=True))
    assert line == {
        "要求编号": "IM-023",
        "条款": "6.3.2",
        "要求原文": "承诺办结时限应不长于法定办结时限。",
        "文件": "实施清单.xlsx［实施清单］",
        "行号": 2,
        "主键": "11440000000000000X2000000000002",
        "列": "承诺办结时限",
        "原值": "22个工作日",
        "理解为": "22",
        "说明": "不满足：承诺办结时限不大于法定办结时限（同一行：法定办结时限为“20个工作日”）",
        "责任单位": "示例市住房和城乡建设局",
        "整改建议": "核对承诺时限与法定时限的单位和数值；长于法定时限的，改正承诺时限。",
        "性质": "请核实",
        "例外说明": "",
    }


def test_advice_is_told_apart(book):
    natures = {line[0]: line[12] for line in rows(book["不符合项"])[1:]}
    assert natures == {"IM-008": "提示", "IM-023": "请核实", "IM-024": "请核实", "IM-050": "提示"}


def test_values_that_mean_harm_stay_texts(book):
    sheet = book["不符合项"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    values = [row[7] for row in rows(sheet)[1:]]
    assert values[0] == "<script>alert('甲')</script>"
    assert values[1] == "=cmd|'/C calc'!A0"
    assert sheet["H3"].quotePrefix
    assert sheet["F3"].value == "+1"
    assert sheet["F3"].quotePrefix
    assert not sheet["H2"].quotePrefix
    assert values[2] == "１２３４５　号"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<r><t>x</t></r>", "<r><t>x</t></r> "),
        ("<r></c></r>", "<r></c></r> "),
        ("a\ud800b\ufffec", "a\ufffdb\ufffdc"),
        ("长" * (CELL_LONGEST + 1), "长" * CELL_LONGEST + f"…（共{CELL_LONGEST + 1}字）"),
    ],
)
def test_texts_that_would_break_a_workbook(result, text, kept):
    assert cell_text(text) == kept
    item = result.requirements[1]
    finding = replace(item.findings[0], message=text, key="https://example.invalid/")
    harmed = replace(result, requirements=(replace(item, findings=(finding,)),))
    sheet = openpyxl.load_workbook(BytesIO(bytes_of(harmed)))["不符合项"]
    assert sheet["J2"].value == kept
    assert sheet["F2"].hyperlink is None


def test_the_first_sheet_says_what_and_how_complete(book):
    told = rows(book["说明"])
    flat = "\n".join(str(value) for line in told for value in line if value)
    assert told[0][0] == NOTICE
    assert "试点用草案，非国家标准" in flat
    assert "不符合共1542行次，本工作簿列出34行次；每条要求最多列出25行" in flat
    assert FOOT in flat
    assert "无法判定" in flat


def test_the_summary_by_requirement_column_and_owner(book, result):
    told = rows(book["汇总"])
    sections = [line[0] for line in told if line[0] and str(line[0]).startswith("按")]
    assert sections == ["按要求", "按指标分组", "按列", "按责任单位（按列出的不符合项计）"]
    assert len([line for line in told if line[6] == "结论" or line[5] == "结论"]) == 2
    assert told[4][:3] == ["IM-023", "6.3.2", "应"]
    assert told[4][7:13] == [62, 2100, 60, 40, 3, 25]
    assert any(line[2:4] == [33, "示例市住房和城乡建设局"] for line in told)


def test_the_same_result_gives_the_same_bytes(result):
    assert bytes_of(result) == bytes_of(result)


def test_a_large_result_is_written_through(result, monkeypatch, tmp_path):
    monkeypatch.setattr(workbook, "LARGE", 3)
    target = tmp_path / "findings.xlsx"
    write_workbook(result, target)
    large = openpyxl.load_workbook(target)
    small = openpyxl.load_workbook(BytesIO(bytes_of(result)))
    for name in small.sheetnames:
        assert rows(large[name]) == rows(small[name])
    assert [path.name for path in tmp_path.iterdir()] == ["findings.xlsx"]


def test_more_findings_than_a_sheet_holds(result, monkeypatch):
    monkeypatch.setattr(workbook, "LINES_MOST", 5)
    book = openpyxl.load_workbook(BytesIO(bytes_of(result)))
    assert book["不符合项"].max_row == 6
    assert any("本工作簿列出5行次" in str(line[1]) for line in rows(book["说明"]))


def test_no_findings_at_all(result):
    book = openpyxl.load_workbook(BytesIO(bytes_of(replace(result, requirements=result.requirements[:1]))))
    assert book["不符合项"].max_row == 1


def test_no_time_of_day_is_inside(result):
    with zipfile.ZipFile(BytesIO(bytes_of(result))) as archive:
        assert "2000-01-01T00:00:00Z" in archive.read("docProps/core.xml").decode()
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_a_folder_that_is_not_there_is_an_error_of_the_system(result, tmp_path):
    with pytest.raises(OSError, match="findings"):
        write_workbook(result, tmp_path / "没有" / "findings.xlsx")


def test_lines_of_a_wrapped_text():
    assert lines("", 10) == 1
    assert lines("一二三四五六七八九十", 10) == 3
    assert lines("a\nb", 10) == 2

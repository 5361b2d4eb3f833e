"""The workbook to fill: what its cells take, what its sheets are called, and that `guiju run` reads it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import duckdb
import pytest
from openpyxl import load_workbook

from guiju.run.judging import run
from guiju.run.request import RunRequest
from guiju_tools.sample.make import make_sample
from guiju_tools.sample.request import SampleRequest
from guiju_tools.template.fill_book import CODES, GUIDE, INLINE_MOST, fill_book


@pytest.fixture(scope="module")
def content(items):
    return fill_book(items)


@pytest.fixture(scope="module")
def book(content):
    return load_workbook(BytesIO(content))


def validations(sheet):
    """By heading, what the cells below take."""
    found = {}
    for one in sheet.data_validations.dataValidation:
        (area,) = one.sqref.ranges
        assert (area.min_row, area.max_row) == (2, 1_048_576)
        found[sheet.cell(1, area.min_col).value] = one
    return found


def test_there_is_a_sheet_for_each_dataset_and_two_that_explain(items, book):
    assert book.sheetnames == [GUIDE, *(item.dataset.title for item in items.datasets), CODES]


def test_the_headings_are_frozen_tinted_and_noted(book):
    sheet = book["实施清单"]
    assert sheet.freeze_panes == "B2"
    note = sheet["A1"].comment.text
    assert "必需：每行都有值" in note
    assert "格式：31位或者33位" in note
    assert "示例（虚构）：" in note
    assert note.endswith("没有这张表的，空着或者删除整个工作表都可以，按没有交处理。")
    tints = {cell.value: cell.fill.fgColor.rgb for cell in sheet[1]}
    assert tints["实施编码"] == "FF1F4A7A"
    assert tints["目录名称"] == "FF6C8A5A"
    assert "地方实施编码" not in tints


def test_long_codes_are_texts_and_days_are_days(odd):
    sheet = load_workbook(BytesIO(fill_book(odd))).worksheets[1]
    formats = {
        cell.value: sheet.column_dimensions[cell.column_letter].number_format
        for cell in sheet[1]
        if cell.value
    }
    assert formats["工单编号"] == formats["短代码"] == "@"
    assert (formats["办结日期"], formats["签收时间"]) == ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss")


def test_what_cells_take_is_complete(items, book):
    for item in items.datasets:
        told = validations(book[item.dataset.title])
        for one in item.asked:
            single = one.field.type != "set"
            limited = bool(one.codes) or one.field.type in ("boolean", "date", "date-time", "integer")
            assert (one.heading in told) == (limited and single), one.heading
    told = validations(book["实施清单"])
    assert told["是否收费"].formula1 == '"是,否"'
    assert told["事项状态"].formula1 == '"在用,暂停,取消"'
    assert told["计划取消日期"].type == "date"
    assert told["到办事现场次数"].type == "whole"


def test_short_lists_stand_in_the_cell_longer_ones_in_a_sheet_and_the_longest_nowhere(odd):
    found = load_workbook(BytesIO(fill_book(odd)))
    sheet = found.worksheets[1]
    told = validations(sheet)
    assert told["短代码"].formula1 == '"代码项1,代码项2,代码项3"'
    assert told["中等代码"].formula1 == "codes_2_middle"
    assert found.defined_names["codes_2_middle"].attr_text == f"'{CODES}'!$C$5:$C$204"
    assert found[CODES]["C5"].value == "代码项1"
    assert found[CODES]["C204"].value == "代码项200"
    assert "长代码" not in told
    assert "多个代码" not in told
    heads = {cell.value: cell.comment.text for cell in sheet[1] if cell.comment}
    assert "项数多，没有下拉框" in heads["长代码"]
    assert all(len(one.formula1) <= INLINE_MOST + 2 for one in told.values())


def test_hostile_titles_make_no_hostile_sheets(odd):
    found = load_workbook(BytesIO(fill_book(odd)))
    assert found.sheetnames[1] == "工单 明细"
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_nothing_in_it_that_other_programs_refuse(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        texts = b"".join(archive.read(name) for name in names if name.endswith(".xml"))
    assert not [name for name in names if "vba" in name or "externalLink" in name]
    assert b"<f>" not in texts
    assert b"_xlfn" not in texts


def test_same_input_same_bytes(items, content):
    assert fill_book(items) == content


def filled(content, folder, target):
    """Fill the workbook with the sample's rows, as a program of a region would."""
    found = load_workbook(BytesIO(content))
    for path in sorted(folder.glob("*.csv")):
        sheet = found[path.stem]
        with duckdb.connect() as con:
            rows = con.read_csv(str(path), header=True, all_varchar=True)
            columns, found_rows = rows.columns, rows.fetchall()
        places = {cell.value: cell.column for cell in sheet[1]}
        for number, row in enumerate(found_rows, 2):
            for column, value in zip(columns, row, strict=True):
                if value is not None and column in places:
                    sheet.cell(number, places[column], value)
    found.save(target)


def judged(*paths):
    result, _ = run(RunRequest("item-management", tuple(paths)))
    counts = {item.id: (item.outcome, item.counts) for item in result.requirements}
    return result, counts


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    make_sample(SampleRequest(("item-management",), 12, folder))
    return folder, judged(folder)[1]


def test_a_filled_workbook_is_judged_like_the_data_that_fill_it(content, sample, tmp_path):
    folder, wanted = sample
    filled(content, folder, tmp_path / "填报表.xlsx")
    result, counts = judged(tmp_path / "填报表.xlsx")
    assert counts == wanted
    assert len(result.inputs) == 18
    assert {item.outcome for item in result.requirements} == {"passed", "inapplicable", "untested"}


def test_so_is_one_that_an_office_program_saved(content, sample, tmp_path, office):
    folder, wanted = sample
    filled(content, folder, tmp_path / "填报表.xlsx")
    (tmp_path / "saved").mkdir()
    assert judged(office(tmp_path / "填报表.xlsx", "xlsx", tmp_path / "saved"))[1] == wanted

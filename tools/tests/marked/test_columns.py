"""Headings are found again in the sheet, wherever its table begins and however its head is merged."""

from __future__ import annotations

from openpyxl import Workbook

from guiju_tools.marked.columns import sheet_columns


def sheet(*rows, merged=()):
    made = Workbook().active
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            made.cell(number, column, value)
    for area in merged:
        made.merge_cells(area)
    return made


def test_a_table_that_begins_at_the_left():
    made = sheet(("甲", "乙"), ("1", "2"))
    assert sheet_columns(made, 1, ("甲", "乙")) == {"甲": 1, "乙": 2}


def test_a_table_further_right_below_a_title():
    made = sheet((None, "某表"), (None, None, "甲", "乙*"), (None, None, "1", "2"))
    assert sheet_columns(made, 2, ("甲", "乙")) == {"甲": 3, "乙": 4}


def test_a_head_of_two_rows_with_group_headings():
    rows = ((None, "编码", "时限", None), (None, None, "法定", "承诺"), (None, "1", "2", "3"))
    made = sheet(*rows, merged=("B1:B2", "C1:D1"))
    wanted = {"编码": 2, "时限 / 法定": 3, "时限 / 承诺": 4}
    assert sheet_columns(made, 2, tuple(wanted)) == wanted


def test_equal_and_missing_headings_keep_their_places():
    made = sheet((None, "名称", None, "名称"), (None, "a", "b", "c"))
    wanted = {"名称": 2, "（第3列无标题）": 3, "名称（2）": 4}
    assert sheet_columns(made, 1, tuple(wanted)) == wanted


def test_data_that_look_like_headings_do_not_mislead():
    made = sheet(("甲", "乙", "丙"), ("乙", "丙", "甲"), ("甲", "乙", "丙"))
    assert sheet_columns(made, 3, ("甲", "乙", "丙")) == {"甲": 1, "乙": 2, "丙": 3}


def test_headings_that_stand_nowhere_fall_back_to_the_first_used_column():
    made = sheet((None, None, 2024, 2025), (None, None, 1, 2))
    assert sheet_columns(made, 1, ("x", "y")) == {"x": 3, "y": 4}

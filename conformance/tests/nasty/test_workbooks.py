"""Workbooks as offices keep them: each trap alone, and several at once."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import xlsxwriter

CODE, NAME, LIMIT, FEE, DAY, STAMP, CHARGED, KIND, CHANNELS = range(9)


@pytest.fixture
def sheetful(tmp_path, read):
    """Write a workbook by a function of it; gives what is read."""

    def writing(fill, name="办件.xlsx", **options):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, options) as book:
            fill(book)
        return read(path)

    return writing


def rows_at(sheet, rows, top=0, left=0):
    """Texts as texts, from a corner on (counted from 0)."""
    for down, row in enumerate(rows, top):
        for right, text in enumerate(row, left):
            if text != "":
                sheet.write_string(down, right, text)


def test_plain_texts(sheetful, headings, base, expected):
    found = sheetful(lambda book: rows_at(book.add_worksheet("办件"), [headings, *base]))
    assert found.values == expected
    assert found.numbers == (2, 3, 4, 5)


@pytest.mark.parametrize("corner", [(0, 2), (4, 0), (6, 3)])
def test_the_table_begins_elsewhere(sheetful, headings, base, expected, corner):
    found = sheetful(lambda book: rows_at(book.add_worksheet(), [headings, *base], *corner))
    assert found.values == expected
    assert found.numbers[0] == corner[0] + 2


def test_titles_merged_over_the_table(sheetful, headings, base, expected):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 8, "某地2024年办件明细表")
        sheet.merge_range(1, 0, 1, 3, "填报单位：示例中心")
        sheet.merge_range(1, 4, 1, 8, "单位：元")
        rows_at(sheet, [headings, *base], 2)

    found = sheetful(fill)
    assert found.values == expected
    assert found.numbers == (4, 5, 6, 7)


def test_two_rows_of_headings(sheetful, headings, base, expected):
    def fill(book):
        sheet = book.add_worksheet()
        for column in (CODE, NAME, KIND, CHANNELS):
            sheet.merge_range(0, column, 1, column, headings[column])
        sheet.merge_range(0, LIMIT, 0, FEE, "时限与收费")
        sheet.merge_range(0, DAY, 0, CHARGED, "办理情况")
        for column in (LIMIT, FEE, DAY, STAMP, CHARGED):
            sheet.write_string(1, column, headings[column])
        rows_at(sheet, base, 2)

    found = sheetful(fill)
    assert found.values == expected
    assert found.numbers == (3, 4, 5, 6)


def test_real_dates_numbers_and_logical_values(sheetful, headings, base, expected):
    def fill(book):
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy/m/d"})
        stamp = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        rows_at(sheet, [headings])
        for number, row in enumerate(base, 1):
            rows_at(sheet, [row], number)
            sheet.write_number(number, LIMIT, int(row[LIMIT]))
            if row[FEE]:
                sheet.write_number(number, FEE, float(row[FEE]))
            sheet.write_datetime(number, DAY, datetime.fromisoformat(row[DAY]), day)
            if row[STAMP]:
                sheet.write_datetime(number, STAMP, datetime.fromisoformat(row[STAMP]), stamp)
            sheet.write_boolean(number, CHARGED, row[CHARGED] == "是")

    assert sheetful(fill).values == expected
    assert sheetful(fill, "1904.xlsx", date_1904=True).values == expected


def test_days_as_bare_serial_numbers(sheetful, headings, base):
    """A bare number in a column of days stays what it is: the run tells that it may be a serial number."""

    def fill(book):
        sheet = book.add_worksheet()
        rows_at(sheet, [headings, *base])
        for number, row in enumerate(base, 1):
            sheet.write_number(number, DAY, (date.fromisoformat(row[DAY]) - date(1899, 12, 30)).days)

    found = sheetful(fill)
    serials = [str((date.fromisoformat(row[DAY]) - date(1899, 12, 30)).days) for row in base]
    assert [value["accepted_on"] for value in found.values] == serials


def test_long_codes_as_numbers_are_told(sheetful, headings, base):
    def fill(book):
        sheet = book.add_worksheet()
        rows_at(sheet, [headings, *base])
        for number, row in enumerate(base, 1):
            sheet.write_number(number, CODE, float(row[CODE]))

    found = sheetful(fill)
    assert "15位" in found.remarks
    assert len(found.values) == len(base)


def test_a_cover_and_other_sheets(sheetful, headings, base, expected):
    def fill(book):
        book.add_worksheet("封面").write_string(2, 2, "办件数据报送表")
        rows_at(
            book.add_worksheet("填写说明"), [("序号", "说明"), ("1", "逐项填写"), ("2", "不得合并单元格")]
        )
        rows_at(book.add_worksheet("办件"), [headings, *base])
        book.add_worksheet("Sheet3")

    found = sheetful(fill)
    assert found.values == expected


def test_a_hidden_sheet_and_hidden_rows_are_read_and_told(sheetful, headings, base, expected):
    def fill(book):
        book.add_worksheet("首页").write_string(0, 0, "请看办件表")
        sheet = book.add_worksheet("办件")
        rows_at(sheet, [headings, *base])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.hide()

    found = sheetful(fill)
    assert found.values == expected
    assert found.remarks.count("隐藏") >= 2


def test_a_stray_cell_in_the_last_row(sheetful, headings, base, expected):
    def fill(book):
        sheet = book.add_worksheet()
        rows_at(sheet, [headings, *base])
        sheet.write_blank(1_048_575, 0, None, book.add_format({"bold": True}))

    assert sheetful(fill).values == expected


def test_sums_notes_and_signatures_below(sheetful, headings, base, expected):
    def fill(book):
        sheet = book.add_worksheet()
        rows_at(sheet, [headings, *base, ("合计", "4件", "85", "1235.60"), (), ("注：数据截至月底。",)])
        rows_at(sheet, [("填表人：", "", "", "审核人：", "", "", "填报日期：")], 9)

    found = sheetful(fill)
    assert found.values == expected
    assert found.numbers == (2, 3, 4, 5)


def test_headings_printed_on_every_page(sheetful, headings, base, expected):
    found = sheetful(lambda book: rows_at(book.add_worksheet(), [headings, *base[:2], headings, *base[2:]]))
    assert found.values == expected


def test_empty_rows_and_a_serial_number_column(sheetful, headings, base, expected):
    rows = [("序号", *headings), *((str(number), *row) for number, row in enumerate(base, 1))]
    table = [rows[0], rows[1], (), rows[2], (), (), *rows[3:]]
    found = sheetful(lambda book: rows_at(book.add_worksheet(), table))
    assert found.values == expected
    assert found.numbers == (2, 4, 7, 8)


def test_rich_texts_and_line_breaks(sheetful, headings, base, expected):
    def fill(book):
        sheet = book.add_worksheet()
        rows_at(sheet, [headings, *base])
        bold = book.add_format({"bold": True})
        sheet.write_rich_string(1, NAME, "示例", bold, "许可", "甲")

    assert sheetful(fill).values == expected


def test_formulas_give_their_last_value(sheetful, headings, base, expected):
    def fill(book):
        sheet = book.add_worksheet()
        rows_at(sheet, [headings, *base])
        sheet.write_formula(1, LIMIT, "=10+10", None, 20)
        sheet.write_formula(2, NAME, '="示例"&"给付，乙"', None, "示例给付，乙")

    assert sheetful(fill).values == expected


def test_two_tables_in_one_sheet_are_never_mixed_in_silence(sheetful, headings, base, expected):
    def fill(book):
        sheet = book.add_worksheet()
        rows_at(sheet, [headings, *base])
        rows_at(sheet, [("科室", "人数"), ("一科", "3")], 7)

    found = sheetful(fill)
    assert found.values[:4] == expected
    assert "第8行与上面隔着空行，像是另一张表的标题" in found.remarks


def test_the_same_table_over_two_sheets(sheetful, headings, base, expected):
    def fill(book):
        rows_at(book.add_worksheet("1月"), [headings, *base[:2]])
        rows_at(book.add_worksheet("2月"), [headings, *base[2:]])

    assert sheetful(fill).values == expected


def test_all_at_once(sheetful, headings, base, expected):
    """Cover, merged title, unit line, two rows of headings, hidden rows, real dates, a sum, a foot."""

    def fill(book):
        book.add_worksheet("封面").write_string(3, 3, "报送表")
        sheet = book.add_worksheet("明细")
        sheet.merge_range(1, 1, 1, 10, "某地办件明细表")
        sheet.write_string(2, 9, "单位：元")
        titles = ("序号", *headings)
        for column, title in enumerate(titles, 1):
            if title in ("承诺办结时限", "收费金额"):
                sheet.write_string(4, column, f"{title}*")
            else:
                sheet.merge_range(3, column, 4, column, title)
        sheet.merge_range(3, 4, 3, 5, "时限与收费")
        day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        for down, row in enumerate(base, 5):
            rows_at(sheet, [(str(down - 4), *row)], down, 1)
            sheet.write_datetime(down, DAY + 2, datetime.fromisoformat(row[DAY]), day)
            sheet.write_string(down, CHARGED + 2, {"是": "√", "否": "×"}[row[CHARGED]])
        sheet.set_row(6, None, None, {"hidden": True})
        rows_at(sheet, [("合计", "", "", "85", "1235.60"), ("填表人：", "", "", "", "审核人：")], 9, 1)

    found = sheetful(fill)
    assert found.values == expected
    assert found.numbers == (6, 7, 8, 9)

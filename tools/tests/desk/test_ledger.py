"""The ledger: created, carried forward, nothing typed is lost; refused when damaged or held open."""

from __future__ import annotations

import openpyxl
import pytest

from guiju.errors import InputError
from guiju_tools.desk.ledger_book import (
    AGAIN,
    BACKUP,
    DOING,
    DONE,
    FILE,
    HEAD,
    MENDED,
    SHEET,
    STATUSES,
    TODO,
    open_book,
)

from .conftest import read, write

NAMED = "IM-017"


def cells(folder, name):
    return open_book(folder).lines[name].texts


def typed(folder, edit):
    """What somebody types and saves."""
    book = openpyxl.load_workbook(folder / FILE)
    sheet = book[SHEET]
    by_id = {sheet.cell(row, len(HEAD)).value: row for row in range(2, sheet.max_row + 1)}
    edit(sheet, by_id)
    book.save(folder / FILE)


def put(sheet, row, heading, text):
    sheet.cell(row, HEAD.index(heading) + 1).value = text


def test_every_row_that_fails_a_shall_has_a_line(first, months):
    lines = open_book(first.folder).lines
    named = {name.partition("|")[2] for name in lines if name.startswith(f"{NAMED}|")}
    assert set(months.planted) <= named
    line = lines[f"{NAMED}|{months.planted[0]}"].texts
    assert (line["状态"], line["发现期次"], line["整改说明"]) == (TODO, "2026-02", "")
    assert line["条款"] == "6.1.1"


def test_it_prints_on_paper_and_offers_the_states(first):
    sheet = openpyxl.load_workbook(first.folder / FILE)[SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == f'"{",".join(STATUSES)}"'
    assert len(choice.formula1) < 255
    assert sheet.auto_filter.ref == f"A1:L{sheet.max_row}"


def test_what_people_typed_is_kept_when_the_next_month_is_carried(first, months):
    mended, still = months.planted[0], months.planted[8]
    gone, moved = months.planted[5], months.planted[7]

    def edit(sheet, by_id):
        for key, text in ((mended, "=1+1 不是公式"), (still, "已联系")):
            put(sheet, by_id[f"{NAMED}|{key}"], "整改说明", text)
            sheet.cell(by_id[f"{NAMED}|{key}"], HEAD.index("整改说明") + 1).data_type = "s"
        put(sheet, by_id[f"{NAMED}|{mended}"], "状态", DOING)
        put(sheet, by_id[f"{NAMED}|{still}"], "状态", DONE)
        put(sheet, by_id[f"{NAMED}|{still}"], "复核结果", "科长看过")
        put(sheet, by_id[f"{NAMED}|{still}"], "期限", "2026-04-30")
        sheet.cell(1, len(HEAD) + 1).value = "科室备注"
        sheet.cell(by_id[f"{NAMED}|{gone}"], len(HEAD) + 1).value = "自己的列"
        sheet.cell(sheet.max_row + 1, 5).value = "自己的一行"

    typed(first.folder, edit)
    first.run("2026-03")
    texts = cells(first.folder, f"{NAMED}|{mended}")
    assert (texts["状态"], texts["整改说明"]) == (MENDED, "=1+1 不是公式")
    assert texts["复核结果"] == f"【2026-03】已符合（原状态：{DOING}）"
    texts = cells(first.folder, f"{NAMED}|{still}")
    assert (texts["状态"], texts["期限"], texts["整改说明"]) == (DONE, "2026-04-30", "已联系")
    assert texts["复核结果"] == "科长看过\n【2026-03】仍不符合"
    assert cells(first.folder, f"{NAMED}|{gone}")["复核结果"] == "【2026-03】数据中没有这条记录，请确认"
    assert cells(first.folder, f"{NAMED}|{moved}")["状态"] == TODO
    new = cells(first.folder, f"{NAMED}|{min(months.done.broken)}")
    assert (new["状态"], new["发现期次"]) == (TODO, "2026-03")
    sheet = openpyxl.load_workbook(first.folder / FILE)[SHEET]
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert {"科室备注", "自己的列", "自己的一行"} <= set(values)
    assert openpyxl.load_workbook(first.folder / BACKUP)[SHEET].max_row < sheet.max_row


def test_what_fails_again_reappears_and_a_second_run_adds_nothing(first, months):
    key = months.planted[0]
    typed(first.folder, lambda sheet, by_id: put(sheet, by_id[f"{NAMED}|{key}"], "状态", MENDED))
    before = len(open_book(first.folder).lines)
    first.run("2026-02")
    texts = cells(first.folder, f"{NAMED}|{key}")
    assert (texts["状态"], texts["复核结果"]) == (AGAIN, "")
    assert len(open_book(first.folder).lines) == before
    typed(first.folder, lambda sheet, by_id: put(sheet, by_id[f"{NAMED}|{key}"], "发现期次", "2026-05"))
    stamp = (first.folder / FILE).read_bytes()
    first.run("2026-02")
    assert (first.folder / FILE).read_bytes() == stamp


def test_many_rows_share_a_line_and_do_not_trickle_in_month_by_month(first, monkeypatch):
    (first.folder / FILE).unlink()
    monkeypatch.setattr("guiju_tools.desk.ledger.ROWS_EACH", 3)
    first.run("2026-02")
    lines = {name: line for name, line in open_book(first.folder).lines.items() if name.startswith(NAMED)}
    assert len(lines) == 4
    shared = lines[f"{NAMED}|*"].texts
    assert shared["不符合项（行的主键）"].startswith("另有")
    first.run("2026-03")
    again = {name for name in open_book(first.folder).lines if name.startswith(NAMED)}
    assert again == set(lines)


def damage_heading(sheet, _):
    sheet.cell(1, 12).value = "编码"


def damage_twice(sheet, _):
    sheet.cell(3, 12).value = sheet.cell(2, 12).value


@pytest.fixture
def small(tmp_path):
    book = open_book(tmp_path)
    for key in ("a", "b"):
        book.add(f"{NAMED}|{key}", {"条款": "6.1.1", "状态": TODO})
    book.put()
    return tmp_path


@pytest.mark.parametrize(
    ("edit", "told"), [(damage_heading, "缺少列：编号"), (damage_twice, "第2行和第3行的编号相同")]
)
def test_a_damaged_ledger_is_refused_and_left_alone(small, edit, told):
    typed(small, edit)
    before = (small / FILE).read_bytes()
    with pytest.raises(InputError, match="GJ-I319") as fault:
        open_book(small)
    assert told in fault.value.cause
    assert (small / FILE).read_bytes() == before


def test_what_is_no_workbook_is_refused(small):
    (small / FILE).write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(InputError, match="GJ-I319"):
        open_book(small)


@pytest.mark.parametrize("lock", [f"~${FILE}", f".~lock.{FILE}#"])
def test_a_ledger_that_is_open_elsewhere_is_refused(small, lock):
    (small / lock).write_bytes(b"")
    with pytest.raises(InputError, match="GJ-I318") as fault:
        open_book(small)
    assert lock in fault.value.cause


def test_two_standards_with_findings_share_a_new_ledger(desk):
    folder = desk.folder / "数据" / "2026-02"
    tickets = "工单编号,创建时间,办结时间,状态\n1,2026-02-05 10:00,2026-02-04 10:00,已办结\n"
    (folder / "热线工单.csv").write_text(tickets, encoding="utf-8")
    rows = read(folder / "实施清单.csv")
    write(folder / "实施清单.csv", [{**rows[0], "事项名称": ""}, *rows[1:]])
    desk.set_up("")
    settings = desk.folder / "region.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[item-", "[hotline-operation, item-"), encoding="utf-8")
    desk.run("2026-02")
    told = {line.texts["标准"] for line in open_book(desk.folder).lines.values()}
    assert told == {"政务服务事项管理规范", "政务服务便民热线运行规范"}

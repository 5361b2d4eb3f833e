"""A second month on the same desk: every change is told as the planted list has it."""

from __future__ import annotations

import json

import openpyxl
import pytest

from guiju.run.desk.period import period
from guiju_tools.cli.compare import compare as compare_command
from guiju_tools.desk.changes import ADDED, BROKEN, GONE, MENDED, OTHER, STILL, UNCLEAR, VOID
from guiju_tools.desk.comparing import compare
from guiju_tools.desk.shelf import Shelf

from .conftest import FILE, KEY, read

ITEMS = "implementation-item"
NO_LONGER = {MENDED, VOID, UNCLEAR}


@pytest.fixture(scope="module")
def comparison(judged):
    return compare(Shelf(judged.folder / "结果"), period("2026-02"), period("2026-03"))


def keys(judged, when):
    return {row[KEY] for row in read(judged.folder / "数据" / when / FILE)}


def failing(judged, when):
    result = json.loads((judged.internal(when) / "result.json").read_text(encoding="utf-8"))
    found = [item for item in result["requirements"] if item["dataset"] == ITEMS and not item["indicator"]]
    assert all(len(item["findings"]) == item["counts"]["failed"] for item in found)
    return {item["id"]: {one["key"] for one in item["findings"]} for item in found}


def expected(name, before, after, there, done):
    """Categories by key, out of the keys that fail in either month and the planted list alone."""
    moved = {done.recoded.get(key, key) for key in before[name]}
    known = {done.recoded.get(key, key) for key in there}
    told = {key: STILL if key in moved else BROKEN if key in known else ADDED for key in after[name]}
    gone = {key: GONE if key in done.removed else "no longer" for key in moved - after[name]}
    return {**told, **gone}


def test_every_row_of_every_requirement_is_told_as_the_findings_and_the_planted_list_have_it(
    judged, months, comparison
):
    before, after = failing(judged, "2026-02"), failing(judged, "2026-03")
    there = keys(judged, "2026-02")
    (standard,) = comparison.standards
    compared = 0
    for change in standard.requirements:
        if change.moves is None or change.now.dataset != ITEMS:
            continue
        told = {
            row.key: "no longer" if row.category in NO_LONGER else row.category for row in change.moves.listed
        }
        assert told == expected(change.now.id, before, after, there, months.done), change.now.id
        compared += bool(told)
    assert compared >= 6


def test_planted_changes_show_in_the_categories(months, comparison):
    (standard,) = comparison.standards
    rows = [row for item in standard.requirements if item.moves for row in item.moves.listed]
    by_category = {
        name: {row.key for row in rows if row.category == name}
        for name in (BROKEN, ADDED, MENDED, GONE, STILL)
    }
    assert months.done.broken <= by_category[BROKEN]
    assert len(months.done.added & by_category[ADDED]) >= 1
    assert months.done.mended <= by_category[MENDED]
    assert set(months.planted[5:7]) <= by_category[GONE] <= months.done.removed
    assert set(months.planted[8:]) <= by_category[STILL]
    carried = {row.old_key: row.key for row in rows if row.old_key and row.category == STILL}
    assert carried
    assert carried.items() <= months.done.recoded.items()


def test_rows_added_removed_and_recoded_are_counted(months, comparison):
    (standard,) = comparison.standards
    items = next(one for one in standard.datasets if one.dataset == ITEMS)
    done = months.done
    assert (items.added, items.gone, items.recoded) == (len(done.added), len(done.removed), len(done.recoded))
    assert {(one.before, one.after) for one in items.samples} == set(done.recoded.items())
    assert items.after - items.before == len(done.added) - len(done.removed)


def test_counts_agree_with_rates_before_and_after(comparison):
    (standard,) = comparison.standards
    for change in standard.requirements:
        if change.moves is None or change.now.dataset != ITEMS or change.now.method == "unique":
            continue
        moves = change.moves
        then = sum(number for (old, _), number in moves.by_states.items() if old == "failed")
        now = sum(number for (_, new), number in moves.by_states.items() if new == "failed")
        assert then <= change.before.counts.failed
        assert now <= change.after.counts.failed
        assert moves.count(STILL) + moves.count(BROKEN) + moves.count(ADDED) == now
        assert sum(moves.count(name) for name in (STILL, MENDED, VOID, UNCLEAR, GONE)) == then
        assert moves.count(OTHER) == sum(moves.by_states.values()) - then - now + moves.count(STILL)


def test_nothing_is_called_incomparable_where_only_the_data_changed(comparison):
    (standard,) = comparison.standards
    assert [item.now.id for item in standard.requirements if not item.comparable] == []
    assert standard.notes == ()


def test_the_command_writes_a_page_and_a_workbook_inside(judged, months, capsys):
    with judged.inside("数据"):
        compare_command()
    told = capsys.readouterr().out
    assert "2026年2月 → 2026年3月（含业务数据，不得外传）" in told
    assert f"疑似改了主键{len(months.done.recoded)}" in told
    folder = judged.folder / "结果" / "对比" / "2026-02_2026-03"
    assert {path.name for path in folder.iterdir()} == {"内部"}
    page = (folder / "内部" / "compare.html").read_text(encoding="utf-8")
    assert "含业务数据，不得外传" in page
    assert min(months.done.broken) in page
    book = openpyxl.load_workbook(folder / "内部" / "compare.xlsx")
    assert book.sheetnames == ["说明", "要求", "记录", "数据集", "主键改变"]
    lines = list(book["主键改变"].iter_rows(min_row=2, values_only=True))
    assert {(old, new) for _, old, new in lines} == set(months.done.recoded.items())

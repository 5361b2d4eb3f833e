"""`guiju edition` and `guiju diff`, as a committee's secretary uses them."""

from __future__ import annotations

import json

from openpyxl import load_workbook

from guiju_tools.editions.writing import BOOK, NOTE, PAGE


def test_an_edition_is_written_and_compared(guiju, tmp_path):
    written = guiju("edition", "item-management", "--out", "im.json")
    assert written.returncode == 0
    document = json.loads((tmp_path / "im.json").read_text(encoding="utf-8"))
    same = guiju("diff", "im.json", "item-management")
    assert "两个版本没有差别" in same.stdout
    item = next(item for item in document["requirements"] if item["id"] == "IM-023")
    item["modality"] = "should"
    item["text"] = "承诺办结时限宜不长于法定办结时限，=1+1。"
    (tmp_path / "earlier.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    found = guiju("diff", "earlier.json", "item-management", "--out", "对比")
    assert found.returncode == 0
    assert "不兼容 1 处，兼容 0 处，编辑性 1 处" in found.stdout
    page = (tmp_path / "对比" / PAGE).read_text(encoding="utf-8")
    assert "承诺办结时限宜不长于法定办结时限" in page
    rows = list(load_workbook(tmp_path / "对比" / BOOK)["改动"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["不兼容", "编辑性"]
    note = (tmp_path / "对比" / NOTE).read_text(encoding="utf-8")
    assert "文字有改动：IM-023" in note
    assert "试点用草案，非国家标准" in note


def test_what_is_no_edition_is_refused(guiju, tmp_path):
    (tmp_path / "x.json").write_text("[1", encoding="utf-8")
    (tmp_path / "y.json").write_text('{"format": "guiju-edition/1"}', encoding="utf-8")
    for name in ("x.json", "y.json", "missing.json"):
        found = guiju("diff", name, "item-management")
        assert found.returncode == 2
        assert "GJ-I491" in found.stderr


def test_a_place_that_cannot_be_written_is_told(guiju, tmp_path):
    (tmp_path / "占用").write_text("", encoding="utf-8")
    found = guiju("edition", "item-management", "--out", "占用/im.json")
    assert (found.returncode, "GJ-I493" in found.stderr) == (2, True)
    found = guiju("diff", "item-management", "item-management", "--out", "占用/对比")
    assert (found.returncode, "GJ-I492" in found.stderr) == (2, True)

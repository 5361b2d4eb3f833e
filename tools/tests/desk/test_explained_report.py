"""Explanations in the reports, and the options of `guiju run` that a desk and single files share."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
import typer

from guiju.errors import InputError
from guiju.result import ExplanationUse
from guiju.result.serial import document, from_json, masked
from guiju_tools.cli.run import run
from guiju_tools.report.html import render
from guiju_tools.report.workbook import write_workbook

from .conftest import ITEM

USED = ExplanationUse(
    "E-7",
    "IM-017",
    "主键为 a 的 1 条记录",
    "补录未完",
    "示例市某局",
    "2026-03-01",
    "2026-06-30",
    "used",
    6,
    changes=False,
)
EXPIRED = replace(USED, id="E-8", state="expired", rows=0, reason="旧的")
FILE_TEXT = """\
explanations:
  - id: E-1
    requirement: IM-017
    rows: ["{key}"]
    reason: 补录未完
    decided-by: 示例市某局
    decided: "2026-03-01"
    expires: "2026-06-30"
"""


@pytest.fixture
def result(judged):
    plain = from_json((judged.internal("2026-03") / "result.json").read_text(encoding="utf-8"))
    items = [
        replace(item, findings=tuple(replace(one, explained="E-7") for one in item.findings))
        if item.id == "IM-017"
        else item
        for item in plain.requirements
    ]
    return replace(plain, requirements=tuple(items), explanations=(USED, EXPIRED))


def test_the_page_tells_used_and_expired_ones_beside_the_outcome(result):
    page = render(document(result))
    assert "<b>例外说明 E-7：</b>补录未完（示例市某局，2026-03-01 定，2026-06-30 失效；" in page
    assert "说明了6行，只作说明，结论不变）" in page
    assert "已失效，没有使用" in page
    assert "例外 E-7</span>" in page


def test_what_may_leave_tells_numbers_only(result):
    page = render(masked(result))
    assert "用上的 1 条，没有用上的 0 条，已失效的 1 条。" in page
    assert not [text for text in ("补录未完", "旧的", "E-7", "E-8") if text in page]


def test_the_workbook_has_them_in_words_and_by_row(result):
    target = BytesIO()
    write_workbook(result, target)
    book = openpyxl.load_workbook(target)
    told = {line[0]: line[1] for line in book["说明"].iter_rows(values_only=True) if line[0]}
    assert told["E-7　IM-017"].endswith("说明了6行，只作说明，结论不变")
    marks = [
        line[13] for line in book["不符合项"].iter_rows(min_row=2, values_only=True) if line[0] == "IM-017"
    ]
    assert set(marks) == {"E-7"}


def test_files_named_on_the_command_line_take_explanations_and_owners(desk, months):
    path = desk.folder / "explanations.yaml"
    path.write_text(FILE_TEXT.format(key=months.planted[0]), encoding="utf-8")
    files = [str(desk.folder / "数据" / "2026-02" / "实施清单.csv")]
    out = desk.folder / "out"
    with pytest.raises(InputError, match="GJ-I316"):
        run(ITEM, files, explanations=path, out=out)
    with pytest.raises(typer.Exit) as done:
        run(ITEM, files, explanations=path, out=out, as_of="2026-03-02", by_owner=True)
    assert done.value.exit_code == 1
    told = from_json((out / "内部" / "result.json").read_text(encoding="utf-8"))
    (use,) = told.explanations
    assert (use.state, use.rows) == ("used", 1)
    assert (out / "内部" / "按责任单位" / "目录.xlsx").is_file()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"standard": ITEM}, "GJ-I317"),
        ({"standard": ITEM, "exports": ["x.csv"], "period": "2026-03"}, "GJ-I317"),
        ({"mapping": "m.yaml"}, "GJ-I314"),
        ({"as_json": True}, "GJ-I314"),
        ({}, "GJ-I315"),
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path, monkeypatch, options, code):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=code):
        run(**options)

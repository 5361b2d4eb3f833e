"""A comparison of editions as page, workbook and revision note."""

from __future__ import annotations

from pathlib import Path

from guiju_tools.editions import telling
from guiju_tools.editions.model import GRADE_LEGEND, GRADE_WORDS, GRADES, PART_WORDS, Comparison
from guiju_tools.report.cells import Sheet
from guiju_tools.report.html import render_page
from guiju_tools.report.workbook import sheet_of, workbook

PAGE, BOOK, NOTE = "版本对比.html", "版本对比.xlsx", "修订说明.md"
_HEAD = ("影响", "种类", "标识", "名称或文字", "改了什么", "前一版本", "后一版本", "须重新确认核验办法")


def write_difference(comparison: Comparison, folder: Path) -> None:
    """Write the three files into `folder`.

    Raises:
        OSError: they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PAGE).write_text(_page(comparison), encoding="utf-8", newline="\n")
    _book(comparison, folder / BOOK)
    (folder / NOTE).write_text(telling.note(comparison), encoding="utf-8", newline="\n")


def _page(comparison: Comparison) -> str:
    return render_page(
        "editions.html.j2",
        comparison=comparison,
        told=telling,
        grades=tuple(reversed(GRADES)),
        grade_words=GRADE_WORDS,
        legend=GRADE_LEGEND,
        parts=PART_WORDS,
    )


def _book(comparison: Comparison, path: Path) -> None:
    with workbook(path, "版本对比") as (book, formats):
        _about(sheet_of(book, "说明", formats), comparison)
        _changes(sheet_of(book, "改动", formats, wide=True), comparison)
        _moved(sheet_of(book, "编号对照", formats), comparison)


def _about(sheet: Sheet, comparison: Comparison) -> None:
    sheet.widths(18, 90)
    before, after = comparison.before, comparison.after
    sheet.line([f"{after.title}：版本对比"], "title")
    sheet.line(["前一版本", before.version], looks={0: "label"})
    sheet.line(["后一版本", after.version], looks={0: "label"})
    sheet.line(["建议的版本号", comparison.version], looks={0: "label"})
    sheet.line(["结果", telling.sentence(comparison)], looks={0: "label"})
    for grade in reversed(GRADES):
        sheet.line([GRADE_WORDS[grade], GRADE_LEGEND[grade]], looks={0: "label"})
    sheet.line(["判定摘要", f"{before.judging_digest} → {after.judging_digest}"], looks={0: "label"})
    sheet.line(["文字摘要", f"{before.text_digest} → {after.text_digest}"], looks={0: "label"})


def _changes(sheet: Sheet, comparison: Comparison) -> None:
    sheet.widths(9, 9, 20, 40, 18, 40, 40, 12)
    sheet.sheet.freeze_panes(1, 3)
    sheet.sheet.repeat_rows(0)
    sheet.line(_HEAD, "head")
    for grade in reversed(GRADES):
        for change in comparison.of(grade):
            again = "是" if change.reassess else ""
            words = [GRADE_WORDS[grade], PART_WORDS[change.part], change.id, change.title, change.what]
            sheet.line([*words, change.before, change.after, again])


def _moved(sheet: Sheet, comparison: Comparison) -> None:
    sheet.widths(14, 14, 40)
    sheet.line(("前一版本", "后一版本", "依据"), "head")
    for one in comparison.moved:
        sheet.line([one.before, one.after, one.why])

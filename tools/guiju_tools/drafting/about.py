"""The sheets of the drafters' workbook that explain: how to fill it in, and what the datasets hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guiju.standard.model import Standard
from guiju_tools.drafting import headings as h
from guiju_tools.drafting import sheets as s
from guiju_tools.drafting.conditions import FORMS
from guiju_tools.drafting.sheets import SheetForm

_RULES = (
    "白色的格子可以改；灰色的格子锁住了，标识由程序取，不要改，也不要把别的行的标识抄过来。",
    "新增一条要求：写在“要求”页最下面的空行，标识空着；条款写新的条款号，导入时自动加进章条。",
    "废止一条要求：先撤销工作表保护（没有密码），删去整行；导入时要再确认一次，废止的标识不再使用。",
    "改条文：直接改“要求”一格；应、宜、可与文字里的助动词要一致。",
    "改怎样核验：改“核验方式”和它右边的几格。核验方式为“专家编写”的，条文可以改，怎样核验不在这里改。",
    "几个数据元之间用顿号；名称要与“数据元查询”页一致。",
    f"条件写成：{FORMS}。",
    "对照参数时写“参数：参数的名称”；比例写 0.95 或者 95%。",
    "代码、条款号、日期都是文字。代码不再用的，写上失效日期和改用代码，不删行。",
    "几个人同时改没有关系：导入时与导出时的底稿逐格比较，只改一边的照改，两边都改了的列出来由人决定。",
)


def write_about(
    book: Any,
    looks: Mapping[str, Any],
    standard: Standard,
    forms: Sequence[SheetForm],
    left_out: Sequence[str],
) -> None:
    """The first sheet."""
    page = _Page(book.add_worksheet(s.ABOUT), looks)
    page.line([f"{standard.title}（起草用工作簿）"], ("title",), height=30)
    page.line(["试点用草案，非国家标准。"], ("soft",))
    edition = f"导出自 {standard.id} {standard.version}，条文摘要 {standard.text_digest[:12]}"
    page.line([f"{edition}，核验摘要 {standard.judging_digest[:12]}。"], ("soft",))
    page.section("怎样填")
    for number, rule in enumerate(_RULES, 1):
        page.line([str(number), rule], ("label", "cell", "cell", "cell"))
    page.section("各页")
    for form in forms:
        page.line([form.name, form.said], ("label", "cell", "cell", "cell"))
    page.line([s.FIELDS, "各数据集有哪些数据元、各是什么类型；只供查看"], ("label", "cell", "cell", "cell"))
    if left_out:
        page.line(
            ["没有列出", f"代码表 {'、'.join(left_out)}：太长，或者归别的标准包管"],
            ("label", "cell", "cell", "cell"),
        )
    page.section("核验方式")
    page.line(["核验方式", "核验什么", "要填", "可以填"], ("head",) * 4)
    for name, way in h.WAYS.items():
        texts = [name, way.said, "、".join(way.needs), "、".join(way.takes)]
        page.line(texts, ("label", "cell", "cell", "cell"))
    page.line(
        [h.EXPERT, "以上说不清的，由熟悉表达式的人写在文件里", "", ""], ("label", "cell", "cell", "cell")
    )


class _Page:
    """Lines one below another."""

    def __init__(self, sheet: Any, looks: Mapping[str, Any]) -> None:
        self.sheet, self.looks, self.row = sheet, looks, 0
        for index, width in enumerate((16, 60, 26, 26)):
            sheet.set_column(index, index, width)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 1)
        sheet.protect("")

    def line(self, texts: Sequence[str], names: Sequence[str], height: int = 0) -> None:
        """One line; where a text is the last of fewer than the looks, it is spread over the rest."""
        looks = [self.looks[name] for name in names]
        for column, text in enumerate(texts):
            self.sheet.write_string(self.row, column, text, looks[column])
        if len(looks) > len(texts) > 1:
            last = len(texts) - 1
            self.sheet.merge_range(self.row, last, self.row, len(looks) - 1, texts[last], looks[last])
        wide = sum((16, 60, 26, 26)[max(len(texts) - 1, 0) :]) if len(texts) < len(looks) else 58
        longest = max((2 * len(text) for text in texts[1:]), default=0)
        lines = max(-(-longest // wide), 1)
        self.sheet.set_row(self.row, height or 16 * lines + 2)
        self.row += 1

    def section(self, text: str) -> None:
        """A heading with a blank line above."""
        self.row += 1
        self.line([text], ("section",), height=22)


def write_fields(book: Any, looks: Mapping[str, Any], standard: Standard) -> None:
    """The sheet to look things up: datasets and their fields."""
    sheet = book.add_worksheet(s.FIELDS)
    for index, (heading, width) in enumerate(
        (("数据集", 24), ("数据元", 28), ("类型", 10), ("代码表", 22), ("说明", 60))
    ):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, heading, looks["head"])
    row = 0
    for dataset in standard.datasets.values():
        for field in dataset.fields.values():
            row += 1
            texts = (dataset.title, field.title, _TYPES[field.type], field.codelist or "", field.description)
            for index, text in enumerate(texts):
                sheet.write_string(row, index, text, looks["cell"])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(row, 1), 4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})


_TYPES: Mapping[str, str] = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是否",
    "date": "日期",
    "date-time": "时间",
    "set": "多项",
}

"""填报表.xlsx: a workbook to fill, one sheet a dataset, read by `guiju run` without a mapping.

Neither macros nor functions of newer programs are in it, so that Excel, WPS and LibreOffice treat it alike.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from guiju_tools.report.cells import Sheet
from guiju_tools.template import texts
from guiju_tools.template.book import Book, new_book
from guiju_tools.template.forms import TYPE_WORDS, form_words, note_words, null_words, readers_words
from guiju_tools.template.lengths import pattern_lengths
from guiju_tools.template.request_book import codelists
from guiju_tools.template.texts import storable
from guiju_tools.template.told import NEED_WORDS, DatasetTold, FieldTold, Told, choices

GUIDE, CODES = "填写说明", "代码表"
INLINE_MOST = 255
"""Letters of a list that stands in the validation itself; programs refuse longer ones."""
LIST_MOST = 500
"""Entries of a drop-down; nobody finds anything in a longer one."""
_LAST_ROW = 1_048_575
_LONG_TEXT = 100
_SHEET_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_FORMATS = {"date": "yyyy-mm-dd", "date-time": "yyyy-mm-dd hh:mm:ss", "integer": "0", "number": "General"}
_FIRST_DAY, _LAST_DAY = dt.date(1900, 3, 1), dt.date(2100, 12, 31)
_UNFILLED = "没有这张表的，空着或者删除整个工作表都可以，按没有交处理。"
_NOTE = {"x_scale": 2.6, "font_name": "微软雅黑", "font_size": 9, "author": "填报表"}


def fill_book(told: Told) -> bytes:
    """The workbook as bytes, the same for the same input."""
    buffer = BytesIO()
    with new_book(f"{told.standard.title}填报表", buffer) as book:
        _guide(book.sheet(GUIDE), told)
        names = sheet_names(told.datasets)
        sheets = [book.book.add_worksheet(names[item.dataset.id]) for item in told.datasets]
        ranges = _ranges(book, told)
        for item, sheet in zip(told.datasets, sheets, strict=True):
            _dataset(book, sheet, item, ranges)
    return buffer.getvalue()


def sheet_names(datasets: Sequence[DatasetTold]) -> dict[str, str]:
    """A sheet's name for each dataset: its title where a sheet can be called so and no other is."""
    found: dict[str, str] = {}
    for item in datasets:
        title = _NOT_IN_NAMES.sub(" ", storable(item.dataset.title)).strip(" '")[:_SHEET_NAME]
        taken = {GUIDE, CODES, *found.values()}
        found[item.dataset.id] = title if title and title not in taken else item.dataset.id[:_SHEET_NAME]
    return found


def _guide(sheet: Sheet, told: Told) -> None:
    sheet.widths(24, 92)
    sheet.line([storable(f"{told.standard.title}填报表")], "title")
    sheet.line([f"依据{texts.edition(told.standard)}。"], "soft")
    sheet.skip()
    sheet.line(["怎样填"], "section")
    for number, rule in enumerate(_RULES, 1):
        sheet.line([f"{number}", rule], looks={0: "label"})
    sheet.skip()
    sheet.line(["颜色"], "section")
    sheet.line(["必需的列", "至少一条“应”的要求要读这一列，或者它是主键。"], looks={0: "must_head"})
    sheet.line(["建议填写的列", "只有“宜”“可”的要求要读这一列。"], looks={0: "wish_head"})
    sheet.skip()
    sheet.line(["各表"], "section")
    for item in told.datasets:
        sheet.line([storable(item.dataset.title), storable(_table_words(item))], looks={0: "label"})
    sheet.skip()
    sheet.line(["不得填写的内容"], "section")
    for title, examples in texts.FORBIDDEN:
        sheet.line([title, examples], looks={0: "label"})


_RULES = (
    "从第2行起填，一行一条记录，中间不留空行，不合并单元格，不写小计、合计。第一行的列名不要改。",
    "没有的表空着或者删除整个工作表都可以：只有列名、没有记录的表按没有交处理。",
    "把鼠标放在列名上，可以看到含义、格式、用到它的条款和虚构的示例。",
    "有下拉框的单元格从下拉框中选；代码的含义见“代码表”。可以写多个值的列没有下拉框，多个值之间用“；”隔开。",
    "编码、证照号等长数字的列已设为文本。粘贴时只粘贴数值（WPS 为“只粘贴文本”），不要带来别处的格式。",
    "日期写作 2026-03-31。没有值的单元格留空，不填“NULL”、0 或默认值。",
    "没有要求用到的列不在表中，不必填。填好后用 guiju run 核验，不用写字段对应表。",
)


def _table_words(item: DatasetTold) -> str:
    grain = item.dataset.grain or "一行一条记录"
    keys = "、".join(one.heading for one in item.fields if one.field.key)
    return f"{grain}。{len(item.asked)}列，其中必需{item.count('must')}列" + (
        f"；主键：{keys}" if keys else ""
    )


def _ranges(book: Book, told: Told) -> dict[str, str]:
    """The sheet of code lists, and a name for the words of each list that drop-downs need."""
    rows = codelists(book.sheet(CODES), told)
    found: dict[str, str] = {}
    for number, (name, (first, last)) in enumerate(rows.items(), 1):
        if last - first < LIST_MOST:
            found[name] = f"codes_{number}_{re.sub('[^A-Za-z0-9]', '_', name)}"
            book.book.define_name(found[name], f"='{CODES}'!$C${first}:$C${last}")
    return found


def _dataset(book: Book, sheet: Any, item: DatasetTold, ranges: Mapping[str, str]) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.set_tab_color("#1F4A7A" if item.count("must") else "#6C8A5A")
    sheet.set_row(0, 34)
    for place, one in enumerate(item.asked):
        sheet.set_column(place, place, _width(one), _format(book, one))
        sheet.write_string(0, place, storable(one.heading), book.formats[f"{one.need}_head"])
        note = _note(one) if place else f"{_note(one)}\n{_UNFILLED}"
        sheet.write_comment(
            0, place, note, {**_NOTE, "y_scale": 0.35 + 0.24 * note.count("\n") + len(note) / 220}
        )
        _choose(sheet, place, one, ranges)
    letters = xl_col_to_name(max(0, len(item.asked) - 1))
    sheet.ignore_errors({"number_stored_as_text": f"A1:{letters}{_LAST_ROW}"})


def _width(one: FieldTold) -> float:
    wide = 2.0 * len(one.heading) + 3
    longest = one.field.max_length or 0
    coded = max(pattern_lengths(one.field.pattern or ""), default=0) * 1.15 + 2
    return min(44.0, max(wide, coded, 26.0 if longest > _LONG_TEXT else 12.0))


def _format(book: Book, one: FieldTold) -> Any:
    return book.book.add_format(
        {"num_format": _FORMATS.get(one.field.type, "@"), "font_name": "宋体", "font_size": 11}
    )


def _note(one: FieldTold) -> str:
    field = one.field
    coded = f"{one.codes.id}，见“代码表”" if one.codes else ""
    lines = [
        (NEED_WORDS[one.need], null_words(field)),
        ("含义", note_words(field)),
        ("类型", TYPE_WORDS[field.type]),
        ("格式", form_words(field)),
        (
            "代码表",
            coded + ("；项数多，没有下拉框" if one.codes and len(choices(one.codes)) > LIST_MOST else ""),
        ),
        ("用到它的要求", readers_words(one)),
        ("示例（虚构）", one.example),
    ]
    return "\n".join(storable(f"{label}：{text}") for label, text in lines if text)


def _choose(sheet: Any, place: int, one: FieldTold, ranges: Mapping[str, str]) -> None:
    """What the cells of a column take: a list, a day, a whole number, or anything."""
    told = _validation(one, ranges)
    if told:
        common = {"error_title": "请核对", "ignore_blank": True}
        sheet.data_validation(1, place, _LAST_ROW, place, {**common, **told})


def _validation(one: FieldTold, ranges: Mapping[str, str]) -> dict[str, Any]:
    field = one.field
    if field.type == "boolean":
        return _listed(["是", "否"])
    if field.type in ("date", "date-time"):
        text = "请填日期，如 2026-03-31" if field.type == "date" else "请填时间，如 2026-03-31 09:30:00"
        days = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
        return {**days, "error_message": text, "error_type": "warning" if field.null.words else "stop"}
    if field.type == "integer":
        least = int(field.minimum) if field.minimum is not None else -(10**9)
        return {
            "validate": "integer",
            "criteria": ">=",
            "value": least,
            "error_message": "请填整数，不带单位",
            "error_type": "warning" if field.null.words else "stop",
        }
    if field.type == "set":
        return {}
    if field.enum:
        return _listed(list(field.enum))
    return _coded(one, ranges)


def _coded(one: FieldTold, ranges: Mapping[str, str]) -> dict[str, Any]:
    words = [word for _, word in choices(one.codes)] if one.codes else []
    inline = bool(words) and len(",".join(words)) <= INLINE_MOST and not any("," in word for word in words)
    if inline:
        return _listed(words)
    if one.codes is None or one.codes.id not in ranges:
        return {}
    return {
        "validate": "list",
        "source": f"={ranges[one.codes.id]}",
        "error_type": "warning",
        "error_message": "不在代码表内，见“代码表”",
    }


def _listed(words: list[str]) -> dict[str, Any]:
    message = "请从下拉框中选择"
    return {"validate": "list", "source": words, "error_message": message, "error_type": "warning"}

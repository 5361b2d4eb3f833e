"""取数需求.xlsx: every table and column that is asked for, code lists, what is forbidden, statements."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from guiju_tools.report.cells import Sheet
from guiju_tools.template import texts
from guiju_tools.template.book import Book, new_book
from guiju_tools.template.forms import TYPE_WORDS, form_words, note_words, null_words, readers_words
from guiju_tools.template.skeleton import DIALECT_TITLES, Dialect, Period, script
from guiju_tools.template.texts import storable
from guiju_tools.template.told import NEED_MEANS, NEED_WORDS, DatasetTold, FieldTold, Told, choices

_TABLE_HEAD = ("表名", "英文名", "一行是什么", "主键", "列数", "其中必需", "期间", "要读它的要求")
_FIELD_HEAD = (
    *("表", "序号", "中文名", "英文名", "含义和说明", "类型", "长度和格式"),
    *("是否必需", "能否为空", "用到它的要求", "代码表", "示例（虚构）", "格式（正则表达式）"),
)
_CODE_HEAD = ("代码表", "代码", "名称", "说明", "用到它的列")


def request_book(told: Told, dialects: Sequence[Dialect], period: Period) -> bytes:
    """The workbook as bytes, the same for the same input."""
    buffer = BytesIO()
    with new_book(f"{told.standard.title}取数需求", buffer) as book:
        _about(book.sheet("说明"), told, period)
        _tables(book.sheet("表", wide=True), told, period)
        _fields(book.sheet("字段", wide=True), told)
        codelists(book.sheet("代码表"), told)
        _forbidden(book.sheet("不得包含"), told)
        for dialect in dialects:
            _script(book, dialect, script(told.datasets, dialect, period))
    return buffer.getvalue()


def _about(sheet: Sheet, told: Told, period: Period) -> None:
    sheet.widths(16, 92)
    sheet.line([storable(f"{told.standard.title}取数需求")], "title")
    sheet.line([f"依据{texts.edition(told.standard)}。本工作簿与《{texts.DOCUMENT}》一起用。"], "soft")
    sheet.skip()
    sheet.line(["是否必需"], "section")
    for need, word in NEED_WORDS.items():
        sheet.line([word, NEED_MEANS[need]], looks={0: need})
    sheet.skip()
    sheet.line(["格式要求"], "section")
    for number, rule in enumerate(texts.FORMAT_RULES, 1):
        sheet.line([f"{number}", rule], looks={0: "label"})
    sheet.skip()
    sheet.line(["期间"], "section")
    for label, text in _periods(told, period):
        sheet.line([label, text], looks={0: "label"})
    sheet.skip()
    sheet.line(["交付"], "section")
    for number, rule in enumerate((*texts.DELIVERY_RULES, texts.NO_EMPTY_TABLES), 1):
        sheet.line([f"{number}", rule], looks={0: "label"})


def _periods(told: Told, period: Period) -> list[tuple[str, str]]:
    stamped = [item for item in told.datasets if item.stamps]
    names = "、".join(f"{item.dataset.title}（按“{_stamp(item)}”）" for item in stamped)
    span = f"{period.first}至{period.last}，含首日和末日" if period.first else "由双方商定，含首日和末日"
    told_of = [("按期间取", f"{names}：{span}。")] if stamped else []
    rest = [item.dataset.title for item in told.datasets if not item.stamps]
    return [*told_of, *([("取全部现行", f"{'、'.join(rest)}：取取数时全部现行有效的记录。")] if rest else [])]


def _stamp(item: DatasetTold) -> str:
    return item.dataset.fields[item.stamps[0]].title


def _tables(sheet: Sheet, told: Told, period: Period) -> None:
    sheet.widths(20, 26, 36, 28, 7, 9, 24, 40)
    sheet.sheet.freeze_panes(1, 1)
    sheet.sheet.repeat_rows(0)
    sheet.line(_TABLE_HEAD, "head")
    when = f"{period.first}至{period.last}" if period.first else "按商定的期间"
    for item in told.datasets:
        keys = "、".join(one.heading for one in item.fields if one.field.key)
        readers = "、".join(f"{one.id}（{one.clause}）" for one in item.readers[:8])
        more = f"等{len(item.readers)}条" if len(item.readers) > 8 else ""  # noqa: PLR2004 - as many as are shown
        span = f"{when}（按“{_stamp(item)}”）" if item.stamps else "全部现行"
        names = [item.dataset.title, item.dataset.id, item.dataset.grain, keys]
        sheet.line([*names, len(item.asked), item.count("must"), span, readers + more], looks={0: "label"})


def _fields(sheet: Sheet, told: Told) -> None:
    sheet.widths(16, 6, 20, 22, 30, 9, 24, 11, 18, 30, 17, 26, 30)
    sheet.sheet.freeze_panes(1, 3)
    sheet.sheet.repeat_rows(0)
    rows = sum(len(item.fields) for item in told.datasets)
    sheet.sheet.autofilter(0, 0, max(1, rows), len(_FIELD_HEAD) - 1)
    sheet.sheet.ignore_errors({"number_stored_as_text": f"A1:M{rows + 1}"})
    sheet.line(_FIELD_HEAD, "head")
    for item in told.datasets:
        for number, one in enumerate(item.fields, 1):
            values = [
                storable(value) if isinstance(value, str) else value for value in _field(item, number, one)
            ]
            sheet.line(values, looks={2: one.need, 7: one.need})


def _field(item: DatasetTold, number: int, one: FieldTold) -> list[str | int]:
    field = one.field
    return [
        item.dataset.title,
        number,
        one.heading,
        field.name,
        note_words(field),
        TYPE_WORDS[field.type],
        form_words(field),
        NEED_WORDS[one.need],
        null_words(field),
        readers_words(one),
        f"{one.codes.id}（{len(one.codes.codes)}项）" if one.codes else "",
        one.example,
        field.pattern or "",
    ]


def codelists(sheet: Sheet, told: Told) -> dict[str, tuple[int, int]]:
    """Write the code lists that are asked for.

    Returns:
        By list, the first and the last row (from 1) of its words in column C.
    """
    sheet.widths(24, 12, 34, 40, 44)
    sheet.sheet.freeze_panes(1, 0)
    sheet.line(_CODE_HEAD, "head")
    users = _users(told)
    found: dict[str, tuple[int, int]] = {}
    for codes in told.codelists:
        notes = {item.code: item.description for item in codes.codes}
        first = sheet.row + 1
        for code, word in choices(codes):
            sheet.line([codes.id, code, word, notes[code], users[codes.id]], looks={0: "label"})
        found[codes.id] = (first, sheet.row)
    if sheet.row > 1:
        sheet.sheet.autofilter(0, 0, sheet.row - 1, len(_CODE_HEAD) - 1)
        sheet.sheet.ignore_errors({"number_stored_as_text": f"B1:C{sheet.row}"})
    return found


def _users(told: Told) -> dict[str, str]:
    users: dict[str, list[str]] = {}
    for item in told.datasets:
        for one in item.asked:
            if one.codes:
                users.setdefault(one.codes.id, []).append(f"{item.dataset.title}·{one.heading}")
    return {name: "、".join(places) for name, places in users.items()}


def _forbidden(sheet: Sheet, told: Told) -> None:
    sheet.widths(30, 80)
    sheet.line(["下列内容不得包含在交付的数据里，混在备注、附件等自由文字中的也不行。"], "notice")
    sheet.skip()
    sheet.line(["种类", "例如"], "head")
    for title, examples in texts.FORBIDDEN:
        sheet.line([title, examples], looks={0: "label"})
    for heading, wanted in (("本标准的敏感列", True), ("没有要求用到、请不要提供的列", False)):
        lines = [(item.dataset.title, _unasked(item, sensitive=wanted)) for item in told.datasets]
        if any(names for _, names in lines):
            sheet.skip()
            sheet.line([heading], "section")
            for title, names in lines:
                if names:
                    sheet.line([title, names], looks={0: "label"})


def _unasked(item: DatasetTold, *, sensitive: bool) -> str:
    spare = [one for one in item.fields if one.need == "spare"]
    return "、".join(
        f"{one.heading}（{one.field.name}）" for one in spare if one.field.sensitive == sensitive
    )


def _script(book: Book, dialect: Dialect, text: str) -> None:
    """One line a row, so that the column can be copied into a query window."""
    sheet = book.sheet(f"取数语句 {DIALECT_TITLES[dialect]}", wide=True)
    sheet.widths(150)
    for line in text.splitlines():
        sheet.line([storable(line)], "code")

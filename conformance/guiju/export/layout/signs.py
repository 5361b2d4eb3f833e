"""What rows that are no data look like: labels, footers, totals, notes, types, codes and numberings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guiju.export.values.forms import BLANKS, FOLD

_WHO = (
    "制表人?|填表人?|填报人?|审核人?|复核人?|审批人?|负责人|单位负责人|分管领导|联系人|联系电话|"
    "经办人|录入人|打印人|导出人"
)
_WHEN = (
    "制表(?:日期|时间)|填表(?:日期|时间)|填报(?:日期|时间)|报送(?:日期|时间)|上报(?:日期|时间)|导出(?:日期|时间)|"
    "打印(?:日期|时间)|数据(?:日期|时间)|截止(?:日期|时间)|截至|统计(?:日期|时间|时段|周期|区间)|日期|时间"
)
_WHERE = (
    "填报单位|填表单位|报送单位|制表单位|编制单位|编报单位|统计单位|上报单位|单位|计量单位|金额单位|"
    "货币单位|表号|制定机关|批准文号|有效期至"
)
_SAID = "注|备注|说明|填表说明|填写说明|填报说明|指标解释|数据来源|资料来源|来源"
_LABEL = re.compile(rf"[(（【]?\s*(?:{_WHO}|{_WHEN}|{_WHERE})(?:\((?:盖章|签章|签字|公章)\))?\s*:")
_DATED = re.compile(
    r"[(]?\d{4}\s*年(?:度|\s*\d{1,2}\s*月(?:份|\s*\d{1,2}\s*日)?|第?[一二三四1-4]季度)?[)]?|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?"
)
_FOOTER = re.compile(
    rf"[(【\[*※]?\s*(?:{_SAID})\s*[(]?\d*\s*[)】\]]?\s*:|{_LABEL.pattern}|"
    r"[(]?(?:共|合计|总计)\s*\d+\s*(?:条|行|项|页|个|件|户|宗)|[-—]?\s*第\s*\d+\s*页|以下(?:空白|无正文)"
)
FOOTER_STARTS = frozenset(
    "制填审复负单分联经录打导报上数截统日时编计金货表批有注备说指资来共合总第以(（【[*※-—"
)
"""The first characters of all that `footer` accepts, full-width ones included."""

TOTALS = frozenset(
    f"{head}{gap}{tail}{colon}"
    for head, tail in ("合计", "小计", "总计", "累计", "共计")
    for gap in ("", " ", "  ", "   ", "\u3000", "\u3000\u3000")
    for colon in ("", ":", "：")
) | {"本页合计", "本页小计", "全部合计"}
_TYPE = re.compile(
    r"(?:n?varchar2?|nchar|char|character varying|text|longtext|n?clob|blob|"
    r"string|u?int(?:eger)?|bigint|smallint|tinyint|number|"
    r"numeric|decimal|float|double|real|bool(?:ean)?|bit|date|datetime|timestamp|time)\s*(?:\(\s*\d+\s*(?:,\s*\d+\s*)?\))?"
    r"|(?:字符串?|文本|数值?|数字|整数|小数|日期(?:时间)?|时间|布尔|逻辑|代码|枚举|长文本)型?(?:\(\d+\))?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[(【*]*(?:非?必填项?|选填项?|可?不填|可空|不可为?空|非空|条件必填|自动生成|下拉(?:选择|框)|单选|多选|唯一)[)】*]*"
    r"|(?:示例|样例|范例|例如|如|例|格式|填写说明|填表说明|填报说明|说明|要求|填写要求)\s*:.*"
    r"|(?:请|须|需)?(?:填写|填报|按照|选择|参照|下拉选择).*"
)
_EXAMPLE = re.compile(r"[(【]?(?:示例|样例|范例|举例|例)\s*\d*\s*[)】]?(?::.*)?")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_AMOUNT = re.compile(rf"{_NUMBER.pattern}\s*(?:[百千万亿]?[元件条项个户宗人次份]|%)?")
_COUNTED = re.compile(r"[(\[]?([0-9]{1,3}|[A-Za-z]{1,2})[)\].]?")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = {chr(0x2460 + index): str(index + 1) for index in range(20)}
_LONGEST_HEADING = 60
_DIGITS_OF_DATA = re.compile(r"[0-9]{5,}")


def plain(text: str) -> str:
    """The text trimmed and with full-width ASCII folded."""
    return text.strip(BLANKS).translate(FOLD)


def number(text: str) -> bool:
    """Whether a cell is a plain number or percentage."""
    return _NUMBER.fullmatch(plain(text)) is not None


def amount(text: str) -> bool:
    """Whether a cell is a number, with the word for what is counted or not (``4件``, ``12万元``)."""
    return _AMOUNT.fullmatch(plain(text)) is not None


def label(text: str) -> bool:
    """Whether a cell names unit, date or person (``单位：万元``), or is a date alone."""
    shown = plain(text)
    return _LABEL.match(shown) is not None or _DATED.fullmatch(shown) is not None


def footer(text: str) -> bool:
    """Whether a cell begins as footers do: ``注：``, ``填表人：``, ``共 12 条``, ``第 1 页``."""
    return _FOOTER.match(plain(text)) is not None


def total(text: str) -> bool:
    """Whether a cell says that its row adds up others."""
    return text.strip(BLANKS) in TOTALS


def heading(text: str) -> bool:
    """Whether a cell could be a heading: not a number or date, not long, without long numbers."""
    shown = plain(text)
    odd = number(shown) or label(shown) or _DIGITS_OF_DATA.search(shown)
    return bool(shown) and not odd and len(shown) <= _LONGEST_HEADING


def types(cells: Sequence[str]) -> bool:
    """Whether all cells are types of columns (``varchar(32)``, 字符型)."""
    return all(_TYPE.fullmatch(plain(cell)) for cell in cells)


def codes(cells: Sequence[str]) -> bool:
    """Whether all cells are names of columns in a database, each once."""
    return len(set(cells)) == len(cells) and all(_CODE.fullmatch(plain(cell)) for cell in cells)


def notes(cells: Sequence[str]) -> bool:
    """Whether the cells say how to fill in: most of them notes, or the first one ``示例``."""
    said = sum(1 for cell in cells if _NOTE.fullmatch(plain(cell)))
    return 2 * said > len(cells) or _EXAMPLE.fullmatch(plain(cells[0])) is not None


def numbering(cells: Sequence[str]) -> bool:
    """Whether the cells count the columns: 1 2 3, (1) (2), A B C, or 甲 乙 1 2."""
    shown = [_CIRCLED.get(cell.strip(BLANKS), plain(cell)) for cell in cells]
    stems = 0
    while stems < len(shown) and stems < len(_STEMS) and shown[stems] == _STEMS[stems]:
        stems += 1
    rest = [found[1].upper() if (found := _COUNTED.fullmatch(cell)) else "" for cell in shown[stems:]]
    digits = [str(index) for index in range(1, len(rest) + 1)]
    letters = [_letters(index) for index in range(len(rest))]
    return rest in (digits, letters)


def stem(text: str) -> bool:
    """Whether a cell is one of the signs 甲, 乙, 丙 … alone."""
    return len(text) == 1 and text in _STEMS


def _letters(index: int) -> str:
    """The letters over a spreadsheet's column, counted from 0."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text

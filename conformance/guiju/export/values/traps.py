"""Traps of office data: what a text looks like that was spoiled, or dressed, on its way out of a system.

Each trap looks at one delivered text with the reading of its field. The texts come in small numbers
(`guiju.export.values.suspects` picks them), so plain Python does. A trap that `spoils` leaves no way to know
what the value was: a verdict that rests on it is no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.export.values import met as signs
from guiju.export.values.met import Met, Sign
from guiju.export.values.reading import Reading


@dataclass(frozen=True, slots=True)
class Trap:
    """One trap: `test` tells whether a text is caught; `text` and `hint` are for people."""

    code: str
    test: Sign
    text: str
    hint: str
    spoils: bool = False


def caught(reading: Reading, raw: str) -> Iterator[Trap]:
    """The traps that a text is caught in."""
    met = Met(reading, raw)
    return (trap for trap in TRAPS if trap.test(met))


_AGAIN = "从原系统重新导出，导出前把这一列设为文本格式；用到这些值的要求按无法判定处理，不算地方的不符合"
_SAY = "请在原系统改正；一时改不了的，在字段对应表的 values 中写明这个写法应读作什么"
TRAPS = (
    Trap(
        "GJ-D301",
        signs.rounded,
        "编码从第16位起都是0，是表格软件取整造成的，后面的数字已经丢失",
        _AGAIN,
        spoils=True,
    ),
    Trap(
        "GJ-D302",
        lambda met: met.coded and signs.SCIENTIFIC.fullmatch(met.text) is not None,
        "编码成了科学计数法（如 1.14E+30），原来的数字已经丢失",
        _AGAIN,
        spoils=True,
    ),
    Trap(
        "GJ-D303",
        signs.perhaps_rounded,
        "编码是16位以上的数字，多数从第16位起都是0，疑似被表格软件取整",
        _AGAIN,
        spoils=True,
    ),
    Trap(
        "GJ-D304",
        signs.lost_zeros,
        "代码前面补上0才合乎写法，疑似丢了开头的0",
        "没有自动补0，用到这些值的要求按无法判定处理；请按文本格式重新导出，或在字段对应表的 values 中写明",
        spoils=True,
    ),
    Trap(
        "GJ-D305",
        signs.date(signs.SERIAL),
        "日期是表格软件的序号（如 45000），从1900年还是1904年算起不能确定，没有读作日期",
        "请把这一列设为日期格式（如 2024-03-01）后重新导出；用到这些值的要求按无法判定处理",
        spoils=True,
    ),
    Trap(
        "GJ-D306",
        signs.date(signs.YEAR_LAST),
        "日期的年在最后（如 03/04/2024），哪个是月、哪个是日不能确定，没有读作日期",
        "请在字段对应表的 dates 中写明 month-first 或者 day-first；用到这些值的要求按无法判定处理",
        spoils=True,
    ),
    Trap(
        "GJ-D307",
        signs.date(signs.SHORT_YEAR),
        "日期的年只有两位（如 24-3-1），是哪一年、哪个是年都不能确定，没有读作日期",
        "请导出四位的年；用到这些值的要求按无法判定处理",
        spoils=True,
    ),
    Trap("GJ-D308", signs.impossible_date, "日历上没有这一天，或者没有这个时刻", "请在原系统核对并改正"),
    Trap(
        "GJ-D309",
        signs.date_for_none,
        "日期像是系统用来表示“没有”的默认值（如 9999-12-31、1900-01-01）",
        "确实表示没有的，在字段对应表的 values 中把它读作空；否则请核对",
    ),
    Trap("GJ-D310", signs.number(signs.PERCENT), "数写成了百分数，没有读作数", _SAY),
    Trap(
        "GJ-D311",
        signs.share,
        "单位是百分之一，值却小于1，疑似把 95% 写成了 0.95",
        "请核对这一列的单位；照数读入，没有换算",
    ),
    Trap("GJ-D312", signs.unit, "数后面带了单位或文字（如 5个、3万元），没有读作数", _SAY),
    Trap("GJ-D313", signs.vague, "不是一个确定的数（如 约5、5~7），没有读作数", _SAY),
    Trap(
        "GJ-D314",
        lambda met: met.kind == "number" and not met.unread and "," in met.text,
        "数带千分位（如 1,234），已照数读",
        "",
    ),
    Trap(
        "GJ-D315",
        lambda met: met.typed and signs.WIDE.search(met.raw) is not None and met.text not in signs.NULLS,
        "含全角的数字、字母或符号，已按半角读",
        "",
    ),
    Trap(
        "GJ-D316",
        lambda met: met.kind != "set" and signs.INVISIBLE.search(met.raw) is not None,
        "含看不见的字符（零宽空格、方向标记等）；代码、数和日期已去除后读",
        "多是从网页或聊天软件复制来的，请在原系统清除",
    ),
    Trap(
        "GJ-D317",
        lambda met: met.coded and signs.BREAK.search(met.raw) is not None,
        "代码中间有换行，没有自动接上",
        "请在原系统改正：一格只写一个代码",
    ),
    Trap(
        "GJ-D318",
        signs.undeclared_null,
        "写的是表示“没有”的词（如 NULL、#N/A、—），这一列没有规定这样写，按普通文字读",
        "没有值的请空着；或在字段对应表的 values 中把这个词读作空",
    ),
    Trap("GJ-D319", signs.phones, "一格里有几个电话号码", "程序不拆分；要逐个核验的，请分列填写"),
    Trap(
        "GJ-D320",
        signs.anywhere(signs.ENTITY),
        "含网页的转义字符（如 &nbsp;、&lt;）",
        "请让系统导出文字而不是网页代码",
    ),
    Trap(
        "GJ-D321",
        lambda met: signs.TAG.search(met.raw) is not None and not signs.ERROR_PAGE.search(met.raw),
        "含网页标签（如 <p>）",
        "请让系统导出文字而不是网页代码",
    ),
    Trap(
        "GJ-D322",
        signs.anywhere(signs.ERROR_PAGE),
        "内容是网页的出错信息，不是数据",
        "接口出错时写入的，请重新导出这些记录",
    ),
    Trap(
        "GJ-D323",
        signs.anywhere(signs.GARBLED, typed=False),
        "文字是乱码（如 锟斤拷、ï»¿、����），原来的字已经丢失",
        "多是编码转换出错，请从原系统按 UTF-8 重新导出",
    ),
    Trap(
        "GJ-D324",
        signs.anywhere(signs.GARBLED, typed=True),
        "代码、数或日期是乱码，原来的值已经丢失",
        "多是编码转换出错，请从原系统按 UTF-8 重新导出；用到这些值的要求按无法判定处理",
        spoils=True,
    ),
    Trap(
        "GJ-D325",
        lambda met: met.raw.startswith("'") and len(met.raw) > 1,
        "开头有单引号，是表格软件表示文本的记号被导了出来",
        "请去掉单引号后重新导出；没有自动去掉",
    ),
    Trap(
        "GJ-D326",
        lambda met: met.kind == "boolean" and met.unread and met.text not in signs.NULLS,
        "不是认得的“是”或“否”的写法",
        _SAY,
    ),
)
ROUNDED, STRIPPED = "GJ-D303", "GJ-D304"
"""These traps may be chance: they count only where the whole column speaks for them."""

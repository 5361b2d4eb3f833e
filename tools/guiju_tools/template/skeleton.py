"""Skeletons of SELECT statements with our headings, for the database behind a system.

Tables and columns carry our own names, each beside a comment that says what has to stand there: a column that
was not replaced fails when the statement runs, instead of coming out empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from guiju.standard.fields import Field
from guiju_tools.template.told import DatasetTold, FieldTold, choices

Dialect = Literal["oracle", "mysql", "postgresql"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
DIALECT_TITLES: Mapping[Dialect, str] = {"oracle": "Oracle", "mysql": "MySQL", "postgresql": "PostgreSQL"}
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_CODES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class _Ways:
    """How one database writes things; `most_bytes` is how long a heading may be in UTF-8."""

    quote: str
    most_bytes: int
    text: str
    date: str
    moment: str
    day: str
    note: str


_WAYS: Mapping[Dialect, _Ways] = {
    "oracle": _Ways(
        quote='"',
        most_bytes=30,  # Oracle 11g, and 12.1 without the longer names
        text="TO_CHAR({})",
        date="TO_CHAR({}, 'YYYY-MM-DD')",
        moment="TO_CHAR({}, 'YYYY-MM-DD HH24:MI:SS')",
        day="TO_DATE({}, 'YYYY-MM-DD')",
        note="列名不超过30字节，11g 也能用；名称较长的用英文名，程序同样认得",
    ),
    "mysql": _Ways(
        quote="`",
        most_bytes=192,
        text="CAST({} AS CHAR)",
        date="DATE_FORMAT({}, '%Y-%m-%d')",
        moment="DATE_FORMAT({}, '%Y-%m-%d %H:%i:%s')",
        day="CAST({} AS DATE)",
        note="适用于 MySQL 5.7 及以上，以及兼容 MySQL 的数据库",
    ),
    "postgresql": _Ways(
        quote='"',
        most_bytes=63,
        text="CAST({} AS text)",
        date="to_char({}, 'YYYY-MM-DD')",
        moment="to_char({}, 'YYYY-MM-DD HH24:MI:SS')",
        day="CAST({} AS date)",
        note="适用于 PostgreSQL，以及兼容 PostgreSQL 的数据库；带时区的时间先转成北京时间",
    ),
}


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day (YYYY-MM-DD) of what is asked for; empty where the one who runs it says."""

    first: str = ""
    last: str = ""


def heading(told: DatasetTold, item: FieldTold, dialect: Dialect) -> str:
    """The heading of a column: ours where the database takes it, else the shortest other name of the field.

    Other names are those by which the program knows the field, and no other field of the dataset.
    """
    most = _WAYS[dialect].most_bytes
    taken = {one.heading for one in told.fields if one is not item}
    others = sorted(
        (item.field.name, *item.field.aliases), key=lambda word: (word != item.field.name, len(word))
    )
    fitting = [word for word in (item.heading, *others) if len(word.encode()) <= most and word not in taken]
    return fitting[0] if fitting else item.field.name


def statement(told: DatasetTold, dialect: Dialect, period: Period | None = None) -> str:
    """One SELECT with comments, ending in a semicolon and a line feed."""
    dataset = told.dataset
    grain = _one_line(dataset.grain) or "一行一条记录"
    lines = [
        f"-- {_one_line(dataset.title)}（{DIALECT_TITLES[dialect]}）：{grain}",
        *(f"-- {line}" for line in _hints(told)),
        "SELECT",
        *_columns(told, dialect),
        f"FROM {_table(told)} t /* <表名> */",
        *_where(told, dialect, period or Period()),
    ]
    return "\n".join(lines) + "\n;\n"


def script(datasets: Sequence[DatasetTold], dialect: Dialect, period: Period | None = None) -> str:
    """All statements of a standard for one database, as the text of a file."""
    head = [
        f"-- 取数语句（{DIALECT_TITLES[dialect]}）。{_WAYS[dialect].note}。",
        "-- 注释 <表名>.<列名> 之前的名称是占位的，请换成本系统的表名和列名；语句只查询，不改数据。",
        "-- 列名（AS 之后的名称）请不要改。没有的列整行删去，不要用空值代替。",
    ]
    return "\n\n".join(["\n".join(head), *(statement(item, dialect, period) for item in datasets)])


def _hints(told: DatasetTold) -> Iterator[str]:
    for item in told.asked:
        if item.codes is not None:
            shown = "，".join(f"{code} {word}" for code, word in choices(item.codes)[:_CODES_SHOWN])
            more = "……" if len(choices(item.codes)) > _CODES_SHOWN else ""
            yield f"{item.heading}：写代码或名称，{_one_line(shown)}{more}"


def _columns(told: DatasetTold, dialect: Dialect) -> Iterator[str]:
    last = len(told.asked) - 1
    for place, item in enumerate(told.asked):
        ways = _WAYS[dialect]
        name = heading(told, item, dialect).replace(ways.quote, ways.quote * 2)
        value = _value(item.field, ways).format(f"t.{_name(item.field.name)}")
        comma = "," if place < last else ""
        title = f"{item.heading}，{item.field.name}" if name != item.field.name else item.heading
        yield (
            f"  {value} AS {ways.quote}{name}{ways.quote}{comma} "
            f"/* <表名>.<列名>：{_comment(title)}{'' if item.need == 'must' else '，建议提供'} */"
        )


def _value(item: Field, ways: _Ways) -> str:
    if item.type == "date":
        return ways.date
    if item.type == "date-time":
        return ways.moment
    coded = item.type == "string" and (item.pattern or item.codelist or item.key)
    return ways.text if coded else "{}"


def _where(told: DatasetTold, dialect: Dialect, period: Period) -> Iterator[str]:
    if not told.stamps:
        yield "-- 取全部现行有效的记录，不按时间筛选"
        yield "WHERE 1 = 1"
        return
    ways = _WAYS[dialect]
    stamp = f"t.{_name(told.stamps[0])}"
    first = ways.day.format(f"'{period.first}'" if period.first else ":period_start")
    last = ways.day.format(f"'{period.last}'" if period.last else ":period_end")
    title = told.dataset.fields[told.stamps[0]].title
    yield f"-- 期间按“{_one_line(title)}”取，含首日和末日" + (
        "" if period.first else "；运行时填写 :period_start 和 :period_end"
    )
    after = f"{last} + INTERVAL '1' DAY" if dialect == "mysql" else f"{last} + 1"
    yield f"WHERE {stamp} >= {first} /* <表名>.<列名>：{_comment(title)} */"
    yield f"  AND {stamp} < {after}"


def _table(told: DatasetTold) -> str:
    names = [word for word in told.dataset.aliases if _PLAIN_NAME.fullmatch(word)]
    return names[0] if names else _name(told.dataset.id)


def _name(text: str) -> str:
    """A name that needs no quotes in any of the databases."""
    found = re.sub(r"[^A-Za-z0-9_]", "_", text)
    return found if _PLAIN_NAME.fullmatch(found) else f"c_{found}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _comment(text: str) -> str:
    return _one_line(text).replace("*/", "* /").replace("/*", "/ *")

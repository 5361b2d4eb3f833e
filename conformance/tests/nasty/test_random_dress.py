"""A random table in a random dress: what is read is what was meant, whatever the file looks like."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WIDE = str.maketrans({48 + digit: 0xFF10 + digit for digit in range(10)})
LABELS = {"01": "行政许可", "05": "行政给付", "20": "公共服务"}
DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d 00:00:00")
STAMP_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y%m%d%H%M%S")
FLAGS = (("是", "否"), ("1", "0"), ("Y", "N"), ("√", "×"), ("有", "无"), ("true", "false"))
TITLES = (
    (),
    (("某地办件明细表",),),
    (("某地办件明细表",), ("单位：元", "", "", "日期：2024年3月")),
    ((), ("办件明细",), ()),
)
FEET = ((), (("合计", "", "", "9"),), (("填表人：", "", "审核人："),), (("注：截至月底",),))
FIRST, LAST = datetime(1995, 1, 1), datetime(2099, 12, 31)  # noqa: DTZ001 -- local time is meant
NAMES = st.text(st.sampled_from("示例许可给付办理甲乙丙丁,\";|\n（）《》 aZ0'"), min_size=1, max_size=12).map(
    lambda text: f"示例{text.strip()}项"
)


@dataclass(frozen=True)
class Row:
    """One record as it is meant."""

    code: str
    name: str
    limit: int
    fee: Decimal | None
    day: date
    stamp: datetime | None
    flag: bool
    kind: str

    @property
    def value(self):
        found = {
            "case_code": self.code,
            "item_name": self.name,
            "limit_days": self.limit,
            "fee": self.fee,
            "accepted_on": self.day.isoformat(),
            "closed_at": self.stamp.isoformat() if self.stamp else None,
            "charged": self.flag,
            "kind": self.kind,
        }
        return {name: value for name, value in found.items() if value is not None}


ROW = st.builds(
    Row,
    code=st.text("0123456789", min_size=31, max_size=31),
    name=NAMES,
    limit=st.integers(0, 9999),
    fee=st.none() | st.decimals(0, 10**9, places=2),
    day=st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    stamp=st.none() | st.datetimes(FIRST, LAST).map(lambda stamp: stamp.replace(microsecond=0)),
    flag=st.booleans(),
    kind=st.sampled_from(tuple(LABELS)),
)


@dataclass(frozen=True)
class Dress:
    """How a table looks."""

    medium: str
    encoding: str
    sign: str
    end: str
    quoting: int
    titles: tuple
    feet: tuple
    day: str
    stamp: str
    flags: tuple
    wide: bool
    labels: bool
    starred: bool

    def row(self, row):
        code, limit = (row.code, str(row.limit))
        return (
            code.translate(WIDE) if self.wide else code,
            row.name,
            limit.translate(WIDE) if self.wide else limit,
            "" if row.fee is None else str(row.fee),
            row.day.strftime(self.day),
            row.stamp.strftime(self.stamp) if row.stamp else "",
            self.flags[0] if row.flag else self.flags[1],
            LABELS[row.kind] if self.labels else row.kind,
        )

    def head(self, headings):
        return tuple(f"*{title}（必填）" if self.starred else title for title in headings[:8])


DRESS = st.builds(
    Dress,
    medium=st.sampled_from(("csv", "xlsx", "jsonl")),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16")),
    sign=st.sampled_from(",;\t|"),
    end=st.sampled_from(("\n", "\r\n")),
    quoting=st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    titles=st.sampled_from(TITLES),
    feet=st.sampled_from(FEET),
    day=st.sampled_from(DAY_FORMS),
    stamp=st.sampled_from(STAMP_FORMS),
    flags=st.sampled_from(FLAGS),
    wide=st.booleans(),
    labels=st.booleans(),
    starred=st.booleans(),
)


def as_text(dress, table):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dress.sign, lineterminator=dress.end, quoting=dress.quoting)
    writer.writerows(table)
    return out.getvalue().encode(dress.encoding)


def as_lines(dress, head, rows):
    lines = [json.dumps(dict(zip(head, row, strict=True)), ensure_ascii=False) for row in rows]
    return "\n".join(lines).encode(dress.encoding)


def as_book(path, table):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("办件")
        for down, row in enumerate(table):
            for right, text in enumerate(row):
                if text:
                    sheet.write_string(down, right, text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dress=DRESS, rows=st.lists(ROW, min_size=1, max_size=6))
def test_what_is_read_is_what_was_meant(tmp_path, read, headings, dress, rows):
    path = tmp_path / f"办件.{dress.medium}"
    head, body = dress.head(headings), [dress.row(row) for row in rows]
    table = [*dress.titles, head, *body, *dress.feet]
    if dress.medium == "xlsx":
        as_book(path, table)
    else:
        path.write_bytes(as_text(dress, table) if dress.medium == "csv" else as_lines(dress, head, body))
    assert read(path).values == tuple(row.value for row in rows)

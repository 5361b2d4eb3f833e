"""One small dataset, delivered in every dress that offices give their files."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from guiju.export import ABSENT, canonical, make_reading, open_sources, recognise
from guiju.export.recognition.match import normal_heading
from guiju.standard.fields import Code, Codelist, Dataset, Field, NullWords

KINDS = Codelist("kind", (Code("01", "行政许可"), Code("05", "行政给付"), Code("20", "公共服务")))
NONE = NullWords(("无", "不涉及", "—", "/", "N/A"), satisfies_required=False)
FIELDS = (
    Field("case_code", "办件编码", "string", key=True, pattern="^[0-9]{31}$", aliases=("办件流水号",)),
    Field("item_name", "事项名称", "string"),
    Field("limit_days", "承诺办结时限", "integer", unit="工作日"),
    Field("fee", "收费金额", "number", null=NONE),
    Field("accepted_on", "受理日期", "date"),
    Field("closed_at", "办结时间", "date-time", null=NONE),
    Field("charged", "是否收费", "boolean"),
    Field("kind", "事项类型", "string", codelist="kind"),
    Field("channels", "办理渠道", "set", null=NONE),
)
DATASET = Dataset("case", "办件", {item.name: item for item in FIELDS}, aliases=("办件信息",))
HEADINGS = tuple(item.title for item in FIELDS)
WORDS = frozenset(normal_heading(word) for item in FIELDS for word in (item.name, item.title, *item.aliases))
CODES = tuple(f"1199000000000{number:018d}" for number in (17, 230, 4100, 90001))
ROWS: tuple[tuple[str, ...], ...] = (
    (CODES[0], "示例许可甲", "20", "1.10", "2024-03-31", "2024-04-28 14:15:00", "是", "01", "窗口、网上"),
    (CODES[1], "示例给付，乙", "5", "0", "2024-02-29", "2024-03-01 09:00:00", "否", "05", "网上"),
    (CODES[2], '示例"服务"丙', "0", "1234.5", "2024-12-01", "2024-12-31 23:59:59", "是", "20", "窗口"),
    (CODES[3], "示例许可丁", "60", "", "2023-01-09", "", "否", "01", ""),
)
VALUES: tuple[dict[str, Any], ...] = (
    {
        "case_code": CODES[0],
        "item_name": "示例许可甲",
        "limit_days": 20,
        "fee": Decimal("1.10"),
        "accepted_on": "2024-03-31",
        "closed_at": "2024-04-28T14:15:00",
        "charged": True,
        "kind": "01",
        "channels": ["窗口", "网上"],
    },
    {
        "case_code": CODES[1],
        "item_name": "示例给付，乙",
        "limit_days": 5,
        "fee": Decimal(0),
        "accepted_on": "2024-02-29",
        "closed_at": "2024-03-01T09:00:00",
        "charged": False,
        "kind": "05",
        "channels": ["网上"],
    },
    {
        "case_code": CODES[2],
        "item_name": '示例"服务"丙',
        "limit_days": 0,
        "fee": Decimal("1234.5"),
        "accepted_on": "2024-12-01",
        "closed_at": "2024-12-31T23:59:59",
        "charged": True,
        "kind": "20",
        "channels": ["窗口"],
    },
    {
        "case_code": CODES[3],
        "item_name": "示例许可丁",
        "limit_days": 60,
        "accepted_on": "2023-01-09",
        "charged": False,
        "kind": "01",
    },
)


@dataclass(frozen=True)
class Read:
    """What was read: records as canonical values, the rows' numbers, and the remarks in one text."""

    values: tuple[dict[str, Any], ...]
    numbers: tuple[int, ...]
    remarks: str


def read_file(*paths):
    """Open, recognise without a mapping, load, and read every value of the one dataset."""
    bindings = recognise(open_sources(paths, WORDS), {"case": DATASET}, None)
    numbers, values, remarks = [], [], []
    for part, binding in enumerate(bindings):
        for number, record in records(binding, part):
            numbers.append(number)
            values.append(record)
        remarks += [f"{remark.code} {remark.text}" for remark in binding.source.remarks]
    return Read(tuple(values), tuple(numbers), "\n".join(remarks))


def records(binding, part):
    readings = {item.name: make_reading(item, codelist=KINDS if item.codelist else None) for item in FIELDS}
    with duckdb.connect() as con:
        columns = ", ".join(f"{name} VARCHAR" for name in binding.columns)
        con.execute(f'CREATE TABLE raw ("_part" INTEGER, "_row" BIGINT, {columns})')
        binding.source.load_into(con, "raw", binding.columns, part)
        rows = con.execute(f"SELECT _row, {', '.join(binding.columns)} FROM raw ORDER BY rowid").fetchall()
    for number, *texts in rows:
        pairs = zip(binding.columns, texts, strict=True)
        record = {name: canonical(readings[name], text) for name, text in pairs}
        yield number, {name: value for name, value in record.items() if value is not ABSENT}


@pytest.fixture(scope="session")
def read():
    return read_file


@pytest.fixture(scope="session")
def expected():
    return VALUES


@pytest.fixture(scope="session")
def headings():
    return HEADINGS


@pytest.fixture(scope="session")
def base():
    return ROWS


@pytest.fixture(scope="session")
def as_csv():
    """Rows as delimited text, quoted where needed."""

    def writing(rows, sign=",", end="\n"):
        out = io.StringIO()
        csv.writer(out, delimiter=sign, lineterminator=end).writerows(rows)
        return out.getvalue()

    return writing

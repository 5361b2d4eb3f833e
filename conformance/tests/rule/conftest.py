"""One bench on which an expression is read twice: by the evaluator and by DuckDB over the view's columns."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from guiju.errors import Place
from guiju.rule import Calendar, Env, Scope, emit, evaluate, parse
from guiju.standard.fields import Code, Codelist, Field
from guiju.standard.model import Parameter

CALENDARS = (
    next(path for path in Path(__file__).resolve().parents if (path / "pyproject.toml").is_file())
    / "standards"
    / "calendars"
)
TYPES = {
    "i": "integer",
    "j": "integer",
    "d": "number",
    "c": "number",
    "b": "boolean",
    "q": "boolean",
    "t": "string",
    "u": "string",
    "s": "date-time",
    "r": "date-time",
    "e": "date",
    "f": "date",
    "x": "set",
    "y": "set",
}
COLUMN_TYPES = {
    "integer": "BIGINT",
    "number": "DECIMAL(24,6)",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "set": "VARCHAR[]",
}
CODED = Field("kind", "事项类型", "string", codelist="item-type")
PARAMETERS = {
    "days": Parameter("days", "承诺上限", "integer", "directed", "20", unit="个工作日", tighter="lower"),
    "share": Parameter("share", "比例", "number", "fixed", "0.95"),
    "word": Parameter("word", "用语", "text", "fixed", "甲"),
    "unset": Parameter("unset", "未定", "integer", "profile-sets", None),
}
CODELISTS = {
    "item-type": Codelist("item-type", (Code("01", "行政许可"), Code("20", "公共服务"))),
}


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def span(value):
    """First and last microsecond of a canonical stamp, as SQL; unreadable ones are NULL."""
    if value is None or not value[:4].isdigit():
        return "CAST(NULL AS TIMESTAMP)", "CAST(NULL AS TIMESTAMP)"
    low, high = (value, value) if "T" in value else (f"{value} 00:00:00", f"{value} 23:59:59.999999")
    return f"TIMESTAMP '{low}'", f"TIMESTAMP '{high}'"


def typed(kind, value):
    """The typed column of a canonical value, as SQL."""
    wanted = {
        "integer": int,
        "number": (int, Decimal),
        "boolean": bool,
        "date": str,
        "string": str,
        "set": list,
    }[kind]
    if not isinstance(value, wanted):
        return "NULL"
    if kind == "date":
        return f"TRY_CAST({quoted(value)} AS DATE)" if value[4:5] == "-" else "NULL"
    if isinstance(value, list):
        return "[" + ", ".join(map(quoted, value)) + "]"
    return quoted(value) if isinstance(value, str) else str(value)


def columns(record, fields):
    """The columns that a view has for each field, as SQL by alias."""
    found = {}
    for name, field in fields.items():
        value = record.get(name)
        found[f"{name}__t"] = "CAST(NULL AS VARCHAR)" if value is None else quoted(str(value))
        if field.type == "date-time":
            found[f"{name}__lo"], found[f"{name}__hi"] = span(value)
        else:
            found[name] = f"CAST({typed(field.type, value)} AS {COLUMN_TYPES.get(field.type, 'VARCHAR')})"
    return found


class Bench:
    """A scope, an environment and a connection that has the calendar."""

    def __init__(self, connection, scope, env):
        self.connection, self.scope, self.env = connection, scope, env

    def parse(self, text, expect=None):
        return parse(text, self.scope, expect)

    def python(self, text, record):
        return evaluate(self.parse(text), record, self.env)

    def duckdb(self, text, *records):
        """The values that DuckDB finds, with the records in a table so that nothing is folded beforehand."""
        rows = []
        for number, record in enumerate(records):
            cells = columns(record, self.scope.fields)
            rows.append(
                "SELECT "
                + ", ".join(f'{sql} AS "{name}"' for name, sql in cells.items())
                + f", {number} AS n"
            )
        self.connection.execute("CREATE OR REPLACE TEMP TABLE records AS " + " UNION ALL ".join(rows))
        found = self.connection.execute(
            f"SELECT {emit(self.parse(text), self.env)} FROM records ORDER BY n"
        ).fetchall()
        return [row[0] for row in found]

    def agree(self, text, **record):
        """The value of an expression, the same for both readers."""
        mine, (other,) = self.python(text, record), self.duckdb(text, record)
        assert (type(mine), mine) == (type(other), other), text
        return mine


@pytest.fixture(scope="session")
def calendar():
    return Calendar.from_csv(CALENDARS.glob("cn-*.csv"))


@pytest.fixture(scope="session")
def bench(calendar):
    fields = {name: Field(name, f"字段{name}", kind) for name, kind in TYPES.items()}
    scope = Scope({**fields, "kind": CODED}, PARAMETERS, CODELISTS, Place("02.yaml", 7, None, "IM-001"))
    values = {name: item.value for name, item in PARAMETERS.items() if item.value is not None}
    with duckdb.connect() as connection:
        calendar.load_into(connection)
        yield Bench(connection, scope, Env(values, calendar, dt.date(2024, 6, 30)))

"""Whatever the expression and whatever the data: Python and DuckDB say the same, and DuckDB never raises."""

import datetime as dt
import json
from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.rule import emit, evaluate
from guiju.rule.stored import from_json, to_json

LARGE = 10**18 - 1
WORDS = [
    *[
        "",
        "a",
        "甲",
        "甲乙",
        "a甲😀",
        "１２",
        "12",
        "　",
        "无",
        "it's",
        "%",
        "\\d",
        "a\n",
        "即办",
        "30(工作日)",
        "2小时",
        "５个月内",
    ],
    *["11440000006939756B", "TE440000GD030003VV", "11440000006940116U2440102003001", "1144000000694011600"],
    *["440102003001", "44010200300Y", "11440000006940116U244010200300103"],
]
PATTERNS = [
    "[0-9]+",
    "[^a]*",
    "^(?:甲|a.)+$",
    ".*",
    "[一-龥]{1,3}",
    "a?\\n",
    "[\\]\\-\\\\^]|%",
    "(?:[A-Z0-9]{18}.*)?",
]
PARTS = ["credit", "level", "catalogue", "area", "type", "department", "main", "sub", "situation"]


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def number(value):
    return f"({value})" if value < 0 else f"{value:f}" if isinstance(value, Decimal) else str(value)


words = st.one_of(st.sampled_from(WORDS), st.text(alphabet="a甲1１ \n'\"\\😀", max_size=4))
small = st.integers(-4, 40)
integers = st.one_of(small, small, st.sampled_from([LARGE, -LARGE, 10**9]))
decimals = st.one_of(
    st.decimals(-9, 9, places=2),
    st.decimals(-9, 9, places=6),
    st.sampled_from([Decimal("999999999999999999.999999")]),
)
days = st.one_of(
    st.dates(dt.date(2023, 12, 20), dt.date(2024, 2, 20)),
    st.dates(dt.date(2003, 12, 25), dt.date(2027, 1, 9)),
    st.dates(dt.date(1000, 1, 1)),
)
stamps = st.one_of(
    days.map(str),
    st.datetimes(dt.datetime.fromisoformat("2024-01-01"), dt.datetime.fromisoformat("2024-01-03")).map(
        dt.datetime.isoformat
    ),
    st.datetimes(dt.datetime.fromisoformat("1000-01-01")).map(dt.datetime.isoformat),
    st.just("2024-01-02T00:00:00"),
)
members = st.lists(st.sampled_from(["1", "2", "甲", "12"]), unique=True).map(sorted)
broken = st.sampled_from([None, "坏值"])


def maybe(values):
    return st.one_of(values, values, values, broken)


records = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("i", "j"), maybe(integers)),
        **dict.fromkeys(("d", "c"), maybe(decimals)),
        **dict.fromkeys(("b", "q"), maybe(st.booleans())),
        **dict.fromkeys(("t", "u"), st.one_of(words, st.none())),
        **dict.fromkeys(("s", "r"), maybe(stamps)),
        **dict.fromkeys(("e", "f"), maybe(days.map(str))),
        **dict.fromkeys(("x", "y"), maybe(members)),
    },
)


def written(template, *parts):
    return st.tuples(*parts).map(lambda values: template.format(*values))


def lazy(build):
    """A strategy that builds itself when drawn from, so that nested ones stay small when shown."""
    built = cache(build)

    @st.composite
    def strategy(draw, *args):
        return draw(built(*args))

    return strategy


@lazy
def texts():
    simple = st.one_of(st.sampled_from(["t", "u", "t", "u", ":word"]), words.map(quoted))
    return st.one_of(
        simple,
        written("substr({}, {}, {})", simple, st.integers(1, 4), st.integers(1, 20)),
        written("code_part({}, '{}')", simple, st.sampled_from(PARTS)),
        written("limit_unit({})", simple),
    )


@lazy
def dates(whole):
    simple = st.one_of(
        st.sampled_from(["e", "f", "e", "f", "day(s)", "day(r)", "as_of()"]),
        days.map(lambda day: f"date '{day.isoformat()}'"),
    )
    return st.one_of(simple, simple, written("add_workdays({}, {})", simple, whole))


@lazy
def wholes(depth):
    """Expressions of kind INTEGER."""
    simple = st.one_of(st.sampled_from(["i", "j", "i", "j", ":days", ":unset"]), integers.map(number))
    if not depth:
        return simple
    inner = wholes(depth - 1)
    return st.one_of(
        simple,
        written("({} {} {})", inner, st.sampled_from(["+", "-", "*", "//", "%"]), inner),
        written("(-{})", st.sampled_from(["i", "j"])),
        written("length({})", texts()),
        written("limit_number({})", texts()),
        written("size({})", st.sampled_from(["x", "y"])),
        written(
            "{}({}, {})", st.sampled_from(["days_between", "workdays_between"]), dates(simple), dates(simple)
        ),
        written(
            "{}_between({}, {})",
            st.sampled_from(["hours", "minutes", "seconds"]),
            *[st.sampled_from(["s", "r"])] * 2,
        ),
    )


@lazy
def fractions(depth):
    """Expressions of kind DECIMAL."""
    simple = st.one_of(st.sampled_from(["d", "c", "d", "c", ":share"]), decimals.map(number))
    if not depth:
        return simple
    inner, whole = fractions(depth - 1), wholes(depth - 1)
    return st.one_of(
        simple,
        written("({} {} {})", inner, st.sampled_from(["+", "-"]), st.one_of(inner, whole)),
        written("({} * {})", inner, whole),
        written("({} * {})", whole, inner),
        written("(-{})", st.sampled_from(["d", "c"])),
    )


@lazy
def leaves(depth):
    """Conditions without and, or, not."""
    any_number = st.one_of(wholes(depth), fractions(depth))
    order, same = st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), st.sampled_from(["=", "<>"])
    stamp, many = st.sampled_from(["s", "r"]), st.sampled_from(["x", "y"])
    return st.one_of(
        st.sampled_from(["b", "q", "true", "false", "b = q", "b <> true"]),
        written("{} {} {}", any_number, order, any_number),
        written("{} between {} and {}", any_number, any_number, any_number),
        written(
            "{} in ({}, {}, :unset)", any_number, integers.map(str), decimals.map(lambda value: f"{value:f}")
        ),
        written("{} {} {}", texts(), same, texts()),
        written("{} not in ({}, :word)", texts(), words.map(quoted)),
        written("{}({}, {})", st.sampled_from(["starts_with", "ends_with", "contains"]), texts(), texts()),
        written("matches({}, {})", texts(), st.sampled_from(PATTERNS).map(quoted)),
        written("credit_code_valid({})", texts()),
        written("is_workday({})", dates(wholes(0))),
        written("{} {} {}", dates(wholes(0)), order, dates(wholes(0))),
        written("{} {} {}", stamp, order, stamp),
        written("{} between {} and {}", stamp, stamp, stamp),
        written("within_hours({}, {}, {})", stamp, stamp, wholes(depth)),
        written("has({}, {})", many, texts()),
        written("has_any({}, {}, '1')", many, words.map(quoted)),
        written("subset({}, {})", many, many),
        written("{} is {}", st.sampled_from([*"ijdcbqtusrefxy"]), st.sampled_from(["null", "not null"])),
        written("({}) is null", st.one_of(any_number, texts())),
    )


@lazy
def conditions(depth):
    """Conditions joined and negated."""
    if not depth:
        return leaves(2)
    inner = conditions(depth - 1)
    return st.one_of(
        leaves(2),
        written("({}) and ({})", inner, inner),
        written("({}) or ({})", inner, inner),
        written("not ({})", inner),
    )


@settings(max_examples=400, deadline=None)
@given(text=conditions(2), found=st.lists(records, min_size=1, max_size=6))
def test_both_readers_agree(bench, text, found):
    node = bench.parse(text)
    expected = [evaluate(node, record, bench.env) for record in found]
    assert bench.duckdb(text, *found) == expected
    assert from_json(json.loads(json.dumps(to_json(node)))) == node
    assert emit(node, bench.env) == emit(bench.parse(text), bench.env)


@settings(max_examples=200, deadline=None)
@given(
    text=st.one_of(wholes(3), fractions(3), texts(), dates(wholes(1))),
    found=st.lists(records, min_size=1, max_size=6),
)
def test_both_readers_give_the_same_values(bench, text, found):
    expected = [evaluate(bench.parse(text), record, bench.env) for record in found]
    assert bench.duckdb(text, *found) == expected

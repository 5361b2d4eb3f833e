"""Both readings of related values agree on whatever rows there are; shares rest on the same rows."""

from __future__ import annotations

import re
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.content import own_pack
from guiju.engine.kinds import related_reading
from guiju.errors import StandardError
from guiju.run.examples import Bench, Example, InlineTable, Insufficient
from guiju.standard import decode
from guiju.standard.edition import digests

CELLS = {
    "编码": ("A001", "A002", "A003", "Ａ００１", " A001 ", "1.44E+30", None),
    "名称": ("甲", "甲 ", "乙", "###", None),
    "天数": ("0", "1", "2", "99", "很多", "1E+15", None),
    "上限": ("0", "7", "-7", "999999999999999999", "１２", "####", None),
    "费率": ("0.5", "1", "7.000000", "999999999999999999.999999", "一半", None),
    "网办": ("是", "否", "？", None),
    "类型": ("01", "20", "99", "行政许可", None),
    "开始": ("2024-01-30", "2024-02-30", "45321", None),
    "结束": ("2024-01-30", "2024-01-31", "01/02/24", None),
    "时间": ("2024-01-01 08:00:00", "2024-01-01 23:59:59", "2024-01-01", "昨天", None),
}
ON = (
    {"code": "code"},
    {"code": "code", "kind": "kind"},
    {"name": "name", "online": "online"},
    {"start": "end"},
    {"limit": "limit"},
    {"limit": "rate"},
)
WHENS = ("", "online", "days > 1", "kind = '01' or days is null", "end >= date '2024-01-31'", "limit = rate")
CLAIMS = {
    "count": ("theirs = 0", "theirs <= 1", "theirs >= limit", "theirs is null"),
    "sum(limit)": ("theirs = 7", "theirs > limit", "theirs is null", "not (theirs is null)"),
    "sum(rate)": ("theirs = 1.5", "theirs is not null"),
    "min(days)": ("theirs <= days", "theirs is null"),
    "max(limit)": ("theirs between 0 and 7", "theirs = limit"),
    "min(rate)": ("theirs < 1", "theirs = rate"),
    "max(end)": ("theirs >= start", "theirs is null"),
    "min(at)": ("theirs <= at", "hours_between(theirs, at) <= 24"),
    "max(at)": ("theirs = at", "theirs > at or theirs is null"),
    "one(kind)": ("theirs = '01'", "theirs = kind", "theirs is null"),
    "one(name)": ("theirs = name", "theirs in ('甲', '乙')"),
    "one(online)": ("theirs", "theirs is null or online"),
    "one(at)": ("theirs = at", "theirs is not null"),
    "one(limit)": ("theirs = limit", "theirs > 0 or days > 1"),
}
CONDITIONS = ("", "online", "theirs is not null", "days > 1 or theirs is null")


def tables(titles=tuple(CELLS), most=6):
    """Tables with cells of every sort; none of them has to have any row."""
    row = st.tuples(*(st.sampled_from(CELLS[title]) for title in titles))
    return st.lists(row, max_size=most).map(lambda rows: (titles, tuple(rows)))


def related(dataset, on, when, value):
    return {"dataset": dataset, "on": on, "value": value, **({"when": when} if when else {})}


def record(claim, theirs, applies="", decidable="", **more):
    texts = {"assert": claim, "when": applies, "decidable": decidable}
    told = {key: text for key, text in texts.items() if text}
    return {"kind": "record", "dataset": "a", **told, "related": {"theirs": theirs, **more}}


def share(claim, theirs, applies):
    told = {"numerator": claim, "denominator": applies, "operator": ">=", "threshold": "0.5"}
    return {"kind": "indicator", "dataset": "a", **told, "related": {"theirs": theirs}}


def checks():
    """Every claim about every value, with keys and conditions in turn; ids begin with what they are for."""
    claims = [(value, claim) for value, found in CLAIMS.items() for claim in found]
    ways, whens = cycle(ON), cycle(WHENS * 5 + WHENS[:1])
    conditions = cycle([(first, second) for first in CONDITIONS for second in CONDITIONS])
    for number, (value, claim) in enumerate([one for one in claims for _ in range(3)]):
        there = related("b", next(ways), next(whens), value)
        applies, decidable = next(conditions)
        yield f"RB-{number:03}", record(claim, there, applies, decidable)
        if number % 3 == 0:
            here = related("a", {"code": "code"}, next(whens), value)
            yield f"RA-{number:03}", record(claim, here)
            more = related("c", {"kind": "kind"}, next(whens), "count")
            both = "others > 0 or theirs is not null"
            yield f"RC-{number:03}", record(f"({claim}) and others <= 1", there, both, others=more)
            yield f"SR-{number:03}", record(claim, there, applies or "true")
            yield f"SI-{number:03}", share(claim, there, applies or "true")


ALL = dict(checks())
RECORDS = [name for name in ALL if name.startswith("R")]
SHARES = [name for name in ALL if name.startswith("SI")]


def some(names, count=8):
    """A few of the checks, so that tables are laid once for several of them."""
    return st.lists(st.sampled_from(names), min_size=count, max_size=count, unique=True)


@pytest.fixture(scope="session")
def bench(tiny_document):
    """The tiny standard with all the checks."""
    told = tiny_document({})
    (blank,) = told["requirements"]
    told["requirements"] = [{**blank, "id": name, "check": check} for name, check in ALL.items()]
    return Bench(decode.standard(told, digests(told)), (own_pack(),))


def answers(bench, names, **named):
    """What the judge says of each, on tables by title; readings that differ are refused (GJ-S412)."""
    example = Example({title: InlineTable(title, *table) for title, table in named.items()})
    with bench.laid(example) as laid:
        return {name: laid.answer(bench.standard.requirement(name)) for name in names}


@settings(max_examples=25, deadline=None)
@given(some(RECORDS), tables(), tables(most=9), tables())
def test_both_readings_tell_the_same(bench, names, mine, theirs, others):
    for name, answer in answers(bench, names, 甲=mine, 乙=theirs, 丙=others).items():
        assert len(answer.states) == len(mine[1]), name


@settings(max_examples=15, deadline=None)
@given(some(SHARES, 4), tables(), tables(most=9))
def test_a_share_counts_the_rows_that_the_readings_agree_on(bench, names, mine, theirs):
    told = answers(bench, [*names, *(name.replace("SI", "SR") for name in names)], 甲=mine, 乙=theirs)
    for name in names:
        states = told[name.replace("SI", "SR")].states
        passed, failed, undecided = (states.count(word) for word in ("passed", "failed", "undecided"))
        if not passed + failed + undecided:
            assert told[name].outcome == "inapplicable", name
            continue
        top, bottom, unsure = shares(told[name].reason)
        assert (top, unsure) == (passed, undecided), name
        assert passed + failed <= bottom <= passed + failed + undecided, name


def shares(reason):
    """Numerator, denominator and undecided rows as the reason of an indicator tells them."""
    found = re.match(r"(\d+)/(\d+)", reason)
    unsure = re.search(r"(\d+)条无法判定", reason)
    return int(found[1]), int(found[2]), int(unsure[1]) if unsure else 0


@settings(max_examples=6, deadline=None)
@given(some([name for name in ALL if name.startswith("RB")], 5), tables())
def test_no_rows_are_no_partners_and_no_dataset_is_no_answer(bench, names, mine):
    empty = (tuple(CELLS), ())
    for name, answer in answers(bench, names, 甲=mine, 乙=empty).items():
        assert len(answer.states) == len(mine[1]), name
    with pytest.raises(Insufficient, match="没有交来数据集“乙”"):
        answers(bench, names, 甲=mine)


def test_a_reading_that_differs_is_noticed(judge, monkeypatch):
    check = record("theirs = 1.5", related("b", {"code": "code"}, "", "sum(rate)"))
    rows = {"甲": "编码\nA001", "乙": "编码|费率\nA001|1\nA001|0.5"}
    assert judge(check, rows).states == ("passed",)
    ways = {**related_reading._WAYS, "sum": max}
    monkeypatch.setattr(related_reading, "_WAYS", ways)
    with pytest.raises(StandardError) as caught:
        judge(check, rows)
    assert caught.value.code == "GJ-S412"

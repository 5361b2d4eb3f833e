"""`to-when` of a match: the scan against a plain reading, row by row, on whatever rows there are."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.content import own_pack
from guiju.export import ABSENT, canonical
from guiju.rule import Env, Scope, evaluate, parse
from guiju.run.examples import Bench, Example, InlineTable, Insufficient
from guiju.run.prepare import readings
from guiju.standard import decode
from guiju.standard.edition import digests

CELLS = {
    "编码": ("A001", "A002", "Ａ００１", None),
    "名称": ("甲", "甲 ", "乙", None),
    "天数": ("1", "9", "很多", None),
    "网办": ("是", "否", "？", None),
    "类型": ("01", "20", "99", None),
    "结束": ("2024-01-30", "2024-02-01", "2024-02-30", None),
}
TO_WHENS = (
    "online",
    "not online",
    "days > 5 or online",
    "kind = '01' and end is not null",
    "end between date '2024-01-01' and date '2024-01-31'",
    "days is null",
)


def check(to_when, when=""):
    told = {"kind": "match", "dataset": "a", "to": {"dataset": "b"}, "on": {"code": "code"}}
    compared = [
        {"field": "name", "to": "name", "how": "same"},
        {"field": "days", "to": "days", "how": "same"},
    ]
    return {**told, "compare": compared, "to-when": to_when, **({"when": when} if when else {})}


def tables(most):
    """Rows with cells of every sort, and none at all."""
    row = st.tuples(*(st.sampled_from(cells) for cells in CELLS.values()))
    return st.lists(row, max_size=most).map(tuple)


@pytest.fixture(scope="session")
def bench_of(tiny_document):
    @cache
    def made(to_when, when):
        told = tiny_document(check(to_when, when))
        return Bench(decode.standard(told, digests(told)), (own_pack(),))

    return made


class Plain:
    """The plain reading of `match`, written from its description."""

    def __init__(self, bench, to_when, when):
        dataset = bench.standard.datasets["a"]
        scope = Scope(dataset.fields, {}, bench.standard.codelists)
        self.by_title = {item.title: item.name for item in dataset.fields.values()}
        self.readings = readings(bench.standard, dataset, None, (), "").by_field
        self.to_when, self.when = parse(to_when, scope), parse(when or "true", scope)
        self.fields = {name: parse(name, scope, None) for name in ("code", "name", "days")}

    def record(self, row):
        names = [self.by_title[title] for title in CELLS]
        found = {name: canonical(self.readings[name], text) for name, text in zip(names, row, strict=True)}
        return {name: value for name, value in found.items() if value is not ABSENT}

    def value(self, record, name):
        return evaluate(self.fields[name], record, Env())

    def agrees(self, mine, theirs):
        """Whether both fields are the same; None where that is unknown."""
        pairs = [(self.value(mine, name), self.value(theirs, name)) for name in ("name", "days")]
        found = [None if None in pair else len({str(one).strip() for one in pair}) == 1 for pair in pairs]
        return False if False in found else None if None in found else True

    def state(self, mine, others):
        applies, key = evaluate(self.when, mine, Env()), self.value(mine, "code")
        there = [
            (evaluate(self.to_when, one, Env()), self.agrees(mine, one))
            for one in others
            if key is not None and self.value(one, "code") == key
        ]
        partners = [(counts, agrees) for counts, agrees in there if counts is not False]
        if applies is False or (applies and not partners):
            return "inapplicable"
        if applies is None:
            return "undecided"
        if (True, True) in partners:
            return "passed"
        return "undecided" if any(None in one for one in partners) else "failed"


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(TO_WHENS), st.sampled_from(("", "online")), tables(5), tables(8))
def test_to_when(bench_of, to_when, when, mine, theirs):
    bench = bench_of(to_when, when)
    plain = Plain(bench, to_when, when)
    others = [plain.record(row) for row in theirs]
    wanted = tuple(plain.state(plain.record(row), others) for row in mine)
    given_tables = {
        title: InlineTable(title, tuple(CELLS), rows) for title, rows in (("甲", mine), ("乙", theirs))
    }
    assert bench.judge("TT-001", Example(given_tables)).states == wanted


def test_without_the_other_dataset_it_is_untested(bench_of):
    with pytest.raises(Insufficient, match="没有交来数据集“乙”"):
        bench_of("online", "").judge("TT-001", Example({"甲": InlineTable("甲", tuple(CELLS), ())}))


def test_all_states_occur(bench_of):
    bench = bench_of("online", "")
    plain = Plain(bench, "online", "")
    mine = [("A001", "甲", "1", None, None, None), ("A002", "甲", "1", None, None, None)]
    theirs = {
        "passed": [("A001", "甲", "1", "是", None, None), ("A001", "乙", "1", None, None, None)],
        "failed": [("A001", "乙", "1", "是", None, None), ("A001", "甲", "1", "否", None, None)],
        "undecided": [("A001", "乙", "1", "是", None, None), ("A001", "甲", "1", "？", None, None)],
        "inapplicable": [("A001", "甲", "1", "否", None, None)],
    }
    for state, rows in theirs.items():
        others = [plain.record(row) for row in rows]
        assert [plain.state(plain.record(row), others) for row in mine] == [state, "inapplicable"]

"""Invented examples hold: the judge comes to what they say, for every check of every standard."""

from __future__ import annotations

import pytest

from guiju.content import find_packs
from guiju.run.examples import Bench, Example, InlineTable, cell
from guiju.run.expected import OutcomeExpected, RowExpected
from guiju.standard.load import load_from
from guiju_tools.drafting import headings as h
from guiju_tools.drafting.choices import read_check
from guiju_tools.drafting.chosen import cells_of
from guiju_tools.drafting.examples import invent
from guiju_tools.drafting.lexicon import Lexicon
from guiju_tools.drafting.scenarios import FAILED, PASSED, UNDECIDED, Impossible
from guiju_tools.drafting.values import Values
from guiju_tools.template.examples import examples_of

PACKS = find_packs()
SHIPPED = [(pack, name) for pack in PACKS for name in pack.standard_ids()]
TICKET = {h.DATASET: "热线工单"}


def judged(bench, requirement_id, scenario):
    """What the judge says against a scenario."""
    tables = {
        table.title: InlineTable(
            table.title, table.headings, tuple(tuple(cell(text) for text in row) for row in table.rows)
        )
        for table in scenario.tables
    }
    answer = bench.judge(requirement_id, Example(tables))
    if scenario.outcome:
        return OutcomeExpected(scenario.outcome).fault(answer)
    told = [RowExpected(row, word).fault(answer) for row, word in enumerate(scenario.verdicts, 1)]
    return "；".join(filter(None, told))


@pytest.mark.parametrize(("pack", "name"), SHIPPED, ids=[name for _, name in SHIPPED])
def test_examples_of_every_plain_check_hold(pack, name):
    standard = load_from(pack, name, PACKS)
    lexicon = Lexicon(standard)
    values = Values(lexicon, examples_of(standard, PACKS))
    bench = Bench(standard, PACKS)
    faults, shown = [], 0
    for item in standard.document["requirements"]:
        cells = cells_of(lexicon, item["check"])
        if cells[h.WAY] == h.EXPERT or "dataset" not in item["check"]:
            continue
        try:
            scenarios = invent(values, cells, item["check"])
        except Impossible:
            continue  # the drafter is told; see the tests of commands
        shown += 1
        faults += [fault for one in scenarios if (fault := judged(bench, item["id"], one))]
    assert faults == []
    assert shown > 0


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({h.WAY: h.PRESENCE, h.FIELDS: "工单编号、创建时间"}, {PASSED, FAILED}),
        ({h.WAY: h.UNIQUE, h.FIELDS: "工单编号"}, {PASSED, FAILED, UNDECIDED}),
        (
            {h.WAY: h.NOT_AFTER, h.FIELDS: "转办次数", h.AGAINST: "参数：转办次数的上限"},
            {PASSED, FAILED, UNDECIDED},
        ),
        ({h.WAY: h.MEETS, h.REACHED: "诉求类型=投诉"}, {PASSED, FAILED, UNDECIDED}),
        (
            {h.WAY: h.ORDER, h.FIELDS: "创建时间、办结时间", h.TIES: "不允许", h.MISSING: "无法判定"},
            {PASSED, FAILED, UNDECIDED},
        ),
    ],
    ids=lambda value: value.get(h.WAY) if isinstance(value, dict) else "",
)
def test_every_way_shows_what_passes_and_what_fails(desk, cells, words):
    lexicon = Lexicon(desk.load())
    cells = {**TICKET, **cells}
    check, problems = read_check(lexicon, cells)
    assert not problems
    (scenario,) = invent(Values(lexicon), cells, check)
    assert set(scenario.verdicts) >= words


def test_a_share_is_shown_at_its_bound_and_one_record_below(desk):
    lexicon = Lexicon(desk.load())
    cells = {**TICKET, h.WAY: h.SHARE, h.REACHED: "办结时间 已填", h.AGAINST: "75%"}
    check, _ = read_check(lexicon, cells)
    first, second = invent(Values(lexicon), cells, check)
    counts = [[row.count("空") for row in one.tables[0].rows].count(1) for one in (first, second)]
    assert [len(one.tables[0].rows) for one in (first, second)] == [4, 4]
    assert counts == [1, 2]
    assert [first.outcome, second.outcome] == [PASSED, FAILED]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({h.WAY: h.FORM, h.FIELDS: "工单编号"}, "什么都可以写"),
        ({h.WAY: h.MEETS, h.REACHED: "办结时间 已填", h.WHEN: "办结时间 已填"}, "同一个数据元"),
    ],
)
def test_what_cannot_be_shown_is_said(desk, cells, said):
    lexicon = Lexicon(desk.load())
    cells = {**TICKET, **cells}
    check, _ = read_check(lexicon, cells)
    with pytest.raises(Impossible, match=said):
        invent(Values(lexicon), cells, check)

"""Choices and checks say the same, either way; what choices cannot say is left to experts."""

from __future__ import annotations

import re

import pytest

from guiju.content import find_packs
from guiju.standard.load import load_from
from guiju_tools.drafting import headings as h
from guiju_tools.drafting.choices import read_check
from guiju_tools.drafting.chosen import cells_of
from guiju_tools.drafting.conditions import expression_of, read_condition, words_of
from guiju_tools.drafting.lexicon import Lexicon, Unknown

PACKS = find_packs()
SHIPPED = [(pack, name) for pack in PACKS for name in pack.standard_ids()]


@pytest.fixture(scope="module", params=SHIPPED, ids=lambda pair: pair[1])
def standard(request):
    pack, name = request.param
    return load_from(pack, name, PACKS)


@pytest.fixture
def lexicon(desk):
    return Lexicon(desk.load())


def test_choices_read_back_to_the_very_check(standard):
    lexicon = Lexicon(standard)
    plain = 0
    for item in standard.document["requirements"]:
        cells = cells_of(lexicon, item["check"])
        if cells[h.WAY] != h.EXPERT:
            plain += 1
            assert read_check(lexicon, cells) == (item["check"], []), item["id"]
    assert 10 * plain >= 3 * len(standard.document["requirements"]), "at least three in ten need no expert"


def test_an_expert_check_shows_its_dataset_and_nothing_more(lexicon):
    check = {"kind": "record", "dataset": "ticket", "assert": "day(closed_at) = day(created_at)"}
    assert cells_of(lexicon, check) == {h.WAY: h.EXPERT, h.DATASET: "热线工单"}


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("工单状态=已办结", "status = '10'"),
        ("工单状态 = 10", "status = '10'"),
        ("工单状态≠已办结 且 办结时间 已填", "status <> '10' and closed_at is not null"),
        ("诉求类型 为 投诉、举报，且办结时间 未填", "request_kind in ('3', '4') and closed_at is null"),
        ("延期次数≥1", "extension_count >= 1"),
        ("办结时间<=办结期限", "closed_at <= due_at"),
        ("创建时间＞2024-01-01", "created_at > date '2024-01-01'"),
    ],
)
def test_conditions_in_words(lexicon, words, expression):
    dataset = lexicon.dataset("热线工单")
    known = lexicon.codes(lexicon.field(dataset, "诉求类型"))
    wanted = expression.replace("'3', '4'", f"'{code_of(known, '投诉')}', '{code_of(known, '举报')}'")
    assert expression_of(read_condition(lexicon, dataset, words)) == wanted
    told = words_of(lexicon, dataset, wanted)
    assert expression_of(read_condition(lexicon, dataset, told)) == wanted


def code_of(codes, label):
    return next(code for code, word in codes.items() if word == label)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("工单状况=已办结", "没有名为“工单状况”的热线工单的数据元；相近的有：工单状态"),
        ("工单状态=办结了", "没有名为“办结了”的工单状态的代码"),
        ("工单状态≥10", "没有大小"),
        ("延期次数=很多", "不是数"),
        ("创建时间>昨天", "不是日期"),
        ("办结时间=延期次数", "不是同一类值"),
        ("差不多办完了", "看不懂"),
        ("工单编号='; drop", "单引号"),
    ],
)
def test_conditions_that_are_none(lexicon, words, said):
    with pytest.raises(Unknown, match=re.escape(said)):
        read_condition(lexicon, lexicon.dataset("热线工单"), words)


@pytest.mark.parametrize(
    ("cells", "heading", "said"),
    [
        ({h.WAY: "必须填"}, h.WAY, "请从这些里选"),
        ({h.WAY: h.EXPERT}, h.WAY, "请从这些里选"),
        ({h.WAY: h.PRESENCE, h.DATASET: "热线工单"}, h.FIELDS, "要写数据元"),
        ({h.WAY: h.PRESENCE, h.DATASET: "工单", h.FIELDS: "编号"}, h.FIELDS, "没有名为“编号”"),
        ({h.WAY: h.PRESENCE, h.DATASET: "热线工单", h.FIELDS: "工单编号、工单编号"}, h.FIELDS, "写了两次"),
        ({h.WAY: h.CODE, h.DATASET: "热线工单", h.FIELDS: "工单编号"}, h.FIELDS, "没有代码表"),
        (
            {h.WAY: h.PRESENCE, h.DATASET: "热线工单", h.FIELDS: "工单编号", h.AGAINST: "1"},
            h.AGAINST,
            "不用这一项",
        ),
        (
            {h.WAY: h.NOT_AFTER, h.DATASET: "热线工单", h.FIELDS: "办结时间", h.AGAINST: "延期次数"},
            h.AGAINST,
            "不是同一类值",
        ),
        (
            {h.WAY: h.NOT_AFTER, h.DATASET: "热线工单", h.FIELDS: "工单编号", h.AGAINST: "办结时间"},
            h.FIELDS,
            "日期、时间或者数",
        ),
        (
            {h.WAY: h.SHARE, h.DATASET: "热线工单", h.REACHED: "办结时间 已填", h.AGAINST: "120%"},
            h.AGAINST,
            "不能超过100%",
        ),
        (
            {h.WAY: h.SAME, h.DATASET: "热线工单", h.FIELDS: "工单编号", h.OTHER: "目录"},
            h.OTHER,
            "没有名为“目录”的数据集",
        ),
        (
            {h.WAY: h.ORDER, h.DATASET: "热线工单", h.FIELDS: "创建时间", h.TIES: "允许", h.MISSING: "略过"},
            h.FIELDS,
            "两个以上",
        ),
        (
            {
                h.WAY: h.ORDER,
                h.DATASET: "热线工单",
                h.FIELDS: "创建时间、办结时间",
                h.TIES: "行",
                h.MISSING: "略过",
            },
            h.TIES,
            "请从这些里选：允许、不允许",
        ),
    ],
)
def test_choices_that_do_not_go_together(lexicon, cells, heading, said):
    check, problems = read_check(lexicon, cells)
    assert check is None
    assert [(one.heading, said in one.said) for one in problems] == [(heading, True)]


@pytest.mark.parametrize(
    ("word", "share"), [("0.95", "0.95"), ("95%", "0.95"), ("99.5％", "0.995"), ("100%", "1.00"), ("1", "1")]
)
def test_shares(lexicon, word, share):
    cells = {h.WAY: h.SHARE, h.DATASET: "热线工单", h.REACHED: "办结时间 已填", h.AGAINST: word}
    check, problems = read_check(lexicon, cells)
    assert not problems
    assert check["threshold"] == share
    assert check["denominator"] == "true"

"""Clause words are known from words that merely contain them."""

from __future__ import annotations

import pytest

from guiju_tools.lint.clause_words import clause_words, refused_words, vague_words

KINDS = {
    "办结时限应公布。": ["shall"],
    "办结时限不应延长。": ["shall"],
    "申请人应该到场。": ["shall"],
    "只准许一次。": ["shall"],
    "不准许重复。": ["shall"],
    "窗口宜设引导员。": ["should"],
    "窗口不宜设隔断。": ["should"],
    "推荐网上办理。": ["should"],
    "不建议现场办理。": ["should"],
    "申请人可委托他人。": ["may"],
    "申请人可以不到场。": ["may"],
    "申请人不必到场。": ["may"],
    "无须提交复印件。": ["may"],
    "允许容缺受理。": ["may"],
    "事项与编码一一对应，响应及时，适应变化。": [],
    "相应的供应和反应没有效应。": [],
    "行政许可和认可的可靠性、可行性、可视化。": [],
    "地址适宜，有关事宜便宜办理，因地制宜。": [],
    "系统应可查询进度。": ["shall"],
    "表单宜提供可下载的模板。": ["should"],
    "意见建议应回复。": ["shall"],
    "推荐材料应齐全，允许的情形应公布。": ["shall", "shall"],
    "“应办未办”的事项宜公布。": ["should"],
    "应用普通话接听。": ["shall"],
    "应用系统宜有日志。": ["should"],
    "窗口应对材料逐项核对。": ["shall"],
    "对应当公开的内容作说明。": [],
    "可能的情形应列出。": ["shall"],
    "申请人可一次性提交。": ["may"],
    "到期可视为同意。": ["may"],
}


@pytest.mark.parametrize("text", KINDS)
def test_the_kinds_of_a_text(text):
    assert [word.modality for word in clause_words(text)] == KINDS[text]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("窗口必须公示。", ["必须"]),
        ("窗口应当公示。", ["应当"]),
        ("窗口不得收费。", ["不得"]),
        ("禁止收费。", ["禁止"]),
        ("不可收费，不可以代收。", ["不可", "不可以"]),
        ("需要公示。", ["需要"]),
        ("申请人能委托他人。", ["能"]),
        ("申请人可能委托他人。", ["可能"]),
        ("应列明需要现场核验的事项。", []),
        ("因不可抗力延期的应说明。", []),
        ("系统应能导出。", []),
        ("功能和性能应满足能力的要求。", []),
        ("禁止性规定应列明。", []),
        ("根据需要宜增设窗口。", []),
    ],
)
def test_refused_words(text, words):
    assert [word for word, _ in refused_words(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("原则上应当日办结。", ["原则上"]),
        ("应尽可能压缩时限。", ["尽可能"]),
        ("应避免重复提交。", ["避免"]),
        ("一般应当场办结。", ["一般"]),
        ("一般程序应公开。", []),
        ("宜尽量压缩时限。", []),
        ("应公开办理依据，通常写在指南中。", []),
    ],
)
def test_vague_words_beside_shall(text, words):
    assert list(vague_words(text)) == words


def test_an_equivalent_names_its_first_word():
    (word,) = clause_words("申请人可以不到场。")
    assert (word.word, word.rank, word.first) == ("可以不", "equivalent", "不必")


def test_every_word_stands_where_it_is_said_to():
    text = "一、响应后应回复，不应拖延。"
    assert [text[word.start :][: len(word.word)] for word in clause_words(text)] == ["应", "不应"]

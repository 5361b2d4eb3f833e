"""Clause words of GB/T 1.1-2020 annex C as data, and where they stand in a sentence.

`FIRST` and `EQUIVALENT` are the words of tables C.1, C.3 and C.4; `REFUSED` are words that those tables
forbid or do not know; `INNOCENT` are words that merely contain a clause word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from guiju.standard.model import Modality

Rank = Literal["first", "equivalent", "weak"]

FIRST: dict[str, Modality] = {
    "不应": "shall",
    "应": "shall",
    "不宜": "should",
    "宜": "should",
    "不必": "may",
    "可": "may",
}
EQUIVALENT: dict[str, tuple[Modality, str]] = {
    "不应该": ("shall", "不应"),
    "应该": ("shall", "应"),
    "只准许": ("shall", "应"),
    "不准许": ("shall", "不应"),
    "可以不": ("may", "不必"),
    "可以": ("may", "可"),
    "无须": ("may", "不必"),
}
# Nouns as often as clause words (意见建议): they count only where no other clause word stands.
WEAK: dict[str, tuple[Modality, str]] = {
    "不推荐": ("should", "不宜"),
    "推荐": ("should", "宜"),
    "不建议": ("should", "不宜"),
    "建议": ("should", "宜"),
    "允许": ("may", "可"),
}
REFUSED: dict[str, str] = {
    "必须": "条款中用“应”；“必须”只说明法律法规的外部约束，写在条款之外",
    "务必": "用“应”",
    "应当": "用“应”",
    "需要": "用“应”；不是要求时换一种说法",
    "不得": "用“不应”",
    "禁止": "用“不应”",
    "严禁": "用“不应”",
    "不可": "用“不应”",
    "不可以": "用“不应”",
}
ABILITY: dict[str, str] = {
    "不可能": "用“不必”或“不应”",
    "可能": "用“可”",
    "不能": "用“不应”或“不必”",
    "能够": "用“可”",
    "能": "用“可”",
}
# Words that do not go with 应: anywhere in the same part of the sentence, or only right beside it.
VAGUE_NEAR = ("尽可能", "尽量", "考虑", "避免", "慎重", "通常", "原则上")
VAGUE_BESIDE = ("一般",)

_INNOCENT = (
    *("响应", "适应", "(?<!提)供应", "效应", "照应", "感应", "呼应", "应急", "应届", "应聘", "应邀", "应诉"),
    *(
        "对应(?![当该])",
        "相应(?![当该])",
        "反应(?![当该])",
        "应有尽有",
        "应变能力",
        "应知应会",
        "应用系统",
        "应用程序",
    ),
    *(
        "许可",
        "认可",
        "可靠",
        "可行(?![使政走])",
        "可视(?![为作情])",
        "可信",
        "可控",
        "可追溯",
        "可持续",
        "可机读",
    ),
    *("必不可少", "缺一不可", "不可抗力", "不可分割", "不可撤销", "不可或缺", "不可逆", "可机器读", "可否"),
    *("可(?![以一])[一-鿿]{1,2}性", "可(?!以)[一-鿿]{2}的", "是否可以?", "是否应"),
    *("适宜", "事宜", "便宜", "宜居", "合时宜", "因地制宜", "权宜", "相宜"),
    *("功能", "性能", "职能", "智能", "技能", "效能", "能力", "能源", "节能", "能效", "能动", "赋能", "能耗"),
    *(
        "禁止性",
        "禁止类",
        "禁止事项",
        "需要[一-鿿]{0,8}的",
        "所需要",
        "是否需要",
        "根据需要",
        "工作需要",
        "实际需要",
        "确有需要",
        "需要时",
        "可能性",
    ),
    *("考虑因素", "一般纳税人"),
)
# Ambiguous: 应用普通话 is 应 + 用, 应用系统 is not. They count only where no other clause word stands.
_SELDOM = ("应用", "应对", "应答", "应付", "应收", "应缴")
_INNOCENT_PATTERN = re.compile("|".join(_INNOCENT))
_SELDOM_PATTERN = re.compile("|".join(_SELDOM))
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」|\"[^\"]*\"")
_ABLE = re.compile(r"(?<=[应宜])可(?!以)")  # 应可查询: an ability demanded, no permission
_APART = re.compile(r"(?<=应)当(?=[日场面天晚年月地事次])")  # 应当场告知 is 应 + 当场
_BLANK = "\u3000"


@dataclass(frozen=True, slots=True)
class ClauseWord:
    """One clause word of a text: its kind, its rank, and the first word it stands for."""

    word: str
    modality: Modality
    rank: Rank
    first: str
    start: int


def clause_words(text: str) -> tuple[ClauseWord, ...]:
    """The clause words of a text in order; weak and ambiguous ones only where there is no other."""
    plain = masked(text)
    found = tuple(_recognised(_SELDOM_PATTERN.sub(_blank, plain)))
    strong = tuple(word for word in found if word.rank != "weak")
    return strong or found or tuple(_recognised(plain))


def refused_words(text: str) -> Iterator[tuple[str, str]]:
    """Words that a clause does not use, with what to write instead.

    能 and 可能 are refused where no clause word is: there they stand in the place of 可.
    """
    plain = masked(text)
    yield from ((word, REFUSED[word]) for word in _find(plain, REFUSED))
    if not clause_words(text):
        yield from ((word, ABILITY[word]) for word in _find(plain, ABILITY))


def vague_words(text: str) -> Iterator[str]:
    """Words of GB/T 1.1 9.4.2.2 and 9.4.2.3 that stand together with 应 or 不应."""
    for part in re.split(r"[，；。：]", masked(text)):
        if any(word.modality == "shall" for word in clause_words(part)):
            yield from _find(part, dict.fromkeys(VAGUE_NEAR))
            yield from (word for word in VAGUE_BESIDE if re.search(f"{word}不?应|应{word}", part))


def masked(text: str) -> str:
    """The text with quotations and innocent words blanked out, of the same length."""
    for pattern in (_QUOTED, _APART, _INNOCENT_PATTERN, _ABLE):
        text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return _BLANK * len(match.group())


def _find(plain: str, words: dict[str, str] | dict[str, None]) -> Iterator[str]:
    pattern = "|".join(sorted(words, key=len, reverse=True))
    yield from dict.fromkeys(re.findall(pattern, plain))


def _recognised(plain: str) -> Iterator[ClauseWord]:
    every = sorted((*FIRST, *EQUIVALENT, *WEAK, *REFUSED, *ABILITY), key=len, reverse=True)
    for match in re.finditer("|".join(every), plain):
        word = match.group()
        if word in FIRST:
            yield ClauseWord(word, FIRST[word], "first", word, match.start())
        elif word in EQUIVALENT:
            yield ClauseWord(word, EQUIVALENT[word][0], "equivalent", EQUIVALENT[word][1], match.start())
        elif word in WEAK:
            yield ClauseWord(word, WEAK[word][0], "weak", WEAK[word][1], match.start())

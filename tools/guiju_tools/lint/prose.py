"""Wording of requirements after GB/T 1.1-2020, as far as a program can judge it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from guiju.errors import Place
from guiju.standard.model import MODALITY_WORDS
from guiju_tools.lint.clause_words import ClauseWord, clause_words, refused_words, vague_words
from guiju_tools.lint.finding import Notice, error, notice
from guiju_tools.lint.view import Item, View

_LAW = re.compile(
    r"《[^》]*(?:法|条例|规定|办法|细则|决定|意见|通知|方案|规划|纲要)(?:（[^）]*）)?》"
    r"|[一-鿿]{1,6}〔\d{4}〕\s?第?\d+号"
    r"|(?:符合|遵守|遵循|按照|依照|依据|根据|执行|满足|按)(?:国家|有关|相关|现行|的){1,4}(?:法律|法规|规章|政策|规定)"
    r"|(?:符合|遵守|遵循|按照|依照|依据|根据|执行|满足|按)法律、?法规"
)
_STANDARD_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?:GB(?:/[TZ])?|DB[0-9]{2,6}(?:/[TZ])?|T/[A-Z]+|ISO(?:/IEC)?|IEC|[A-Z]{2}/[TZ])"
    r"\s?[0-9]{2,6}(?:\.[0-9]+)?(?:[-—][0-9]{4})?"
)
_SELF = re.compile(r"(?<![基样文版成根])本(?:标准|规范|规程|指南|导则|规定|办法)(?!化)")
_UNIT = r"(?:%|％|℃|秒|分钟|小时|个?工作日|个?自然日|天|日|个月|月|年|米|平方米|m²|m|元|人|次|件|个)"
_NUMBER = r"\d+(?:\.\d+)?"
_RANGE = re.compile(rf"(?<![\d.:：年月/第-])({_NUMBER})\s*(?:[-–—~～至到])\s*{_NUMBER}\s*{_UNIT}")
_DASH_RANGE = re.compile(rf"{_NUMBER}\s*({_UNIT})\s*[-–—~]\s*{_NUMBER}\s*{_UNIT}")
_TOLERANCE = re.compile(rf"{_NUMBER}\s*[%％]?\s*±\s*{_NUMBER}\s*[%％]")
_MARKER = re.compile(r"[①-⑳]|（[0-9一二三四五六七八九十]{1,2}）|\([0-9]{1,2}\)")
_LETTER = re.compile(r"([a-z])\)\s?\S")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of the standard and where it stands."""

    text: str
    place: Place


def lint_wording(view: View) -> Iterator[Notice]:
    """Every rule on the wording of the standard's requirements."""
    cited = cited_numbers(view)
    for item in view.items:
        yield from wording(item)
        yield from neutral(Prose(item.model.text, item.place("text")), cited)


def wording(item: Item) -> Iterator[Notice]:
    """Rules on clause words of one requirement."""
    words = clause_words(item.model.text)
    place = item.place("text")
    yield from _modality(item, words, place)
    for word, hint in refused_words(item.model.text):
        yield error("GJ-S343", f"条款中不用“{word}”", place, hint=hint)
    for word in vague_words(item.model.text):
        yield error("GJ-S344", f"“{word}”不与“应”连用", place, hint="去掉这个词，或改为推荐（宜）")
    for found in words:
        if found.rank != "first":
            yield notice(
                "GJ-S345",
                f"“{found.word}”是“{found.first}”的等效表述，只在特殊情况下用",
                place,
                hint=f"请用“{found.first}”",
            )


def _modality(item: Item, words: tuple[ClauseWord, ...], place: Place) -> Iterator[Notice]:
    kinds = list(dict.fromkeys(word.modality for word in words))
    wanted = MODALITY_WORDS[item.model.modality]
    if not kinds:
        yield error(
            "GJ-S346",
            f"文字中没有“{wanted}”",
            place,
            hint=f"性质为“{wanted}”的条款用“{wanted}”或其否定形式表述",
        )
    elif len(kinds) > 1:
        listed = "、".join(f"“{word.word}”" for word in words)
        yield error("GJ-S347", f"一条中有不同性质的用词：{listed}", place, hint="一条只写一种，请拆成两条")
    elif kinds[0] != item.model.modality:
        yield error(
            "GJ-S346", f"用词“{words[0].word}”与性质“{wanted}”不一致", place, hint="请改文字，或改 modality"
        )


def neutral(prose: Prose, cited: Collection[str]) -> Iterator[Notice]:
    """Rules that hold for every text of a standard, whatever its kind."""
    text, place = prose.text, prose.place
    if not text.endswith("。"):
        yield error("GJ-S348", "文字没有以句号结束", place, hint="请以“。”结束")
    for match in _LAW.finditer(text):
        yield error(
            "GJ-S349",
            f"标准文字中不引用法律法规和政策：{match.group()}",
            place,
            hint="法律法规和政策写在 source 与参考文献中；外部约束用“必须”写在条款之外",
        )
    for match in _STANDARD_NUMBER.finditer(text):
        if _undated(match.group()) not in cited:
            yield error(
                "GJ-S350", f"文中引用的 {match.group()} 不在规范性引用文件中", place, hint="请列入 references"
            )
    for match in _SELF.finditer(text):
        yield error("GJ-S351", f"自称用“本文件”，不用“{match.group()}”", place, hint="请改为“本文件”")
    yield from _forms(text, place)


def _forms(text: str, place: Place) -> Iterator[Notice]:
    ranges = (*_RANGE.finditer(text), *_DASH_RANGE.finditer(text), *_TOLERANCE.finditer(text))
    for match in ranges:
        yield error(
            "GJ-S352",
            f"范围的写法不对：{match.group()}",
            place,
            hint="范围的两端都带单位，用“～”连接，如 63%～67%、3个工作日～5个工作日、(65±2)%",
        )
    fault = list_fault(text)
    if fault:
        yield error(
            "GJ-S353",
            fault,
            place,
            hint="引语以“：”结束，各项另起一行，以“——”或 a)、b) 开头，用分号隔开，最后一项以句号结束",
        )


def list_fault(text: str) -> str:
    """What is wrong with a list inside a text (GB/T 1.1 7.5); empty where there is none or it is right."""
    lead, *points = [line.strip() for line in text.split("\n") if line.strip()] or [""]
    if not points:
        marker = _MARKER.search(text)
        return f"列项不用“{marker.group()}”编号" if marker else ""
    if not lead.endswith("："):
        return "列项没有引语"
    if not all(point.endswith(("；", "，", "：")) for point in points[:-1]):
        return "列项的各项没有用分号隔开"
    return "" if _numbered(points) or all(point.startswith("——") for point in points) else "列项的编号不对"


def _numbered(points: list[str]) -> bool:
    letters = [found.group(1) if (found := _LETTER.match(point)) else "" for point in points]
    return letters == [chr(ord("a") + index) for index in range(len(points))]


def cited_numbers(view: View) -> frozenset[str]:
    """Numbers of the normative references, undated and without spaces."""
    if view.standard is None:
        return frozenset()
    return frozenset(_undated(item["document"]) for item in view.standard.data["references"])


def _undated(number: str) -> str:
    return re.sub(r"[-—][0-9]{4}$", "", number).replace(" ", "")

"""What stands around the clauses: title, scope, references, terms, the version (GB/T 1.1-2020, GB/T 46687.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from guiju_tools.lint.clause_words import clause_words, refused_words
from guiju_tools.lint.finding import PUBLISHED, Notice, error, graded, notice
from guiju_tools.lint.prose import Prose, cited_numbers, neutral
from guiju_tools.lint.view import View

_CATEGORY = re.compile(r"标准(?!化)")
_FUNCTION = ("术语", "符号", "标志", "分类", "编码", "代码", "试验方法", "测定", "规范", "规程", "指南")
_SCOPE = re.compile(r"^本文件(?:(?:规定|确立|描述|提供|给出|界定)了|(?:适用于|不适用于))")
_APPLIES = re.compile(r"(?:^|。)本文件适用于")
_HAN = re.compile(r"[一-鿿]")
_DEFINING_NOT = ("必须", "应当", "不得", "禁止")
_LEAST_USES = 2
_REFERENCE_ORDER = (r"GB", r"[A-CE-Z][A-Z](?:/|\s|\d)", r"DB", r"T/", r"(?:ISO|IEC)", r"")
_NOT_NORMATIVE = re.compile(r"〔\d{4}〕|^《|(?:法|条例|规定|办法|意见|通知|决定)(?:（[^）]*）)?$")


def lint_document(view: View) -> Iterator[Notice]:
    """Every rule on the standard's own file except those on its clause tree."""
    if view.standard is None:
        return
    yield from _title(view)
    yield from _version(view)
    yield from _scope(view)
    yield from _references(view)
    yield from _terms(view)
    yield from _paragraphs(view)


def _data(view: View) -> Any:
    return view.standard.data if view.standard is not None else {}


def _place(view: View, *path: str | int) -> Any:
    return view.standard.place(*path) if view.standard is not None else None


def _title(view: View) -> Iterator[Notice]:
    title = _data(view)["title"]
    place = _place(view, "title", "zh")
    if _CATEGORY.search(title["zh"]):
        yield error("GJ-S364", "名称中有“标准”二字", place, hint="名称不含表示文件类别的词，请去掉")
    if not any(word in title["zh"] for word in _FUNCTION):
        hint = f"宜含下列之一：{'、'.join(_FUNCTION)}"
        yield notice("GJ-S365", "名称中没有表示功能类型的词", place, hint=hint)
    if not _HAN.search(title["zh"]):
        yield error("GJ-S366", "中文名称不是中文", place, hint="请写中文名称")
    if _HAN.search(title["en"]):
        yield error("GJ-S366", "英文名称中有汉字", _place(view, "title", "en"), hint="请写英文名称")


def _version(view: View) -> Iterator[Notice]:
    if view.stage >= PUBLISHED and _data(view)["version"].startswith("0."):
        hint = "首次发布为 1.0.0；修订主号加一，修改单次号加一"
        yield error("GJ-S367", "已出版的标准，版本主号不能为0", _place(view, "version"), hint=hint)


def _scope(view: View) -> Iterator[Notice]:
    text, place = _data(view)["scope"]["text"], _place(view, "scope", "text")
    for sentence in filter(None, (part.strip() for part in text.split("。"))):
        words = clause_words(sentence)
        if not _SCOPE.match(sentence):
            hint = "用“本文件规定（确立、描述、提供、给出、界定）了…”和“本文件适用于（不适用于）…”"
            yield error("GJ-S368", f"范围的句式不对：{sentence}", place, hint=hint)
        elif words:
            yield error("GJ-S368", f"范围中有“{words[0].word}”", place, hint="范围只用陈述，不写要求")
    if not _APPLIES.search(text):
        yield error("GJ-S368", "范围没有写明适用于什么", place, hint="请加“本文件适用于…。”")
    yield from neutral(Prose(text, place), cited_numbers(view))


def _references(view: View) -> Iterator[Notice]:
    highest = 0
    for index, item in enumerate(_data(view)["references"]):
        place = _place(view, "references", index)
        document = item["document"]
        if _NOT_NORMATIVE.search(document) or _NOT_NORMATIVE.search(item["title"]):
            message = f"{document} 是法律法规或政策，不作规范性引用"
            yield error("GJ-S369", message, place, hint="请移到 bibliography")
            continue
        rank = next(order for order, pattern in enumerate(_REFERENCE_ORDER) if re.match(pattern, document))
        if rank < highest:
            hint = "顺序：国家标准、行业标准、地方标准、团体标准、国际标准、其他"
            yield notice("GJ-S370", f"{document} 的先后不对", place, hint=hint)
        highest = max(highest, rank)


def _terms(view: View) -> Iterator[Notice]:
    texts = "\n".join(_texts(view))
    for index, item in enumerate(_data(view)["terms"]):
        place = _place(view, "terms", index, "definition")
        definition = item["definition"]
        demands = [word.word for word in clause_words(definition) if word.modality == "shall"]
        demands += [word for word, _ in refused_words(definition) if word in _DEFINING_NOT]
        if demands:
            hint = "定义只说是什么；要求写到条款中"
            yield error("GJ-S371", f"术语“{item['term']}”的定义写成了要求（{demands[0]}）", place, hint=hint)
        uses = texts.count(item["term"]) + sum(
            other["definition"].count(item["term"]) for other in _data(view)["terms"] if other is not item
        )
        if uses < _LEAST_USES and view.complete:
            message = f"术语“{item['term']}”在文中用了{uses}次"
            at = _place(view, "terms", index, "term")
            yield graded("GJ-S372", message, at, hint="至少用两次的才列为术语，否则请删去", stage=view.stage)
        yield from _term_number(view, index, item["number"])
        yield from neutral(Prose(definition, place), cited_numbers(view))


def _term_number(view: View, index: int, number: str) -> Iterator[Notice]:
    first = _data(view)["terms"][0]["number"].rpartition(".")[0]
    wanted = f"{first}.{index + 1}"
    if number != wanted:
        place = _place(view, "terms", index, "number")
        yield error("GJ-S373", f"术语编号 {number} 应为 {wanted}", place, hint="术语从1起连续编号")


def _texts(view: View) -> Iterator[str]:
    """Every text of the standard in which a term may be used."""
    yield _data(view)["scope"]["text"]
    for clause in _data(view)["clauses"]:
        yield clause["title"] + clause.get("text", "")
    for item in view.items:
        yield item.model.text


def _paragraphs(view: View) -> Iterator[Notice]:
    for index, clause in enumerate(_data(view)["clauses"]):
        if "text" in clause:
            yield from neutral(Prose(clause["text"], _place(view, "clauses", index, "text")), cited_numbers(view))

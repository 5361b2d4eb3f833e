"""What stands around the clauses: title, scope, references, terms, version (GB/T 1.1-2020, GB/T 46687.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.standard.source import SourceFile
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
_REFERENCE_ORDER = (r"GB", r"(?!DB|ISO|IEC)[A-Z]{2}[/\s\d]", r"DB", r"T/", r"(?:ISO|IEC)", r"")
_NOT_NORMATIVE = re.compile(r"〔\d{4}〕|^《|(?:法|条例|规定|办法|意见|通知|决定)(?:（[^）]*）)?$")


def lint_document(view: View) -> Iterator[Notice]:
    """Every rule on the standard's own file except those on its clause tree."""
    if view.standard is None:
        return
    yield from _title(view.standard)
    yield from _version(view, view.standard)
    yield from _scope(view, view.standard)
    yield from _references(view.standard)
    yield from _terms(view, view.standard)
    yield from _paragraphs(view, view.standard)


def _title(file: SourceFile) -> Iterator[Notice]:
    title = file.data["title"]
    place = file.place("title", "zh")
    if _CATEGORY.search(title["zh"]):
        yield error("GJ-S362", "名称中有“标准”二字", place, hint="名称不含表示文件类别的词，请去掉")
    if not any(word in title["zh"] for word in _FUNCTION):
        yield notice(
            "GJ-S363", "名称中没有表示功能类型的词", place, hint=f"宜含下列之一：{'、'.join(_FUNCTION)}"
        )
    if not _HAN.search(title["zh"]):
        yield error("GJ-S364", "中文名称不是中文", place, hint="请写中文名称")
    if _HAN.search(title["en"]):
        yield error("GJ-S364", "英文名称中有汉字", file.place("title", "en"), hint="请写英文名称")


def _version(view: View, file: SourceFile) -> Iterator[Notice]:
    if view.stage >= PUBLISHED and file.data["version"].startswith("0."):
        yield error(
            "GJ-S365",
            "已出版的标准，版本主号不能为0",
            file.place("version"),
            hint="首次发布为 1.0.0；修订主号加一，修改单次号加一",
        )


def _scope(view: View, file: SourceFile) -> Iterator[Notice]:
    text, place = file.data["scope"]["text"], file.place("scope", "text")
    for sentence in filter(None, (part.strip() for part in text.split("。"))):
        words = clause_words(sentence)
        if not _SCOPE.match(sentence):
            yield error(
                "GJ-S366",
                f"范围的句式不对：{sentence}",
                place,
                hint="用“本文件规定（确立、描述、提供、给出、界定）了…”和“本文件适用于（不适用于）…”",
            )
        elif words:
            yield error("GJ-S366", f"范围中有“{words[0].word}”", place, hint="范围只用陈述，不写要求")
    if not _APPLIES.search(text):
        yield error("GJ-S366", "范围没有写明适用于什么", place, hint="请加“本文件适用于…。”")
    yield from neutral(Prose(text, place), cited_numbers(view))


def _references(file: SourceFile) -> Iterator[Notice]:
    highest = 0
    for index, item in enumerate(file.data["references"]):
        place = file.place("references", index)
        document = item["document"]
        if _NOT_NORMATIVE.search(document) or _NOT_NORMATIVE.search(item["title"]):
            yield error(
                "GJ-S367", f"{document} 是法律法规或政策，不作规范性引用", place, hint="请移到 bibliography"
            )
            continue
        rank = next(order for order, pattern in enumerate(_REFERENCE_ORDER) if re.match(pattern, document))
        if rank < highest:
            yield notice(
                "GJ-S368",
                f"{document} 的先后不对",
                place,
                hint="顺序：国家标准、行业标准、地方标准、团体标准、国际标准、其他",
            )
        highest = max(highest, rank)


def _terms(view: View, file: SourceFile) -> Iterator[Notice]:
    texts = "\n".join(_texts(view, file))
    for index, item in enumerate(file.data["terms"]):
        place = file.place("terms", index, "definition")
        definition = item["definition"]
        demands = [word.word for word in clause_words(definition) if word.modality == "shall"]
        demands += [word for word, _ in refused_words(definition) if word in _DEFINING_NOT]
        if demands:
            yield error(
                "GJ-S369",
                f"术语“{item['term']}”的定义写成了要求（{demands[0]}）",
                place,
                hint="定义只说是什么；要求写到条款中",
            )
        uses = texts.count(item["term"]) + sum(
            other["definition"].count(item["term"]) for other in file.data["terms"] if other is not item
        )
        if uses < _LEAST_USES and view.complete:
            at = file.place("terms", index, "term")
            yield graded(
                "GJ-S370",
                f"术语“{item['term']}”在文中用了{uses}次",
                at,
                hint="至少用两次的才列为术语，否则请删去",
                stage=view.stage,
            )
        yield from _term_number(file, index, item["number"])
        yield from neutral(Prose(definition, place), cited_numbers(view))


def _term_number(file: SourceFile, index: int, number: str) -> Iterator[Notice]:
    first = file.data["terms"][0]["number"].rpartition(".")[0]
    wanted = f"{first}.{index + 1}"
    if number != wanted:
        place = file.place("terms", index, "number")
        yield error("GJ-S371", f"术语编号 {number} 应为 {wanted}", place, hint="术语从1起连续编号")


def _texts(view: View, file: SourceFile) -> Iterator[str]:
    """Every text of the standard in which a term may be used."""
    yield file.data["scope"]["text"]
    for clause in file.data["clauses"]:
        yield clause["title"] + clause.get("text", "")
    for item in view.items:
        yield item.model.text


def _paragraphs(view: View, file: SourceFile) -> Iterator[Notice]:
    for index, clause in enumerate(file.data["clauses"]):
        if "text" in clause:
            yield from neutral(
                Prose(clause["text"], file.place("clauses", index, "text")), cited_numbers(view)
            )

"""The blocks of a standard in the order of GB/T 1.1: nothing is said here that the data do not say.

The sentences that lead in the references and the terms are those that GB/T 1.1 prescribes for every document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from guiju.standard.model import BASIS_WORDS, MARK_WORDS, Clause, Requirement, Source, Standard
from guiju_tools.report.words import STAGE
from guiju_tools.text.annexes import annexes
from guiju_tools.text.blocks import Block, Entry, Heading, Items, Paragraph, Printed, Remark
from guiju_tools.text.methods import Methods

DRAFT = "试点用草案（非国家标准）"
TRIAL = "试点版本（非国家标准）"
USE = "供自查与标准验证，不作考核、排名、问责依据"
FIRST_CHAPTERS = {"1": "范围", "2": "规范性引用文件", "3": "术语和定义"}
REFERENCES_LEAD = (
    "下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。其中，注日期的引用文件，"
    "仅该日期对应的版本适用于本文件；不注日期的引用文件，其最新版本（包括所有的修改单）适用于本文件。"
)
NO_REFERENCES = "本文件没有规范性引用文件。"
TERMS_LEAD = "下列术语和定义适用于本文件。"
NO_TERMS = "本文件没有需要界定的术语和定义。"
NO_TITLES: Mapping[str, str] = MappingProxyType({})
ADVISORY = "依据待核对原文，只作提示，不计入结论"


def printed(
    standard: Standard, *, with_checks: bool = False, titles: Mapping[str, str] = NO_TITLES
) -> Printed:
    """The standard as blocks; `with_checks` adds how each requirement is examined and what it rests on.

    `titles` are those of other standards by id, where their datasets are used.
    """
    methods = Methods(standard) if with_checks else None
    body = (*_chapters(standard, methods), *annexes(standard, titles), *_bibliography(standard))
    return Printed(_cover(standard), body)


def _cover(standard: Standard) -> tuple[str, ...]:
    state = TRIAL if standard.published else DRAFT
    stage = STAGE.get(standard.stage, standard.stage)
    return (state, standard.title, standard.title_en, f"版本 {standard.version}（{stage}阶段）", USE)


def _chapters(standard: Standard, methods: Methods | None) -> Iterator[Block]:
    at: dict[str, list[Requirement]] = {}
    for item in standard.requirements:
        at.setdefault(item.clause, []).append(item)
    for clause in _clauses(standard):
        if clause.title:
            yield Heading(clause.number.count(".") + 1, clause.number, clause.title)
        yield from _fixed(standard, clause.number)
        numbered = "" if clause.title else clause.number
        if clause.text:
            yield Paragraph(clause.text, numbered)
        for item in at.get(clause.number, ()):
            yield Paragraph(item.text, numbered)
            yield from _remarks(item, methods)


def _clauses(standard: Standard) -> list[Clause]:
    """The clause tree with what it may leave out: the three first chapters, clauses without a title."""
    found = {number: Clause(number, title) for number, title in FIRST_CHAPTERS.items()}
    found |= {item.clause: Clause(item.clause, "") for item in standard.requirements}
    found |= {clause.number: clause for clause in standard.clauses}
    return sorted(found.values(), key=_order)


def _order(clause: Clause) -> list[tuple[bool, int, str]]:
    """Chapters by number, annexes after them by letter."""
    parts = clause.number.split(".")
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]


def _fixed(standard: Standard, number: str) -> Iterator[Block]:
    """What stands in the three chapters that every document has."""
    match number:
        case "1":
            yield Paragraph(standard.document["scope"]["text"])
        case "2":
            yield from _references(standard)
        case "3":
            yield from _terms(standard)
        case _:
            pass


def _references(standard: Standard) -> Iterator[Block]:
    listed = standard.document["references"]
    yield Paragraph(REFERENCES_LEAD if listed else NO_REFERENCES)
    if listed:
        yield Items(tuple(f"{item['document']}\u3000{item['title']}" for item in listed))


def _terms(standard: Standard) -> Iterator[Block]:
    yield Paragraph(TERMS_LEAD if standard.terms else NO_TERMS)
    for item in standard.terms:
        yield Entry(item.number, item.term, item.english, item.definition)


def _remarks(item: Requirement, methods: Methods | None) -> Iterator[Remark]:
    if methods is None:
        return
    yield Remark("标识", f"{item.id}{'，关键条款' if item.key else ''}")
    yield Remark("核验", methods.of(item))
    advisory = f"（{ADVISORY}）" if item.advisory else ""
    sources = "；".join(map(source_words, item.sources))
    yield Remark("依据", f"{BASIS_WORDS[item.basis]}{advisory}。{sources}")


def source_words(source: Source) -> str:
    """A source as people cite it, with how far it was verified."""
    return f"{source.document} {source.at}".strip() + f"（{MARK_WORDS[source.mark]}）"


def _bibliography(standard: Standard) -> Iterator[Block]:
    listed = standard.document["bibliography"]
    if listed:
        yield Heading(1, "", "参考文献")
        yield Items(tuple(_cited(number, item) for number, item in enumerate(listed, 1)))


def _cited(number: int, item: dict[str, str]) -> str:
    name = "" if item["title"] in item["document"] else f"\u3000{item['title']}"
    return f"[{number}] {item['document']}{name}（{MARK_WORDS[item['mark']]}）"

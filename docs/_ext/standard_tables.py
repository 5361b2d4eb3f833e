"""Tables made from the standards themselves: counts of requirements, traces from sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from docutils import nodes
from reference_tables import ROOT, Row, paragraph, table
from sphinx.util.docutils import SphinxDirective

from guiju.content import own_pack
from guiju.standard.load import load_from
from guiju.standard.model import BASIS_WORDS, MARK_WORDS, MODALITY_WORDS, Requirement, Standard
from guiju_tools.framework.load import read_framework
from guiju_tools.report.words import METHOD

if TYPE_CHECKING:
    from sphinx.application import Sphinx

TOTAL = "合计"
_UNITS = "零一二三四五六七八九"
_TENS = {"十": 10, "百": 100, "千": 1000}


@cache
def standards() -> tuple[Standard, ...]:
    """The standards of our own pack, in the order of the framework."""
    pack = own_pack()
    order = [node.standard for node in read_framework(pack).nodes if node.standard]
    return tuple(load_from(pack, name, (pack,)) for name in sorted(pack.standard_ids(), key=order.index))


def best_mark(item: Requirement) -> str:
    """How well the best verified source of a requirement is known."""
    marks = [source.mark for source in item.sources]
    return next(mark for mark in MARK_WORDS if mark in marks)


class FromStandards(SphinxDirective):
    """A directive that is made again whenever a file of a standard changes."""

    def depend(self) -> None:
        """Note every file that the tables are made of."""
        folder = ROOT / "standards"
        for path in (
            folder / "framework.yaml",
            *folder.glob("*/*.yaml"),
            *folder.glob("*/requirements/*.yaml"),
        ):
            self.env.note_dependency(str(path))


class RequirementCounts(FromStandards):
    """``{requirement-counts} modality``: how many requirements each standard has of each kind."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One row a standard, one column a kind, and the totals."""
        self.depend()
        words, kind_of = COUNTED[self.arguments[0]]
        counts = [(item.title, Counter(map(kind_of, item.requirements))) for item in standards()]
        used = [key for key in words if any(counted[key] for _, counted in counts)]
        whole = sum((counted for _, counted in counts), Counter[str]())
        rows = [count_row(title, counted, used) for title, counted in (*counts, (TOTAL, whole))]
        return [table(("标准", TOTAL, *(words[key] for key in used)), rows)]


def how_examined(item: Requirement) -> str:
    """Whether data, a self-assessment or a look answers the requirement."""
    return "data" if item.on_data else item.check.kind


COUNTED: dict[str, tuple[dict[str, str], Callable[[Requirement], str]]] = {
    "modality": (dict(MODALITY_WORDS), lambda item: item.modality),
    "basis": (dict(BASIS_WORDS), lambda item: item.basis),
    "mark": (dict(MARK_WORDS), best_mark),
    "method": (dict(METHOD), lambda item: item.check.kind),
    "examined": (
        {"data": "用数据核验", "declared": METHOD["declared"], "examined": METHOD["examined"]},
        how_examined,
    ),
}


def count_row(title: str, counted: Counter[str], used: Iterable[str]) -> Row:
    """A row of counts; nothing is left blank, a zero is written."""
    return tuple(map(paragraph, (title, str(counted.total()), *(str(counted[key]) for key in used))))


class ChapterCounts(FromStandards):
    """``{chapter-counts}``: the requirements of each chapter of each standard."""

    def run(self) -> list[nodes.Node]:
        """One row a chapter, standards one after the other."""
        self.depend()
        rows = [row for standard in standards() for row in chapter_rows(standard)]
        heads = ("标准", "章", TOTAL, *MODALITY_WORDS.values(), "用数据核验", "自评、查看")
        return [table(heads, rows)]


def chapter_rows(standard: Standard) -> Iterator[Row]:
    """The chapters of one standard that hold requirements."""
    titles = {clause.number: clause.title for clause in standard.clauses}
    chapters = dict.fromkeys(item.clause.split(".")[0] for item in standard.requirements)
    for number in sorted(chapters, key=natural):
        items = [item for item in standard.requirements if item.clause.split(".")[0] == number]
        modalities = Counter(item.modality for item in items)
        on_data = sum(item.on_data for item in items)
        cells = [standard.title, f"{number} {titles.get(number, '')}", str(len(items))]
        cells += [str(modalities[key]) for key in MODALITY_WORDS]
        yield tuple(map(paragraph, (*cells, str(on_data), str(len(items) - on_data))))


class SourceTrace(FromStandards):
    """``{source-trace} 国发〔2022〕5号``: from the places of a document to the requirements resting on it."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """One row a place; without a document, one row a document."""
        self.depend()
        if self.arguments:
            return [table(("位置", "核对程度", "要求"), list(place_rows(self.arguments[0])))]
        return [table(("文件", "核对程度", "要求"), list(document_rows()))]


def uses() -> Iterator[tuple[str, str, str, Requirement]]:
    """Every source of every requirement: document, place, mark, requirement."""
    for standard in standards():
        for item in standard.requirements:
            for source in item.sources:
                yield source.document, source.at, source.mark, item


def place_rows(document: str) -> Iterator[Row]:
    """The places of one document in its own order, with their requirements."""
    found: dict[tuple[str, str], list[Requirement]] = {}
    for name, at, mark, item in uses():
        if name == document:
            found.setdefault((at, mark), []).append(item)
    for (at, mark), items in sorted(found.items(), key=lambda pair: natural(pair[0][0])):
        yield (paragraph(at or "（全文）"), paragraph(MARK_WORDS[mark]), listed(items))


def document_rows() -> Iterator[Row]:
    """Every document that requirements rest on, the most used first."""
    found: dict[str, list[Requirement]] = {}
    marks: dict[str, set[str]] = {}
    for name, _, mark, item in uses():
        found.setdefault(name, []).append(item)
        marks.setdefault(name, set()).add(mark)
    for name, items in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        words = "、".join(text for mark, text in MARK_WORDS.items() if mark in marks[name])
        yield (paragraph(name), paragraph(words), paragraph(f"{len({item.id for item in items})}条"))


def listed(items: Iterable[Requirement]) -> nodes.Node:
    """Requirements by id and clause, each once, leading to the clause in the text of its standard."""
    places = {item.id: standard.id for standard in standards() for item in standard.requirements}
    shown = nodes.paragraph()
    for item in {one.id: one for one in items}.values():
        text = f"{item.id}（{item.clause}）"
        page = f"texts/{places[item.id]}.html#{nodes.make_id(f'clause-{item.clause}')}"
        shown += [*([nodes.Text("、")] if len(shown) else []), nodes.reference(text, text, refuri=page)]
    return shown


def natural(text: str) -> list[tuple[int, int, str]]:
    """A key that sorts 二 before 三, 第九条 before 第二十四条 and 4.2 before 4.10."""
    parts = re.findall(rf"[0-9]+|[{_UNITS}{''.join(_TENS)}]+|.", text)
    return [(0, number, "") if (number := _number(part)) is not None else (1, 0, part) for part in parts]


def _number(text: str) -> int | None:
    """A number below ten thousand in either script; None for other text."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    if not set(text) <= {*_UNITS, *_TENS}:
        return None
    whole, unit = 0, 0
    for sign in text:
        if sign in _TENS:
            whole, unit = whole + (unit or 1) * _TENS[sign], 0
        else:
            unit = _UNITS.index(sign)
    return whole + unit


def setup(app: Sphinx) -> dict[str, Any]:
    """Registers the directives."""
    app.add_directive("requirement-counts", RequirementCounts)
    app.add_directive("chapter-counts", ChapterCounts)
    app.add_directive("source-trace", SourceTrace)
    return {"parallel_read_safe": True}

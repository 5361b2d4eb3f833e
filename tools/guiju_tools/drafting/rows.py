"""Rows of the smaller sheets as the data of their files: documents, parameters, codes."""

from __future__ import annotations

import re

from guiju_tools.drafting import headings as h
from guiju_tools.drafting import sheets as s
from guiju_tools.drafting.headings import Cells, Data, Problem

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def document_of(cells: Cells) -> tuple[str, Data, list[Problem]]:
    """The list a document belongs to and its entry."""
    problems: list[Problem] = []
    group = h.turned(h.GROUP_WORDS).get(cells.get(s.GROUP, ""), "")
    mark = h.turned(h.MARKS).get(cells.get(s.PAPER_MARK, ""), "")
    if not group:
        problems.append(Problem(s.GROUP, f"请从这些里选：{'、'.join(h.GROUP_WORDS.values())}"))
    if not mark:
        problems.append(Problem(s.PAPER_MARK, f"请从这些里选：{'、'.join(h.MARKS.values())}"))
    if not cells.get(s.PAPER_TITLE):
        problems.append(Problem(s.PAPER_TITLE, "没有写名称"))
    entry = {"document": cells[s.PAPER], "title": cells.get(s.PAPER_TITLE, ""), "mark": mark}
    return group, entry, problems


def parameter_of(cells: Cells) -> tuple[Data, list[Problem]]:
    """A parameter's entry."""
    problems: list[Problem] = []

    def chosen(heading: str, words: dict[str, str], *, needed: bool = True) -> str:
        text = cells.get(heading, "")
        if (text or needed) and text not in words:
            problems.append(Problem(heading, f"请从这些里选：{'、'.join(words)}"))
        return words.get(text, "")

    if not _NAME.fullmatch(cells[s.PARAMETER]):
        problems.append(Problem(s.PARAMETER, "标识用小写英文字母、数字和“_”，如 answer_seconds"))
    if not cells.get(s.PARAMETER_TITLE):
        problems.append(Problem(s.PARAMETER_TITLE, "没有写名称"))
    told: Data = {
        "title": cells.get(s.PARAMETER_TITLE, ""),
        "type": chosen(s.TYPE, h.turned(h.TYPE_WORDS)),
        "kind": chosen(s.KIND, h.turned(h.KIND_WORDS)),
        "value": cells.get(s.VALUE, ""),
        "unit": cells.get(s.UNIT, ""),
        "tighter": chosen(s.TIGHTER, h.turned(h.TIGHTER_WORDS), needed=False),
    }
    sources = _sources(cells, problems)
    told = {key: text for key, text in told.items() if text} | ({"source": sources} if sources else {})
    return told, problems


def _sources(cells: Cells, problems: list[Problem]) -> list[Data]:
    marks = h.turned(h.MARKS)
    found: list[Data] = []
    number = 1
    while any(heading in cells for heading in h.source_headings(number)):
        document, at, mark = h.source_headings(number)
        if not cells.get(document):
            problems.append(Problem(document, "没有写来源"))
        if cells.get(mark, "") not in marks:
            problems.append(Problem(mark, f"请从这些里选：{'、'.join(marks)}"))
        name = marks.get(cells.get(mark, ""), "")
        found.append({"document": cells.get(document, ""), "at": cells.get(at, ""), "mark": name})
        number += 1
    return found


def code_of(cells: Cells) -> tuple[dict[str, str], list[Problem]]:
    """A code's row in its CSV."""
    problems = [
        Problem(heading, "日期写成 2026-01-31 的样子")
        for heading in (s.FROM, s.UNTIL)
        if cells.get(heading) and not _DAY.fullmatch(cells[heading])
    ]
    if not cells.get(s.LABEL):
        problems.append(Problem(s.LABEL, "没有写名称"))
    return {column: cells.get(heading, "") for heading, column in s.CODE_COLUMNS.items()}, problems

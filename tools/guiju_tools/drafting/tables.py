"""A standard's files as sheets: what a workbook shows, and what it is compared with when it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guiju.content import Pack
from guiju.standard.model import Standard
from guiju.standard.source import CODELIST_COLUMNS
from guiju.standard.tables import read_csv
from guiju_tools.drafting import headings as h
from guiju_tools.drafting import sheets as s
from guiju_tools.drafting.entry import row_of
from guiju_tools.drafting.headings import Data, Sheet, Tables
from guiju_tools.drafting.lexicon import Lexicon

LONGEST = 500
"""Codes of the longest list that goes into a workbook; longer ones are kept by programs, not by hand."""
JOINT = " "
"""Between the parts of a key."""


def tables_of(standard: Standard, pack: Pack) -> Tables:
    """Everything of the standard that a drafter edits, blank cells left out."""
    lexicon = Lexicon(standard)
    document = standard.document
    return {
        h.REQUIREMENTS: {item["id"]: row_of(lexicon, item) for item in document["requirements"]},
        h.CLAUSES: {item["number"]: clause_row(item) for item in document["clauses"]},
        h.DOCUMENTS: dict(_documents(document)),
        h.PARAMETERS: {name: parameter_row(name, item) for name, item in document["parameters"].items()},
        h.CODES: dict(_codes(pack, editable_lists(standard, pack))),
    }


def clause_row(item: Data) -> dict[str, str]:
    """A clause as a row."""
    return _filled({s.NUMBER: item["number"], s.TITLE: item["title"], s.WORDS: item.get("text", "")})


def clause_of(cells: Mapping[str, str]) -> Data:
    """A row as a clause."""
    text = cells.get(s.WORDS, "")
    told = {"number": cells[s.NUMBER], "title": cells.get(s.TITLE, "")}
    return {**told, "text": text} if text else told


def _documents(document: Mapping[str, Any]) -> list[tuple[str, dict[str, str]]]:
    found = []
    for group, word in h.GROUP_WORDS.items():
        for item in document[group]:
            told = {s.PAPER: item["document"], s.PAPER_TITLE: item["title"], s.GROUP: word}
            found.append((item["document"], _filled({**told, s.PAPER_MARK: h.MARKS[item["mark"]]})))
    return found


def parameter_row(name: str, item: Data) -> dict[str, str]:
    """A parameter as a row."""
    cells = {
        s.PARAMETER: name,
        s.PARAMETER_TITLE: item["title"],
        s.TYPE: h.TYPE_WORDS[item["type"]],
        s.KIND: h.KIND_WORDS[item["kind"]],
        s.VALUE: item.get("value", ""),
        s.UNIT: item.get("unit", ""),
        s.TIGHTER: h.TIGHTER_WORDS.get(item.get("tighter", ""), ""),
    }
    for number, source in enumerate(item.get("source", ()), 1):
        texts = (source["document"], source["at"], h.MARKS[source["mark"]])
        cells |= dict(zip(h.source_headings(number), texts, strict=True))
    return _filled(cells)


def editable_lists(standard: Standard, pack: Pack) -> tuple[str, ...]:
    """The code lists that the pack itself holds and that are short enough for a sheet."""
    return tuple(
        name
        for name, item in standard.codelists.items()
        if len(item.codes) <= LONGEST and (pack.standards / "codelists" / f"{name}.csv").is_file()
    )


def _codes(pack: Pack, names: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    found = []
    for name in names:
        path = pack.standards / "codelists" / f"{name}.csv"
        for _, row in read_csv(path, CODELIST_COLUMNS, path.name):
            cells = {heading: row[column] for heading, column in s.CODE_COLUMNS.items()}
            found.append((f"{name}{JOINT}{row['code']}", _filled({s.LIST: name, **cells})))
    return found


def _filled(cells: Mapping[str, str]) -> dict[str, str]:
    return {heading: text for heading, text in cells.items() if text}


def most_sources(rows: Sheet) -> int:
    """The number of sources that the row with the most of them has."""
    first = h.DOCUMENT.format("")
    counts = [
        sum(heading.startswith(first) and heading[len(first) :].isdecimal() for heading in row)
        for row in rows.values()
    ]
    return max(counts, default=1)

"""What a workbook tells besides decisions: tables, values, scores and candidates, for the comments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from guiju.export.recognition import mapping_form as form
from guiju.export.recognition.mapping_book import book_rows
from guiju_tools.mapping.proposal import (
    HOW,
    Candidate,
    CodeQuestion,
    ColumnNote,
    Line,
    Proposal,
    Proposals,
    TableNote,
)

_CANDIDATE = re.compile(r"(.*)（([^（）]*?)(?: ([0-9]+) 分)?）")
_BY_WORD = {word: how for how, word in HOW.items()}

_Rows = Sequence[Mapping[str, str]]


def with_notes(proposals: Proposals, path: Path) -> Proposals:
    """The proposals with what the workbook says beside each decision."""
    sheets = {name: book_rows(path, name) for name in form.SHEETS if name not in (form.ABOUT, form.FIELDS)}
    passed = tuple(
        TableNote(row["文件"], row["工作表"], row["行数"])
        for row in sheets[form.TABLES]
        if row["数据集"] == form.NOT_READ
    )
    return replace(
        proposals, datasets=tuple(_noted(item, sheets) for item in proposals.datasets), passed=passed
    )


def _noted(item: Proposal, sheets: Mapping[str, _Rows]) -> Proposal:
    mine = {
        name: [row for row in rows if row["数据集"] == item.dataset.title] for name, rows in sheets.items()
    }
    tables = tuple(TableNote(row["文件"], row["工作表"], row["行数"]) for row in mine[form.TABLES])
    by_heading = {row["列名"]: row for row in mine[form.COLUMNS] if row["列名"]}
    asked = {row["数据元"]: row["可能的列"] for row in mine[form.QUESTIONS]}
    return replace(
        item,
        tables=tuple(table for table in tables if table.looked_at),
        lines=tuple(_line(item, line, by_heading, asked) for line in item.lines),
        columns=tuple(ColumnNote(name, row["填写率"], row["示例"]) for name, row in by_heading.items()),
        codes=_codes(item, mine[form.CODES]),
    )


def _line(
    item: Proposal, line: Line, by_heading: Mapping[str, Mapping[str, str]], asked: Mapping[str, str]
) -> Line:
    if line.open:
        found = [_candidate(text) for text in asked.get(item.dataset.fields[line.name].title, "").split("\n")]
        return replace(line, candidates=tuple(one for one in found if one))
    row = by_heading.get(line.heading, {})
    how, score = _BY_WORD.get(row.get("凭什么", ""), "kept"), row.get("分数", "")
    return replace(line, how=how, score=int(score) if score.isdecimal() else line.score)


def _candidate(text: str) -> Candidate | None:
    found = _CANDIDATE.fullmatch(text)
    return Candidate(found[1], _BY_WORD.get(found[2], "near"), int(found[3] or 0)) if found else None


def _codes(item: Proposal, rows: _Rows) -> tuple[CodeQuestion, ...]:
    names = {field.title: name for name, field in item.dataset.fields.items()}
    return tuple(
        CodeQuestion(names[row["数据元"]], row["导出里的写法"], int(row["条数"]), row["相近的代码"])
        for row in rows
        if row["数据元"] in names and row["条数"].isdecimal()
    )

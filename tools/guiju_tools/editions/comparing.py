"""Two editions of one standard beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guiju.errors import InputError
from guiju.standard.edition import digests
from guiju_tools.editions.data import (
    codelist_changes,
    conclusion_changes,
    dataset_changes,
    parameter_changes,
)
from guiju_tools.editions.model import Comparison, Grade, Side
from guiju_tools.editions.prose import prose_changes
from guiju_tools.editions.requirements import moved, requirement_changes

Document = Mapping[str, Any]


def compare_editions(before: Document, after: Document) -> Comparison:
    """Every difference between two edition documents, with the proposed number of the later one.

    Raises:
        InputError: GJ-I490 they are editions of different standards.
    """
    if before["id"] != after["id"]:
        raise InputError(
            "GJ-I490",
            "两个版本不属于同一个标准，不能比较",
            cause=f"前者是 {before['id']}，后者是 {after['id']}",
            hint="请指定同一标准的两个版本",
        )
    changes = (
        *requirement_changes(before, after),
        *parameter_changes(before, after),
        *dataset_changes(before, after),
        *codelist_changes(before, after),
        *conclusion_changes(before, after),
        *prose_changes(before, after),
    )
    found = Comparison(_side(before), _side(after), changes, moved(before, after), "")
    return Comparison(found.before, found.after, changes, found.moved, next_version(found))


def _side(document: Document) -> Side:
    judging, text = digests(document)
    return Side(document["id"], document["title"]["zh"], document["version"], judging, text)


def next_version(comparison: Comparison) -> str:
    """The number that the changes call for, after table 2 of GB/T 46687.1-2025.

    A revision raises the first part, an amendment the second, a change only in what is called upon (code
    lists) or in wording that no clause depends on the third. Before a first publication (0.x) the second part
    stands for the first.
    """
    grade = comparison.grade
    if grade is None:
        return comparison.before.version
    main, sub, fix = (int(part) for part in comparison.before.version.split("."))
    if main == 0:
        return f"0.{sub + 1}.0" if grade == "breaking" else f"0.{sub}.{fix + 1}"
    if grade == "breaking":
        return f"{main + 1}.0.0"
    return f"{main}.{sub + 1}.0" if _amends(comparison, grade) else f"{main}.{sub}.{fix + 1}"


def _amends(comparison: Comparison, grade: Grade) -> bool:
    """Whether the text of the standard itself is amended."""
    if any(change.part in ("requirement", "parameter", "conclusion") for change in comparison.changes):
        return True
    return grade == "compatible" and any(change.part in ("dataset", "field") for change in comparison.changes)

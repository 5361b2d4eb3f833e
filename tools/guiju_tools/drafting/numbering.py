"""Numbers that a drafter does not choose: the next id, the place of a clause, the file of a chapter."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.content import Pack
from guiju_tools.drafting.headings import Data

_DIGITS = 3
_LAST_ID = 999
_CLAUSE = re.compile(r"([0-9]+|[A-Z])(\.[0-9]+)*")

Number = tuple[str, ...]


def next_id(pack: Pack, standard_id: str, document: Mapping[str, Any]) -> str:
    """The next id: above every one in use, withdrawn, published in an edition or named in a feature."""
    prefix = document["prefix"]
    taken = [
        int(found[len(prefix) + 1 :])
        for found in _ids(pack, standard_id, document)
        if re.fullmatch(rf"{prefix}-[0-9]{{{_DIGITS}}}", found)
    ]
    number = max(taken, default=0) + 1
    if number > _LAST_ID:
        raise OverflowError(prefix)
    return f"{prefix}-{number:0{_DIGITS}d}"


def _ids(pack: Pack, standard_id: str, document: Mapping[str, Any]) -> Iterator[str]:
    yield from (item["id"] for item in document["requirements"])
    yield from (item["id"] for item in document.get("withdrawn", ()))
    tag = re.compile(rf"{document['prefix']}-[0-9]{{{_DIGITS}}}")
    for path in (pack.features / standard_id).glob("*.feature"):
        yield from tag.findall(path.read_text(encoding="utf-8"))
    for path in (pack.standards / "editions").glob(f"{standard_id}-*.json"):
        published = json.loads(path.read_text(encoding="utf-8"))
        yield from (item["id"] for item in (*published["requirements"], *published.get("withdrawn", ())))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a new clause goes: its place in the list of clauses; None where the tree needs no entry."""

    index: int | None
    titled: bool = False


def clause_key(number: str) -> tuple[tuple[int, str], ...]:
    """Clause numbers in the order of the text: chapters, then annexes."""
    return tuple((0, f"{int(part):09d}") if part.isdigit() else (1, part) for part in number.split("."))


def place_clause(tree: Sequence[Data], used: Sequence[str], number: str) -> Spot | str:  # noqa: PLR0911 - one a rule
    """Where a clause number stands or goes; a text says why it cannot.

    Args:
        tree: the clauses of the standard in order.
        used: the clauses at which requirements stand.
        number: the clause wanted.
    """
    if not _CLAUSE.fullmatch(number):
        return f"“{number}”不是条款号；写成 4.1.5 的样子"
    known = {entry["number"]: entry for entry in tree}
    parent, _, last = number.rpartition(".")
    children = _children([*known, *used], number)
    if children:
        return f"{number} 之下已经分条，要求写在更下一层；下一个可用的是 {_next(number, children)}"
    if number in known or number in used:
        return Spot(None)
    if parent not in known:
        return f"章条中没有 {parent or number}；请先在 standard.yaml 的 clauses 里写上这一章（或条）的标题"
    siblings = _children([*known, *used], parent)
    if not known[parent]["title"] and "." in parent:
        return f"{parent} 是没有标题的条，之下不再分条"
    if int(last) != len(siblings) + 1:
        return f"{parent} 之下的下一个条款号是 {_next(parent, siblings)}，不是 {number}"
    return _gap(tree, known, parent, siblings)


def _gap(tree: Sequence[Data], known: Mapping[str, Data], parent: str, siblings: Sequence[str]) -> Spot:
    listed = [one for one in siblings if one in known]
    if siblings and not listed:
        return Spot(None)
    after = max(index for index, entry in enumerate(tree) if f"{entry['number']}.".startswith(f"{parent}."))
    return Spot(after + 1, titled=bool(listed and known[listed[0]]["title"]))


def _children(numbers: Sequence[str], parent: str) -> list[str]:
    depth = parent.count(".") + 1
    return sorted(
        {one for one in numbers if one.startswith(f"{parent}.") and one.count(".") == depth}, key=clause_key
    )


def _next(parent: str, children: Sequence[str]) -> str:
    return f"{parent}.{len(children) + 1}"


def next_clause(tree: Sequence[Data], used: Sequence[str], parent: str) -> str:
    """The next free number below a clause."""
    return _next(parent, _children([*(entry["number"] for entry in tree), *used], parent))


def chapter_file(files: Mapping[Path, Sequence[Data]], clause: str) -> Path | None:
    """The file in which the requirements of a clause's chapter stand; None where the chapter has none yet."""
    chapter = clause.partition(".")[0]
    counted = Counter(
        path for path, items in files.items() for item in items if item["clause"].partition(".")[0] == chapter
    )
    return counted.most_common(1)[0][0] if counted else None


def place_in_file(items: Sequence[Data], clause: str) -> int:
    """Behind the last requirement whose clause does not come later."""
    key = clause_key(clause)
    before = [index for index, item in enumerate(items) if clause_key(item["clause"]) <= key]
    return before[-1] + 1 if before else 0

"""The numbering of clauses after GB/T 1.1-2020 7.2 to 7.4; requirements stand at clauses or below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guiju.errors import Place
from guiju_tools.lint.clause_words import clause_words
from guiju_tools.lint.finding import Notice, error, graded, notice
from guiju_tools.lint.view import View

_DEEPEST = 6  # a chapter and five levels below it
_FIRST_CHAPTERS = (
    "1",
    "4",
)  # 范围, 规范性引用文件 and 术语 have their own keys, so the tree may begin after them
_FILLED_ELSEWHERE = frozenset({"1", "2", "3"})

Number = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One number of the text: from the clause tree (`title` is a text) or of a requirement (None)."""

    number: Number
    title: str | None
    place: Place
    text: str = ""

    @property
    def shown(self) -> str:
        """The number as written."""
        return ".".join(self.number)


def lint_clauses(view: View) -> Iterator[Notice]:
    """Every rule on the clause tree and on where requirements stand in it."""
    if view.standard is None:
        return
    tree = [
        _Entry(
            tuple(clause["number"].split(".")),
            clause["title"],
            view.standard.place("clauses", index),
            clause.get("text", ""),
        )
        for index, clause in enumerate(view.standard.data["clauses"])
    ]
    known = {entry.number: entry for entry in reversed(tree)}
    listed = [_Entry(tuple(item.model.clause.split(".")), None, item.place("clause")) for item in view.items]
    yield from _homeless(listed, known)
    below = [entry for entry in listed if entry.number not in known and entry.number[:-1] in known]
    yield from _order(tree)
    if view.complete:
        yield from _families(tree, below, known)
    yield from _titles(tree, known)
    standing = {entry.number for entry in listed if entry.number in known}
    yield from _hanging(tree, standing, {entry.number[:-1] for entry in (*tree, *below)})
    yield from _statements(tree, view.stage)
    if view.complete:
        yield from _empty(
            tree, {entry.number for entry in listed}, {entry.number[:-1] for entry in (*tree, *below)}
        )


def _homeless(listed: list[_Entry], known: Mapping[Number, _Entry]) -> Iterator[Notice]:
    for entry in listed:
        if len(entry.number) > _DEEPEST:
            yield _too_deep(entry)
        if entry.number not in known and entry.number[:-1] not in known:
            yield error(
                "GJ-S354",
                f"章条中没有 {entry.shown}，也没有它的上一层",
                entry.place,
                hint="请在 standard.yaml 的 clauses 中补上，或改正条款号",
            )


def _too_deep(entry: _Entry) -> Notice:
    return error(
        "GJ-S355", f"条款 {entry.shown} 超过第五层次", entry.place, hint="条最多分到第五层次，请合并"
    )


def _order(tree: list[_Entry]) -> Iterator[Notice]:
    """Each number follows the one before: its first child, or the next sibling of it or of an ancestor."""
    previous: Number = ()
    for entry in tree:
        if len(entry.number) > _DEEPEST:
            yield _too_deep(entry)
        if not _follows(previous, entry.number):
            after = f"接在 {'.'.join(previous)} 之后" if previous else "开头"
            yield error(
                "GJ-S356",
                f"章条编号 {entry.shown} 不连续（{after}）",
                entry.place,
                hint="章条按先后连续编号；其间的要求自带条款号",
            )
        previous = entry.number


def _follows(previous: Number, number: Number) -> bool:
    """Whether the order is right; gaps among siblings are judged in `_families`."""
    if not previous:
        return number[0] in _FIRST_CHAPTERS and len(number) == 1
    if len(number) == 1:
        return number == _next_chapter(previous[0]) or (number == ("A",) and previous[0].isdigit())
    parent = number[:-1]
    if previous[: len(parent)] != parent:
        return False
    return len(previous) == len(parent) or _rank(previous[len(parent)]) < _rank(number[-1])


def _next_chapter(chapter: str) -> Number:
    return (str(int(chapter) + 1),) if chapter.isdigit() else (chr(ord(chapter[0]) + 1),)


def _rank(part: str) -> int:
    return int(part) if part.isdigit() else ord(part[0])


def _families(tree: list[_Entry], below: list[_Entry], known: Mapping[Number, _Entry]) -> Iterator[Notice]:
    """Children of one clause: numbered from 1 without gap, at least two."""
    families: dict[Number, dict[int, _Entry]] = {}
    for entry in (*tree, *below):
        if len(entry.number) > 1:
            families.setdefault(entry.number[:-1], {}).setdefault(int(entry.number[-1]), entry)
    for parent, members in families.items():
        for wanted, (number, entry) in enumerate(sorted(members.items()), start=1):
            if number != wanted:
                yield error(
                    "GJ-S357",
                    f"条款编号不连续：{entry.shown} 之前缺 {'.'.join((*parent, str(wanted)))}",
                    entry.place,
                    hint="同一层的条从1起连续编号",
                )
                break
        if len(members) == 1 and parent in known:
            only = next(iter(members.values()))
            yield error(
                "GJ-S358",
                f"{'.'.join(parent)} 之下只有 {only.shown} 一条",
                only.place,
                hint="同一层有两条以上才分条，请并入上一层",
            )


def _titles(tree: list[_Entry], known: Mapping[Number, _Entry]) -> Iterator[Notice]:
    for entry in tree:
        parent = known.get(entry.number[:-1])
        if len(entry.number) == 1 and not entry.title:
            yield error("GJ-S359", f"第{entry.shown}章没有标题", entry.place, hint="章都有标题")
        if parent is not None and not parent.title and len(parent.number) > 1:
            yield error(
                "GJ-S359",
                f"无标题条 {parent.shown} 之下又分出 {entry.shown}",
                entry.place,
                hint="无标题条不再分条：请给上一层加标题",
            )
        first = known.get((*entry.number[:-1], "1"))
        if len(entry.number) > 1 and first is not None and bool(first.title) != bool(entry.title):
            yield error(
                "GJ-S359",
                f"{entry.shown} 与 {first.shown} 一个有标题、一个没有",
                entry.place,
                hint="同一层的条有无标题须一致",
            )


def _hanging(tree: list[_Entry], standing: set[Number], parents: set[Number]) -> Iterator[Notice]:
    for entry in tree:
        if entry.number in parents and (entry.text or entry.number in standing):
            yield notice(
                "GJ-S360",
                f"{entry.shown} 有自己的文字，之下又分条，成为悬置段",
                entry.place,
                hint="请把这段文字编为第一条，如“一般要求”",
            )


def _statements(tree: list[_Entry], stage: str) -> Iterator[Notice]:
    for entry in tree:
        words = clause_words(entry.text)
        if words:
            yield graded(
                "GJ-S361",
                f"{entry.shown} 的文字中有“{words[0].word}”，却不是一条要求",
                entry.place,
                hint="请写成一条要求并给标识，否则没有人核验它",
                stage=stage,
            )


def _empty(tree: list[_Entry], standing: set[Number], parents: set[Number]) -> Iterator[Notice]:
    for entry in tree:
        if not entry.text and entry.number not in standing | parents and entry.shown not in _FILLED_ELSEWHERE:
            yield error(
                "GJ-S397",
                f"{entry.shown} {entry.title}".rstrip() + " 没有文字，也没有要求",
                entry.place,
                hint="请写上要求或文字，或删去这一条",
            )

"""A feature file renewed: titles, export scenarios, missing rules, the order; all else stays as written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from guiju_tools.lint.generated import EXPORT, Wanted
from guiju_tools.lint.written import LANGUAGE, Feature, Rule, Scenario, read_feature


@dataclass(frozen=True, slots=True)
class _Block:
    """One rule with the comment lines right above it: its lines without the blank ones at the end."""

    order: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """A feature file in pieces that add up to it: before the rules, the rules, the blank lines after each."""

    head: tuple[str, ...]
    blocks: tuple[_Block, ...]
    gaps: tuple[tuple[str, ...], ...]

    def text(self, newline: str) -> str:
        """The file again."""
        pieces = [list(self.head), *(list(block.lines) for block in self.blocks)]
        return newline.join(
            line for piece, gap in zip(pieces, self.gaps, strict=True) for line in (*piece, *gap)
        )


def renew(text: str, listed: Sequence[Wanted], missing: Sequence[Wanted] = ()) -> str:
    """The text with everything generated renewed.

    Args:
        text: a feature file; its line ends stay as they are.
        listed: what is wanted of every requirement of the standard, in order.
        missing: those of them that need a new rule in this file.

    Raises:
        StandardError: GJ-S383 when the text is no Gherkin.
    """
    feature = read_feature(text, "")
    newline = "\r\n" if text.count("\r\n") == text.count("\n") else "\n"  # mixed ones stay in their lines
    by_id = {one.id: (order, one) for order, one in enumerate(listed)}
    file = _split(text.split(newline), feature, by_id)
    file = _added(file, [(by_id[one.id][0], one) for one in missing])
    return _sorted(file).text(newline)


def new_file(title: str) -> str:
    """A feature file without rules."""
    return f"# language: {LANGUAGE}\n功能: {title}\n"


def _split(lines: list[str], feature: Feature, by_id: Mapping[str, tuple[int, Wanted]]) -> _File:
    starts = [_start(lines, rule.first_line, feature.comments) for rule in feature.rules]
    bounds = [0, *starts, len(lines)]
    pieces = [lines[here:there] for here, there in pairwise(bounds)]
    bare = [_trimmed(piece) for piece in pieces]
    gaps = tuple(tuple(piece[len(kept) :]) for piece, kept in zip(pieces, bare, strict=True))
    blocks: list[_Block] = []
    order = -1
    for rule, start, kept in zip(feature.rules, starts, bare[1:], strict=True):
        known = next((by_id[tag.name] for tag in rule.tags if tag.name in by_id), None)
        if known is not None:
            order = known[0]
            kept = _renewed(kept, rule, start, known[1], feature.comments)  # noqa: PLW2901 - the piece renewed
        blocks.append(_Block(order, tuple(kept)))
    return _File(tuple(bare[0]), tuple(blocks), gaps)


def _start(lines: Sequence[str], first_line: int, comments: frozenset[int]) -> int:
    """Index of the first line of a rule or scenario, comment lines right above it included."""
    line = first_line
    while line - 1 in comments and not lines[line - 2].lstrip().startswith("# language"):
        line -= 1
    return line - 1


def _trimmed(piece: Sequence[str]) -> list[str]:
    kept = list(piece)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _renewed(lines: list[str], rule: Rule, start: int, wanted: Wanted, comments: frozenset[int]) -> list[str]:
    """One rule's lines renewed, from the bottom up so that line numbers stay true above."""
    inside = frozenset(line - start for line in comments)
    fresh = wanted.export_lines()
    exports = [scenario for scenario in rule.scenarios if scenario.tagged(EXPORT)]
    if not exports:
        lines = _inserted(lines, rule, start, inside, fresh)
    elif not wanted.agrees(exports[0]):
        lines = _replaced(lines, _moved(exports[0], start), inside, fresh)
    at = rule.line - start - 1
    if rule.title != wanted.title:
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        lines = [*lines[:at], f"{indent}规则: {wanted.title}", *lines[at + 1 :]]
    return lines


def _moved(scenario: Scenario, start: int) -> Scenario:
    return replace(
        scenario,
        first_line=scenario.first_line - start,
        last_line=scenario.last_line - start,
        line=scenario.line - start,
    )


def _replaced(lines: list[str], scenario: Scenario, comments: frozenset[int], fresh: list[str]) -> list[str]:
    """The scenario's lines replaced; comments among them move above it."""
    kept = [
        lines[line - 1] for line in range(scenario.first_line, scenario.last_line + 1) if line in comments
    ]
    return [*lines[: scenario.first_line - 1], *kept, *fresh, *lines[scenario.last_line :]]


def _inserted(
    lines: list[str], rule: Rule, start: int, comments: frozenset[int], fresh: list[str]
) -> list[str]:
    """The scenario put before the first one, or at the end of a rule that has none."""
    blank = [""]
    if not rule.scenarios:
        return [*lines, *blank, *fresh]
    at = _start(lines, rule.scenarios[0].first_line - start, comments)
    before = [] if not lines[at - 1].strip() else blank
    return [*lines[:at], *before, *fresh, *blank, *lines[at:]]


def _added(file: _File, missing: Sequence[tuple[int, Wanted]]) -> _File:
    """New rules where they belong in the order, each set off by one blank line."""
    blocks, gaps = list(file.blocks), list(file.gaps)
    for order, wanted in missing:
        lines = [*wanted.rule_lines(), "", *wanted.export_lines()]
        at = next((index for index, block in enumerate(blocks) if block.order > order), len(blocks))
        last = at == len(blocks)
        blocks.insert(at, _Block(order, tuple(lines)))
        before, after = gaps[at], ("",)
        gaps[at : at + 1] = [("",), before or ("",)] if last else [before, after]
    return replace(file, blocks=tuple(blocks), gaps=tuple(gaps))


def _sorted(file: _File) -> _File:
    """Rules in the order of the requirements; one of no requirement stays behind the rule before it."""
    return replace(file, blocks=tuple(sorted(file.blocks, key=lambda block: block.order)))

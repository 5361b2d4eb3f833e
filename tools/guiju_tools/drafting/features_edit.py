"""Examples put into a feature file, and rules taken out of it; every other line stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from guiju_tools.drafting.scenarios import Scenario
from guiju_tools.lint.generated import EXAMPLE, EXPORT
from guiju_tools.lint.written import Feature, Rule, read_feature


def with_examples(
    text: str, requirement_id: str, examples: Sequence[Scenario], *, renew: bool = False
) -> str:
    """The feature with examples at the end of the requirement's rule.

    Args:
        text: a feature file in which the requirement has its rule.
        requirement_id: whose rule.
        examples: what to put in.
        renew: whether the examples that stand there are taken out.
    """
    newline = _newline(text)
    lines = text.split(newline)
    rule = _rule(read_feature(text, ""), requirement_id)
    if rule is None:
        return text
    kept = [one for one in rule.scenarios if not (renew and one.tagged(EXAMPLE) and not one.tagged(EXPORT))]
    at = max(one.last_line for one in kept) if kept else rule.line
    fresh = [line for one in examples for line in ("", *one.lines(requirement_id))]
    gone = set()
    for one in rule.scenarios:
        if one not in kept:
            gone |= _lines_of(lines, one.first_line - 1, one.last_line)
    told = []
    for number, line in enumerate(lines):
        if number not in gone:
            told.append(line)
        if number == at - 1:
            told += fresh
    return newline.join(told)


def without_rule(text: str, requirement_id: str) -> str:
    """The feature without the requirement's rule."""
    newline = _newline(text)
    lines = text.split(newline)
    feature = read_feature(text, "")
    rule = _rule(feature, requirement_id)
    if rule is None:
        return text
    start = rule.first_line - 1
    end = max([rule.line, *(one.last_line for one in rule.scenarios)])
    while end < len(lines) and not lines[end].strip() and end + 1 < len(lines):
        end += 1
    left = [*lines[:start], *lines[end:]]
    if end >= len(lines) - 1:  # the last rule: no blank line stays at the end of the file
        while len(left) > 1 and not left[-1].strip() and not left[-2].strip():
            left.pop()
    return newline.join(left)


def _lines_of(lines: Sequence[str], start: int, end: int) -> set[int]:
    """The lines of a scenario and one blank line before it."""
    blank = {start - 1} if start and not lines[start - 1].strip() else set()
    return blank | set(range(start, end))


def _rule(feature: Feature, requirement_id: str) -> Rule | None:
    return next(
        (rule for rule in feature.rules if any(tag.name == requirement_id for tag in rule.tags)), None
    )


def _newline(text: str) -> str:
    return "\r\n" if text.count("\r\n") == text.count("\n") and "\r\n" in text else "\n"

"""A feature file as written: rules, scenarios and steps with the lines they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gherkin.errors import CompositeParserException, ParserError
from gherkin.parser import Parser
from gherkin.token_matcher import TokenMatcher

from guiju.errors import Place, StandardError

LANGUAGE = "zh-CN"
StepKind = Literal["given", "when", "then"]
_KINDS: dict[str, StepKind] = {"Context": "given", "Action": "when", "Outcome": "then"}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag without its @, and its line."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its kind (并且 takes the kind of the step before), its words, its table if it has one."""

    kind: StepKind
    keyword: str
    text: str
    line: int
    rows: tuple[tuple[str, ...], ...] = ()
    docstring: bool = False
    last_line: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario; `first_line` is that of its first tag, `last_line` that of its last step or cell."""

    name: str
    line: int
    tags: tuple[Tag, ...]
    steps: tuple[Step, ...]
    described: bool
    outline: bool
    first_line: int
    last_line: int

    def tagged(self, name: str) -> bool:
        """Whether it carries the tag."""
        return any(tag.name == name for tag in self.tags)


@dataclass(frozen=True, slots=True)
class Rule:
    """One 规则; `first_line` is that of its first tag."""

    title: str
    line: int
    tags: tuple[Tag, ...]
    scenarios: tuple[Scenario, ...]
    first_line: int
    backgrounds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature file: its rules, the scenarios and backgrounds outside of them, its comment lines."""

    label: str
    rules: tuple[Rule, ...] = ()
    loose: tuple[Scenario, ...] = ()
    backgrounds: tuple[int, ...] = ()
    comments: frozenset[int] = frozenset()

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """All scenarios in order of lines."""
        every = [*self.loose, *(scenario for rule in self.rules for scenario in rule.scenarios)]
        return tuple(sorted(every, key=lambda scenario: scenario.line))


def read_feature(text: str, label: str) -> Feature:
    """The feature in a text; Chinese keywords are known with or without the language line.

    Raises:
        StandardError: GJ-S383 at the first line that is no Gherkin.
    """
    try:
        document: Mapping[str, Any] = Parser().parse(text, TokenMatcher(LANGUAGE))
    except ParserError as fault:
        raise _unreadable(fault, label) from fault
    written = document.get("feature")
    if not written:
        return Feature(label)
    children = written["children"]
    return Feature(
        label,
        rules=tuple(_rule(child["rule"]) for child in children if "rule" in child),
        loose=tuple(_scenario(child["scenario"]) for child in children if "scenario" in child),
        backgrounds=_backgrounds(children),
        comments=frozenset(comment["location"]["line"] for comment in document["comments"]),
    )


def _unreadable(fault: ParserError, label: str) -> StandardError:
    first = fault.errors[0] if isinstance(fault, CompositeParserException) and fault.errors else fault
    location = getattr(first, "location", {})
    place = Place(label, location.get("line"), location.get("column"))
    return StandardError(
        "GJ-S383",
        "特性文件不合Gherkin语法",
        place=place,
        cause=str(first),
        hint="请检查关键字（功能、规则、场景、假如、当、那么、并且）、冒号和表格的列数",
    )


def _backgrounds(children: list[Mapping[str, Any]]) -> tuple[int, ...]:
    return tuple(child["background"]["location"]["line"] for child in children if "background" in child)


def _rule(written: Mapping[str, Any]) -> Rule:
    tags = _tags(written)
    line = written["location"]["line"]
    return Rule(
        title=written["name"],
        line=line,
        tags=tags,
        scenarios=tuple(_scenario(child["scenario"]) for child in written["children"] if "scenario" in child),
        first_line=min([line, *(tag.line for tag in tags)]),
        backgrounds=_backgrounds(written["children"]),
    )


def _scenario(written: Mapping[str, Any]) -> Scenario:
    tags = _tags(written)
    line = written["location"]["line"]
    steps = tuple(_steps(written["steps"]))
    return Scenario(
        name=written["name"],
        line=line,
        tags=tags,
        steps=steps,
        described=bool(written["description"].strip()),
        outline=bool(written["examples"]) or "大纲" in written["keyword"],
        first_line=min([line, *(tag.line for tag in tags)]),
        last_line=max([line, *(step.last_line for step in steps), *_example_lines(written)]),
    )


def _example_lines(written: Mapping[str, Any]) -> Iterator[int]:
    for example in written["examples"]:
        yield example["location"]["line"]
        yield from (row["location"]["line"] for row in example.get("tableBody", ()))


def _tags(written: Mapping[str, Any]) -> tuple[Tag, ...]:
    return tuple(Tag(tag["name"].removeprefix("@"), tag["location"]["line"]) for tag in written["tags"])


def _steps(written: list[Mapping[str, Any]]) -> Iterator[Step]:
    kind: StepKind = "given"
    for step in written:
        kind = _KINDS.get(step["keywordType"], kind)
        rows = step.get("dataTable", {}).get("rows", ())
        line = step["location"]["line"]
        yield Step(
            kind=kind,
            keyword=step["keyword"].strip(),
            text=step["text"],
            line=line,
            rows=tuple(tuple(cell["value"] for cell in row["cells"]) for row in rows),
            docstring="docString" in step,
            last_line=max([line, *(row["location"]["line"] for row in rows), _doc_end(step)]),
        )


def _doc_end(step: Mapping[str, Any]) -> int:
    if "docString" not in step:
        return 0
    end: int = step["docString"]["location"]["line"] + len(step["docString"]["content"].split("\n")) + 1
    return end

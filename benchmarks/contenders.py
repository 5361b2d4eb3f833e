"""Who takes part: how each is started, on which files, and what it leaves out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
GUIJU, BY_MASK, BY_RULE = "guiju run", "by hand, one scan", "by hand, by rule"
REGION = "990000"
MANY = 10**12

Command = Callable[[Path, Path, str], list[str]]
"""From the file, the folder for answers, and the Python of the other tools."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to judge the file. `answer` names what it leaves in the folder for answers."""

    name: str
    command: Command
    answer: str
    leaves_out: str
    most_rows: int = MANY
    formats: tuple[str, ...] = ("parquet", "csv")
    exits: frozenset[int] = frozenset({0})
    other: bool = False


def by_hand(form: str) -> Command:
    """The script written by hand, in one of its forms."""
    return lambda file, out, _: [
        sys.executable,
        str(HERE / "by_hand"),
        form,
        str(file),
        str(out / f"{form}.json"),
    ]


def run_guiju(file: Path, out: Path, _: str) -> list[str]:
    """The command as a user types it, all reports written."""
    base = [sys.executable, "-m", "guiju_tools", "run", "item-management", str(file)]
    return [*base, "--region", REGION, "--findings", "10", "--out", str(out / "guiju")]


def with_tool(name: str) -> Command:
    """A script of `others`, run by the Python that has the other tools."""
    script = HERE / "others" / f"with_{name}.py"
    return lambda file, out, python: [python, str(script), str(file), str(out / f"{name}.json")]


KNOWS = "recognises nothing: headings, words for none and lists are written into it; no reports, no scenarios"
NO_STATES = "inapplicable and undecided rows; first rows; indicators; messages"
CONTENDERS = (
    Contender(GUIJU, run_guiju, "guiju/内部/result.json", "", exits=frozenset({0, 1, 4})),
    Contender(BY_MASK, by_hand("mask"), "mask.json", KNOWS),
    Contender(BY_RULE, by_hand("rule"), "rule.json", KNOWS),
)


def taking_part(only: list[str], rows: int, form: str) -> list[Contender]:
    """The contenders asked for that take files of this size and form; `guiju run` always does."""
    return [
        item
        for item in CONTENDERS
        if (not only or item.name in only or item.name == GUIJU)
        and rows <= item.most_rows
        and form in item.formats
    ]

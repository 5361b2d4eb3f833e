"""Who takes part: how each is started, on which files, and what it leaves out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
GUIJU, BY_MASK, BY_RULE = "guiju run", "by hand, one scan", "by hand, by rule"
REGION = "990000"
MANY = 10**12

Command = Callable[[Path, Path, str], list[str]]
"""From the file, the folder for answers, and the Python of the other tools."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to judge the file.

    `answer` names what it leaves in the folder for answers; `why` says by rule why it differs.
    """

    name: str
    command: Command
    answer: str
    leaves_out: str
    most_rows: int = MANY
    formats: tuple[str, ...] = ("parquet", "csv")
    exits: frozenset[int] = frozenset({0})
    other: bool = False
    why: Mapping[str, str] = field(default_factory=dict)


def by_hand(form: str) -> Command:
    """The script written by hand, in one of its forms."""
    return lambda file, out, _: [
        sys.executable,
        str(HERE / "by_hand"),
        form,
        str(file),
        str(out / f"{form}.json"),
    ]


def other(name: str, leaves_out: str, most_rows: int, why: Mapping[str, str], **more: Any) -> Contender:
    """A tool of somebody else."""
    script = f"with_{name}.py"

    def command(file: Path, out: Path, python: str) -> list[str]:
        return [python, str(HERE / "others" / script), str(file), str(out / f"{name}.json")]

    return Contender(name, command, f"{name}.json", leaves_out, most_rows, other=True, why=why, **more)


def run_guiju(file: Path, out: Path, _: str) -> list[str]:
    """The command as a user types it, all reports written."""
    base = [sys.executable, "-m", "guiju_tools", "run", "item-management", str(file)]
    return [*base, "--region", REGION, "--findings", "10", "--out", str(out / "guiju")]


KNOWS = "recognises nothing: headings, words for none and lists are written into it; no reports, no scenarios"
ONLY_FAILED = "inapplicable and undecided rows, row numbers, values, indicators, messages, reports"
NULL_KEYS = {"IM-006": "rows without a key count as repetitions of one another"}
SECOND_ONLY = {
    "IM-006": "the first of several equal rows is not counted",
    "IM-018": "the area inside of a code is not tested",
}
MILLION, SLOW = 1_000_000, 10_000
CONTENDERS = (
    Contender(GUIJU, run_guiju, "guiju/内部/result.json", "", exits=frozenset({0, 1, 4})),
    Contender(BY_MASK, by_hand("mask"), "mask.json", KNOWS),
    Contender(BY_RULE, by_hand("rule"), "rule.json", KNOWS),
    other("polars", ONLY_FAILED, MILLION, {}),
    other("pointblank", ONLY_FAILED, MILLION, NULL_KEYS),
    other("pandera", ONLY_FAILED, MILLION, NULL_KEYS),
    other("dataframely", ONLY_FAILED, MILLION, {}),
    other("jsonschema", ONLY_FAILED, SLOW, {}),
    other("frictionless", f"{ONLY_FAILED}; the area in IM-018", SLOW, SECOND_ONLY, formats=("csv",)),
)


def too_slow(only: list[str], rows: int, form: str) -> str:
    """Who of those asked for is not run at this size."""
    asked = [item for item in CONTENDERS if (not only or item.name in only) and form in item.formats]
    return ", ".join(
        f"{item.name} (at most {item.most_rows:,} rows)" for item in asked if rows > item.most_rows
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

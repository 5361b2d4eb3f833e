"""Whether two contenders judged alike: counts and first rows of every rule, numerators and denominators."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FIRST = 10
COUNTS = ("inapplicable", "failed", "undecided")
DATASET = "implementation-item"


def by_guiju(result: Path) -> dict[str, Any]:
    """What a run says of every requirement that it judged on the file alone, by id."""
    told = json.loads(result.read_text(encoding="utf-8"))
    judged = [
        item for item in told["requirements"] if item["dataset"] == DATASET and item["outcome"] != "untested"
    ]
    return {item["id"]: share(item) if item["indicator"] else rows(item) for item in judged}


def rows(item: Mapping[str, Any]) -> dict[str, Any]:
    """A row rule: counts, and the numbers of the first failing rows."""
    first = sorted(finding["row"] for finding in item["findings"])[:FIRST]
    return {name: item["counts"][name] for name in COUNTS} | {"rows": first}


def share(item: Mapping[str, Any]) -> dict[str, Any]:
    """An indicator: numerator, denominator and undecided rows, as a whole and by group."""
    found = item["indicator"]
    groups = found["groups"]
    return {
        "share": [found["numerator"], found["denominator"], found["undecided"]],
        "groups": {one["name"]: [one["numerator"], one["denominator"], one["undecided"]] for one in groups},
    }


def by_hand(answer: Path) -> dict[str, Any]:
    """What the hand script wrote, in the same shape."""
    told = json.loads(answer.read_text(encoding="utf-8"))
    wanted = (*COUNTS, "rows")
    judged = {name: {key: item[key] for key in wanted} for name, item in told["rules"].items()}
    return judged | told["indicators"]


def differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """Every rule on which both differ, with what each of them says; also one that only one judged."""
    return [
        f"{name}: guiju {ours.get(name)}, by hand {theirs.get(name)}"
        for name in sorted(ours.keys() | theirs.keys())
        if ours.get(name) != theirs.get(name)
    ]


def failed_alike(
    ours: Mapping[str, Any], answer: Path, why: Mapping[str, str]
) -> tuple[list[str], list[str], list[str]]:
    """Rules that another tool judged with our number of failing rows, those that differ, those it lacks."""
    told = json.loads(answer.read_text(encoding="utf-8"))["failed"]
    alike = [name for name, count in told.items() if count == ours[name]["failed"]]
    differing = [
        f"{name}: {told[name]} failing rows, guiju has {ours[name]['failed']} ({why.get(name, 'not traced')})"
        for name in sorted(told.keys() - set(alike))
    ]
    return alike, differing, sorted(ours.keys() - told.keys())

"""What is measured of a standard, out of bundles and registers: counts of regions, never a rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guiju.standard.checks import IndicatorCheck
from guiju.standard.model import Requirement, Standard
from guiju_tools.registry.chain import Entry
from guiju_tools.registry.tiers import TIERS, tier_of

REVIEW_YEARS = 5
"""A published standard is reviewed at least every five years (标准化法, article 29)."""
LEAST = 3
"""Fewer bundles than this say nothing of a clause."""
_MET, _UNMET, _OPEN = "passed", "failed", "cantTell"
_KEPT_BASES = ("law", "policy")


@dataclass(frozen=True, slots=True)
class Adoption:
    """One tier: units that declared a version and had begun by the day, and units that are bound."""

    tier: str
    adopted: int
    bound: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One requirement in one period: bundles by outcome."""

    met: int
    unmet: int
    open: int
    other: int

    @property
    def examined(self) -> int:
        """Bundles in which it was examined, whatever came of it."""
        return self.met + self.unmet + self.open


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something to do: what kind, about which requirement (empty: the whole standard), and why."""

    kind: str
    requirement: str
    why: str


@dataclass(frozen=True, slots=True)
class Reached:
    """An indicator with a target, over all bundles of a period that tell its figures."""

    requirement: Requirement
    bundles: int
    numerator: int
    denominator: int


def adoption(entries: Iterable[Entry], standard: str, day: str) -> list[Adoption]:
    """Units that have begun by a day beside units that are bound, by tier; a region's last word counts."""
    adopted: dict[tuple[str, str], str] = {}
    bound: dict[str, int] = {}
    for entry in entries:
        body = entry.body
        if body.get("standard") != standard:
            continue
        if entry.kind == "adoption" and body["effective"] <= day:
            adopted[body["region"], body["unit"]] = tier_of(body["region"])
        if entry.kind == "units" and body["date"] <= day:
            bound[body["region"]] = int(body["count"])
    units = Counter(adopted.values())
    wanted = Counter[str]()
    for region, count in bound.items():
        wanted[tier_of(region)] += count
    return [Adoption(tier, units[tier], wanted[tier]) for tier in TIERS if units[tier] or wanted[tier]]


def clause_of(bodies: Iterable[Mapping[str, Any]], requirement: str) -> Clause:
    """How one requirement came out in bundles."""
    counted = Counter(
        str(item["outcome"]) for body in bodies if (item := body["requirements"].get(requirement)) is not None
    )
    rest = sum(count for word, count in counted.items() if word not in (_MET, _UNMET, _OPEN))
    return Clause(counted[_MET], counted[_UNMET], counted[_OPEN], rest)


def periods(bodies: Iterable[Mapping[str, Any]]) -> list[str]:
    """The periods that bundles are of, the earliest first."""
    return sorted({str(body["period"] or body["as_of"]) for body in bodies})


def proposals(standard: Standard, bodies: Sequence[Mapping[str, Any]], due: str, day: str) -> list[Proposal]:
    """What to revise, to delete, to review, in the order of clauses.

    Args:
        standard: as it stands.
        bodies: the last bundle of each region.
        due: the day by which a review is due; empty where none is.
        day: the day of the evaluation.
    """
    found = [Proposal("复审", "", f"应在 {due} 以前复审")] if due and due < day else []
    for item in standard.requirements:
        clause = clause_of(bodies, item.id)
        whole = clause.examined + clause.other
        if clause.examined >= LEAST and 2 * clause.unmet > clause.examined:
            found.append(
                Proposal("修订", item.id, f"{clause.examined} 份中 {clause.unmet} 份不符合：要求是否切合实际")
            )
        if clause.examined >= LEAST and 2 * clause.open > clause.examined:
            found.append(
                Proposal("修订", item.id, f"{clause.examined} 份中 {clause.open} 份无法判定：数据或判法不够")
            )
        if whole >= LEAST and not clause.examined and _may_go(item):
            found.append(Proposal("删去", item.id, f"{whole} 份中没有一份核验到：不适用或者没有数据"))
    return found


def _may_go(item: Requirement) -> bool:
    """Never what law or policy asks for, nor a key requirement, nor one that no export can show."""
    return item.on_data and not item.key and item.basis not in _KEPT_BASES


def differences(
    standard: Standard, bodies: Iterable[Mapping[str, Any]]
) -> list[tuple[Requirement, Counter[str]]]:
    """Requirements whose claims and measurements differ somewhere, with bundles by agreement."""
    counted: dict[str, Counter[str]] = {}
    for body in bodies:
        for name, item in body["requirements"].items():
            if item.get("claim"):
                counted.setdefault(name, Counter())[str(item["claim"]["agreement"])] += 1
    return [(item, counted[item.id]) for item in standard.requirements if item.id in counted]


def reached(standard: Standard, bodies: Sequence[Mapping[str, Any]]) -> list[Reached]:
    """Indicators with a target: figures added up over the bundles that tell them."""
    found = []
    for item in standard.requirements:
        if not isinstance(item.check, IndicatorCheck) or item.check.target is None:
            continue
        told = [body["requirements"].get(item.id, {}).get("indicator") for body in bodies]
        whole = [
            one
            for one in told
            if one and all(isinstance(one[key], int) for key in ("numerator", "denominator"))
        ]
        top, bottom = (sum(one[key] for one in whole) for key in ("numerator", "denominator"))
        found.append(Reached(item, len(whole), top, bottom))
    return found


def review_due(log: Iterable[Mapping[str, Any]]) -> str:
    """The day by which a published standard is to be reviewed; empty where it was never published."""
    days = [
        str(entry["date"]) for entry in log if entry.get("kind") == "stage" and entry["stage"] in ("60", "90")
    ]
    if not days:
        return ""
    last = date.fromisoformat(max(days))
    leap = last.month == 2 and last.day == 29  # noqa: PLR2004 - the day that not every year has
    return last.replace(year=last.year + REVIEW_YEARS, day=28 if leap else last.day).isoformat()

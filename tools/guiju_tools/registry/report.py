"""What a registry holds of one standard: counts by tier and clause, without names, in no order of merit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guiju.result.model import OUTCOME_TITLES
from guiju.standard.model import Requirement, Standard
from guiju_tools.registry.adding import KIND_WORDS
from guiju_tools.registry.chain import Entry
from guiju_tools.registry.store import Store
from guiju_tools.registry.tiers import TIERS, tier_of
from guiju_tools.report.tables import Cell, Section

TITLE = "登记汇总"
NOTICE = "试点用，供标准验证；不作考核、排名、问责依据"


@dataclass(slots=True)
class Tally:
    """What bundles say together: regions by tier, outcomes by requirement, bundles by edition."""

    tiers: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    versions: Counter[str] = field(default_factory=Counter)

    def add(self, body: Mapping[str, Any]) -> None:
        """Count one bundle."""
        self.tiers[tier_of(body["region"])] += 1
        self.versions[body["standards"][0]["version"]] += 1
        for name, item in body["requirements"].items():
            self.outcomes.setdefault(name, Counter())[item["outcome"]] += 1


def tally(bundles: Iterable[Entry]) -> Tally:
    """Count bundles, each region once."""
    found = Tally()
    for entry in bundles:
        found.add(entry.body)
    return found


def report(store: Store, standard: Standard, period: str = "") -> list[Section]:
    """The sections of a report on one standard, in one period or all of them."""
    found = tally(store.bundles(standard=standard.id, period=period))
    return [_scope(found, period), _clauses(found, standard), _registers(store, standard.id)]


def _scope(found: Tally, period: str) -> Section:
    rows = tuple((tier, found.tiers[tier]) for tier in TIERS)
    versions = (
        "、".join(f"{version}（{count} 份）" for version, count in sorted(found.versions.items())) or "没有"
    )
    words = (
        f"时期：{period or '全部'}。所用版本：{versions}。",
        "同一地区同一时期报送几次的，只计最后一次。",
    )
    return Section("范围", words, ("层级", "结果包数"), rows, (24, 14))


def _clauses(found: Tally, standard: Standard) -> Section:
    rows = tuple(_clause(item, found.outcomes.get(item.id, Counter())) for item in standard.requirements)
    head = ("条款", "要求编号", "要求", *OUTCOME_TITLES.values())
    words = ("数目是作出各种结论的结果包数，按条款的次序排列。",)
    return Section("各条款", words, head, rows, (8, 10, 60, 9, 9, 10, 9, 9, 9))


def _clause(item: Requirement, counted: Counter[str]) -> tuple[Cell, ...]:
    return (item.clause, item.id, item.text, *(counted[word] for word in OUTCOME_TITLES))


def _registers(store: Store, standard: str) -> Section:
    counted = Counter(
        entry.kind for entry in store.entries() if entry.body.get("standard", standard) == standard
    )
    rows = tuple((word, counted[kind]) for kind, word in KIND_WORDS.items() if kind != "bundle")
    return Section("各登记簿", ("涉及这个标准的条目数。",), ("登记簿", "条目数"), rows, (30, 14))

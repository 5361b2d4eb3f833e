"""What the gates ask about: gathered from the standard, its log and the registry, each only when asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from guiju.content import Pack
from guiju.standard.model import Standard
from guiju_tools.lifecycle.log import since_stage
from guiju_tools.registry.chain import Entry
from guiju_tools.registry.store import BUNDLE, Store
from guiju_tools.registry.tiers import tier_of

TRIED = ("passed", "failed")


@dataclass(frozen=True)
class Facts:
    """Everything known of a standard when a gate is asked.

    Args:
        standard: as it stands now.
        pack: where it is.
        packs: all packs.
        log: the entries of its lifecycle.
        store: the registry; None where there is none.
    """

    standard: Standard
    pack: Pack
    packs: Sequence[Pack]
    log: Sequence[Mapping[str, Any]]
    store: Store | None

    @cached_property
    def lint_errors(self) -> int:
        """Errors that `guiju lint` finds."""
        from guiju_tools.lint import lint  # noqa: PLC0415 - slow to load

        found = lint(self.pack, self.standard.id, [one for one in self.packs if one != self.pack])
        return sum(item.level == "error" for item in found)

    @cached_property
    def examples(self) -> tuple[int, int]:
        """How many examples there are, and how many of them do not hold."""
        from guiju.bdd.runner import run_examples  # noqa: PLC0415 - slow to load

        report = run_examples(self.standard, self.packs)
        return len(report.scenarios), len(report.failed) + bool(report.fault)

    @cached_property
    def recent(self) -> list[Mapping[str, Any]]:
        """What was noted since the last stage was entered."""
        return since_stage(self.log)

    def entries(self, *kinds: str) -> list[Entry]:
        """Entries of the registry that are about this standard."""
        if self.store is None:
            return []
        return [entry for entry in self.store.entries(*kinds) if self._mine(entry)]

    def _mine(self, entry: Entry) -> bool:
        return bool(entry.body.get("standard", self.standard.id) == self.standard.id)

    @cached_property
    def pilots(self) -> dict[str, str]:
        """Pilots of this standard: the number of each, and its region."""
        return {entry.subject: str(entry.body["region"]) for entry in self.entries("pilot")}

    @cached_property
    def bundles(self) -> list[Entry]:
        """The last bundle of each pilot region that was judged by this very edition."""
        if self.store is None:
            return []
        regions, newest = set(self.pilots.values()), dict[str, Entry]()
        for entry in self.store.bundles(standard=self.standard.id):
            identity = entry.body["standards"][0]
            if entry.body["region"] in regions and identity["judging_digest"] == self.standard.judging_digest:
                newest[entry.body["region"]] = entry
        return list(newest.values())

    @cached_property
    def tiers(self) -> Counter[str]:
        """How many pilot regions of each tier have handed in a bundle by this edition."""
        return Counter(tier_of(entry.body["region"]) for entry in self.bundles)

    @cached_property
    def conclusions(self) -> Counter[str]:
        """Conclusions of the pilots, on the standard."""
        found = self.entries("pilot-conclusion")
        return Counter(str(entry.body["conclusion"]) for entry in found if entry.subject in self.pilots)

    @cached_property
    def decided(self) -> tuple[int, int]:
        """Binding requirements on data, and how many of them passed or failed in at least one region."""
        wanted = {
            item.id
            for item in self.standard.requirements
            if item.on_data and item.modality == "shall" and not item.advisory
        }
        tried = {
            name
            for entry in self.bundles
            for name, item in entry.body["requirements"].items()
            if item["outcome"] in TRIED
        }
        return len(wanted), len(wanted & tried)

    @cached_property
    def false_alarms(self) -> tuple[int, int]:
        """Findings of the pilot bundles, counted as few as they can be, and how many were ruled false.

        What was ruled on bundles of an earlier rule is not counted: that rule is no longer there.
        """
        findings = sum(
            _least(item["counts"][2])
            for entry in self.bundles
            for item in entry.body["requirements"].values()
        )
        mine = {entry.subject for entry in self.entries("objection") if self._current(entry)}
        wrong = sum(
            int(entry.body.get("false_alarms", 0))
            for entry in self.entries("ruling")
            if entry.subject in mine
        )
        return findings, wrong

    def _current(self, objection: Entry) -> bool:
        """Whether an objection is to a result by this very edition, as far as it says."""
        digest = str(objection.body.get("bundle", ""))
        if not digest or self.store is None:
            return True
        judged = (entry.body["standards"][0] for entry in self.store.entries(BUNDLE, subject=digest))
        return any(identity["judging_digest"] == self.standard.judging_digest for identity in judged)

    @cached_property
    def open_objections(self) -> list[str]:
        """Objections without a ruling."""
        ruled = {entry.subject for entry in self.entries("ruling")}
        return [entry.subject for entry in self.entries("objection") if entry.subject not in ruled]

    @cached_property
    def changes_without_example(self) -> list[str]:
        """Rulings that changed a rule and name no example."""
        mine = {entry.subject for entry in self.entries("objection")}
        return [
            entry.subject
            for entry in self.entries("ruling")
            if entry.subject in mine
            and entry.body["decision"] == "修改判法"
            and not entry.body.get("example")
        ]

    @cached_property
    def open_opinions(self) -> list[str]:
        """Opinions without an answer."""
        answered = {entry.subject for entry in self.entries("answer")}
        return [entry.subject for entry in self.entries("opinion") if entry.subject not in answered]


def _least(figure: int | str) -> int:
    """The least that a masked figure can stand for."""
    if isinstance(figure, int):
        return figure
    return 1 if figure.startswith("<") else int(figure.removeprefix("≥"))

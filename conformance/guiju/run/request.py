"""What a run is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guiju.engine.session import Limits
from guiju.result.claims import Claims
from guiju.run.desk.explanations import Explanation
from guiju.standard.fields import Dataset


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One run: the standard's name, the delivered files, and how to read them.

    Args:
        standard: id, title or part of the title.
        exports: files or folders; addresses of databases as texts.
        mapping: a mapping file, or the id of one that a pack ships.
        region: six-digit code whose profile and crosswalks apply; empty for none.
        pack: a pack folder to look in first.
        as_of: the day (YYYY-MM-DD) to which the export refers; empty when not given.
        limits: threads and memory.
        findings: how many findings of one requirement are told.
        confirmed: ids of requirements whose readings the region has confirmed.
        more_mappings: further mappings, of other deliveries.
        explanations: explanations of this standard; they need an as-of day.
        period: what the region calls the period; one that is a month, quarter or year (``2026-03``,
            ``2026-Q1``, ``2026``) limits the indicators that say which stamp counts.
        others: datasets that other standards judge out of the same delivery, by id.
        claims: self-assessments to lay beside what is measured, of any standards.
        keep: a folder for the state of every row and the definitions, to be compared with other periods.
    """

    standard: str
    exports: tuple[Path | str, ...]
    mapping: str = ""
    region: str = ""
    pack: Path | None = None
    as_of: str = ""
    limits: Limits = field(default_factory=Limits)
    findings: int = 1000
    confirmed: frozenset[str] = frozenset()
    more_mappings: tuple[str, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    period: str = ""
    others: Mapping[str, Dataset] = field(default_factory=dict)
    claims: tuple[Claims, ...] = ()
    keep: Path | None = None

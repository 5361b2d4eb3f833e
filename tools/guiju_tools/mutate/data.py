"""Faults in data: conforming tables made, judged, spoiled and judged again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from guiju.content import Pack
from guiju.run.examples import Bench
from guiju.run.profile import apply, read_profile
from guiju.standard.model import Standard
from guiju_tools.mutate.cases import cases_of
from guiju_tools.mutate.gaps import Gap, gaps_of
from guiju_tools.mutate.judging import Answer, Trial
from guiju_tools.mutate.links import Neighbourhood, links_of
from guiju_tools.mutate.nearby import nearby
from guiju_tools.mutate.planting import generic, ground, overlaid
from guiju_tools.mutate.reads import Reads, reads_of
from guiju_tools.mutate.reasons import Reasons
from guiju_tools.mutate.states import Judged, Tables, judge_tables
from guiju_tools.mutate.telling import Tell, silent


@dataclass(frozen=True, slots=True)
class Findings:
    """What a requirement finds in tables that should conform: failing rows, and the outcome as a whole."""

    requirement: str
    failing: int
    outcome: str


@dataclass(frozen=True, slots=True)
class DataReport:
    """What became of the planted faults.

    `rows` by dataset, `findings` on the tables before anything was planted, `untested` with reasons, `idle`
    the requirements that no row meets, so that the tables cannot show whether they would notice anything.
    `not_laid` failing rows of examples could not be laid over a row of the tables.
    """

    rows: Mapping[str, int]
    findings: tuple[Findings, ...]
    untested: Mapping[str, str]
    judged: tuple[str, ...]
    idle: tuple[str, ...]
    answers: tuple[Answer, ...]
    gaps: tuple[Gap, ...]
    stale: tuple[str, ...]
    not_laid: int = 0

    @property
    def silent(self) -> tuple[str, ...]:
        """The requirements that noticed none of the planted faults, though rows meet them."""
        spoke = {key for answer in self.answers for key in answer.caught}
        return tuple(key for key in self.judged if key not in spoke and key not in self.idle)

    @property
    def generic(self) -> int:
        """Planted faults that know the schema only."""
        return sum(not answer.experiment.meant for answer in self.answers)

    @property
    def caught(self) -> int:
        """Planted faults that a requirement noticed that was meant to."""
        return sum(bool(answer.caught) for answer in self.answers)

    @property
    def alarms(self) -> tuple[Answer, ...]:
        """Faults on which a requirement spoke that reads nothing of what was altered."""
        return tuple(answer for answer in self.answers if answer.alarms)

    @property
    def missed(self) -> tuple[Answer, ...]:
        """Failing rows of examples that do not fail on a whole row."""
        return tuple(answer for answer in self.answers if answer.missed)

    @property
    def unexplained(self) -> tuple[Gap, ...]:
        """Surviving faults without a reason."""
        return tuple(gap for gap in self.gaps if not gap.reason)

    @property
    def clean(self) -> bool:
        """Nothing found before, no false alarm, nothing missed, no gap."""
        return not (self.findings or self.alarms or self.missed or self.unexplained)


@dataclass(frozen=True, slots=True)
class Planting:
    """The seed by which rows are chosen, how often each kind of fault is planted, who hears how far it is."""

    seed: int = 1
    times: int = 3
    tell: Tell = silent


def under_profile(
    standard: Standard, packs: Sequence[Pack], region: str
) -> tuple[Standard, Mapping[str, str]]:
    """The standard as a region's profile leaves it, and the parameter values that hold there."""
    applied, parameters, _ = apply(standard, read_profile(packs, region))
    return applied, parameters


def try_faults(
    standard: Standard,
    packs: Sequence[Pack],
    tables: Tables,
    parameters: Mapping[str, str],
    reasons: Reasons,
    planting: Planting,
) -> DataReport:
    """Plant every kind of fault in conforming tables, and see who notices."""
    planting.tell(f"{standard.title}：核验合格数据")
    bench = Bench(standard, packs)
    before = judge_tables(bench, tables, parameters, outcomes=True)
    reads = reads_of(standard, bench.scopes)
    here = ground(standard, packs, tables, bench.scopes)
    near = Neighbourhood(links_of(standard), tables, here.complete)
    rows_near = nearby(bench, tables, parameters, reads, near)
    trial = Trial(bench, tables, parameters, before, reads, near, rows_near)
    chance = random.Random(planting.seed)  # noqa: S311 - which rows are spoiled is no secret
    laid = list(overlaid(here, cases_of(standard)))
    experiments = [*generic(here, cache(trial.applying), chance, planting.times), *filter(None, laid)]
    answers = tuple(trial.answers(experiments, planting.tell))
    report = _report(tables, before, answers, reads, reasons)
    return replace(report, not_laid=laid.count(None))


def _report(
    tables: Tables, before: Judged, answers: tuple[Answer, ...], reads: Reads, reasons: Reasons
) -> DataReport:
    gaps = tuple(gaps_of(answers, reads, reasons))
    return DataReport(
        rows={name: len(rows) for name, rows in tables.items()},
        findings=tuple(_findings(before)),
        untested=before.untested,
        judged=tuple(before.states),
        idle=tuple(key for key, states in before.states.items() if "passed" not in states),
        answers=answers,
        gaps=gaps,
        stale=tuple(reasons.stale_faults(gap.key for gap in gaps)),
    )


def _findings(before: Judged) -> list[Findings]:
    """Requirements that are not met as a whole: single rows of an indicator may well be the worse ones."""
    found = []
    for key, states in before.states.items():
        outcome = before.outcomes.get(key, "")
        if outcome in ("failed", "error"):
            found.append(Findings(key, Counter(states)["failed"], outcome))
    return found

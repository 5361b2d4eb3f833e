"""Faults planted and judged, many in one run and none within reach of another; each answer attributed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guiju.engine.plan import State
from guiju.run.examples import Bench
from guiju_tools.mutate.links import Neighbourhood, Place
from guiju_tools.mutate.nearby import Nearby, Spoiled
from guiju_tools.mutate.planting import Experiment
from guiju_tools.mutate.reads import Reads
from guiju_tools.mutate.states import Judged, Tables, home_of, judge_tables
from guiju_tools.mutate.telling import Tell, silent
from guiju_tools.sample.faults import Record

NOTICED = ("failed", "undecided")
LARGE = 200
"""As many faults at once are judged by a scan of whole tables."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a fault: which requirements noticed it that were meant to, which spoke that were not.

    `missed` says that the requirement from whose example the row was taken does not fail.
    """

    experiment: Experiment
    caught: tuple[str, ...]
    alarms: tuple[str, ...]
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """Where an experiment takes place, the rows of which something else may be said, those now looked up."""

    place: Place
    touched: frozenset[Place]
    looked_up: frozenset[Place]


@dataclass(slots=True)
class _Run:
    """Experiments that stand apart: each touches rows of its own, and looks up none that another altered."""

    experiments: list[Experiment] = field(default_factory=list)
    touched: list[frozenset[Place]] = field(default_factory=list)
    taken: set[Place] = field(default_factory=set)
    altered: set[Place] = field(default_factory=set)
    looked_up: set[Place] = field(default_factory=set)

    @property
    def large(self) -> bool:
        """Worth a scan of whole tables."""
        return len(self.experiments) >= LARGE

    def bears(self, reach: Reach) -> bool:
        """Whether an experiment stands apart from those that are here."""
        apart = self.taken.isdisjoint(reach.touched) and self.altered.isdisjoint(reach.looked_up)
        return apart and reach.place not in self.looked_up

    def add(self, item: Experiment, reach: Reach) -> None:
        """Take an experiment in."""
        self.experiments.append(item)
        self.touched.append(reach.touched)
        self.taken |= reach.touched
        self.altered.add(reach.place)
        self.looked_up |= reach.looked_up


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything that faults are held against."""

    bench: Bench
    tables: Tables
    parameters: Mapping[str, str]
    before: Judged
    reads: Reads
    near: Neighbourhood
    nearby: Nearby

    def applying(self, dataset: str, field: str) -> list[int]:
        """The rows to which most of the requirements apply that read the value of a field."""
        homes = {item.id: home_of(item) for item in self.bench.standard.requirements}
        reading = [
            self.before.states[key]
            for key in sorted(self.reads.of_value(dataset, field))
            if homes[key] == dataset and key in self.before.states
        ]
        count = len(self.tables[dataset])
        weights = [sum(states[at] != "inapplicable" for states in reading) for at in range(count)]
        return [at for at in range(count) if weights[at] == max(weights)]

    def answers(self, experiments: Sequence[Experiment], tell: Tell = silent) -> Iterator[Answer]:
        """The answer to every experiment, in their order; rows that nothing should have touched come last."""
        order = {id(item): number for number, item in enumerate(experiments)}
        runs, found = self._packed(experiments), list[Answer]()
        for number, run in enumerate(runs, start=1):
            tell(f"{self.bench.standard.title}：植入差错，第{number}批，共{len(runs)}批")
            found += self._judged(run)
        yield from sorted(found, key=lambda answer: order.get(id(answer.experiment), len(order)))

    def _packed(self, experiments: Sequence[Experiment]) -> list[_Run]:
        runs: list[_Run] = []
        for item in experiments:
            reach = self._reach(item)
            run = next((run for run in runs if run.bears(reach)), None)
            if run is None:
                runs.append(run := _Run())
            run.add(item, reach)
        return runs

    def _reach(self, item: Experiment) -> Reach:
        """What looks the row up as it was or as it is now, and what it looks up now."""
        place, before = (item.dataset, item.at), self.tables[item.dataset][item.at]
        touched = {place} | self.near.looking(item.dataset, before)
        if item.record is None:
            return Reach(place, frozenset(touched), frozenset())
        touched |= self.near.looking(item.dataset, item.record)
        return Reach(place, frozenset(touched), frozenset(self.near.looked_up(item.dataset, item.record)))

    def _judged(self, run: _Run) -> Iterator[Answer]:
        reactions = self._reactions(run)
        for item, touched in zip(run.experiments, run.touched, strict=True):
            yield self._answer(item, {place: reactions[place] for place in touched if place in reactions})
        stray = sorted(set(reactions) - run.taken)
        if stray:
            yield Answer(_nowhere(stray[0]), (), tuple(sorted(reactions[stray[0]])))

    def _reactions(self, run: _Run) -> dict[Place, dict[str, State]]:
        """By row as it stood before, the requirements whose state differs, with the state now."""
        tables, places = spoiled(self.tables, run.experiments)
        states = self._scanned(run, tables, places) if run.large else self._read(run, tables, places)
        found: dict[Place, dict[str, State]] = {}
        for requirement in self.bench.standard.requirements:
            before, now = self.before.states.get(requirement.id), states.get(requirement.id)
            if before is None or now is None:
                continue
            name = home_of(requirement)
            for place, state in now.items():
                at = places[name][place]
                if state != before[at]:
                    found.setdefault((name, at), {})[requirement.id] = state
        return found

    def _concerned(self, run: _Run) -> frozenset[str]:
        return self.reads.of_datasets({item.dataset for item in run.experiments})

    def _scanned(
        self, run: _Run, tables: dict[str, list[Record]], places: Mapping[str, Sequence[int]]
    ) -> dict[str, dict[int, State]]:
        """Whole tables judged by the scan, the altered rows by the Python reading as well."""
        concerned = self._concerned(run)
        needed = frozenset[str]().union(*map(self.reads.datasets, concerned))
        tables = {name: rows for name, rows in tables.items() if name in needed}
        twice = {
            name: [now for now, at in enumerate(places[name]) if (name, at) in run.altered] for name in tables
        }
        after = judge_tables(self.bench, tables, self.parameters, concerned, twice)
        return {key: dict(enumerate(states)) for key, states in after.states.items()}

    def _read(
        self, run: _Run, tables: dict[str, list[Record]], places: Mapping[str, Sequence[int]]
    ) -> dict[str, dict[int, State]]:
        """The rows judged that the faults can reach."""
        homes = {item.id: home_of(item) for item in self.bench.standard.requirements}
        found = self.nearby.states(Spoiled(tables, places), self._concerned(run), run.taken)
        return {
            key: {
                now: state
                for now, state in states.items()
                if (homes[key], places[homes[key]][now]) in run.taken
            }
            for key, states in found.items()
        }

    def _answer(self, item: Experiment, reactions: Mapping[Place, Mapping[str, State]]) -> Answer:
        meant = self._meant(item)
        spoke = {(key, state) for states in reactions.values() for key, state in states.items()}
        caught = {key for key, state in spoke if key in meant and state in NOTICED}
        alarms = {key for key, _ in spoke if key not in meant}
        own = reactions.get((item.dataset, item.at), {})
        missed = bool(item.meant) and own.get(item.meant) != "failed"
        return Answer(item, tuple(sorted(caught)), tuple(sorted(alarms)), missed)

    def _meant(self, item: Experiment) -> frozenset[str]:
        """The requirements that read what was altered."""
        if item.record is None:
            return self.reads.of_rows(item.dataset)
        return frozenset[str]().union(*(self.reads.of_field(item.dataset, name) for name in item.fields))


def spoiled(
    tables: Tables, experiments: Sequence[Experiment]
) -> tuple[dict[str, list[Record]], dict[str, list[int]]]:
    """The tables with the faults in them, and for each row where it, or the row it copies, stood before."""
    faults = {(item.dataset, item.at): item for item in experiments}
    rows: dict[str, list[Record]] = {}
    places: dict[str, list[int]] = {}
    for name, given in tables.items():
        kept: list[tuple[Record, int]] = []
        copies: list[tuple[Record, int]] = []
        for at, row in enumerate(given):
            item = faults.get((name, at))
            if item is None or item.operator != "missing":
                kept.append((item.record if item is not None and item.record is not None else row, at))
            if item is not None and item.operator == "duplicated":
                copies.append((row, at))
        rows[name] = [row for row, _ in kept + copies]
        places[name] = [at for _, at in kept + copies]
    return rows, places


def _nowhere(place: Place) -> Experiment:
    return Experiment(*place, "stray", "没有改动的行", "", frozenset(), frozenset())

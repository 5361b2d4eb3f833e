"""Faults judged on the rows alone that they can reach, by the Python reading where there is one.

Where many faults are judged at once, the scan is asked about whole tables. Where a few are left over, as
small tables leave them, this is some ten times faster and says the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from guiju.engine.kinds import plan
from guiju.engine.kinds.related import join
from guiju.engine.kinds.related_reading import Link, Reread, joined
from guiju.engine.plan import IndicatorPlan, Planned, Relation, RowRule, State
from guiju.engine.records import Row, canonical_record
from guiju.engine.tables import DatasetTable
from guiju.rule import Env, Node, evaluate
from guiju.run.examples import Bench
from guiju_tools.mutate.links import Neighbourhood, Place
from guiju_tools.mutate.reads import Reads
from guiju_tools.mutate.states import Tables, home_of, judge_tables, laid_tables
from guiju_tools.sample.faults import Record

States = dict[str, dict[int, State]]
"""By requirement, the state of rows by their position in tables with faults in them."""


@dataclass(frozen=True, slots=True)
class Share:
    """Numerator and denominator of an indicator, with the values that its rows take from other datasets."""

    planned: IndicatorPlan
    above: Node
    below: Node
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Spoiled:
    """Tables with faults in them, and for each row where it stood before."""

    tables: Mapping[str, Sequence[Record]]
    places: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Nearby:
    """The requirements as planned on conforming tables, and what rows look up."""

    bench: Bench
    parameters: Mapping[str, str]
    reads: Reads
    near: Neighbourhood
    env: Env
    planned: Mapping[str, Planned | Share]

    def states(self, spoiled: Spoiled, asked: Collection[str], reached: AbstractSet[Place]) -> States:
        """The states of the rows that are reached, under the requirements that are asked for."""
        rows = self._kept(spoiled, reached)
        wanted = {
            name: [now for now in kept if (name, spoiled.places[name][now]) in reached]
            for name, kept in rows.items()
        }
        reading = _Reading(spoiled, rows, self.env)
        found, left = States(), list[str]()
        for key in sorted(asked):
            told = reading.states(self.planned[key], wanted) if key in self.planned else {}
            if told is None:
                left.append(key)
            else:
                found[key] = told
        return found | self._scanned(spoiled, rows, left)

    def _kept(self, spoiled: Spoiled, reached: AbstractSet[Place]) -> dict[str, list[int]]:
        """The rows that are reached and those that they look up, by position; one row at least of a table."""
        kept = set(reached)
        for name, places in spoiled.places.items():
            for now, at in enumerate(places):
                if (name, at) in reached:
                    kept |= self.near.looked_up(name, spoiled.tables[name][now])
        return {
            name: [now for now, at in enumerate(places) if not now or (name, at) in kept]
            for name, places in spoiled.places.items()
        }

    def _scanned(self, spoiled: Spoiled, rows: Mapping[str, list[int]], left: Collection[str]) -> States:
        """What only a query can say, of the tables that it reads."""
        needed = frozenset[str]().union(*map(self.reads.datasets, left))
        tables = {
            name: [spoiled.tables[name][now] for now in kept] for name, kept in rows.items() if name in needed
        }
        homes = {item.id: home_of(item) for item in self.bench.standard.requirements}
        told = judge_tables(self.bench, tables, self.parameters, left, {}).states if left else {}
        return {key: dict(zip(rows[homes[key]], states, strict=True)) for key, states in told.items()}


@dataclass(slots=True)
class _Reading:
    """Some rows of spoiled tables, each read once and judged in Python."""

    spoiled: Spoiled
    rows: Mapping[str, Sequence[int]]
    env: Env
    _known: dict[Place, Row] = field(default_factory=dict)

    def states(
        self, planned: Planned | Share, wanted: Mapping[str, Sequence[int]]
    ) -> dict[int, State] | None:
        """The states of the wanted rows; None where only a query can tell."""
        match planned:
            case RowRule() as rule:
                return {
                    row.rid: rule.judge(row.record).state
                    for row in self._rows(rule.table, wanted[rule.table.dataset.id])
                }
            case Relation(second=Reread() as second):
                mine = self._joined(second.table, second.links, wanted)
                return {now: second.state(record) for now, record in mine.items()}
            case Share() as share:
                mine = self._joined(share.planned.table, share.links, wanted)
                return {now: self._contribution(share, record) for now, record in mine.items()}
            case Relation():
                return None
            case _:
                return {}

    def _rows(self, table: DatasetTable, positions: Sequence[int]) -> list[Row]:
        return [self._row(table, now) for now in positions]

    def _row(self, table: DatasetTable, now: int) -> Row:
        place = (table.dataset.id, now)
        if place not in self._known:
            raw = self.spoiled.tables[table.dataset.id][now]
            record = canonical_record(table, raw, table.available, self.env)
            self._known[place] = Row(now, "", now, raw, record)
        return self._known[place]

    def _joined(
        self, table: DatasetTable, links: Sequence[Link], wanted: Mapping[str, Sequence[int]]
    ) -> dict[int, Mapping[str, Any]]:
        mine = self._rows(table, wanted[table.dataset.id])
        partners = [self._rows(link.table, self.rows[link.table.dataset.id]) for link in links]
        return dict(joined(table.dataset, mine, links, partners, self.env))

    def _contribution(self, share: Share, record: Mapping[str, Any]) -> State:
        below = evaluate(share.below, record, self.env)
        if below is False:
            return "inapplicable"
        above = evaluate(share.above, record, self.env)
        if below is None or above is None:
            return "undecided"
        better = share.planned.check.operator in (">=", ">")
        return "passed" if above is better else "failed"


def nearby(
    bench: Bench, tables: Tables, parameters: Mapping[str, str], reads: Reads, near: Neighbourhood
) -> Nearby:
    """Plan every requirement on conforming tables."""
    found: dict[str, Planned | Share] = {}
    with laid_tables(bench, tables, parameters) as laid:
        context = laid.context
        for item in (item for item in bench.standard.requirements if item.on_data):
            planned = plan(item, context)
            found[item.id] = planned
            if isinstance(planned, IndicatorPlan):
                check = planned.check
                above, below = (
                    context.parse(check.dataset, text, item) for text in (check.numerator, check.denominator)
                )
                links = join(item, check, context).links if check.related else ()
                found[item.id] = Share(planned, above, below, links)
    return Nearby(bench, parameters, reads, near, context.env, found)

"""Examples judged: the inline tables of a scenario as delivered datasets, by both readings of the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from guiju.content import Pack
from guiju.engine.judge import Judging, judge
from guiju.engine.kinds import plan
from guiju.engine.plan import Context, Planned, Relation, RowRule, State, Untested
from guiju.engine.readings import STATES, both_readings
from guiju.engine.relate import row_states
from guiju.engine.tables import DatasetTable, drop_table, load_table
from guiju.errors import StandardError
from guiju.export import Binding, Remark, identifier
from guiju.result import OutcomeWord
from guiju.rule import Calendar, Env
from guiju.run import prepare
from guiju.standard.fields import Dataset
from guiju.standard.model import Requirement, Standard

BLANK = "空"


class Insufficient(StandardError):  # noqa: N818 - says what the example is
    """An example that lacks what a check needs."""


@dataclass(frozen=True, slots=True)
class InlineTable:
    """A table written in a scenario; it stands in for a delivered file. `rows` hold texts or None."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    part: str = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def file(self) -> str:
        """What findings call it."""
        return self.title

    @property
    def path(self) -> Path:
        """There is no file behind it."""
        return Path()

    @property
    def reads(self) -> tuple[Path, ...]:
        """There is no file to open."""
        return ()

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Insert the rows as raw texts; rows count from 1."""
        places = [self.columns.index(heading) for heading in columns.values()]
        names = "".join(f", {identifier(name)}" for name in columns)
        marks = ", unnest(?::VARCHAR[])" * len(places)
        texts = [[row[place] for row in self.rows] for place in places]
        if self.rows:
            into = f'{identifier(table)} ("_part", "_row"{names})'
            numbers = list(range(1, len(self.rows) + 1))
            con.execute(f"INSERT INTO {into} SELECT ?, unnest(?::BIGINT[]){marks}", [part, numbers, *texts])
        return len(self.rows)


@dataclass(slots=True)
class Example:
    """What a scenario has said so far: tables by title, parameters, as-of day, period, days of its own."""

    tables: dict[str, InlineTable] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    as_of: str = ""
    period: str = ""
    days: dict[date, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExampleAnswer:
    """What the judge says of an example: the outcome, its reason, and the state of each row from 1."""

    outcome: OutcomeWord
    reason: str
    states: tuple[State, ...]


def cell(text: str) -> str | None:
    """A cell as a value: `空` is absent, ``⟨U+3000⟩`` is that character, all else is literal."""
    if text == BLANK:
        return None
    start = text.find("⟨U+")
    while start >= 0:
        end = text.index("⟩", start)
        text = text[:start] + chr(int(text[start + 3 : end], 16)) + text[end + 1 :]
        start = text.find("⟨U+", start + 1)
    return text


def without_rows(standard: Standard, title: str) -> InlineTable:
    """A delivered dataset without rows: every column is there.

    Raises:
        StandardError: GJ-S411 unknown dataset.
    """
    fields = dataset_called(standard, title).fields.values()
    return InlineTable(title, tuple(item.title for item in fields if not item.derived_from), ())


def dataset_called(standard: Standard, title: str) -> Dataset:
    """The dataset with that title or id.

    Raises:
        StandardError: GJ-S411 unknown dataset.
    """
    found = next((item for item in standard.datasets.values() if title in (item.title, item.id)), None)
    if found is None:
        raise StandardError("GJ-S411", f"没有数据集“{title}”", hint="请用数据集的中文名称")
    return found


@dataclass(frozen=True, slots=True)
class Laid:
    """The tables of one example on a connection, ready to be judged."""

    connection: duckdb.DuckDBPyConnection
    context: Context

    def answer(self, requirement: Requirement) -> ExampleAnswer:
        """What the judge says of one requirement.

        Raises:
            StandardError: GJ-S412 the two readings differ.
            Insufficient: GJ-S413 the example lacks what the check needs.
        """
        planned = plan(requirement, self.context)
        if isinstance(planned, Untested):
            raise Insufficient(
                "GJ-S413",
                f"示例不足以核验 {requirement.id}",
                cause=planned.reason,
                hint="请在示例的表格中列出核验用到的各列",
            )
        judging = Judging(self.connection, self.context, frozenset({requirement.id}), 1000, codes={})
        ((judged,), _) = judge(judging, [planned])
        return ExampleAnswer(judged.outcome, judged.reason, self._states(planned))

    def _states(self, planned: Planned) -> tuple[State, ...]:
        if isinstance(planned, Relation):
            return self._relation_states(planned)
        if isinstance(planned, RowRule):
            return self._row_states(planned)
        return ()

    def _relation_states(self, relation: Relation) -> tuple[State, ...]:
        found = row_states(self.connection, relation)
        scanned = tuple(STATES[found[number]] for number in sorted(found))
        if relation.second is not None:
            again = relation.second.states(self.connection, sorted(found))
            _agree(relation, scanned, tuple(again[number] for number in sorted(again)))
        return scanned

    def _row_states(self, rule: RowRule) -> tuple[State, ...]:
        scanned, told = both_readings(self.connection, rule, self.context.env)
        _agree(rule, scanned, told)
        return scanned


def _agree(rule: RowRule | Relation, scanned: tuple[State, ...], told: tuple[State, ...]) -> None:
    if scanned != told:
        raise StandardError(
            "GJ-S412",
            f"{rule.requirement.id} 的两种计算在示例上结论不同",
            cause=f"扫描 {scanned}，逐行 {told}",
            hint="这是程序的缺陷，请反馈给维护者",
        )


class Bench:
    """Judges examples of one standard on one connection."""

    def __init__(self, standard: Standard, packs: Sequence[Pack]) -> None:
        self.standard = standard
        self.scopes = prepare.scopes_of(standard)
        self.days = prepare.calendar(packs)
        self.connection = duckdb.connect(":memory:", config={"threads": 1})
        self.connection.execute(
            "PRAGMA disable_optimizer"
        )  # as for every small delivery: it costs more than it saves
        self.days.load_into(self.connection)

    def judge(self, requirement_id: str, example: Example) -> ExampleAnswer:
        """Judge one requirement on the tables of an example.

        Raises:
            StandardError: GJ-S410 unknown requirement, GJ-S411 unknown dataset or heading, GJ-S412 the two
                readings differ, GJ-S413 the example lacks what the check needs.
        """
        requirement = self.standard.requirement(requirement_id)
        if requirement is None:
            raise StandardError("GJ-S410", f"没有要求 {requirement_id}", hint="请检查标识")
        with self.laid(example) as laid:
            return laid.answer(requirement)

    @contextmanager
    def laid(self, example: Example) -> Iterator[Laid]:
        """The tables of an example, read once, so that several requirements can be judged on them.

        Raises:
            StandardError: GJ-S411 unknown dataset or heading.
        """
        values = {
            name: item.value for name, item in self.standard.parameters.items() if item.value is not None
        }
        given = {**values, **example.parameters}
        with self._calendar(example) as days:
            env = prepare.environment(given, days, example.as_of)
            with self._tables(example, env) as tables:
                told = (example.as_of, example.period)
                context = prepare.context(self.standard, tables, self.scopes, env, *told)
                yield Laid(self.connection, context)

    @contextmanager
    def _calendar(self, example: Example) -> Iterator[Calendar]:
        """The working days with those that the example adds, on the connection too."""
        if not example.days:
            yield self.days
            return
        days = self.days.with_days(example.days)
        days.load_into(self.connection)
        try:
            yield days
        finally:
            self.days.load_into(self.connection)

    @contextmanager
    def everything(self) -> Iterator[Context]:
        """A context in which every dataset is delivered with all its fields and no rows."""
        example = Example(
            {
                item.title: InlineTable(item.title, tuple(one.title for one in item.fields.values()), ())
                for item in self.standard.datasets.values()
            }
        )
        values = {name: item.value or "0" for name, item in self.standard.parameters.items()}
        env = prepare.environment(values, self.days, "")
        with self._tables(example, env) as tables:
            yield prepare.context(self.standard, tables, self.scopes, env, "")

    @contextmanager
    def _tables(self, example: Example, env: Env) -> Iterator[dict[str, DatasetTable]]:
        tables: dict[str, DatasetTable] = {}
        try:
            for title, inline in example.tables.items():
                dataset = dataset_called(self.standard, title)
                tables[dataset.id] = self._load(dataset, inline, env)
            yield tables
        finally:
            for dataset_id in self.standard.datasets:
                drop_table(self.connection, dataset_id)

    def _load(self, dataset: Dataset, inline: InlineTable, env: Env) -> DatasetTable:
        columns = {self._field(dataset, heading): heading for heading in inline.columns}
        binding = Binding(dataset, inline, columns, dict.fromkeys(columns, "title"), ())
        read = prepare.readings(self.standard, dataset, None, (), "")
        scope = self.scopes[dataset.id]
        return load_table(self.connection, dataset, [binding], read.by_field, scope, env)

    def _field(self, dataset: Dataset, heading: str) -> str:
        for name, item in dataset.fields.items():
            if heading in (item.title, name, *item.aliases):
                return name
        raise StandardError(
            "GJ-S411", f"数据集“{dataset.title}”没有数据元“{heading}”", hint="请用数据元的中文名称"
        )

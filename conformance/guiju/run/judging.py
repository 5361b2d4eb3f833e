"""A whole run: an export against a standard, from files to result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version

import duckdb

from guiju.content import Pack, find_packs
from guiju.engine.codes import CodeStats
from guiju.engine.judge import Codes, Judged, Judging, judge
from guiju.engine.kinds import plan
from guiju.engine.plan import Context, Planned, Untested
from guiju.engine.session import session
from guiju.engine.tables import DatasetTable
from guiju.export import (
    Binding,
    Digested,
    Held,
    InPlace,
    Mapping_,
    SourceTable,
    identifier,
    known_words,
    open_sources,
)
from guiju.result import ExplanationUse, InputTable, RequirementResult, Result, StandardIdentity
from guiju.result.model import ClaimsUse
from guiju.rule import Calendar, Env, calls_workdays
from guiju.run import prepare
from guiju.run.assemble import Delivered, input_table, requirement_result, told_once
from guiju.run.blank_tables import no_records, with_records
from guiju.run.claimed import Beside, claimed, fitting
from guiju.run.conclude import conclusion, exit_code, summarise
from guiju.run.desk.definitions import Given, keep
from guiju.run.desk.explained import Explaining, explained
from guiju.run.desk.explanations import explained_fields
from guiju.run.desk.mappings import find_mappings
from guiju.run.desk.shared import neighbours, own_part, recognised
from guiju.run.needs import only_needed
from guiju.run.personal_remarks import personal_remarks
from guiju.run.profile import apply, read_profile
from guiju.run.request import RunRequest
from guiju.run.spoiled import without_spoiled
from guiju.run.value_remarks import ValueRemarks, value_remarks
from guiju.standard.assessment import read_form
from guiju.standard.load import load
from guiju.standard.model import Standard

Progress = Callable[[str], None]
SMALL_BYTES = 2_000_000
"""Deliveries below this size, as text, are judged without optimising queries."""
PACKED = 10
"""How many times longer a compressed table is as text, with room to spare."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a run has decided before it opens a connection."""

    request: RunRequest
    standard: Standard
    scopes: prepare.Scopes
    switched_off: Mapping[str, str]
    profile: str
    mapping: Mapping_ | None
    bindings: Sequence[Binding]
    readings: Mapping[str, prepare.Readings]
    env: Env
    days: Calendar
    beside: Beside | None = None


def run(request: RunRequest, progress: Progress = lambda _: None) -> tuple[Result, Standard]:
    """Judge an export.

    Returns:
        The result, and the standard as the profile left it.

    Raises:
        InputError: the request, the files or the mapping cannot be used.
        StandardError: the standard is broken.
    """
    progress("读取标准")
    desk = open_desk(request, progress)
    progress("读入数据")
    with loaded(desk) as (connection, tables):
        try:
            result = _judged(connection, desk, tables, progress)
        except duckdb.Error:
            _check_files(connection, desk.bindings)
            raise
        if any(item.outcome == "error" for item in result.requirements):
            _check_files(connection, desk.bindings)
    return result, desk.standard


@contextmanager
def loaded(desk: Desk) -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, DatasetTable]]]:
    """A connection with every delivered dataset as a table."""
    files = [path for binding in desk.bindings for path in binding.source.reads]
    sizes = {(item.source.file, item.source.path): _bytes_of_text(item.source) for item in desk.bindings}
    small = sum(sizes.values()) < SMALL_BYTES
    with session(files, desk.request.limits, small=small) as connection:
        delivered = {item.dataset.id for item in desk.bindings}
        known = [scope.known for name, scope in desk.scopes.items() if name.split()[0] in delivered]
        if any(calls_workdays(node) for trees in known for node in trees.values()):
            desk.days.load_into(connection)
        try:
            tables = prepare.load_tables(
                connection, desk.standard, desk.bindings, desk.readings, desk.scopes, desk.env
            )
        finally:
            _release(desk.bindings)
        yield connection, tables


def _release(bindings: Sequence[Binding]) -> None:
    """Loaded tables hold nothing open any more."""
    for item in bindings:
        if isinstance(item.source, Held):
            item.source.release()


def _bytes_of_text(source: SourceTable) -> int:
    """Roughly how long a table is as text; columnar files and workbooks are compressed."""
    if isinstance(source, Digested):
        return source.size
    path = source.path
    packed = path.suffix.lower() in (".parquet", ".xlsx", ".xlsm")
    return path.stat().st_size * (PACKED if packed else 1)


def _check_files(connection: duckdb.DuckDBPyConnection, bindings: Sequence[Binding]) -> None:
    """A query failed: where a file that is read in place is damaged, say that instead."""
    for item in bindings:
        if isinstance(item.source, InPlace):
            item.source.check(connection, item.columns)


def open_desk(request: RunRequest, progress: Progress = lambda _: None) -> Desk:
    """Everything decided before a connection opens: standard, profile, mapping, bindings, readings."""
    packs = find_packs(request.pack)
    profile = read_profile(packs, request.region)
    standard, parameters, off = apply(load(packs, request.standard), profile)
    beside = _beside(request, standard, packs)
    scopes = prepare.read_expressions(standard)
    days = prepare.calendar(packs, profile.holidays)
    env = prepare.environment(parameters, days, request.as_of)
    others = request.others
    mapping = own_part(find_mappings(packs, (request.mapping, *request.more_mappings)), others)
    progress("识别表格和列")
    sources = open_sources(request.exports, known_words({**others, **standard.datasets}, mapping))
    also = explained_fields(request.explanations, standard)
    if not others and len(sources) > 1:
        others = neighbours(packs, standard)
    found = recognised(sources, standard, mapping, others, alone=not request.others)
    bindings = only_needed(found, standard, scopes, also)
    read = {
        name: prepare.readings(standard, standard.datasets[name], mapping, packs, request.region)
        for name in dict.fromkeys(item.dataset.id for item in bindings)
    }
    return Desk(request, standard, scopes, off, profile.title, mapping, bindings, read, env, days, beside)


def _judged(
    connection: duckdb.DuckDBPyConnection, desk: Desk, tables: Mapping[str, DatasetTable], progress: Progress
) -> Result:
    request, standard = desk.request, desk.standard
    delivered, tables = tables, with_records(tables)
    progress("核验")
    found = verdicts(connection, desk, tables)
    judged, codes, met = found.judged, found.codes, found.met
    results = tuple(requirement_result(standard, item) for item in judged)
    if request.keep is not None:
        progress("记下各行的结论")
        keep(connection, _given(desk), judged, tables, request.keep)
    uses: tuple[ExplanationUse, ...] = ()
    if request.explanations:
        means = Explaining(connection, request.explanations, request.as_of, request.confirmed)
        results, uses = explained(means, judged, results)
    used: tuple[ClaimsUse, ...] = ()
    if desk.beside is not None:
        results, use = claimed(results, desk.beside)
        used = (use,)
    inputs = told_once(
        [
            input_table(given, (*met[name].remarks, *personal_remarks(connection, table, given.bindings)))
            if name in tables
            else input_table(given, ((0, no_records(table)),))
            for name, table in delivered.items()
            for given in [_delivered(connection, desk, table, codes.get(name, {}))]
        ]
    )
    return replace(assemble(desk, results, inputs), explanations=uses, claims=used)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is said of every requirement in order; code statistics and what values met, by dataset."""

    context: Context
    judged: Sequence[Judged]
    codes: Codes
    met: Mapping[str, ValueRemarks]


def verdicts(
    connection: duckdb.DuckDBPyConnection, desk: Desk, tables: Mapping[str, DatasetTable]
) -> Verdicts:
    """Judge every requirement on tables with records; what rests on spoiled values is taken back."""
    request, standard = desk.request, desk.standard
    context = prepare.context(standard, tables, desk.scopes, desk.env, request.as_of, request.period)
    judging = Judging(connection, context, request.confirmed, request.findings)
    judged, codes = judge(judging, plan_all(standard, context, desk.switched_off))
    met = {name: value_remarks(connection, table, judged) for name, table in tables.items()}
    return Verdicts(context, without_spoiled(replace(judging, codes=codes), judged, met), codes, met)


def _beside(request: RunRequest, standard: Standard, packs: Sequence[Pack]) -> Beside | None:
    """The self-assessment of this standard, where one was handed in."""
    found = next((item for item in request.claims if item.standard == standard.id), None)
    if found is None:
        return None
    return fitting(found, read_form(packs, standard))


def _given(desk: Desk) -> Given:
    request = desk.request
    names = (request.mapping, *request.more_mappings)
    return Given(
        desk.standard,
        desk.scopes,
        desk.env.parameters,
        desk.days,
        desk.mapping,
        names,
        desk.bindings,
        request.pack,
        request.region,
    )


def plan_all(standard: Standard, context: Context, switched_off: Mapping[str, str]) -> list[Planned]:
    """Every requirement planned, in the order of the standard."""
    return [
        Untested(item, f"地方已关闭：{switched_off[item.id]}")
        if item.id in switched_off
        else plan(item, context)
        for item in standard.requirements
    ]


def _delivered(
    connection: duckdb.DuckDBPyConnection, desk: Desk, table: DatasetTable, codes: Mapping[str, CodeStats]
) -> Delivered:
    name = table.dataset.id
    bindings = [item for item in desk.bindings if item.dataset.id == name]
    counted = dict(
        connection.execute(f'SELECT "_part", count(*) FROM {identifier(table.raw)} GROUP BY 1').fetchall()
    )
    rows = [counted.get(part, 0) for part in range(len(bindings))]
    return Delivered(table, bindings, codes, desk.readings[name].crosswalks, rows)


def assemble(desk: Desk, results: tuple[RequirementResult, ...], inputs: tuple[InputTable, ...]) -> Result:
    """The result of a run."""
    return Result(
        engine=f"guiju {version('guiju')}",
        standards=(identity(desk.standard),),
        region=desk.request.region,
        profile=desk.profile,
        mapping=desk.mapping.title if desk.mapping else "",
        as_of=desk.request.as_of,
        findings_limit=desk.request.findings,
        inputs=inputs,
        requirements=results,
        summary=summarise(results),
        conclusion=conclusion(desk.standard, results),
        exit_code=exit_code(results),
        period=desk.request.period,
    )


def identity(standard: Standard) -> StandardIdentity:
    """Which edition judged."""
    return StandardIdentity(
        standard.id,
        standard.title,
        standard.version,
        standard.stage,
        standard.published,
        standard.judging_digest,
        standard.text_digest,
    )


def with_error(result: Result, message: str) -> Result:
    """A result whose suite and judgement do not agree: our fault, exit status 3."""
    summary = replace(result.summary, sentence=f"{message}。{result.summary.sentence}")
    return replace(result, summary=summary, exit_code=3)

"""Sample data for standards: planned, generated and written, one file a dataset."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from guiju.content import find_packs
from guiju.engine.session import Limits
from guiju.export import literal
from guiju.standard.fields import Dataset
from guiju.standard.load import load
from guiju.standard.model import Standard
from guiju_tools.sample.fault_list import FaultList
from guiju_tools.sample.plan import Plan
from guiju_tools.sample.planting import Target, spoil
from guiju_tools.sample.request import SampleRequest, checked, folder
from guiju_tools.sample.rows import all_rows, delivered, rows_sql
from guiju_tools.sample.world import world_of
from guiju_tools.sample.write import write

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was written for one standard; with the last, the list of faults (None: not asked for) of all.

    `as_of` is the day that the data are made for, empty where no day matters.
    """

    standard: Standard
    files: tuple[Path, ...]
    planted: Path | None = None
    faults: int = 0
    as_of: str = ""


def make_sample(request: SampleRequest, report: Progress = lambda _: None) -> list[Made]:
    """Write the sample data that a request asks for; of several standards, all into one folder.

    Each dataset is written once, with the first of the standards that has it.

    Raises:
        InputError: GJ-I303 unknown standard, GJ-I330 to GJ-I334 a request that cannot be met.
        StandardError: GJ-S131 to GJ-S140 hints that do not hold together.
    """
    packs = find_packs(checked(request).pack)
    standards = list({item.id: item for name in request.standards for item in [load(packs, name)]}.values())
    plan = world_of(standards, packs).plan(request.rows, request.seed)
    out = folder(request.out)
    faulty = bool(request.faults.strip("0."))
    made: list[Made] = []
    with connected(request.limits) as con:
        listed = FaultList(con, request.first_row, request.format) if faulty else None
        for standard in standards:
            done = {path.stem for item in made for path in item.files}
            datasets = [item for item in standard.datasets.values() if item.title not in done]
            files = [_written(con, plan, item, (request, listed, out, report)) for item in datasets]
            made.append(Made(standard, tuple(files), as_of=plan.hints.as_of))
        if listed is not None:
            made[-1] = replace(made[-1], planted=listed.write(out), faults=listed.count)
    return made


@contextmanager
def connected(limits: Limits) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a database in a temporary folder, so that what is large goes to disk."""
    with tempfile.TemporaryDirectory(prefix="guiju-sample-") as place:
        con = duckdb.connect(Path(place) / "planted.duckdb")
        con.execute(f"SET temp_directory = {literal(place)}")
        if limits.threads is not None:
            con.execute(f"SET threads = {limits.threads}")
        if limits.memory:
            con.execute(f"SET memory_limit = {literal(limits.memory)}")
        try:
            yield con
        finally:
            con.close()


_Means = tuple[SampleRequest, FaultList | None, Path, Progress]


def _written(con: duckdb.DuckDBPyConnection, plan: Plan, dataset: Dataset, means: _Means) -> Path:
    request, listed, out, report = means
    report(f"生成{dataset.title}")
    if listed is None:
        rows = rows_sql(plan, dataset.id, all_rows(plan.rows[dataset.id]))
    else:
        rows = spoil(con, Target(plan, dataset, request.faults), listed)
    return write(con, rows, delivered(dataset), out / f"{dataset.title}.{request.format}", request.format)

"""Sample data for standards: planned, generated and written, one file a dataset."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from guiju.content import Pack, find_packs
from guiju.engine.session import Limits
from guiju.export import literal
from guiju.standard.load import load
from guiju.standard.model import Standard
from guiju_tools.sample.fault_list import FaultList
from guiju_tools.sample.hints import Hints, read_hints
from guiju_tools.sample.plan import Plan, make_plan
from guiju_tools.sample.planting import Target, spoil
from guiju_tools.sample.request import SampleRequest, checked, folder
from guiju_tools.sample.rows import all_rows, delivered, rows_sql
from guiju_tools.sample.write import write

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: the files of one standard, the list of faults (None: not asked for), their number."""

    standard: Standard
    files: tuple[Path, ...]
    planted: Path | None = None
    faults: int = 0


def make_sample(request: SampleRequest, report: Progress = lambda _: None) -> list[Made]:
    """Write the sample data that a request asks for; of several standards, each into a folder of its own.

    Raises:
        InputError: GJ-I303 unknown standard, GJ-I330 to GJ-I334 a request that cannot be met.
        StandardError: GJ-S131 to GJ-S140 hints that do not hold together.
    """
    packs = find_packs(checked(request).pack)
    standards = [load(packs, name) for name in request.standards]
    plans = [make_plan(item, _hints(packs, item), request.rows, request.seed) for item in standards]
    out = folder(request.out)
    with connected(request.limits) as con:
        return [
            _made(con, plan, request, out if len(plans) == 1 else folder(out / plan.standard.title), report)
            for plan in plans
        ]


def _hints(packs: tuple[Pack, ...], standard: Standard) -> Hints:
    pack = next(item for item in packs if standard.id in item.standard_ids())
    return read_hints(pack, standard.id)


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


def _made(
    con: duckdb.DuckDBPyConnection, plan: Plan, request: SampleRequest, out: Path, report: Progress
) -> Made:
    faulty = bool(request.faults.strip("0."))
    listed = FaultList(con, request.first_row, request.format) if faulty else None
    files = []
    for dataset_id, dataset in plan.standard.datasets.items():
        report(f"生成{dataset.title}")
        if listed is None:
            rows = rows_sql(plan, dataset_id, all_rows(plan.rows[dataset_id]))
        else:
            rows = spoil(con, Target(plan, dataset, request.faults), listed)
        target = out / f"{dataset.title}.{request.format}"
        files.append(write(con, rows, delivered(dataset), target, request.format))
    if listed is None:
        return Made(plan.standard, tuple(files))
    return Made(plan.standard, tuple(files), listed.write(out), listed.count)

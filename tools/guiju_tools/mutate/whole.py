"""Both parts over one standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.content import Pack
from guiju.standard.load import load_from
from guiju_tools.mutate.checks import try_checks
from guiju_tools.mutate.conforming import conforming_tables
from guiju_tools.mutate.data import Planting, try_faults, under_profile
from guiju_tools.mutate.reasons import read_reasons
from guiju_tools.mutate.report import Report
from guiju_tools.mutate.telling import Tell, silent


@dataclass(frozen=True, slots=True)
class MutateRequest:
    """What is asked for: which parts, the seed, rows of the main dataset, faults of a kind, the profile."""

    checks: bool = True
    data: bool = True
    seed: int = 1
    rows: int = 240
    times: int = 3
    region: str = "990000"


def mutate(
    pack: Pack,
    standard_id: str,
    packs: Sequence[Pack],
    request: MutateRequest,
    tell: Tell = silent,
) -> Report:
    """Alter the requirements of a standard, and data that conform to it; `tell` hears how far it has come.

    Raises:
        InputError: GJ-I310 there is no such profile.
        StandardError: the standard or its hints for sample data are broken; GJ-S416 an example does not hold.
    """
    standard = load_from(pack, standard_id, packs)
    reasons = read_reasons(pack, standard_id)
    checks = try_checks(standard, packs, reasons, tell) if request.checks else None
    data = None
    if request.data:
        applied, parameters = under_profile(standard, packs, request.region)
        tables = conforming_tables(applied, packs, request.rows, request.seed)
        planting = Planting(request.seed, request.times, tell)
        data = try_faults(applied, packs, tables, parameters, reasons, planting)
    return Report(standard, checks, data)

"""A desk opened for one period: checked throughout, and turned into one request for each standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from guiju.content import find_packs
from guiju.engine.session import Limits
from guiju.result.claims import Claims
from guiju.run.desk.as_of import AsOf, newest_stamp, stated_day
from guiju.run.desk.confirmed import Confirmed, confirmed_readings
from guiju.run.desk.divisions import Division, division
from guiju.run.desk.explanations import explanations_for, read_explanations
from guiju.run.desk.mappings import mapping_digest
from guiju.run.desk.workspace import Workspace, check_day, delivered_files
from guiju.run.request import RunRequest
from guiju.standard.load import load
from guiju.standard.model import Standard
from guiju_tools.assessment.claims_file import claims_in


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line adds to `region.yaml`."""

    as_of: str = ""
    limits: Limits = field(default_factory=Limits)
    findings: int = 1000


@dataclass(frozen=True, slots=True)
class Task:
    """One standard to be judged: its request, and the confirmations that have lapsed."""

    standard: Standard
    request: RunRequest
    confirmed: Confirmed


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk that is ready to run: what is known of the region, the day, the mapping's digest."""

    workspace: Workspace
    division: Division
    as_of: AsOf
    mapping: str
    tasks: tuple[Task, ...]


def open_desk(workspace: Workspace, settings: Settings) -> OpenDesk:
    """Check everything that `region.yaml` names, and make the requests.

    Raises:
        InputError: what cannot be used, before anything runs.
    """
    pack = Path(workspace.resolved(workspace.pack)) if workspace.pack else None
    packs = find_packs(pack)
    region = workspace.region
    known = division(packs, region.code, region.parent, workspace.place("region"))
    standards = [load(packs, name) for name in workspace.standards]
    requests = _requests(workspace, settings, standards, pack)
    as_of = _as_of(workspace, settings, requests)
    check_day(workspace, as_of.day)
    mapping = mapping_digest(packs, workspace.mappings())
    dated = [replace(request, as_of=as_of.day) for request in requests]
    return OpenDesk(workspace, known, as_of, mapping, tuple(_tasks(workspace, standards, dated, mapping)))


def _requests(
    workspace: Workspace, settings: Settings, standards: Sequence[Standard], pack: Path | None
) -> list[RunRequest]:
    first, *more = workspace.mappings() or ("",)
    files = delivered_files(workspace)
    everything = {name: dataset for item in standards for name, dataset in item.datasets.items()}
    return [
        RunRequest(
            standard=item.id,
            exports=files,
            mapping=first,
            more_mappings=tuple(more),
            region=workspace.profile,
            pack=pack,
            limits=settings.limits,
            findings=settings.findings,
            period=workspace.period.text,
            others={name: one for name, one in everything.items() if name not in item.datasets},
        )
        for item in standards
    ]


def _as_of(workspace: Workspace, settings: Settings, requests: Sequence[RunRequest]) -> AsOf:
    if settings.as_of:
        return AsOf(settings.as_of, "由 --as-of 给出")
    if workspace.as_of:
        return AsOf(workspace.as_of, "由 region.yaml 给出")
    if not workspace.newest:
        return stated_day(requests[0].exports)
    dataset, _, name = workspace.newest.partition(".")
    packs = find_packs(requests[0].pack)
    known = [item for item in requests if dataset in load(packs, item.standard).datasets]
    return newest_stamp((known or requests)[0], dataset, name)


def _tasks(
    workspace: Workspace,
    standards: Sequence[Standard],
    requests: Sequence[RunRequest],
    mapping: str,
) -> list[Task]:
    file = workspace.resolved(workspace.explanations)
    told = read_explanations(Path(file)) if file else ()
    explanations = explanations_for(told, standards, file)
    claims = _claims(workspace)
    found = []
    for standard, request in zip(standards, requests, strict=True):
        confirmed = confirmed_readings(workspace.confirmed, standard, mapping)
        whole = replace(request, confirmed=confirmed.holding, explanations=explanations.get(standard.id, ()))
        whole = replace(whole, claims=claims)
        found.append(Task(standard, whole, confirmed))
    return found


def _claims(workspace: Workspace) -> tuple[Claims, ...]:
    """The self-assessments of this region and period."""
    if not workspace.claims:
        return ()
    pattern = workspace.claims.replace("{period}", workspace.period.text)
    return claims_in(workspace.folder, pattern, workspace.region.code, workspace.period.text)

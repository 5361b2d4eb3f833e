"""A filled form read whole: claims where it can be used, and everything that is wrong or doubtful in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guiju.content import Pack
from guiju.errors import InputError, Place
from guiju.export import digest
from guiju.result.claims import Claim, Claims, ClaimsInput
from guiju.standard.assessment import Form, read_form
from guiju.standard.load import load
from guiju_tools.assessment.answers import Typed, understand
from guiju_tools.assessment.evidence import Files, evidence_of, unnamed
from guiju_tools.assessment.grid import Grid, read_grids
from guiju_tools.assessment.own_form import Cover, Identity, cover, identities, typed_lines
from guiju_tools.assessment.problems import Problem


@dataclass(frozen=True, slots=True)
class Read:
    """One form as read; its claims may be used where nothing has to be mended."""

    form: Form
    sheet: str
    old: bool
    typed: tuple[Typed, ...]
    claims: Claims


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file as read: the forms in it, and the problems in the order of sheets and rows."""

    path: Path
    forms: tuple[Read, ...]
    problems: tuple[Problem, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing has to be mended."""
        return not any(item.level == "mend" for item in self.problems)


def read_file(path: Path, packs: Sequence[Pack], files: Files) -> ReadFile:
    """Read one workbook of ours.

    Raises:
        InputError: GJ-I426 when it is none of our forms; what `read_grids` raises.
    """
    grids = read_grids(path)
    known = identities(grids)
    if not known:
        raise InputError(
            "GJ-I426",
            "这不是本程序写出的自评表",
            place=Place(str(path)),
            cause="里面没有表的标识",
            hint="请用 guiju template <标准> --self-assessment 写出的表填报；另存时保留所有工作表",
        )
    front, problems = cover(grids)
    forms: list[Read] = []
    named: list[str] = []
    for item in known:
        read, more = _read(item, grids, (packs, front, files, path))
        forms.append(read)
        problems += more
        named += [one.name for claim in read.claims.claims for one in claim.evidence]
    problems += unnamed(files, named)
    order = {grid.name: number for number, grid in enumerate(grids)}
    problems.sort(key=lambda one: (order.get(one.sheet, -1), one.row, one.column, one.code))
    return ReadFile(path, tuple(forms), tuple(problems))


_Around = tuple[Sequence[Pack], Cover, Files, Path]


def _read(known: Identity, grids: Sequence[Grid], around: _Around) -> tuple[Read, list[Problem]]:
    packs, front, files, path = around
    form = read_form(packs, load(packs, known.standard))
    grid = next((one for one in grids if one.name == known.sheet), Grid(known.sheet, {}, ()))
    old = form.digest != known.digest
    typed, problems = typed_lines(grid, known, form)
    if old:
        problems = [_outdated(known, form), *(replace(item, level="ask") for item in problems)]
    claims: list[Claim] = []
    for line in typed:
        claim, more = _claim(line, files)
        claims.append(claim)
        problems += more
    told = Claims(
        form.standard,
        known.standard_version,
        known.version,
        known.digest,
        front.region,
        front.organisation,
        front.period,
        front.signed,
        (ClaimsInput(path.name, digest(path)),),
        tuple(claims),
    )
    return Read(form, known.sheet, old, tuple(typed), told), problems


def _claim(typed: Typed, files: Files) -> tuple[Claim, list[Problem]]:
    read, problems = understand(typed)
    evidence, more = evidence_of(typed, read, files)
    place = f"{typed.sheet}!{typed.row}"
    claim = Claim(typed.line.id, place, read.answer, read.score, evidence, typed.note, typed.opinion)
    return claim, problems + more


def _outdated(known: Identity, form: Form) -> Problem:
    text = (
        f"所用的表（第{known.version}版，依据 {known.standard_version}）不是现行的"
        f"（第{form.version}版，依据 {form.standard_version}）"
    )
    hint = "退回的是现行的表，内容没有变的行已经照抄过去，请补填其余各行"
    return Problem("GJ-D519", "mend", known.sheet, 0, 0, text, hint)

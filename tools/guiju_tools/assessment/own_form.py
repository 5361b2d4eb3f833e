"""A filled form of ours recognised: which edition it is of and who it speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guiju.run.desk.period import is_period
from guiju_tools.assessment import layout as at
from guiju_tools.assessment.grid import Grid
from guiju_tools.assessment.problems import Problem

SEAL = at.SIGN_FIELDS[-1][0]
_REGION = re.compile("[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Identity:
    """What the hidden sheet says of one form, and where it put each line."""

    sheet: str
    standard: str
    standard_version: str
    version: str
    digest: str
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cover:
    """Who the form speaks for, and which fields of the signature page are filled in."""

    organisation: str
    region: str
    period: str
    signed: tuple[str, ...]


def identities(grids: Sequence[Grid]) -> tuple[Identity, ...]:
    """The forms in a workbook of ours; none where it is not ours."""
    hidden = next((grid for grid in grids if grid.name == at.HIDDEN), None)
    if hidden is None or hidden.text(1, 1) != at.FORMAT:
        return ()
    rows = [
        tuple(hidden.text(row, column) for column in range(1, 7)) for row in range(2, hidden.last_row + 1)
    ]
    return tuple(
        Identity(
            name,
            standard,
            edition,
            version,
            digest,
            {line[2]: _row(line[3]) for line in rows if line[0] == "line" and line[1] == name},
        )
        for kind, name, standard, edition, version, digest in rows
        if kind == "form"
    )


def _row(text: str) -> int:
    """The number of a row; 0 where somebody has changed it to something else."""
    return int(text) if re.fullmatch("[0-9]{1,7}", text) else 0


def cover(grids: Sequence[Grid]) -> tuple[Cover, list[Problem]]:
    """The cover and the signature page, and what is missing on them."""
    by_name = {grid.name: grid for grid in grids}
    front, sign = by_name.get(at.COVER), by_name.get(at.SIGN)
    told = {name: front.text(row, at.COVER_COLUMN) if front else "" for name, _, row in at.COVER_FIELDS}
    sealed = [SEAL] if sign and sign.pictures else []
    signed = tuple(
        label for label, row in at.SIGN_FIELDS if sign and (sign.text(row, at.SIGN_COLUMN) or label in sealed)
    )
    found = Cover(told["organisation"], told["region"], told["period"], signed)
    return found, [*_cover_problems(found), *_sign_problems(signed)]


def _cover_problems(found: Cover) -> Iterator[Problem]:
    rows = {name: row for name, _, row in at.COVER_FIELDS}
    if not found.organisation:
        yield _front("GJ-D511", rows["organisation"], "没有填填报单位", "请填单位的全称")
    if not _REGION.fullmatch(found.region):
        yield _front("GJ-D512", rows["region"], f"区划代码“{found.region}”不是六位数字", "请填六位区划代码")
    if not is_period(found.period):
        hint = "写成 2026-03（月）、2026-Q1（季）或 2026（年）"
        yield _front("GJ-D513", rows["period"], f"期次“{found.period}”的写法不对", hint)


def _front(code: str, row: int, text: str, hint: str) -> Problem:
    return Problem(code, "mend", at.COVER, row, at.COVER_COLUMN, text, hint)


def _sign_problems(signed: Sequence[str]) -> Iterator[Problem]:
    missing = [label for label, _ in at.SIGN_FIELDS if label not in signed and label != SEAL]
    if missing:
        row = next(row for label, row in at.SIGN_FIELDS if label == missing[0])
        text, hint = f"签章页没有填{'、'.join(missing)}", "纸质签章的，打印后签字盖章即可"
        yield Problem("GJ-D514", "ask", at.SIGN, row, at.SIGN_COLUMN, text, hint)

"""Points of a self-assessment added up, by the rules that its form declares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from guiju.result.claims import Claims
from guiju.standard.assessment import Block, Form, Line

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class BlockScore:
    """One chapter: points got, cut to the chapter's bounds, and points that could be got."""

    clause: str
    title: str
    got: Decimal
    base: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """A whole form; `share` is got / base, None where nothing could be got."""

    blocks: tuple[BlockScore, ...]

    @property
    def got(self) -> Decimal:
        """Points got."""
        return sum((block.got for block in self.blocks), ZERO)

    @property
    def base(self) -> Decimal:
        """Points that could be got."""
        return sum((block.base for block in self.blocks), ZERO)

    def reaches(self, share: str) -> bool | None:
        """Whether got / base is at least the share, by cross-multiplication; None where nothing counts."""
        return self.got >= Decimal(share) * self.base if self.base else None


def score(form: Form, claims: Claims) -> Score:
    """The score of a form.

    What is 不适用 leaves the base, or counts in full, as the form says; a chapter's points are cut to 0 below
    and to its cap above; bonuses and deductions do not change the base.
    """
    return Score(tuple(_block(form, block, claims) for block in form.blocks))


def _block(form: Form, block: Block, claims: Claims) -> BlockScore:
    full = form.scoring.not_applicable == "full"
    base = got = ZERO
    for line in block.lines:
        out = _not_applicable(line, claims)
        points = Decimal(line.points)
        if line.role == "requirement" and (full or not out):
            base += points
        got += points if out and full else _scored(line, claims)
    return BlockScore(block.clause, block.title, max(ZERO, min(Decimal(block.most), got)), base)


def _not_applicable(line: Line, claims: Claims) -> bool:
    claim = claims.of(line.id)
    return claim is not None and claim.answer == "not-applicable"


def _scored(line: Line, claims: Claims) -> Decimal:
    claim = claims.of(line.id)
    return Decimal(claim.score) if claim and claim.score and claim.answer != "not-applicable" else ZERO

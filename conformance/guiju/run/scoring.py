"""Points of a self-assessment added up, by the rules that its form declares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

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
    weight: str


@dataclass(frozen=True, slots=True)
class Score:
    """A whole form."""

    blocks: tuple[BlockScore, ...]

    @property
    def got(self) -> Decimal:
        """Points got."""
        return sum((block.got for block in self.blocks), ZERO)

    @property
    def base(self) -> Decimal:
        """Points that could be got."""
        return sum((block.base for block in self.blocks), ZERO)

    @property
    def share(self) -> Fraction | None:
        """What was got of what could be got, exactly; None where nothing could be got.

        Where chapters have weights, their shares are averaged by them; a chapter without a base is left out.
        """
        counted = [block for block in self.blocks if block.base]
        if not counted:
            return None
        if not all(block.weight for block in counted):
            return Fraction(self.got) / Fraction(self.base)
        weighed = sum(int(one.weight) * Fraction(one.got) / Fraction(one.base) for one in counted)
        return Fraction(weighed) / sum(int(one.weight) for one in counted)

    @property
    def per_cent(self) -> str:
        """The share in per cent, cut to two places: none may look as if it reached a line that it misses."""
        if self.share is None:
            return ""
        hundredths = self.share * 10_000 // 1
        return f"{Decimal(hundredths) / 100:.2f}"

    def reaches(self, share: str) -> bool | None:
        """Whether the share is at least this one; None where nothing counts."""
        return None if self.share is None else self.share >= Fraction(share)


def score(form: Form, claims: Claims) -> Score:
    """The score of a form.

    What is 不适用 leaves the base, or counts in full, as the form says; a chapter's points are cut to 0 below
    and to its cap above, and so is its base; bonuses and deductions do not change the base.
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
    most = Decimal(block.most)
    return BlockScore(block.clause, block.title, max(ZERO, min(most, got)), min(most, base), block.weight)


def _not_applicable(line: Line, claims: Claims) -> bool:
    claim = claims.of(line.id)
    return claim is not None and claim.answer == "not-applicable"


def _scored(line: Line, claims: Claims) -> Decimal:
    claim = claims.of(line.id)
    return Decimal(claim.score) if claim and claim.score and claim.answer != "not-applicable" else ZERO

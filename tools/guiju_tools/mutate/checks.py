"""Altered requirements: what the examples noticed, what survives, and with which reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.content import Pack
from guiju.standard.model import Standard
from guiju_tools.mutate.reasons import Reasons
from guiju_tools.mutate.telling import Tell, silent
from guiju_tools.mutate.trial import Tried, try_all


@dataclass(frozen=True, slots=True)
class Survivor:
    """An alteration that no example notices, with its reason; without one the examples are too weak."""

    tried: Tried
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What became of the altered requirements of one standard."""

    tried: tuple[Tried, ...]
    survivors: tuple[Survivor, ...]
    stale: tuple[str, ...]

    @property
    def unexplained(self) -> tuple[Survivor, ...]:
        """Surviving alterations without a reason."""
        return tuple(item for item in self.survivors if not item.reason)

    @property
    def clean(self) -> bool:
        """Nothing survives without a reason."""
        return not self.unexplained


def try_checks(
    standard: Standard, packs: Sequence[Pack], reasons: Reasons, tell: Tell = silent
) -> CheckReport:
    """Alter every requirement in every way and try the standard's examples on it.

    Raises:
        StandardError: GJ-S416 an example does not hold even without an alteration.
    """
    tried = tuple(try_all(standard, packs, tell))
    surviving = [item for item in tried if item.survives]
    survivors = tuple(
        Survivor(item, reasons.of_alteration(item.mutant.id, item.mutant.alteration)) for item in surviving
    )
    stale = reasons.stale_alterations((item.mutant.id, item.mutant.alteration) for item in surviving)
    return CheckReport(tried, survivors, tuple(stale))

"""Confirmed readings: each holds for the mapping and the edition that it was given for, and for no other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.run.desk.workspace import Confirmation
from guiju.standard.model import Standard


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Ids of requirements whose confirmation holds, and those that have lapsed, with the reason."""

    holding: frozenset[str]
    lapsed: tuple[tuple[Confirmation, str], ...] = ()


def confirmed_readings(told: Iterable[Confirmation], standard: Standard, mapping: str) -> Confirmed:
    """What holds for one standard under a mapping of that digest; those of other standards are left out."""
    holding, lapsed = set(), []
    for item in told:
        if standard.requirement(item.requirement) is None:
            continue
        reason = _lapsed(item, standard, mapping)
        if reason:
            lapsed.append((item, reason))
        else:
            holding.add(item.requirement)
    return Confirmed(frozenset(holding), tuple(lapsed))


def _lapsed(item: Confirmation, standard: Standard, mapping: str) -> str:
    if not standard.judging_digest.startswith(item.edition):
        return "确认之后标准的判法改过"
    if not mapping.startswith(item.mapping):
        return "确认之后字段对应表改过"
    return ""

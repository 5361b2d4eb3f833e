"""The listed reasons for what survives (`mutation.yaml`), and those among them that no longer apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guiju.content import Pack
from guiju.standard.checked import checked

FILE = "mutation.yaml"


@dataclass(frozen=True, slots=True)
class AlterationReason:
    """Why the examples need not notice one alteration of a requirement."""

    requirement: str
    alteration: str
    reason: str


@dataclass(frozen=True, slots=True)
class FaultReason:
    """Why no requirement needs to catch some kinds of fault in one field (an empty name: in whole rows)."""

    dataset: str
    field: str
    operators: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """Everything that a standard lists."""

    alterations: tuple[AlterationReason, ...] = ()
    faults: tuple[FaultReason, ...] = ()

    def of_alteration(self, requirement: str, alteration: str) -> str:
        """The reason for an alteration that survives; an empty text where none is listed."""
        return next(
            (
                item.reason
                for item in self.alterations
                if (item.requirement, item.alteration) == (requirement, alteration)
            ),
            "",
        )

    def of_fault(self, dataset: str, field: str, operator: str) -> str:
        """The reason for a fault that survives; an empty text where none is listed."""
        return next(
            (
                item.reason
                for item in self.faults
                if (item.dataset, item.field) == (dataset, field) and operator in item.operators
            ),
            "",
        )

    def stale_alterations(self, surviving: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Listed alterations that do not survive, or do not exist any more."""
        known = set(surviving)
        for item in self.alterations:
            if (item.requirement, item.alteration) not in known:
                yield f"{item.requirement} {item.alteration}"

    def stale_faults(self, surviving: Iterable[tuple[str, str, str]]) -> Iterator[str]:
        """Fields for which faults are listed, of which not one survives: which of them do, chance decides."""
        known = set(surviving)
        for item in self.faults:
            if not any((item.dataset, item.field, operator) in known for operator in item.operators):
                yield f"{item.dataset}.{item.field or '（整行）'} {'、'.join(sorted(item.operators))}"


def read_reasons(pack: Pack, standard_id: str) -> Reasons:
    """The reasons that a standard of a pack lists; none where it has no such file.

    Raises:
        StandardErrors: when the file is broken.
    """
    path = pack.standards / standard_id / FILE
    if not path.is_file():
        return Reasons()
    data = checked(path, "mutation", path.relative_to(pack.root).as_posix())
    alterations = tuple(AlterationReason(**item) for item in data.get("alterations", ()))
    faults = tuple(
        FaultReason(item["dataset"], field, frozenset(item["operators"]), item["reason"])
        for item in data.get("faults", ())
        for field in item.get("fields", ("",))
    )
    return Reasons(alterations, faults)

"""All that sample data are made from: a standard's own datasets, and those of the standards that it uses.

A dataset is made by the hints of the standard that defines it, so that the same row is the same wherever it
is used: cases refer to items that the standard on items would have made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from guiju.content import Pack
from guiju.errors import StandardError
from guiju.standard.fields import Codelist, Dataset
from guiju.standard.load import load_from
from guiju.standard.model import Standard
from guiju_tools.sample.hints import DatasetHints, Hints, Table, read_hints
from guiju_tools.sample.plan import Plan, make_plan


@dataclass(frozen=True, slots=True)
class World:
    """A standard with every dataset that its data hang together with, their hints, and who defines each."""

    standard: Standard
    hints: Hints
    owners: Mapping[str, str]

    def plan(self, rows: int, seed: int) -> Plan:
        """The plan for `rows` rows of each main dataset.

        Raises:
            StandardError: what `make_plan` raises.
        """
        return make_plan(self.standard, self.hints, rows, seed)


def world_of(standards: Sequence[Standard], packs: Sequence[Pack]) -> World:
    """The world of standards; `rows` of its plan count the main dataset of each.

    Raises:
        StandardError: GJ-S154 hints for a dataset that another standard defines; hints that cannot be read.
    """
    owning = _with_owners(standards, packs)
    datasets: dict[str, Dataset] = {}
    codelists: dict[str, Codelist] = {}
    owners: dict[str, str] = {}
    for standard in owning:
        for name in _own(standard):
            datasets[name], owners[name] = standard.datasets[name], standard.id
        codelists |= standard.codelists
    hints = _hints(owning, owners, packs)
    return World(replace(standards[0], datasets=datasets, codelists=codelists), hints, owners)


def _with_owners(standards: Sequence[Standard], packs: Sequence[Pack]) -> list[Standard]:
    """The standards, and after them those whose datasets they use, each once."""
    found = {item.id: item for item in standards}
    waiting = list(standards)
    while waiting:
        for use in waiting.pop(0).document.get("uses", ()):
            name = str(use["standard"])
            if name not in found:
                pack = next(item for item in packs if name in item.standard_ids())
                found[name] = load_from(pack, name, packs)
                waiting.append(found[name])
    return list(found.values())


def _own(standard: Standard) -> list[str]:
    """The datasets that a standard defines itself."""
    used = {str(name) for use in standard.document.get("uses", ()) for name in use["datasets"]}
    return [name for name in standard.datasets if name not in used]


def _hints(standards: Sequence[Standard], owners: Mapping[str, str], packs: Sequence[Pack]) -> Hints:
    """The hints of all standards as one: words of a table from the datasets beside it, the last as-of day."""
    first = Hints()
    datasets: dict[str, DatasetHints] = {}
    tables: dict[str, Mapping[str, Table]] = {}
    as_of = ""
    for number, standard in enumerate(standards):
        pack = next((item for item in packs if standard.id in item.standard_ids()), None)
        found = Hints() if pack is None else read_hints(pack, standard.id)
        first = first if number else found
        as_of = max(as_of, found.as_of)
        for name, item in found.datasets.items():
            if owners.get(name, standard.id) != standard.id:
                raise StandardError(
                    "GJ-S154",
                    f"“{name}”是标准 {owners[name]} 的数据集",
                    place=found.place,
                    hint=f"请写在 standards/{owners[name]}/sample.yaml 中",
                )
            datasets[name] = item
        tables |= {name: found.tables for name, owner in owners.items() if owner == standard.id}
    return replace(first, datasets=datasets, tables_by=tables, as_of=as_of)

"""Datasets of other standards that a standard uses (``uses`` in standard.yaml): defined once, by their owner.

Only datasets are shared, so two standards may use each other's without a circle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.content import Pack
from guiju.errors import StandardError
from guiju.standard import strict_yaml


@dataclass(frozen=True, slots=True)
class Used:
    """One dataset of another standard: the pack and the standard that own it, its file, where it is named."""

    pack: Pack
    owner: str
    path: Path
    at: tuple[str | int, ...]


def used_datasets(
    standard: str, uses: Sequence[Any], packs: Sequence[Pack]
) -> Iterator[tuple[Used | None, StandardError | None]]:
    """Each dataset named in `uses`, or the fault that keeps it from being found.

    Faults: GJ-S150 no such standard, GJ-S151 no such dataset there, GJ-S152 the standard names itself.
    """
    for number, item in enumerate(uses):
        owner = str(item["standard"])
        at: tuple[str | int, ...] = ("uses", number)
        if owner == standard:
            yield (
                None,
                StandardError("GJ-S152", "标准不必写用到自己的数据集", hint=f"请从 uses 中删去 {owner}"),
            )
            continue
        pack = next((one for one in packs if owner in one.standard_ids()), None)
        if pack is None:
            yield None, StandardError("GJ-S150", f"没有标准 {owner}", hint="请改正 uses 中的 standard")
            continue
        files = {_id(path): path for path in dataset_files(pack, owner)}
        for name in item["datasets"]:
            if name in files:
                yield Used(pack, owner, files[name], at), None
            else:
                hint = f"可用的有：{'、'.join(sorted(files))}"
                yield None, StandardError("GJ-S151", f"标准 {owner} 没有数据集 {name}", hint=hint)


def dataset_files(pack: Pack, standard: str) -> list[Path]:
    """The record schemas of a standard."""
    return sorted((pack.standards / standard / "datasets").glob("*.yaml"))


def _id(path: Path) -> str:
    """The id of the dataset in a file; its name where the file cannot be read, which is told elsewhere."""
    try:
        data, _ = strict_yaml.read(path, name=path.name)
    except StandardError:
        return path.stem
    return str(data.get("$id", path.stem)) if isinstance(data, dict) else path.stem

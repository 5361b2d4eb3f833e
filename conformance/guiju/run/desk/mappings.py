"""The mappings of several deliveries as one, and their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from guiju.content import Pack
from guiju.errors import InputError, Place
from guiju.export import DatasetMapping, Mapping_
from guiju.run.prepare import find_mapping

NO_MAPPING = "none"


def find_mappings(packs: Sequence[Pack], names: Sequence[str]) -> Mapping_ | None:
    """What the named mappings say together; None where no name is given.

    Raises:
        InputError: GJ-I304 a name that is none; GJ-I339 two mappings that read one dataset differently.
    """
    found = [item for name in names if (item := find_mapping(packs, name)) is not None]
    if len(found) <= 1:
        return found[0] if found else None
    datasets: dict[str, DatasetMapping] = {}
    for item in found:
        for name, told in item.datasets.items():
            if datasets.setdefault(name, told) != told:
                raise InputError(
                    "GJ-I339",
                    f"几份字段对应表对数据集 {name} 的说法不同",
                    place=Place(item.file),
                    cause="、".join(other.file for other in found),
                    hint="一个数据集只能有一种读法：请合成一份，或者把列名不同的几份数据整理成一样的",
                )
    title = "、".join(item.title for item in found)
    return Mapping_("+".join(item.id for item in found), title, datasets, found[0].file)


def mapping_digest(packs: Sequence[Pack], names: Sequence[str]) -> str:
    """The SHA-256 (hex) of all mapping files; "none" without any."""
    found = [item for name in names if (item := find_mapping(packs, name)) is not None]
    if not found:
        return NO_MAPPING
    whole = hashlib.sha256()
    for item in found:
        whole.update(hashlib.sha256(Path(item.file).read_bytes()).digest())
    return whole.hexdigest()

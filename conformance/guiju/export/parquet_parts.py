"""Folders of Parquet parts that are one table, as Spark and its kin write them."""

from __future__ import annotations

import re
from pathlib import Path

from guiju.errors import InputError, Place

_PART = re.compile(r"part-[0-9].*\.parquet")
_PARTITION = re.compile(r"[^=]+=.*")
_DONE = "_SUCCESS"


def is_one_table(folder: Path) -> bool:
    """Whether a folder is one table: its mark of success, its suffix, or nothing but numbered parts."""
    if not folder.is_dir() or folder.name == "__MACOSX":
        return False
    names = [entry.name for entry in folder.iterdir()]
    parts = [name for name in names if name.endswith(".parquet")]
    partitions = [name for name in names if _PARTITION.fullmatch(name) and (folder / name).is_dir()]
    marked = _DONE in names or folder.suffix == ".parquet"
    return bool(marked and (parts or partitions)) or (
        bool(parts) and all(_PART.fullmatch(name) for name in parts)
    )


def parts_of(folder: Path) -> list[Path]:
    """The parts, by name.

    Raises:
        InputError: GJ-I145 a table parted into folders by the values of a column.
    """
    below = sorted(folder.iterdir())
    parted = [entry.name for entry in below if entry.is_dir() and _PARTITION.fullmatch(entry.name)]
    parted += [folder.name] if _PARTITION.fullmatch(folder.name) else []
    if parted:
        raise InputError(
            "GJ-I145",
            f"按列的值分成了下级文件夹（{parted[0]}），不能当作一张表读",
            place=Place(str(folder)),
            cause="文件夹名里的值不在文件的列中",
            hint="请不分区重新写出（Spark 中不用 partitionBy），把该列留在数据里",
        )
    hidden = (".", "_")
    return [
        entry
        for entry in below
        if entry.suffix == ".parquet" and entry.is_file() and not entry.name.startswith(hidden)
    ]

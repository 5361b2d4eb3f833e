"""Delivered folders: which of their files are read, without ever leaving the folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from guiju.errors import InputError, Place
from guiju.export.parquet_parts import is_one_table
from guiju.export.passed_over import Fate, fate, remarks_of, some
from guiju.export.remarks import Remark

MOST_ENTRIES = 20_000
"""So many files and folders are looked at."""
MOST_FILES = 2_000
"""So many files are read."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a folder holds: files to read, and folders of Parquet parts that are one table; by name."""

    found: tuple[Path, ...]
    remarks: tuple[Remark, ...]


def look_into(folder: Path, whole: str, known: Collection[str], refused: Collection[str]) -> Contents:
    """Go through a folder and those below it.

    Links are followed to files within the folder only. Links out of it, temporary files and files of unknown
    formats are passed over and told; `whole` is how the folder is called then.

    Raises:
        InputError: GJ-I143 too many files; GJ-I144 something that is no regular file is called like data;
            GJ-I116 nothing to read.
        OSError: a folder that may not be listed.
    """
    home = folder.resolve()
    found: list[Path] = []
    fates: list[tuple[PurePath, Fate]] = []
    outside: list[str] = []
    for entry in _entries(folder, home, outside):
        inside = entry.relative_to(folder)
        if entry.is_dir():
            found.append(entry)
            continue
        what = fate(inside, known, refused)
        if what in ("read", "refused"):
            found.append(check_regular(entry))
        else:
            fates.append((inside, what))
    if len(found) > MOST_FILES:
        raise _too_many(folder, f"可读的文件有{len(found)}个，上限是{MOST_FILES}个")
    remarks = (*remarks_of(whole, fates), *_outside(whole, outside))
    if not found:
        raise _nothing(folder, known, remarks)
    return Contents(tuple(found), remarks)


def _entries(folder: Path, home: Path, outside: list[str]) -> Iterator[Path]:
    """Files in the order of their paths, and folders that are one table."""
    seen = 0
    waiting = [folder]
    while waiting:
        entry = waiting.pop()
        if not entry.resolve().is_relative_to(home):
            outside.append(entry.relative_to(folder).as_posix())
        elif not entry.is_dir() or (entry != folder and is_one_table(entry)):
            yield entry
        elif entry == folder or not entry.is_symlink():
            below = sorted(entry.iterdir(), reverse=True)
            seen += len(below)
            if seen > MOST_ENTRIES:
                raise _too_many(folder, f"文件和文件夹超过{MOST_ENTRIES}个")
            waiting += below


def check_regular(path: Path) -> Path:
    """The path, of a regular file.

    Raises:
        InputError: GJ-I144 a pipe, a socket or a device: reading it might never end.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 -- follows links, and tests replace Path.stat
        raise InputError(
            "GJ-I144",
            "不是普通文件（管道、套接字或设备），不能读取",
            place=Place(str(path)),
            hint="请先把内容存成文件，再交这个文件",
        )
    return path


def _outside(whole: str, names: list[str]) -> tuple[Remark, ...]:
    text = f"有{len(names)}个链接指向文件夹之外，没有跟随：{some(names)}"
    hint = "其中若有要核验的数据，请把文件本身放进文件夹"
    return (Remark("GJ-D132", text, count=len(names), hint=hint, whole=whole),) if names else ()


def _too_many(folder: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I143",
        "文件夹里的文件太多",
        place=Place(str(folder)),
        cause=cause,
        hint="请只交含有导出数据的文件夹；同一张表的许多小文件请合并",
    )


def _nothing(folder: Path, known: Collection[str], remarks: tuple[Remark, ...]) -> InputError:
    return InputError(
        "GJ-I116",
        "文件夹中没有可读的导出文件",
        place=Place(str(folder)),
        cause="；".join(remark.text for remark in remarks),
        hint=f"能读的格式：{'、'.join(sorted(known))}",
    )

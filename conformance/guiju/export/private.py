"""Private temporary folders: removed when nothing that was read from them is used any more."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from guiju.errors import InputError, Place

CHUNK = 1 << 20
LARGEST = 64 << 30
"""So many bytes are unpacked at most."""
FREE_AT_FIRST = 256 << 20
"""A delivery may always unpack to this size, whatever its ratio."""
RATIO = 200
"""So many times its own size may a larger delivery unpack to."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class PrivateFolder:
    """A folder that only its owner may enter; it is gone when this object is."""

    path: Path


def private_folder() -> PrivateFolder:
    """A new one."""
    folder = tempfile.TemporaryDirectory(prefix="guiju-", ignore_cleanup_errors=True)
    made = PrivateFolder(Path(folder.name).resolve())
    weakref.finalize(made, folder.cleanup)
    return made


@contextmanager
def made_or_gone() -> Iterator[PrivateFolder]:
    """A new one to put something into; it is emptied at once where that fails."""
    folder = private_folder()
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder.path, ignore_errors=True)
        raise


@dataclass(slots=True)
class Budget:
    """How many bytes a delivery may still unpack to; `spend` refuses what goes beyond."""

    path: Path
    left: int

    @classmethod
    def of(cls, path: Path) -> Budget:
        """The budget of a delivered file, by its own size."""
        return cls(path, min(LARGEST, max(FREE_AT_FIRST, RATIO * path.stat().st_size)))

    def spend(self, count: int) -> None:
        """Take so many bytes out.

        Raises:
            InputError: GJ-I141 when it is more than are left.
        """
        self.left -= count
        if self.left < 0:
            raise InputError(
                "GJ-I141",
                "压缩的内容展开后异常大，没有展开",
                place=Place(str(self.path)),
                cause=f"上限是文件自身大小的{RATIO}倍，且不超过{LARGEST >> 30}GB",
                hint="请核对文件来源；确实是数据的，请解压后交文件夹",
            )


def pour(source: IO[bytes], target: Path, budget: Budget) -> None:
    """Write a stream into a new file, within the budget.

    Raises:
        InputError: as `Budget.spend`; GJ-I142 no room on the disk.
    """
    with target.open("xb") as file:
        while data := source.read(CHUNK):
            budget.spend(len(data))
            with room_for(target):
                file.write(data)


@contextmanager
def room_for(target: Path) -> Iterator[None]:
    """Turn a write that found no room into words.

    Raises:
        InputError: GJ-I142 when the temporary folder's disk is full.
    """
    try:
        yield
    except OSError as error:
        raise no_room(target, error.strerror or str(error)) from error


def no_room(target: Path, cause: str) -> InputError:
    """The fault of a temporary folder that takes no more."""
    free = shutil.disk_usage(target.parent).free
    return InputError(
        "GJ-I142",
        "临时文件夹写不下了",
        place=Place(str(target.parent.parent)),
        cause=f"{cause}；还剩{free >> 20}MB",
        hint="请腾出磁盘空间，或用环境变量 TMPDIR（Windows 为 TEMP）换一个临时文件夹",
    )

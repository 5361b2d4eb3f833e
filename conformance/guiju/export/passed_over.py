"""Which files of a folder or archive are read, judged by their names; what is not read is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Literal

from guiju.errors import InputError, Place
from guiju.export.remarks import SHOWN, Remark

Fate = Literal["read", "refused", "unfinished", "system", "unknown"]

_UNFINISHED = {".tmp", ".temp", ".crdownload", ".part", ".partial", ".download", ".swp", ".opdownload"}
_SYSTEM = {"thumbs.db", "desktop.ini", "ehthumbs.db"}
_SYSTEM_SUFFIXES = {".crc", ".db-wal", ".db-shm", ".db-journal", ".lnk"}
_BESIDE_DATABASES = ("-wal", "-shm", "-journal")
_PACKED = {
    ".rar": "请解压后交文件夹，或重新压缩为 .zip",
    ".7z": "请解压后交文件夹，或重新压缩为 .zip",
    ".tar": "请解包后交文件夹，或重新压缩为 .zip",
    ".tgz": "请解包后交文件夹，或重新压缩为 .zip",
    ".tbz": "请解包后交文件夹，或重新压缩为 .zip",
    ".txz": "请解包后交文件夹，或重新压缩为 .zip",
    ".bz2": "请解压后再交；单个文件可压缩为 .gz 或 .zip",
    ".xz": "请解压后再交；单个文件可压缩为 .gz 或 .zip",
}
_SINGLE = (".gz", ".zst")


def suffix_of(path: PurePath) -> str:
    """The suffix in small letters; of a compressed file that of its content too, such as ``.csv.gz``."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _SINGLE:
        return "".join(suffixes[-2:])
    return suffixes[-1] if suffixes else ""


def fate(path: PurePath, known: Iterable[str], refused: Iterable[str] = ()) -> Fate:
    """What becomes of a file (its path within the delivery) among others.

    Args:
        path: the path within the folder or archive.
        known: suffixes that are read.
        refused: suffixes of data that stop the program rather than be left out, besides those of archives.
    """
    name, suffix = path.name.lower(), suffix_of(path)
    if name.startswith(("~$", ".~lock", ".~")) or path.suffix.lower() in _UNFINISHED:
        return "unfinished"
    if _of_a_system(path) or name.endswith(_BESIDE_DATABASES):
        return "system"
    if any(part.startswith(".") for part in path.parts):
        return "unfinished" if suffix in known else "system"
    if suffix in known:
        return "read"
    return "refused" if suffix in refused or packing_hint(suffix) else "unknown"


def _of_a_system(path: PurePath) -> bool:
    """Files that programs leave behind; none of them can be meant as a delivery."""
    name = path.name
    marker = name.startswith("_") and not path.suffix
    foreign = "__MACOSX" in path.parts or name.startswith("._") or name == ".DS_Store"
    return marker or foreign or name.lower() in _SYSTEM or path.suffix.lower() in _SYSTEM_SUFFIXES


def packing_hint(suffix: str) -> str:
    """What to do with an archive of a kind that is not read; empty for every other suffix."""
    if suffix.startswith(".tar."):
        return _PACKED[".tar"]
    return _PACKED.get(suffix, "")


def refused_archive(path: PurePath, suffix: str) -> InputError:
    """An archive of a kind that is not read."""
    return InputError(
        "GJ-I140", f"不能读取 {suffix} 压缩包", place=Place(str(path)), hint=packing_hint(suffix)
    )


def remarks_of(whole: str, fates: Iterable[tuple[PurePath, Fate]]) -> tuple[Remark, ...]:
    """What was passed over, one remark a kind; files of the system itself are not worth one."""
    names: dict[str, list[str]] = {}
    for path, what in fates:
        names.setdefault(what, []).append(path.as_posix())
    return tuple(filter(None, (_unknown(whole, names), _unfinished(whole, names))))


def _unknown(whole: str, names: dict[str, list[str]]) -> Remark | None:
    found = names.get("unknown", [])
    text = f"有{len(found)}个文件的格式不认识，没有读：{some(found)}"
    hint = "其中若有要核验的数据，请另存为能读的格式"
    return Remark("GJ-D130", text, count=len(found), hint=hint, whole=whole) if found else None


def _unfinished(whole: str, names: dict[str, list[str]]) -> Remark | None:
    found = names.get("unfinished", [])
    text = f"有{len(found)}个临时的、隐藏的或没有写完的文件，没有读：{some(found)}"
    hint = "请确认导出和下载都已完成，表格已保存并关闭"
    return Remark("GJ-D131", text, count=len(found), hint=hint, whole=whole) if found else None


def some(names: Sequence[str]) -> str:
    """The first names."""
    return "、".join(names[:SHOWN]) + ("等" if len(names) > SHOWN else "")

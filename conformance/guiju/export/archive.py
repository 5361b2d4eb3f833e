"""Zip archives: looked at from outside, then unpacked member by member into a private folder."""

from __future__ import annotations

import lzma
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guiju.errors import InputError, Place
from guiju.export.member_names import member_name, names_in_utf8
from guiju.export.passed_over import Fate, fate, remarks_of, some
from guiju.export.private import Budget, PrivateFolder, made_or_gone, pour
from guiju.export.refusals import empty_file
from guiju.export.remarks import Remark

MOST_MEMBERS = 20_000
MOST_DIRECTORY = 8 << 20
"""So many bytes may the list of members take."""
_TAIL = 22 + 65_535
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LOCAL = 30
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    IndexError,
)
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_LONGEST = 60
_BELONGING = ("_SUCCESS", "-wal", "-journal")
"""The mark of a finished table, and what a SQLite database has not taken in yet."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What was unpacked: the folder, how people call what lies in it, and what was passed over."""

    folder: PrivateFolder
    names: dict[Path, str]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Member:
    info: zipfile.ZipInfo
    path: PurePosixPath


def unpack(
    path: Path, label: str, known: Collection[str], refused: Collection[str], budget: Budget
) -> Unpacked:
    """Unpack the members that are read.

    Args:
        path: the archive.
        label: how it is called; its members are called ``label / member``.
        known: suffixes that are read.
        refused: suffixes of data that stop the program.
        budget: how much may be unpacked.

    Raises:
        InputError: GJ-I105 empty; GJ-I146 damaged, or packed in a way that is not read; GJ-I147 a password;
            GJ-I148 members with dangerous names, equal names, or sharing bytes; GJ-I149 too many members;
            GJ-I150 nothing to read; GJ-I141 too large; GJ-I142 no room.
    """
    if not path.stat().st_size:
        raise empty_file(path)
    _check_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(path, archive)
            return _unpacked(archive, path, label, _sorted_out(members, known, refused), budget)
    except _DAMAGES as error:
        raise InputError(
            "GJ-I146",
            "压缩包不能读取，或已损坏",
            place=Place(str(path)),
            cause=str(error),
            hint="请重新下载或重新压缩（选用普通的 zip 格式，方法为“标准”或 Deflate）；也可解压后交文件夹",
        ) from error


def _check_directory(path: Path) -> None:
    """Refuse a list of members that would fill the memory, before it is read."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL - 64))
        tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 22:
        return  # told by the reader itself
    count, size = struct.unpack_from("<HI", tail, place + 10)
    large = tail.rfind(_END_64, 0, place)
    if large >= 0 and len(tail) >= large + 48:
        count, size = struct.unpack_from("<QQ", tail, large + 32)
    if count > MOST_MEMBERS or size > MOST_DIRECTORY:
        raise _too_many(path, count)


def _too_many(path: Path, count: int) -> InputError:
    return InputError(
        "GJ-I149",
        "压缩包里的文件太多",
        place=Place(str(path)),
        cause=f"有{count}个，上限是{MOST_MEMBERS}个",
        hint="请只压缩含有导出数据的文件；同一张表的许多小文件请合并",
    )


def _members(path: Path, archive: zipfile.ZipFile) -> list[_Member]:
    """The files of an archive, in the order of their names.

    A password is told only where a file that is read has one; dangerous names are refused wherever they are.
    """
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise _too_many(path, len(infos))
    utf8 = names_in_utf8(infos)
    members = [_Member(info, PurePosixPath(member_name(info, utf8=utf8))) for info in infos]
    files = [item for item in members if not item.info.is_dir() and item.path.parts]
    _check_names(path, files)
    _check_overlap(path, infos)
    return sorted(files, key=lambda item: item.path.parts)


def _check_names(path: Path, files: Sequence[_Member]) -> None:
    seen: set[str] = set()
    for item in files:
        name = item.path.as_posix()
        leaving = item.path.is_absolute() or ".." in item.path.parts or re.match(r"[A-Za-z]:/", name)
        folded = unicodedata.normalize("NFC", name).casefold()
        if leaving or folded in seen:
            raise _dangerous(path, name, "成员的路径指向压缩包之外" if leaving else "有同名的成员")
        seen.add(folded)


def _check_overlap(path: Path, infos: Sequence[zipfile.ZipInfo]) -> None:
    """Members that share bytes are the mark of a bomb: each is small, all together are without bounds."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise _dangerous(path, info.filename, "成员的内容互相重叠")
        end = info.header_offset + _LOCAL + info.compress_size


def _dangerous(path: Path, name: str, cause: str) -> InputError:
    return InputError(
        "GJ-I148",
        "压缩包的结构不正常，没有读取",
        place=Place(str(path), inside=name),
        cause=cause,
        hint="请核对来源；自己的数据请重新压缩后再交",
    )


def _sorted_out(
    members: Sequence[_Member], known: Collection[str], refused: Collection[str]
) -> list[tuple[_Member, Fate]]:
    """What becomes of each; what belongs to another file is unpacked with it."""
    return [
        (item, "read" if item.path.name.endswith(_BELONGING) else fate(item.path, known, refused))
        for item in members
    ]


def _unpacked(
    archive: zipfile.ZipFile, path: Path, label: str, members: Sequence[tuple[_Member, Fate]], budget: Budget
) -> Unpacked:
    wanted = [item for item, what in members if what in ("read", "refused")]
    links = [item for item in wanted if _is_link(item.info)]
    passed = remarks_of(
        label, [(item.path, what) for item, what in members if what not in ("read", "refused")]
    )
    remarks = (*passed, *_links(label, links))
    kept = [item for item in wanted if item not in links]
    if all(item.path.name.endswith(_BELONGING) for item in kept):
        raise _nothing(path, known_cause(remarks))
    _check_passwords(path, kept)
    names: dict[Path, str] = {}
    with made_or_gone() as folder:
        place = _places(folder.path, names, label)
        for item in kept:
            with archive.open(item.info) as source:
                pour(source, place(item.path), budget)
    return Unpacked(folder, names, remarks)


def known_cause(remarks: Sequence[Remark]) -> str:
    """What was passed over, as the cause of there being nothing."""
    return "；".join(remark.text for remark in remarks) or "压缩包是空的"


def _places(root: Path, names: dict[Path, str], label: str) -> Callable[[PurePosixPath], Path]:
    """Where members are put: below `root`, each component made harmless and short, none taken twice."""
    made: dict[PurePosixPath, Path] = {PurePosixPath(): root}
    taken: set[str] = set()

    def place(member: PurePosixPath) -> Path:
        if member in made:
            return made[member]
        above = place(member.parent if member.parent != PurePosixPath(".") else PurePosixPath())
        above.mkdir(exist_ok=True)
        target = above / _harmless(member.name)
        while str(target).casefold() in taken:
            target = above / f"_{len(taken)}_{target.name}"
        taken.add(str(target).casefold())
        made[member], names[target] = target, f"{label} / {member.as_posix()}"
        return target

    return place


def _harmless(name: str) -> str:
    stem, dot, suffix = _UNSAFE.sub("_", name).rstrip(" .").rpartition(".")
    short = f"{stem[:_LONGEST]}{dot}{suffix[:_LONGEST]}" or "_"
    return f"_{short}" if _DEVICES.fullmatch(short) else short


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _links(label: str, links: Sequence[_Member]) -> tuple[Remark, ...]:
    names = [item.path.as_posix() for item in links]
    text = f"有{len(names)}个成员是链接，没有跟随：{some(names)}"
    hint = "其中若有要核验的数据，请把文件本身放进压缩包"
    return (Remark("GJ-D133", text, count=len(names), hint=hint, whole=label),) if names else ()


def _check_passwords(path: Path, members: Sequence[_Member]) -> None:
    locked = [item.path.as_posix() for item in members if item.info.flag_bits & 1]
    if locked:
        raise InputError(
            "GJ-I147",
            "压缩包设有密码",
            place=Place(str(path), inside=locked[0]),
            hint="请解压后交文件夹，或重新压缩为不设密码的 .zip",
        )


def _nothing(path: Path, cause: str) -> InputError:
    return InputError(
        "GJ-I150",
        "压缩包里没有可读的导出文件",
        place=Place(str(path)),
        cause=cause,
        hint="请核对压缩的是不是导出数据；能读的格式见说明",
    )

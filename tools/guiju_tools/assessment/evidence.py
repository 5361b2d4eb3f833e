"""The files of evidence: in one archive or in a folder, found by name, with their SHA-256."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from guiju.errors import InputError, Place
from guiju.result.claims import Evidence
from guiju_tools.assessment.answers import Typed, Understood
from guiju_tools.assessment.grid import Grid
from guiju_tools.assessment.problems import Problem

_NAMED = re.compile(r"(?P<clause>[0-9A-Z]+(?:\.[0-9]+)*)-(?P<number>[0-9]+)-.+")
_MOST, _LARGEST, _CHUNK = 20_000, 8 << 30, 1 << 20


@dataclass(frozen=True, slots=True)
class Files:
    """Names without folder, and the digest of each; `given` says whether any were handed in at all."""

    digests: Mapping[str, str]
    given: bool


def read_files(path: Path | None) -> Files:
    """The files of an archive or a folder.

    Raises:
        InputError: GJ-I423 not there or no archive, GJ-I424 far too large, GJ-I425 encrypted.
    """
    if path is None:
        return Files({}, given=False)
    if path.is_dir():
        found = sorted(item for item in path.rglob("*") if item.is_file() and not item.is_symlink())
        return Files({item.name: _digest(_blocks(item)) for item in found[:_MOST]}, given=True)
    try:
        with ZipFile(path) as archive:
            return Files(dict(_members(path, archive)), given=True)
    except (OSError, BadZipFile, NotImplementedError, EOFError) as error:
        raise InputError(
            "GJ-I423",
            "佐证材料的压缩包读不出",
            place=Place(str(path)),
            cause=str(error),
            hint="请交完整的 .zip，或者放材料的文件夹",
        ) from error


def _members(path: Path, archive: ZipFile) -> Iterator[tuple[str, str]]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MOST or sum(info.file_size for info in infos) > _LARGEST:
        raise InputError(
            "GJ-I424", "佐证材料多得不正常", place=Place(str(path)), hint="请只放自评表中写到的文件"
        )
    for info in infos:
        if info.flag_bits & 1:
            raise InputError(
                "GJ-I425", "佐证材料的压缩包加了密", place=Place(str(path)), hint="请交不加密的压缩包"
            )
        with archive.open(info) as file:
            yield PurePosixPath(_name(info)).name, _digest(iter(lambda: file.read(_CHUNK), b""))


def _name(info: ZipInfo) -> str:
    """The name; archives made on Chinese Windows hold GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(_CHUNK), b"")


def _digest(blocks: Iterator[bytes]) -> str:
    found = hashlib.sha256()
    for block in blocks:
        found.update(block)
    return found.hexdigest()


def evidence_of(
    typed: Typed, read: Understood, files: Files, *, named: bool = True
) -> tuple[tuple[Evidence, ...], list[Problem]]:
    """The evidence that a line names or shows, with what is doubtful about it.

    `named`: files are named by our convention.
    """
    problems: list[Problem] = []
    for name in read.files:
        if files.given and name not in files.digests:
            told = f"佐证材料“{name}”不在交来的文件中"
            problems.append(typed.problem("GJ-D516", "ask", 2, told, "请补交，或者改正文件名"))
        found = _NAMED.fullmatch(name)
        if named and (found is None or found["clause"] != typed.line.clause):
            hint = f"宜写成 {typed.line.clause}-1-名称"
            problems.append(typed.problem("GJ-D517", "ask", 2, f"佐证材料“{name}”的起名不合约定", hint))
    named_files = tuple(Evidence(name, files.digests.get(name, "")) for name in read.files)
    return named_files + typed.pictures, problems


def unnamed(files: Files, named: Sequence[str]) -> list[Problem]:
    """Files that no line names."""
    left = sorted(set(files.digests) - set(named))
    if not left:
        return []
    shown = "、".join(left[:5]) + ("等" if len(left) > 5 else "")  # noqa: PLR2004 - so many are shown
    text, hint = f"交来的文件中有{len(left)}份没有写在表中：{shown}", "请写到对应的行，或者去掉"
    return [Problem("GJ-D518", "ask", "", 0, 0, text, hint)]


def pictured(grid: Grid, row: int, clause: str) -> tuple[Evidence, ...]:
    """The pictures in a row of a form, as evidence under names of our own."""
    here = sorted((one for one in grid.pictures if one.row == row), key=lambda one: one.column)
    return tuple(
        Evidence(f"{clause}-图{number}{one.suffix}", one.sha256) for number, one in enumerate(here, 1)
    )


def doubtful_pictures(grid: Grid, rows: Collection[int]) -> Iterator[Problem]:
    """Pictures of which it is not sure whose evidence they are; `rows` are those of lines."""
    for one in grid.pictures:
        row, column = one.row, one.column
        if row not in rows:
            hint = "请移进对应那一行的“佐证材料”一格，或者另存成文件作为佐证"
            yield Problem("GJ-D525", "ask", grid.name, row, column, "图片不在要评的行里，没有算作佐证", hint)
        elif one.last_row > row:
            text = f"图片从第{row}行盖到第{one.last_row}行，算作第{row}行的佐证"
            yield Problem("GJ-D524", "ask", grid.name, row, column, text, "不是这一行的，请移到那一行以内")

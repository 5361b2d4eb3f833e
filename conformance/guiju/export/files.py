"""From paths to tables: which files are delivered, and which reader opens each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from guiju.errors import InputError, Place
from guiju.export.book.workbook import open_workbook
from guiju.export.parquet import open_parquet
from guiju.export.refusals import old_workbook
from guiju.export.source import SourceTable
from guiju.export.text.delimited import open_delimited
from guiju.export.text.json_text import open_json

_READERS: Mapping[str, Callable[[Path, frozenset[str]], Sequence[SourceTable]]] = {
    ".csv": open_delimited,
    ".tsv": open_delimited,
    ".json": open_json,
    ".jsonl": open_json,
    ".ndjson": open_json,
    ".parquet": open_parquet,
    ".xlsm": open_workbook,
    ".xlsx": open_workbook,
}
_OLD = {".xls", ".et", ".wps", ".xlsb", ".ods"}
_PASSED_OVER = ("~$", ".")


def open_sources(paths: Sequence[Path], words: frozenset[str] = frozenset()) -> list[SourceTable]:
    """Open delivered files, and the files of delivered folders, in the order given and by name.

    Files in folders with other suffixes, and temporary files of office programs, are passed over. A file
    given twice is opened once. `words` are normalised headings that the standard knows: readers look for the
    row of the headings with their help.

    Raises:
        InputError: GJ-I101 not there; GJ-I102 not readable; GJ-I103 no reader for the suffix; GJ-I104 an old
            or foreign workbook; GJ-I116 a folder without exports; and what the readers raise.
    """
    files = {file.resolve(): file for path in paths for file in _files(path)}
    return [source for file in files.values() for source in _opened(file, words)]


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(path: Path) -> Iterator[Path]:
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield path
        else:
            raise InputError("GJ-I101", "文件不存在", place=Place(str(path)), hint="请检查路径和文件名")
    except OSError as error:
        raise _unreadable(path, error) from error


def _folder(path: Path) -> list[Path]:
    known = _OLD | set(_READERS)
    found = sorted(
        file
        for file in _walk(path)
        if file.suffix.lower() in known and not file.name.startswith(_PASSED_OVER)
    )
    if not found:
        raise InputError(
            "GJ-I116",
            "文件夹中没有可读的导出文件",
            place=Place(str(path)),
            hint=f"能读的格式：{'、'.join(sorted(_READERS))}",
        )
    return found


def _walk(folder: Path) -> Iterator[Path]:
    """All files below a folder; one that may not be listed is an error, not an empty one."""
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry


def _opened(path: Path, words: frozenset[str]) -> Sequence[SourceTable]:
    suffix = path.suffix.lower()
    if suffix in _OLD:
        raise old_workbook(path, f" {suffix} 格式")
    if suffix not in _READERS:
        raise InputError(
            "GJ-I103",
            f"不认识的文件格式“{suffix or '（无扩展名）'}”",
            place=Place(str(path)),
            hint=f"能读的格式：{'、'.join(sorted(_READERS))}；压缩包请先解压，数据库请先导出",
        )
    try:
        return _READERS[suffix](path, words)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(
        "GJ-I102",
        "文件或文件夹不能读取",
        place=Place(str(path)),
        cause=error.strerror or str(error),
        hint="请检查访问权限，并关闭正在使用它的程序",
    )

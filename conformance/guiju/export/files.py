"""From deliveries to tables: which files are delivered, and which reader opens each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from guiju.errors import InputError, Place
from guiju.export.digests import digest
from guiju.export.folder import check_regular, look_into
from guiju.export.member import MemberSource, called, remarked
from guiju.export.parquet import open_parquet
from guiju.export.parquet_parts import is_one_table
from guiju.export.passed_over import packing_hint, refused_archive, suffix_of
from guiju.export.private import Budget
from guiju.export.refusals import old_workbook
from guiju.export.source import SourceTable
from guiju.export.text.delimited import open_delimited
from guiju.export.text.json_text import open_json


def _open_sqlite(path: Path, words: frozenset[str]) -> Sequence[SourceTable]:
    from guiju.export.database.opening import open_sqlite  # noqa: PLC0415 -- most deliveries are no databases

    return open_sqlite(path, words)


def _open_workbook(path: Path, words: frozenset[str]) -> Sequence[SourceTable]:
    from guiju.export.book.workbook import open_workbook  # noqa: PLC0415 -- many deliveries hold none

    return open_workbook(path, words)


_READERS: Mapping[str, Callable[[Path, frozenset[str]], Sequence[SourceTable]]] = {
    ".csv": open_delimited,
    ".db": _open_sqlite,
    ".json": open_json,
    ".jsonl": open_json,
    ".ndjson": open_json,
    ".ods": _open_workbook,
    ".parquet": open_parquet,
    ".sqlite": _open_sqlite,
    ".sqlite3": _open_sqlite,
    ".tsv": open_delimited,
    ".xls": _open_workbook,
    ".xlsb": _open_workbook,
    ".xlsm": _open_workbook,
    ".xlsx": _open_workbook,
}
_NAMED = {**_READERS, ".txt": open_delimited}
"""A text is a table when it is delivered by name; in folders and archives such files explain others."""
_OLD = {".et", ".ett", ".wps"}
_ZIP = ".zip"
_SINGLE = {
    f"{kind}{packed}" for kind in (".csv", ".tsv", ".json", ".jsonl", ".ndjson") for packed in (".gz", ".zst")
}
_KNOWN = frozenset({*_READERS, _ZIP, *_SINGLE})
_NESTED = 2
"""An archive may hold archives, and these no more."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """What is known while a delivery is opened: words of the standard, and how deep within archives it lies.

    `names` says how people call what was unpacked, by its path.
    """

    words: frozenset[str]
    depth: int = 0
    budget: Budget | None = None
    names: Mapping[Path, str] = field(default_factory=dict)

    def label(self, path: Path) -> str:
        """How people call a file: by its place in an archive, else by its name."""
        return self.names.get(path, path.name)


def open_sources(deliveries: Sequence[Path | str], words: frozenset[str] = frozenset()) -> list[SourceTable]:
    """Open deliveries, in the order given: files, the files of folders by name, databases.

    What is passed over in folders and archives is a remark of each table that comes from there. A file given
    twice is opened once. A text is the address of a database, such as ``postgresql://user@host/db``. `words`
    are normalised headings that the standard knows: readers look for the row of the headings with their help.

    Raises:
        InputError: GJ-I101 not there; GJ-I102 not readable; GJ-I103 no reader for the suffix; GJ-I104 a
            foreign workbook; and what folders, archives, databases and readers raise.
    """
    opening = _Opening(words)
    seen: set[Path] = set()
    found: list[SourceTable] = []
    for delivery in deliveries:
        if isinstance(delivery, str):
            from guiju.export.database.opening import open_database  # noqa: PLC0415 -- as above

            found += open_database(delivery)
        else:
            found += _delivered(delivery, opening, seen)
    return found


def _delivered(path: Path, opening: _Opening, seen: set[Path]) -> list[SourceTable]:
    try:
        if path.is_dir() and not is_one_table(path):
            return _folder(path, path.name or str(path), opening, seen)
        if not path.exists():
            raise InputError("GJ-I101", "文件不存在", place=Place(str(path)), hint="请检查路径和文件名")
        return _once(path if path.is_dir() else check_regular(path), opening, seen)
    except OSError as error:
        raise _unreadable(path, error) from error


def _folder(path: Path, whole: str, opening: _Opening, seen: set[Path]) -> list[SourceTable]:
    contents = look_into(path, whole, _KNOWN, _OLD)
    found = [source for entry in contents.found for source in _once(entry, opening, seen)]
    return [remarked(source, contents.remarks) for source in found]


def _once(path: Path, opening: _Opening, seen: set[Path]) -> list[SourceTable]:
    real = path.resolve()
    if real in seen:
        return []
    seen.add(real)
    try:
        return list(_opened(real, opening))
    except OSError as error:
        raise _unreadable(path, error) from error


def _opened(path: Path, opening: _Opening) -> Sequence[SourceTable]:
    suffix = suffix_of(path)
    if path.is_dir():
        return open_parquet(path, opening.words)
    if suffix == _ZIP:
        return _archive(path, opening)
    if suffix in _SINGLE:
        return _single(path, opening)
    if suffix in _OLD:
        raise old_workbook(path, f" {suffix} 格式")
    if packing_hint(suffix):
        raise refused_archive(path, suffix)
    if suffix not in _NAMED:
        raise InputError(
            "GJ-I103",
            f"不认识的文件格式“{suffix or '（无扩展名）'}”",
            place=Place(str(path)),
            hint=f"能读的格式：{'、'.join(sorted(_KNOWN))}",
        )
    return _NAMED[suffix](path, opening.words)


def _archive(path: Path, opening: _Opening) -> list[SourceTable]:
    from guiju.export.archive import unpack  # noqa: PLC0415 -- as above

    if opening.depth == _NESTED:
        raise InputError(
            "GJ-I153",
            "压缩包里套的压缩包太深，没有展开",
            place=Place(str(path)),
            hint="请把里面的压缩包解压后再交",
        )
    budget = opening.budget or Budget.of(path)
    label = opening.label(path)
    unpacked = unpack(path, label, _KNOWN, _OLD, budget)
    whole, names = digest(path), {**unpacked.names, unpacked.folder.path: label}
    inner = replace(opening, depth=opening.depth + 1, budget=budget, names=names)
    found: list[SourceTable] = []
    with called(names):
        contents = look_into(unpacked.folder.path, label, _KNOWN, _OLD)
        for entry in contents.found:
            for source in _once(entry, inner, set()):
                file = source.file if _packed(source) else names[entry]
                found.append(MemberSource(source, file, whole, unpacked.folder, entry, unpacked.remarks))
    return found


def _packed(source: SourceTable) -> bool:
    """Whether it is already called by its place in an archive."""
    return isinstance(source, MemberSource) and bool(source.archive_digest)


def _single(path: Path, opening: _Opening) -> list[SourceTable]:
    from guiju.export.compressed import decompress  # noqa: PLC0415 -- as above

    folder, content = decompress(path, opening.budget or Budget.of(path))
    label = opening.label(path)
    with called({content: label}):
        sources = _opened(content, opening)
    return [MemberSource(source, label, digest(path), folder, content) for source in sources]


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(
        "GJ-I102",
        "文件或文件夹不能读取",
        place=Place(str(path)),
        cause=error.strerror or str(error),
        hint="请检查访问权限，并关闭正在使用它的程序",
    )

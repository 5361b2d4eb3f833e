"""Parquet files, read in place by DuckDB, as often as a query asks for a column."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from guiju.errors import InputError, Place
from guiju.export.book.cells import EXACT_BELOW
from guiju.export.digests import digest, digest_of_all
from guiju.export.parquet_parts import parts_of
from guiju.export.private import PrivateFolder, private_folder
from guiju.export.refusals import empty_file
from guiju.export.remarks import Remark, add
from guiju.export.rows import target
from guiju.export.source import Placed
from guiju.export.sql_text import holds_pattern, identifier, literal

_NUMBER_COLUMN = "file_row_number"
_INDEX_COLUMN = "file_index"
_RESERVED = {_NUMBER_COLUMN, _INDEX_COLUMN}
_TIMES = 10


@dataclass(frozen=True, slots=True)
class ParquetSource:
    """A Parquet file, or a folder of parts, as a `SourceTable`; `types` are DuckDB's types of its columns.

    `parts` are the files as delivered, `readable` the same where DuckDB can open them. Rows are numbered
    throughout, in the order of the parts' names.
    """

    path: Path
    columns: tuple[str, ...]
    types: tuple[str, ...]
    parts: tuple[Path, ...]
    readable: tuple[Path, ...]
    folder: PrivateFolder | None = None
    _remarks: list[Remark] = field(default_factory=list, compare=False)
    part: str = ""

    @property
    def file(self) -> str:
        """The file's name without folder."""
        return self.path.name

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the reader had to decide; inexact numbers are known once the table is loaded."""
        return tuple(self._remarks)

    @property
    def reads(self) -> tuple[Path, ...]:
        """The files, or copies where their paths hold signs that DuckDB takes for a pattern."""
        return self.readable

    @property
    def digest(self) -> str:
        """SHA-256 of the file; of parts that of their digests and names."""
        return digest_of_all(self.parts) if self.path.is_dir() else digest(self.path)

    @property
    def archive_digest(self) -> str:
        """There is no archive."""
        return ""

    @property
    def size(self) -> int:
        """Roughly how many bytes of text there are."""
        return _TIMES * sum(part.stat().st_size for part in self.parts)

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the rows: see `SourceTable.load_into`.

        Raises:
            InputError: GJ-I115 damaged, or not among the files that the connection may open.
        """
        try:
            placed = self.place(con, columns)
            values = "".join(f", {text}" for text in placed.texts.values())
            chosen = f"SELECT {part}, {placed.number} + 1{values} FROM {placed.reader}"
            con.execute(f"{target(table, list(columns))} {chosen}")
        except duckdb.Error as error:
            raise _broken(self.path, error) from error
        return placed.rows

    def place(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> Placed:
        """See `InPlace.place`.

        Raises:
            InputError: GJ-I115 damaged, or not among the files that the connection may open.
        """
        kinds = dict(zip(self.columns, self.types, strict=True))
        reader = _reader(self.readable)
        try:
            rows, number = self._numbered(con, reader)
            for heading in columns.values():
                self._remark_inexact(con, heading, kinds[heading])
        except duckdb.Error as error:
            raise _broken(self.path, error) from error
        texts = {name: _text(identifier(heading), kinds[heading]) for name, heading in columns.items()}
        return Placed(reader, number, rows, texts)

    def check(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> None:
        """Read every value of the columns once.

        Raises:
            InputError: GJ-I115 when one cannot be read.
        """
        placed = self.place(con, columns)
        values = ", ".join(f"max({text})" for text in placed.texts.values())
        try:
            con.execute(f"SELECT {values or '1'} FROM {placed.reader}").fetchall()
        except duckdb.Error as error:
            raise _broken(self.path, error) from error

    def _numbered(self, con: duckdb.DuckDBPyConnection, reader: str) -> tuple[int, str]:
        """How many rows there are, and the expression of a row's number; bare, it says which rows to skip."""
        if len(self.parts) == 1:
            ((rows,),) = con.execute(f"SELECT count(*) FROM {reader}").fetchall()
            return rows, _NUMBER_COLUMN
        counted = dict(con.execute(f"SELECT file_index, count(*) FROM {reader} GROUP BY 1").fetchall())
        before, cases = 0, []
        for place in range(len(self.parts)):
            cases.append(f"WHEN {place} THEN {before}")
            before += counted.get(place, 0)
        return before, f"({_NUMBER_COLUMN} + CASE file_index {' '.join(cases)} END)"

    def _remark_inexact(self, con: duckdb.DuckDBPyConnection, heading: str, kind: str) -> None:
        if kind not in {"DOUBLE", "FLOAT"}:
            return
        query = (
            f"SELECT count(*) FROM {_reader(self.readable)} WHERE abs({identifier(heading)}) >= {EXACT_BELOW}"
        )
        count = con.execute(query).fetchall()[0][0]
        if count:
            text = f"“{heading}”列有{count}个浮点数超过15位，编码可能已失真"
            hint = "请把该列改为文本后重新导出"
            add(self._remarks, Remark("GJ-D107", text, heading, count, hint=hint))


def open_parquet(
    path: Path,
    words: frozenset[str] = frozenset(),  # noqa: ARG001 -- keys stand where they stand
) -> list[ParquetSource]:
    """The columns of a Parquet file, or of a folder of parts.

    Raises:
        InputError: GJ-I105 empty; GJ-I115 damaged; GJ-I118 a column named as the row number is; GJ-I154 parts
            with unlike columns; as `parts_of`.
    """
    parts = parts_of(path) if path.is_dir() else [path]
    for part in parts:
        if part.stat().st_size == 0:
            raise empty_file(part)
    folder = private_folder() if any(holds_pattern(part) for part in parts) else None
    readable = parts if folder is None else [_copy(part, folder.path) for part in parts]
    described = _described(path, parts, readable)
    if any(name.lower() in _RESERVED for name, _ in described):
        raise InputError(
            "GJ-I118",
            f"列名“{_NUMBER_COLUMN}”“{_INDEX_COLUMN}”与内部行号重名",
            place=Place(str(path)),
            hint="请改名后重新导出",
        )
    names, types = tuple(name for name, _ in described), tuple(kind for _, kind in described)
    return [ParquetSource(path, names, types, tuple(parts), tuple(readable), folder)]


def _copy(part: Path, folder: Path) -> Path:
    return Path(shutil.copy(part, folder / f"{len(list(folder.iterdir()))}.parquet"))


def _described(path: Path, parts: Sequence[Path], readable: Sequence[Path]) -> list[tuple[str, str]]:
    """Names and types of the columns, the same in all parts."""
    first: list[tuple[str, str]] = []
    with duckdb.connect(config={"threads": 1}) as con:
        for part, file in zip(parts, readable, strict=True):
            try:
                rows = con.execute(
                    f"DESCRIBE SELECT * FROM read_parquet({literal(str(file))}, hive_partitioning = false)"
                ).fetchall()
            except duckdb.Error as error:
                raise _broken(part, error) from error
            found = [(row[0], row[1]) for row in rows]
            first = first or found
            if found != first:
                raise _unlike(path, parts[0], part, first, found)
    return first


def _unlike(
    path: Path, one: Path, other: Path, first: list[tuple[str, str]], found: list[tuple[str, str]]
) -> InputError:
    told = "、".join(
        f"{name} {kind}" for name, kind in dict.fromkeys((*first, *found)) if _lacks(name, kind, first, found)
    )
    return InputError(
        "GJ-I154",
        f"文件夹里各部分的列不一致：{one.name} 与 {other.name}",
        place=Place(str(path)),
        cause=f"不一致的列：{told or '次序不同'}",
        hint="请按同一个结构重新写出；不是同一张表的，请放在不同的文件夹",
    )


def _lacks(name: str, kind: str, first: list[tuple[str, str]], found: list[tuple[str, str]]) -> bool:
    return ((name, kind) in first) != ((name, kind) in found)


def _reader(paths: Sequence[Path]) -> str:
    files = ", ".join(literal(str(path.resolve())) for path in paths)
    listed = files if len(paths) == 1 else f"[{files}]"
    return f"read_parquet({listed}, {_NUMBER_COLUMN} = true, hive_partitioning = false)"


def _text(column: str, kind: str) -> str:
    """A column as VARCHAR: whole floats without point, moments in local time, nested values as JSON."""
    if kind in {"DOUBLE", "FLOAT"}:
        whole = f"abs({column}) < {EXACT_BELOW} AND {column} = trunc({column})"
        digits = f"CAST(CAST({column} AS BIGINT) AS VARCHAR)"
        return f"CASE WHEN {whole} THEN {digits} ELSE CAST({column} AS VARCHAR) END"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"CAST({column} AT TIME ZONE 'Asia/Shanghai' AS VARCHAR)"
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        return f"CAST(to_json({column}) AS VARCHAR)"
    return f"CAST({column} AS VARCHAR)"


def _broken(path: Path, error: duckdb.Error) -> InputError:
    return InputError(
        "GJ-I115",
        "Parquet文件不能读取，或已损坏",
        place=Place(str(path)),
        cause=str(error).split("\n", 1)[0],
        hint="请重新导出；也可改交 .csv 或 .xlsx",
    )

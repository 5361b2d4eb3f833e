"""Parquet files, read in place by DuckDB, as often as a query asks for a column."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from guiju.errors import InputError, Place
from guiju.export.book.cells import EXACT_BELOW
from guiju.export.refusals import empty_file
from guiju.export.remarks import Remark, add
from guiju.export.rows import target
from guiju.export.source import Placed
from guiju.export.sql_text import holds_pattern, identifier, literal

_NUMBER_COLUMN = "file_row_number"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class ParquetSource:
    """A Parquet file as a `SourceTable`; `types` are DuckDB's types of its columns."""

    path: Path
    columns: tuple[str, ...]
    types: tuple[str, ...]
    readable: Path
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
        """The file, or a copy where its path holds signs that DuckDB takes for a pattern."""
        return (self.readable,)

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
            ((rows,),) = con.execute(f"SELECT count(*) FROM {reader}").fetchall()
            for heading in columns.values():
                self._remark_inexact(con, heading, kinds[heading])
        except duckdb.Error as error:
            raise _broken(self.path, error) from error
        texts = {name: _text(identifier(heading), kinds[heading]) for name, heading in columns.items()}
        return Placed(reader, _NUMBER_COLUMN, rows, texts)

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
    """The columns of a Parquet file.

    Raises:
        InputError: GJ-I105 empty; GJ-I115 damaged; GJ-I118 a column named as the row number is.
    """
    if path.stat().st_size == 0:
        raise empty_file(path)
    folder = tempfile.TemporaryDirectory(prefix="guiju-") if holds_pattern(path) else None
    readable = path if folder is None else Path(shutil.copy(path, Path(folder.name) / "copy.parquet"))
    try:
        with duckdb.connect() as con:
            described = con.execute(
                f"DESCRIBE SELECT * FROM read_parquet({literal(str(readable))})"
            ).fetchall()
    except duckdb.Error as error:
        raise _broken(path, error) from error
    if any(name.lower() == _NUMBER_COLUMN for name, *_ in described):
        raise InputError(
            "GJ-I118",
            f"列名“{_NUMBER_COLUMN}”与内部行号重名",
            place=Place(str(path)),
            hint="请改名后重新导出",
        )
    source = ParquetSource(
        path, tuple(row[0] for row in described), tuple(row[1] for row in described), readable
    )
    if folder is not None:
        weakref.finalize(source, folder.cleanup)
    return [source]


def _reader(path: Path) -> str:
    return f"read_parquet({literal(str(path.resolve()))}, {_NUMBER_COLUMN} = true)"


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

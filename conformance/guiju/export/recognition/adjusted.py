"""A delivered table as a mapping wants it: rows left out, values that are the same in every row put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from guiju.export.recognition.mapping import DatasetMapping
from guiju.export.remarks import Remark, of_rows
from guiju.export.source import Digested, Held, InPlace, Placed, SourceTable
from guiju.export.sql_text import identifier, literal

_STAGE = "mapped_table"
_SCRATCH = "_any"


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A source with rows left out (`skip`) and constant texts by field."""

    inner: SourceTable
    skip: tuple[int, ...]
    constant: Mapping[str, str]

    @property
    def file(self) -> str:
        """The file's name without folder."""
        return self.inner.file

    @property
    def part(self) -> str:
        """The sheet, or an empty text."""
        return self.inner.part

    @property
    def path(self) -> Path:
        """The delivered file."""
        return self.inner.path

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings, and one for each constant."""
        return (*self.inner.columns, *map(constant_heading, self.constant.values()))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the reader met, and the rows that the mapping leaves out."""
        text = "按字段对应表的 skip 未读取的行"
        own = (of_rows("GJ-D215", text, self.skip),) if self.skip else ()
        return (*self.inner.remarks, *own)

    @property
    def reads(self) -> tuple[Path, ...]:
        """The files that DuckDB opens."""
        return self.inner.reads

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the rows: see `SourceTable.load_into`."""
        own = self._own(columns)
        fields = "".join(f", {identifier(name)} VARCHAR" for name in own)
        con.execute(f'CREATE TABLE {_STAGE} ("_part" INTEGER, "_row" BIGINT{fields})')
        self.inner.load_into(con, _STAGE, own, part)
        names = "".join(f", {identifier(name)}" for name in columns)
        texts = "".join(f", {self._text(name, identifier(name))}" for name in columns)
        kept = f" WHERE _row NOT IN ({', '.join(map(str, self.skip))})" if self.skip else ""
        con.execute(
            f'INSERT INTO {identifier(table)} ("_part", "_row"{names}) '
            f'SELECT "_part", "_row"{texts} FROM {_STAGE}{kept} ORDER BY rowid'
        )
        ((count,),) = con.fetchall()
        con.execute(f"DROP TABLE {_STAGE}")
        return int(count)

    def place(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> Placed | None:
        """How to read in place; None where rows are left out, and where the table itself has to be loaded."""
        if self.skip or not isinstance(self.inner, InPlace):
            return None
        placed = self.inner.place(con, self._own(columns))
        if placed is None:
            return None
        return replace(placed, texts={name: self._text(name, placed.texts.get(name, "")) for name in columns})

    def check(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> None:
        """Read every value once: see `InPlace.check`."""
        if isinstance(self.inner, InPlace):
            self.inner.check(con, self._own(columns))

    def release(self) -> None:
        """Let go of what the table holds open."""
        if isinstance(self.inner, Held):
            self.inner.release()

    def _own(self, columns: Mapping[str, str]) -> dict[str, str]:
        """The columns that the table itself has; one at least, for rows without any are no rows."""
        own = {name: heading for name, heading in columns.items() if name not in self.constant}
        return own or {_SCRATCH: self.inner.columns[0]}

    def _text(self, name: str, otherwise: str) -> str:
        return literal(self.constant[name]) if name in self.constant else otherwise


class AdjustedDigested(Adjusted):
    """The same over a source that tells its digest and size itself."""

    __slots__ = ()
    inner: Digested  # type: ignore[assignment]  # `adjusted` makes it so

    @property
    def digest(self) -> str:
        """SHA-256 of what was read."""
        return self.inner.digest

    @property
    def archive_digest(self) -> str:
        """SHA-256 of the delivered archive."""
        return self.inner.archive_digest

    @property
    def size(self) -> int:
        """Roughly how many bytes of text there are."""
        return self.inner.size


def adjusted(source: SourceTable, told: DatasetMapping) -> SourceTable:
    """The source as the mapping wants it: itself where nothing is to be changed."""
    if not told.skip and not told.constant:
        return source
    kind = AdjustedDigested if isinstance(source, Digested) else Adjusted
    return kind(source, told.skip, told.constant)


def constant_heading(text: str) -> str:
    """What stands in place of a heading for a value that is the same in every row."""
    return f"（每行都是“{text}”）"

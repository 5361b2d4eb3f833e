"""A table read from a temporary copy, called by the name it was delivered under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from guiju.errors import InputError
from guiju.export.digests import digest
from guiju.export.private import PrivateFolder
from guiju.export.remarks import Remark
from guiju.export.source import Commented, Digested, Held, InPlace, Nested, Placed, SourceTable

_PACKED = (".parquet", ".xlsx", ".xlsm", ".xlsb", ".ods")
_TIMES = 10


@dataclass(frozen=True, slots=True)
class MemberSource:
    """A `SourceTable` under another name, or with more remarks than its reader made.

    `file` is what people see, `archive_digest` that of the archive as delivered (empty where there is none);
    `folder` holds the unpacked `copy`, and is kept as long as the table is; `whole` are remarks about what
    the table was delivered in.
    """

    inner: SourceTable
    file: str
    archive_digest: str = ""
    folder: PrivateFolder | None = None
    copy: Path | None = None
    whole: tuple[Remark, ...] = ()

    @property
    def part(self) -> str:
        """The sheet, or an empty text."""
        return self.inner.part

    @property
    def path(self) -> Path:
        """The temporary copy; its stem is that of the member's name."""
        return self.inner.path

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings in order."""
        return self.inner.columns

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the reader met, and what was passed over around it."""
        return (*self.inner.remarks, *self.whole)

    @property
    def reads(self) -> tuple[Path, ...]:
        """The files that DuckDB opens."""
        return self.inner.reads

    @property
    def comments(self) -> Mapping[str, str]:
        """See `Commented`."""
        return self.inner.comments if isinstance(self.inner, Commented) else {}

    @property
    def inherited(self) -> tuple[str, ...]:
        """See `Nested`."""
        return self.inner.inherited if isinstance(self.inner, Nested) else ()

    @property
    def _names(self) -> Mapping[Path, str]:
        return {self.path: self.file} | ({self.copy: self.file} if self.copy else {})

    @property
    def digest(self) -> str:
        """SHA-256 of the member."""
        return self.inner.digest if isinstance(self.inner, Digested) else digest(self.inner.path)

    @property
    def size(self) -> int:
        """Roughly how many bytes of text there are."""
        if isinstance(self.inner, Digested):
            return self.inner.size
        packed = self.path.suffix.lower() in _PACKED
        return self.path.stat().st_size * (_TIMES if packed else 1)

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the rows: see `SourceTable.load_into`."""
        with called(self._names):
            return self.inner.load_into(con, table, columns, part)

    def place(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> Placed | None:
        """See `InPlace.place`."""
        if not isinstance(self.inner, InPlace):
            return None
        with called(self._names):
            return self.inner.place(con, columns)

    def check(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> None:
        """See `InPlace.check`."""
        if isinstance(self.inner, InPlace):
            with called(self._names):
                self.inner.check(con, columns)

    def release(self) -> None:
        """See `Held.release`."""
        if isinstance(self.inner, Held):
            self.inner.release()


def remarked(source: SourceTable, remarks: tuple[Remark, ...]) -> SourceTable:
    """The source with remarks about what it was delivered in."""
    if not remarks:
        return source
    if isinstance(source, MemberSource):
        return replace(source, whole=(*source.whole, *remarks))
    return MemberSource(source, source.file, whole=remarks)


@contextmanager
def called(names: Mapping[Path, str]) -> Iterator[None]:
    """Within this, faults are placed where people see them, not at temporary copies."""
    try:
        yield
    except InputError as error:
        shown = names.get(Path(error.place.file))
        if shown is not None:
            error.place = replace(error.place, file=shown)
        raise

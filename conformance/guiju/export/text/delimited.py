"""Delimited text: CSV, TSV and their kin.

Small files are read by Python. Large ones go through DuckDB into a Parquet file: as they are where they are
regular, and otherwise from a cleaned copy; either way memory does not grow with the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from guiju.export.layout.area import Area
from guiju.export.remarks import Remark, add
from guiju.export.rewritten import new_file
from guiju.export.rows import Row, chooser, insert_rows
from guiju.export.source import Placed
from guiju.export.text.clean import write_clean
from guiju.export.text.encoding import TextFile, text_file
from guiju.export.text.head import Head, find_head
from guiju.export.text.packed import Packing, pack
from guiju.export.text.records import Records, lines
from guiju.export.text.sieve import Sieve

PLACED = 4 << 20
"""Files above this size, in bytes, are read in place."""
WIDEST = 400
"""So many columns; of more DuckDB takes far longer, and far more memory, than Python."""
_REFUSALS = (duckdb.InvalidInputException, duckdb.PermissionException, duckdb.IOException)


@dataclass(frozen=True, slots=True)
class DelimitedSource:
    """A delimited text file as a `SourceTable`."""

    text: TextFile
    head: Head
    area: Area
    _remarks: list[Remark] = field(default_factory=list, compare=False)
    part: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings in order, each once."""
        return self.head.columns

    @property
    def file(self) -> str:
        """The file's name without folder."""
        return self.path.name

    @property
    def path(self) -> Path:
        """The delivered file."""
        return self.text.path

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the reader had to decide; what concerns rows is known once the table is loaded."""
        return (*self._remarks, *self.area.surroundings.remarks)

    @property
    def reads(self) -> tuple[Path, ...]:
        """The file, where DuckDB may read it as it is."""
        return (self.path,) if self._regular and self._utf8 else ()

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the records: see `SourceTable.load_into`."""
        places = self._places(columns)
        rows = self._rows(self._confirmed(), list(places.values()))
        return insert_rows(con, table, list(places), part, rows)

    def place(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> Placed | None:
        """A large file becomes a Parquet file in the connection's temporary folder: see `InPlace.place`."""
        if self.path.stat().st_size < PLACED or len(columns) > WIDEST:
            return None
        places = self._places(columns)
        placed = self._as_it_is(con, places) if self._regular else None
        return placed or self._cleaned(self._confirmed(), con, places)

    def check(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> None:
        """The file was read whole when it was placed."""

    @property
    def _utf8(self) -> bool:
        """Whether DuckDB reads the encoding; a mark at the beginning stands in the head, which it skips."""
        return self.text.encoding in ("utf-8", "utf-8-sig")

    @property
    def _regular(self) -> bool:
        return self.text.plain and self.head.even and self.head.record == self.head.line

    def _places(self, columns: Mapping[str, str]) -> dict[str, int]:
        return {name: self.columns.index(heading) for name, heading in columns.items()}

    def _confirmed(self) -> TextFile:
        """The text with what was presumed made sure; where it is damaged, that is told."""
        return text_file(self.path) if self.text.presumed else self.text

    def _as_it_is(self, con: duckdb.DuckDBPyConnection, places: Mapping[str, int]) -> Placed | None:
        """The file read by DuckDB, or its copy in UTF-8; None where it is not regular after all."""
        if self._utf8:
            return self._packed(con, Packing(self.path, self.head, self.head.line, places), self._sieve())
        copy = self.text.copy_to(new_file(con, ".csv"))
        placed = self._packed(con, Packing(copy, self.head, self.head.line, places), self._sieve())
        copy.unlink()
        return placed

    def _cleaned(
        self, text: TextFile, con: duckdb.DuckDBPyConnection, places: Mapping[str, int]
    ) -> Placed | None:
        """The file read by DuckDB from a copy without irregular lines."""
        copy, found, sieve = new_file(con, ".csv"), self._records(text), self._sieve()
        write_clean(found, sieve, self.head, copy)
        sieve.mended = found.mended
        placed = self._packed(con, Packing(copy, self.head, 0, places, clean=True), sieve)
        copy.unlink()
        return placed

    def _packed(self, con: duckdb.DuckDBPyConnection, packing: Packing, sieve: Sieve) -> Placed | None:
        try:
            placed, rows = pack(con, packing, sieve, self.area.surroundings)
        except _REFUSALS:
            return None
        presumed = not packing.clean and self.text.presumed and rows + packing.skip != self.text.lines
        if presumed and not text_file(self.path).plain:
            return None
        self._tell(sieve, placed.rows)
        return placed

    def _records(self, text: TextFile) -> Records:
        return Records(str(self.path), lines(text), self.head.delimiter, self.head.width)

    def _sieve(self) -> Sieve:
        return Sieve(len(self.columns), self.area.surroundings)

    def _rows(self, text: TextFile, wanted: Sequence[int]) -> Iterator[Row]:
        """The records that are kept, each with the wanted cells."""
        width, chosen, count = len(self.columns), chooser(wanted), 0
        sieve, found = self._sieve(), self._records(text)
        for number, cells in found:
            if number > self.head.record and sieve.keeps(number, cells):
                count += 1
                full = [*cells, *[""] * (width - len(cells))] if len(cells) < width else cells
                yield number, sieve.bare(chosen(full))
        sieve.mended = found.mended
        self._tell(sieve, count)

    def _tell(self, sieve: Sieve, rows: int) -> None:
        add(self._remarks, *sieve.remarks)
        if not rows:
            add(self._remarks, Remark("GJ-D122", "只有标题，没有记录", hint="请核对导出的条件和时间范围"))


def open_delimited(path: Path, words: frozenset[str] = frozenset()) -> list[DelimitedSource]:
    """Find encoding, delimiter and headings of a delimited text file.

    Args:
        path: the file.
        words: normalised headings that the standard knows, by which the head is found.

    Raises:
        InputError: as `text_file` and `find_head`.
    """
    text = text_file(path, presume=True)
    try:
        head, area = find_head(text, words)
    except UnicodeDecodeError:  # what was presumed is not so
        text = text_file(path)
        head, area = find_head(text, words)
    remarks = [*text.remarks, *_zeros(text), *area.remarks]
    return [DelimitedSource(text, head, area, remarks)]


def _zeros(text: TextFile) -> tuple[Remark, ...]:
    count = text.facts.zeros
    hint = "文件可能没有写完或在传输中损坏，请核对记录的条数"
    return (Remark("GJ-D126", f"{count}个空字符（NUL）已略去", count=count, hint=hint),) if count else ()

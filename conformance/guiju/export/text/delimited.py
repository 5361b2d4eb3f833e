"""Delimited text: CSV, TSV and their kin.

Well-formed files are read by DuckDB. Where it refuses (ragged rows, mixed line breaks, a file it may not
open) or where its count of rows would differ from a spreadsheet's (empty lines), Python reads instead and
says what it met.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from uuid import uuid4

import duckdb

from guiju.errors import InputError, Place
from guiju.export.layout.headings import find_head, headings, listed, title_remark
from guiju.export.refusals import no_headings
from guiju.export.remarks import Remark, add, of_rows
from guiju.export.rewritten import placed_parquet, write_parquet
from guiju.export.rows import Row, chooser, insert_rows, target
from guiju.export.source import Placed
from guiju.export.sql_text import file_pattern, identifier, literal
from guiju.export.text.encoding import LARGE, TextFile, text_file

DELIMITERS = ",\t;|"
_SAMPLE = 100
_HINT_RAGGED = "请核对这些行是否错位，单元格内的分隔符应写在引号里"


@dataclass(frozen=True, slots=True)
class DelimitedSource:
    """A delimited text file as a `SourceTable`; `head` is the record of the headings, counted from 1."""

    text: TextFile
    delimiter: str
    head: int
    head_lines: int
    columns: tuple[str, ...]
    _remarks: list[Remark] = field(default_factory=list, compare=False)
    part: str = ""

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
        """What the reader had to decide; ragged rows are known once the table is loaded."""
        return tuple(self._remarks)

    @property
    def reads(self) -> tuple[Path, ...]:
        """The file or its copy in UTF-8; nothing where only Python can read it."""
        return (self._utf8,) if self._regular else ()

    @property
    def _regular(self) -> bool:
        return self.text.plain and self.head == self.head_lines

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the records: see `SourceTable.load_into`."""
        if self.text.presumed:
            return replace(self, text=text_file(self.path)).load_into(con, table, columns, part)
        places = {name: self.columns.index(heading) for name, heading in columns.items()}
        if self._regular:
            try:
                return self._by_duckdb(con, table, places, part)
            except (duckdb.InvalidInputException, duckdb.PermissionException, duckdb.IOException):
                pass  # Python's reader tells what is wrong, or reads it
        return insert_rows(con, table, list(places), part, self._by_python(list(places.values())))

    def place(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> Placed | None:
        """A large file becomes a Parquet file in the connection's temporary folder: see `InPlace.place`.

        Memory then does not grow with the rows, and what is read again is read quickly.
        """
        if not self._regular or self.path.stat().st_size < LARGE:
            return None
        ((folder,),) = con.execute("SELECT current_setting('temp_directory')").fetchall()
        file = Path(folder) / f"{uuid4().hex}.parquet"
        places = {name: self.columns.index(heading) for name, heading in columns.items()}
        try:
            rows = write_parquet(
                con, file, self._reader(), {name: f"c{place}" for name, place in places.items()}
            )
        except (duckdb.InvalidInputException, duckdb.PermissionException, duckdb.IOException):
            return None  # Python's reader tells what is wrong, or reads it
        if (
            self.text.presumed
            and rows + self.head_lines != self.text.lines
            and not text_file(self.path).plain
        ):
            return None
        return placed_parquet(con, file, list(columns), rows, first=self.head + 1)

    def check(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> None:
        """The file was read whole when it was placed."""

    def _by_duckdb(
        self, con: duckdb.DuckDBPyConnection, table: str, places: Mapping[str, int], part: int
    ) -> int:
        names = [f"c{index}" for index in range(len(self.columns))]
        chosen = "".join(f", {identifier(names[index])}" for index in places.values())
        numbered = f"SELECT *, row_number() OVER () + {self.head} AS number FROM {self._reader()}"
        filled = f"coalesce({', '.join(names)}, '') <> ''"
        con.execute(
            f"{target(table, list(places))} SELECT {part}, number{chosen} FROM ({numbered}) WHERE {filled}"
        )
        return int(con.fetchall()[0][0])

    @property
    def _utf8(self) -> Path:
        """What DuckDB reads; a mark at the beginning stands in the line of the headings, which it skips."""
        return self.path if self.text.encoding == "utf-8-sig" else self.text.utf8()

    def _reader(self) -> str:
        struct = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(self.columns)))
        return (
            f"read_csv({literal(file_pattern(self._utf8))}, auto_detect = false, header = false, "
            f"skip = {self.head_lines}, delim = {literal(self.delimiter)}, quote = '\"', escape = '\"', "
            f"strict_mode = true, columns = {{{struct}}})"
        )

    def _by_python(self, wanted: Sequence[int]) -> Iterator[Row]:
        width, chosen = len(self.columns), chooser(wanted)
        short: list[int] = []
        long: list[int] = []
        for number, cells in islice(_records(self.text, self.delimiter), self.head, None):
            if not any(cells):
                continue
            if len(cells) < width:
                short.append(number)
            if any(cells[width:]):
                long.append(number)
            yield number, chosen([*cells, *[""] * (width - len(cells))] if len(cells) < width else cells)
        self._remark_ragged(short, long)

    def _remark_ragged(self, short: list[int], long: list[int]) -> None:
        if short:
            text = f"{len(short)}行的单元格少于标题，缺少的按空白读取（第{listed(short)}行）"
            add(self._remarks, of_rows("GJ-D104", text, short, hint=_HINT_RAGGED))
        if long:
            text = f"{len(long)}行的单元格多于标题，多出的内容未读取（第{listed(long)}行）"
            add(self._remarks, of_rows("GJ-D105", text, long, hint=_HINT_RAGGED))


def open_delimited(
    path: Path,
    words: frozenset[str] = frozenset(),  # noqa: ARG001 -- taken for `find_area`
) -> list[DelimitedSource]:
    """Find encoding, delimiter and headings of a delimited text file.

    Raises:
        InputError: as `text_file`; GJ-I107 no headings; GJ-I108 quotes that do not pair.
    """
    text = text_file(path, presume=True)
    delimiter = judge_delimiter(text, path.suffix.lower())
    found = find_head(_records(text, delimiter)) or _single_column(text, delimiter)
    if found is None:
        raise no_headings(path, "第一行应是各列的名称，各名称之间用逗号分隔")
    number, cells, above = found
    names = headings(cells)
    remarks = [*text.remarks, *title_remark(above), *names.remarks]
    lines = _lines_to(text, delimiter, number)
    return [DelimitedSource(text, delimiter, number, lines, names.names, remarks)]


def judge_delimiter(text: TextFile, suffix: str) -> str:
    """The delimiter under which the first records have the most even width, wider and usual ones first."""
    usual = "\t" if suffix == ".tsv" else ","
    scores = {sign: (*_evenness(text, sign), sign == usual) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: scores[sign])


def _evenness(text: TextFile, delimiter: str) -> tuple[bool, float, int]:
    records = _records(text, delimiter, strict=False)
    sample = [len(cells) for _, cells in islice(records, _SAMPLE) if cells]
    width = max(set(sample), key=sample.count, default=0)
    return width > 1, sample.count(width) / max(len(sample), 1), width


def _single_column(text: TextFile, delimiter: str) -> tuple[int, list[str], list[int]] | None:
    return next(((number, cells, []) for number, cells in _records(text, delimiter) if any(cells)), None)


def _lines_to(text: TextFile, delimiter: str, record: int) -> int:
    """The lines that the records up to that one take."""
    with text.open() as file:
        reader = csv.reader(file, delimiter=delimiter)
        for _ in islice(reader, record):
            pass
        return reader.line_num


def _records(text: TextFile, delimiter: str, *, strict: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Records with their numbers from 1; an empty line is a record without cells."""
    csv.field_size_limit(sys.maxsize if sys.maxsize < 1 << 31 else (1 << 31) - 1)
    with text.open() as file:
        reader = csv.reader(file, delimiter=delimiter, strict=strict)
        try:
            yield from enumerate(reader, 1)
        except csv.Error as error:
            raise InputError(
                "GJ-I108",
                "引号不成对，无法确定单元格的边界",
                place=Place(str(text.path), reader.line_num),
                cause=str(error),
                hint='单元格内的引号应写成两个引号（""）；可用表格软件打开核对后另存为 .xlsx 再交',
            ) from error

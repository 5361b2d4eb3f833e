"""JSON Lines and JSON documents.

DuckDB reads files whose every line (or element) is an object without repeated keys and without decimals,
whose spelling it would not keep; Python reads the rest, slower, and tells what is wrong and where.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import duckdb

from guiju.export.refusals import no_headings
from guiju.export.remarks import Remark
from guiju.export.rewritten import new_file, placed_parquet, write_parquet
from guiju.export.rows import Row, insert_rows, target
from guiju.export.source import Placed, SourceTable
from guiju.export.sql_text import literal
from guiju.export.text.encoding import TextFile, text_file
from guiju.export.text.json_children import children_of
from guiju.export.text.json_faults import refuse_answer
from guiju.export.text.json_records import Layout, layout_of, records
from guiju.export.text.json_shape import Path, Shape, index_like, within
from guiju.export.text.json_survey import pointer, reader, surveyed
from guiju.export.text.json_values import as_text
from guiju.export.text.spool import spool

_REFUSALS = (duckdb.InvalidInputException, duckdb.PermissionException, duckdb.IOException)
PLACED = 4 << 20
"""Files above this size, in bytes, are read in place."""
WIDEST = 400
"""So many columns; of more DuckDB takes far longer, and far more memory, than Python."""
_FEW = 20
"""An answer of an interface has no more keys."""


@dataclass(frozen=True, slots=True)
class JsonSource:
    """A JSON file as a `SourceTable`: objects by line, as elements of an array, or of an array inside.

    `paths` says by heading where the values are; those of objects within a record are called ``a.b``.
    """

    text: TextFile
    layout: Layout
    paths: Mapping[str, Path]
    regular: bool
    remarks: tuple[Remark, ...] = ()
    part: str = ""

    @property
    def file(self) -> str:
        """The file's name without folder."""
        return self.path.name

    @property
    def path(self) -> pathlib.Path:
        """The delivered file."""
        return self.text.path

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys, and those of objects within the records."""
        return tuple(self.paths)

    @property
    def reads(self) -> tuple[pathlib.Path, ...]:
        """The file or its copy in UTF-8; nothing where only Python can read it."""
        return (self.text.utf8(),) if self.regular else ()

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the objects: see `SourceTable.load_into`."""
        if self.regular:
            try:
                return self._by_duckdb(con, table, columns, part)
            except _REFUSALS:
                pass  # Python's reader tells what is wrong, or reads it
        return insert_rows(con, table, list(columns), part, self._rows(columns))

    def place(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> Placed | None:
        """A large file becomes a Parquet file in the connection's temporary folder: see `InPlace.place`."""
        if self.path.stat().st_size < PLACED or len(columns) > WIDEST:
            return None
        if self.regular:
            with suppress(*_REFUSALS):
                return self._packed(con, columns)
        try:
            return spool(con, list(columns), self._rows(columns))
        except _REFUSALS:
            return None  # a value that no line can carry

    def check(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> None:
        """The file was read whole when it was placed."""

    def _packed(self, con: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> Placed:
        file = new_file(con, ".parquet")
        found = f"(SELECT {self._found(columns)} AS found FROM {reader(self.text, self.layout)})"
        rows = write_parquet(con, file, found, {name: f"found[{i}]" for i, name in enumerate(columns, 1)})
        return placed_parquet(con, file, list(columns), rows, first=1)

    def _found(self, columns: Mapping[str, str]) -> str:
        """The values of a record as a list of texts."""
        pointers = ", ".join(literal(pointer(self.paths[heading])) for heading in columns.values())
        return f"json_extract_string(json, [{pointers}]::VARCHAR[])" if pointers else "[]"

    def _by_duckdb(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        values = "".join(f", found[{index}]" for index in range(1, len(columns) + 1))
        found = self._found(columns)
        numbered = (
            f"SELECT row_number() OVER () AS number, {found} AS found FROM {reader(self.text, self.layout)}"
        )
        con.execute(f"{target(table, list(columns))} SELECT {part}, number{values} FROM ({numbered})")
        return int(con.fetchall()[0][0])

    def _rows(self, columns: Mapping[str, str]) -> Iterator[Row]:
        paths = [self.paths[heading] for heading in columns.values()]
        for number, item in records(self.text, self.layout):
            yield number, [as_text(within(item, path)) for path in paths]


def open_json(path: pathlib.Path, words: frozenset[str] = frozenset()) -> list[SourceTable]:
    """Find the layout and the keys of a JSON file: a table of the records, and one for each array in them.

    Raises:
        InputError: as `text_file` and `records`; GJ-I107 no keys.
    """
    text = text_file(path, unbroken=path.suffix.lower() == ".json")
    layout = layout_of(text, words)
    seen = surveyed(text, layout)
    shape = seen.shape or _looked_at(text, layout)
    headings = shape.headings()
    children = list(children_of(text, layout, shape, regular=seen.regular))
    if not headings and not children:
        raise no_headings(path, "请检查导出是否成功")
    if layout == "lines" and len(headings) <= _FEW:
        _refuse_lone_answer(text)
    regular = seen.regular and not index_like(headings.values())
    parent = [JsonSource(text, layout, headings, regular, text.remarks)] if headings else []
    return [*parent, *children]


def _looked_at(text: TextFile, layout: Layout) -> Shape:
    shape = Shape()
    for _, item in records(text, layout):
        shape.add(item)
    return shape


def _refuse_lone_answer(text: TextFile) -> None:
    found = list(islice(records(text, "lines"), 2))
    if len(found) == 1:
        refuse_answer(text.path, found[0][1])

"""Arrays of objects within the records of a JSON file, each as a table of its own."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from guiju.export.remarks import Remark, add, of_rows
from guiju.export.rows import Row, insert_rows, target
from guiju.export.sql_text import literal
from guiju.export.text.encoding import TextFile
from guiju.export.text.json_records import Layout, records
from guiju.export.text.json_shape import Path, Shape, heading_of, index_like, objects_of, within
from guiju.export.text.json_survey import pointer, reader
from guiju.export.text.json_values import as_text

POSITION = "_position"
"""The heading of an element's number within its array, from 1."""
_OBJECT = "CASE WHEN json_type(item) IN ('OBJECT', 'NULL') THEN true ELSE error('no object') END"
"""DuckDB's account of a file may keep silent about a value among objects: Python reads, and tells, those."""
_REFUSALS = (
    duckdb.InvalidInputException,
    duckdb.PermissionException,
    duckdb.IOException,
    duckdb.ConversionException,
)


@dataclass(frozen=True, slots=True)
class NestedSource:
    """The elements of one array, in every record: a `SourceTable` whose rows bear the record's number.

    `own` says by heading where an element has its values, `lent` where the record around it has them.
    """

    text: TextFile
    layout: Layout
    array: Path
    own: Mapping[str, Path]
    lent: Mapping[str, Path]
    regular: bool
    told: tuple[Remark, ...] = ()
    _met: list[Remark] = field(default_factory=list, compare=False)

    @property
    def file(self) -> str:
        """The file's name without folder."""
        return self.path.name

    @property
    def part(self) -> str:
        """The keys of the array."""
        return heading_of(self.array) or "（没有名称的键）"

    @property
    def path(self) -> pathlib.Path:
        """The delivered file."""
        return self.text.path

    @property
    def columns(self) -> tuple[str, ...]:
        """The element's keys, those of the record around it, and the element's number."""
        return (*self.own, *self.inherited)

    @property
    def inherited(self) -> tuple[str, ...]:
        """Headings that are not the element's own: see `Nested`."""
        return (*self.lent, *(() if POSITION in self.own or POSITION in self.lent else (POSITION,)))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What lies deeper and was not read; after loading also what is no object."""
        return (*self.told, *self._met)

    @property
    def reads(self) -> tuple[pathlib.Path, ...]:
        """The file or its copy in UTF-8; nothing where only Python can read it."""
        return (self.text.utf8(),) if self.regular else ()

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the elements: see `SourceTable.load_into`."""
        if self.regular:
            try:
                return self._by_duckdb(con, table, columns, part)
            except _REFUSALS:
                pass  # Python's reader tells what is wrong, or reads it
        return insert_rows(con, table, list(columns), part, self._rows(list(columns.values())))

    def _by_duckdb(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        mine = [heading for heading in columns.values() if heading in self.own]
        theirs = [heading for heading in columns.values() if heading in self.lent]
        values = "".join(f", {_value(heading, mine, theirs)}" for heading in columns.values())
        con.execute(
            f"{target(table, list(columns))} SELECT {part}, number{values} FROM ("
            f"SELECT number, lent, position, item, {_texts('item', self.own, mine)} AS own FROM ("
            "SELECT number, lent, unnest(items) AS item, unnest(range(1, len(items) + 1)) AS position FROM ("
            f"SELECT row_number() OVER () AS number, {_texts('json', self.lent, theirs)} AS lent, "
            f"from_json(json_extract(json, {literal(pointer(self.array))}), '[\"JSON\"]') AS items "
            f"FROM {reader(self.text, self.layout)}))) WHERE item IS NOT NULL AND {_OBJECT}"
        )
        return int(con.fetchall()[0][0])

    def _rows(self, headings: list[str]) -> Iterator[Row]:
        unlike: list[int] = []
        for number, record in records(self.text, self.layout):
            value = within(record, self.array)
            elements = [value] if isinstance(value, dict) else value if objects_of(value) else []
            if not elements and value not in (None, "", []) and any_value(value):
                unlike.append(number)
            for position, element in enumerate(elements, 1):
                if element is not None:
                    yield number, [self._text(heading, record, element, position) for heading in headings]
        if unlike:
            text = f"有记录的“{self.part}”不是由对象组成的数组，没有当作记录读"
            add(self._met, of_rows("GJ-D129", text, unlike, column=self.part))

    def _text(self, heading: str, record: Any, element: Any, position: int) -> str | None:
        if heading in self.own:
            return as_text(within(element, self.own[heading]))
        if heading in self.lent:
            return as_text(within(record, self.lent[heading]))
        return str(position)


def any_value(value: Any) -> bool:
    """Whether there is anything but null in an array."""
    return not isinstance(value, list) or any(item is not None for item in value)


def children_of(text: TextFile, layout: Layout, shape: Shape, *, regular: bool) -> Iterator[NestedSource]:
    """A table for each array of objects; arrays within their elements are told and not read."""
    lent = {heading: path for heading, path in shape.headings().items() if shape.is_scalar(path)}
    for array, child in shape.children():
        own = child.headings()
        rest = {heading: path for heading, path in lent.items() if heading not in own}
        even = array not in shape.others and array not in shape.objects
        plain = even and not index_like((array, *own.values(), *rest.values()))
        yield NestedSource(
            text, layout, array, own, rest, regular and plain, (*text.remarks, *_deeper(array, child))
        )


def _deeper(array: Path, child: Shape) -> tuple[Remark, ...]:
    names = [heading_of((*array, *path)) for path, _ in child.children()]
    if not names:
        return ()
    text = f"更深一层的数组没有读：{'、'.join(names)}"
    hint = "需要核验时，请把它们另外导出为一张表"
    return (Remark("GJ-D128", text, names[0], len(names), hint=hint),)


def _texts(source: str, paths: Mapping[str, Path], headings: list[str]) -> str:
    pointers = ", ".join(literal(pointer(paths[heading])) for heading in headings)
    return f"json_extract_string({source}, [{pointers}]::VARCHAR[])" if pointers else "[]"


def _value(heading: str, mine: list[str], theirs: list[str]) -> str:
    if heading in mine:
        return f"own[{mine.index(heading) + 1}]"
    if heading in theirs:
        return f"lent[{theirs.index(heading) + 1}]"
    return "position::VARCHAR"

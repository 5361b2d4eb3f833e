"""JSON Lines and JSON documents.

DuckDB reads files whose every line (or element) is an object without repeated keys and without decimals,
whose spelling it would not keep; Python reads the rest, slower, and tells what is wrong and where.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from guiju.errors import InputError, Place
from guiju.export.refusals import no_headings
from guiju.export.remarks import Remark
from guiju.export.rows import Row, insert_rows, target
from guiju.export.sql_text import file_pattern, literal
from guiju.export.text.encoding import TextFile, text_file
from guiju.export.text.json_values import Doubled, as_text, decode
from guiju.export.values.forms import BLANKS

Layout = Literal["lines", "array", "inside"]
Numbered = tuple[int, Any]

_FORMATS: Mapping[Layout, str] = {"lines": "newline_delimited", "array": "array"}
_MAYBE_DECIMAL = r"[:,\[][ \t]*(?:-?[0-9]+[.eE]|-0)"
_DECIMAL = r'[:\[]"DOUBLE"'
_MINUS_ZERO = r"[:,\[][ \t]*-0[ \t]*[,\]}]"
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class JsonSource:
    """A JSON file as a `SourceTable`: objects by line, as elements of an array, or of an array inside."""

    text: TextFile
    layout: Layout
    columns: tuple[str, ...]
    regular: bool
    remarks: tuple[Remark, ...] = ()
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
    def reads(self) -> tuple[Path, ...]:
        """The file or its copy in UTF-8; nothing where only Python can read it."""
        return (self.text.utf8(),) if self.regular else ()

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        """Append the objects: see `SourceTable.load_into`."""
        if self.regular:
            try:
                return self._by_duckdb(con, table, columns, part)
            except (duckdb.InvalidInputException, duckdb.PermissionException, duckdb.IOException):
                pass  # Python's reader tells what is wrong, or reads it
        keys = list(columns.values())
        rows = _rows(_objects(self.text, self.layout), keys)
        return insert_rows(con, table, list(columns), part, rows)

    def _by_duckdb(
        self, con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], part: int
    ) -> int:
        pointers = ", ".join(literal(_pointer(key)) for key in columns.values())
        values = "".join(f", found[{index}]" for index in range(1, len(columns) + 1))
        found = f"json_extract_string(json, [{pointers}]::VARCHAR[])" if pointers else "[]"
        numbered = (
            f"SELECT row_number() OVER () AS number, {found} AS found FROM {_reader(self.text, self.layout)}"
        )
        con.execute(f"{target(table, list(columns))} SELECT {part}, number{values} FROM ({numbered})")
        return int(con.fetchall()[0][0])


def open_json(
    path: Path,
    words: frozenset[str] = frozenset(),  # noqa: ARG001 -- keys stand where they stand
) -> list[JsonSource]:
    """Find the layout and the keys of a JSON file.

    Raises:
        InputError: as `text_file`; GJ-I109 not JSON; GJ-I110 repeated key; GJ-I111 not objects;
            GJ-I107 no keys.
    """
    text = text_file(path)
    layout = _layout(text)
    seen = _surveyed(text, layout)
    columns, regular = seen or (_keys(_objects(text, layout)), False)
    if not columns:
        raise no_headings(path, "请检查导出是否成功")
    return [JsonSource(text, layout, columns, regular, text.remarks)]


def _layout(text: TextFile) -> Layout:
    with text.open() as file:
        head = file.read(_HEAD).lstrip(BLANKS)
    if head.startswith("["):
        return "array"
    if text.path.suffix.lower() != ".json":
        return "lines"
    first, _, rest = head.partition("\n")
    return "lines" if rest.strip() and _is_object(first) else "inside"


def _is_object(line: str) -> bool:
    try:
        return isinstance(decode(line), dict)
    except (ValueError, RecursionError):
        return False


def _surveyed(text: TextFile, layout: Layout) -> tuple[tuple[str, ...], bool] | None:
    """All keys, and whether DuckDB may load the file; None where Python has to look."""
    if layout == "inside" or not (text.plain if layout == "lines" else _closed(text)):
        return None
    decimal = (
        f"CASE WHEN regexp_matches(json::VARCHAR, {literal(_MAYBE_DECIMAL)}) "
        f"THEN regexp_matches(json_structure(json)::VARCHAR, {literal(_DECIMAL)}) "
        f"OR regexp_matches(json::VARCHAR, {literal(_MINUS_ZERO)}) ELSE FALSE END"
    )
    query = (
        f"SELECT json_type(json), json_keys(json) AS keys, count(*) AS number, bool_or({decimal}) "
        f"FROM {_reader(text, layout)} GROUP BY ALL ORDER BY number DESC, keys"
    )
    try:
        with duckdb.connect() as con:
            shapes = con.execute(query).fetchall()
    except duckdb.Error:
        return None
    total = sum(number for _, _, number, _ in shapes)
    if layout == "lines" and total != text.lines:
        return None
    if any(kind != "OBJECT" or len(set(keys)) < len(keys) for kind, keys, _, _ in shapes):
        return None
    names = dict.fromkeys(key for _, keys, _, _ in shapes for key in keys)
    return tuple(names), not any(found for *_, found in shapes)


def _closed(text: TextFile) -> bool:
    """Whether the array's bracket is there: DuckDB lets a file end after a comma."""
    with text.utf8().open("rb") as data:
        data.seek(max(data.seek(0, os.SEEK_END) - 4096, 0))
        return data.read().rstrip().endswith(b"]")


def _reader(text: TextFile, layout: Layout) -> str:
    path = literal(file_pattern(text.utf8()))
    return f"read_json_objects({path}, format = {literal(_FORMATS[layout])})"


def _pointer(key: str) -> str:
    return "/" + key.replace("~", "~0").replace("/", "~1")


def _rows(objects: Iterator[Numbered], keys: Sequence[str]) -> Iterator[Row]:
    for number, item in objects:
        yield number, [as_text(item.get(key)) for key in keys]


def _keys(objects: Iterator[Numbered]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for _, item in objects:
        found.update(dict.fromkeys(item))
    return tuple(found)


def _objects(text: TextFile, layout: Layout) -> Iterator[Numbered]:
    """The objects with their line or element numbers, each known to be an object without repeated keys."""
    numbered = _lines(text) if layout == "lines" else enumerate(_elements(text, layout), 1)
    for number, item in numbered:
        if not isinstance(item, dict):
            raise _fault(text, "GJ-I111", "不是JSON对象", layout, number, "每条记录应是花括号括起的一个对象")
        if isinstance(item, Doubled):
            message = f"同一条记录中“{item.key}”出现了两次"
            raise _fault(text, "GJ-I110", message, layout, number, "请去掉重复的键，否则无法确定取哪一个值")
        yield number, item


def _lines(text: TextFile) -> Iterator[Numbered]:
    with text.open(newline="\n") as file:
        for number, line in enumerate(file, 1):
            if line.strip(BLANKS):
                yield number, _decoded(text, line.strip("\r\n"), number)


def _decoded(text: TextFile, content: str, line: int) -> Any:
    try:
        return decode(content)
    except json.JSONDecodeError as error:
        place = Place(str(text.path), line + error.lineno - 1, error.colno)
        cause = f"{error.msg}，此处内容：{content[max(error.pos - 10, 0) : error.pos + 20]!r}"
    except RecursionError:
        place, cause = Place(str(text.path), line), "嵌套层数过多"
    raise InputError(
        "GJ-I109",
        "不是合格的JSON",
        place=place,
        cause=cause,
        hint="请检查导出是否中断、文件中是否混入网页或日志内容，然后重新导出",
    )


def _elements(text: TextFile, layout: Layout) -> list[Any]:
    with text.open() as file:
        document = _decoded(text, file.read().strip(BLANKS), 1)
    if layout == "array":
        return list(document)
    arrays = list(_arrays(document))
    if len(arrays) == 1:
        return arrays[0]
    if not arrays and isinstance(document, dict):
        return [document]
    raise InputError(
        "GJ-I111",
        "无法确定哪个数组是要读取的记录",
        place=Place(str(text.path)),
        cause=f"文件中有{len(arrays)}个由对象组成的数组",
        hint="请导出为JSON Lines（每行一条记录），或只含一个对象数组的JSON",
    )


def _arrays(value: Any) -> Iterator[list[Any]]:
    """Arrays of objects that are reached through objects only."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _arrays(item)
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        yield value


def _fault(text: TextFile, code: str, message: str, layout: Layout, number: int, hint: str) -> InputError:
    name = str(text.path)
    place = Place(name, number) if layout == "lines" else Place(name, inside=f"第{number}个元素")
    return InputError(code, message, place=place, hint=hint)

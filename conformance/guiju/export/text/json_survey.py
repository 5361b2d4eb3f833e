"""What DuckDB tells of a JSON file: its keys, objects and arrays within them, and whether it may load it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from guiju.export.sql_text import file_pattern, literal
from guiju.export.text.encoding import TextFile
from guiju.export.text.json_records import Layout
from guiju.export.text.json_shape import Path, Shape, sample_of

_FORMATS: Mapping[str, str] = {"lines": "newline_delimited", "array": "array"}
_MAYBE_DECIMAL = r"[:,\[][ \t]*(?:-?[0-9]+[.eE]|-0)"
_DECIMAL = r'[:\[]"DOUBLE"'
_MINUS_ZERO = r"[:,\[][ \t]*-0[ \t]*[,\]}]"
_NESTED = r"[:,\[]\s*\{"


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The shape of the records, None where Python has to look; `regular`: DuckDB may load the file."""

    shape: Shape | None
    regular: bool


def surveyed(text: TextFile, layout: Layout) -> Surveyed:
    """All keys and what lies within them, as far as DuckDB can tell."""
    if layout not in _FORMATS or not (text.plain if layout == "lines" else _closed(text)):
        return Surveyed(None, regular=False)
    try:
        with duckdb.connect() as con:
            return _surveyed(con, text, layout)
    except duckdb.Error:
        return Surveyed(None, regular=False)


def reader(text: TextFile, layout: Layout) -> str:
    """What to select from: one column `json`."""
    path = literal(file_pattern(text.utf8()))
    return f"read_json_objects({path}, format = {literal(_FORMATS[layout])})"


def pointer(path: Path) -> str:
    """A path as a JSON pointer."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in path)


def _surveyed(con: duckdb.DuckDBPyConnection, text: TextFile, layout: Layout) -> Surveyed:
    decimal = (
        f"CASE WHEN regexp_matches(json::VARCHAR, {literal(_MAYBE_DECIMAL)}) "
        f"THEN regexp_matches(json_structure(json)::VARCHAR, {literal(_DECIMAL)}) "
        f"OR regexp_matches(json::VARCHAR, {literal(_MINUS_ZERO)}) ELSE FALSE END"
    )
    nested = f"regexp_matches(json::VARCHAR, {literal(_NESTED)})"
    query = (
        f"SELECT json_type(json), json_keys(json) AS keys, count(*) AS number, bool_or({decimal}), "
        f"bool_or({nested}) FROM {reader(text, layout)} GROUP BY ALL ORDER BY number DESC, keys"
    )
    found = con.execute(query).fetchall()
    total = sum(number for _, _, number, _, _ in found)
    unlike = any(kind != "OBJECT" or len(set(keys)) < len(keys) for kind, keys, *_ in found)
    if unlike or (layout == "lines" and total != text.lines):
        return Surveyed(None, regular=False)
    regular = not any(decimals for *_, decimals, _ in found)
    shape = Shape(dict.fromkeys((key,) for _, keys, *_ in found for key in keys))
    if any(inner for *_, inner in found) and not _look_within(con, text, layout, shape):
        return Surveyed(None, regular=regular)
    return Surveyed(shape, regular=regular)


def _look_within(con: duckdb.DuckDBPyConnection, text: TextFile, layout: Layout, shape: Shape) -> bool:
    """Add objects and arrays of objects to a shape; whether that could be told."""
    where = f"regexp_matches(json::VARCHAR, {literal(_NESTED)})"
    query = f"SELECT json_group_structure(json)::VARCHAR FROM {reader(text, layout)} WHERE {where}"
    ((structure,),) = con.execute(query).fetchall()
    try:
        shape.add(sample_of(json.loads(structure)))
    except (ValueError, RecursionError):
        return False
    return not _doubled(con, text, layout, shape)


def _doubled(con: duckdb.DuckDBPyConnection, text: TextFile, layout: Layout, shape: Shape) -> bool:
    """Whether an object within a record has a key twice."""
    objects = [f"json_keys(json, {literal(pointer(path))})" for path in sorted(shape.objects)]
    twice = [f"len({keys}) > len(list_distinct({keys}))" for keys in objects]
    for path, _ in shape.children():
        items = f"from_json(json_extract(json, {literal(pointer(path))}), '[\"JSON\"]')"
        keys = f"list_transform({items}, lambda one: json_keys(one))"
        twice.append(f"len(list_filter({keys}, lambda one: len(one) > len(list_distinct(one)))) > 0")
    if not twice:
        return False
    query = f"SELECT bool_or({' OR '.join(f'coalesce({one}, FALSE)' for one in twice)}) FROM"
    ((found,),) = con.execute(f"{query} {reader(text, layout)}").fetchall()
    return bool(found)


def _closed(text: TextFile) -> bool:
    """Whether the array's bracket is there: DuckDB lets a file end after a comma."""
    with text.utf8().open("rb") as data:
        data.seek(max(data.seek(0, os.SEEK_END) - 4096, 0))
        return data.read().rstrip().endswith(b"]")

"""Texts put together from a row's values: ``示例{matter.department}局``, ``{main:03}``, ``{day:ymd}``."""

from __future__ import annotations

import re

from guiju.errors import StandardError
from guiju.export import literal
from guiju_tools.sample import chance
from guiju_tools.sample.hints import Table
from guiju_tools.sample.loom import Loom, Path
from guiju_tools.sample.plan import Plan

_HOLE = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?(?::(?:0([1-9])|(ymd)))?\}")
_DRAWN = re.compile(r"\{\?([^*}]+)\*([0-9]+)\}")
_PARTS = re.compile(f"({_HOLE.pattern}|{_DRAWN.pattern})")


def template_sql(loom: Loom, path: Path, text: str, salt: str) -> str:
    """SQL of a template over a row of the path's dataset; a value that is blank adds nothing.

    Raises:
        StandardError: GJ-S140 a table or column of words that is not there, GJ-S137 a brace that is no hole.
    """
    parts, at = [], 0
    for number, found in enumerate(_PARTS.finditer(text)):
        parts += _literal(loom, text[at : found.start()], text)
        parts.append(_part(loom, path, found[0], f"{salt}/{number}"))
        at = found.end()
    parts += _literal(loom, text[at:], text)
    return f"concat({', '.join(parts)})" if parts else "''"


def _literal(loom: Loom, piece: str, text: str) -> list[str]:
    if "{" in piece or "}" in piece:
        raise StandardError(
            "GJ-S137",
            f"模板“{text}”中有不认识的花括号",
            place=loom.plan.hints.place,
            hint="花括号里写一个值的名称，如 {catalog_code}、{matter.subject}、{main:03}、{apply_date:ymd}",
        )
    return [literal(piece)] if piece else []


def _part(loom: Loom, path: Path, hole: str, salt: str) -> str:
    if drawn := _DRAWN.fullmatch(hole):
        return _letters(loom, path, drawn[1], int(drawn[2]), salt)
    name, column, width, day = _HOLE.fullmatch(hole).groups()  # type: ignore[union-attr]  # it is one of the two
    loom.field(path, name)
    value = loom.column(path, name)
    if column:
        return f"{_words(loom, path, name, column)}[{value}]"
    if day:
        return f"strftime({value}, '%Y%m%d')"
    return f"printf('%0{width}d', {value})" if width else f"CAST({value} AS VARCHAR)"


def _words(loom: Loom, path: Path, name: str, column: str) -> str:
    """A column of a table of words as a list; the inner value `name` says which row of the table."""
    table = _table(loom.plan, path[-1], name)
    if table is None or column not in table.columns:
        raise StandardError(
            "GJ-S140",
            f"“{name}.{column}”不是词表的列",
            place=loom.plan.hints.place,
            hint="点号前写用 pick 选出的中间量，点号后写该词表的列名",
        )
    return f"[{', '.join(map(literal, table.columns[column]))}]"


def _table(plan: Plan, dataset_id: str, name: str) -> Table | None:
    """The table that an inner value was picked from, here or in a linked dataset."""
    form = plan.hints.of(dataset_id).inner.get(name)
    if form is None:
        return None
    if form.way == "from":
        return _table(plan, *form.said.split(".", 1))
    while form.way != "pick" and form.otherwise:
        form = form.otherwise
    return plan.hints.tables_of(dataset_id).get(form.said)


def _letters(loom: Loom, path: Path, letters: str, count: int, salt: str) -> str:
    """Letters drawn one by one."""
    draws = [loom.drawn(path, f"{salt}/{place}") for place in range(count)]
    places = [chance.below(draw, str(len(letters))) for draw in draws]
    each = [f"substr({literal(letters)}, {place} + 1, 1)" for place in places]
    return f"concat({', '.join(each)})"

"""The columns of one dataset as layers of SQL: each layer adds the columns that the ones below allow.

Every value is an expression over the row number, so nothing is joined and nothing is kept: a row's parent is
made anew from the parent's own row number, under names that begin with the parent dataset's id.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guiju.errors import StandardError
from guiju.export import identifier
from guiju.standard.fields import Field
from guiju_tools.sample import chance
from guiju_tools.sample.plan import Plan

Path = tuple[str, ...]
"""Datasets from the one that is written to the one that a column belongs to."""

ROW, HASH, POSITION, ROUND = "row", "#", "position", "round"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the query: its quoted name, its SQL over columns of lower layers, its layer."""

    name: str
    sql: str
    layer: int


class Loom:
    """The columns that one dataset needs, made by `make` (loom, path, name → SQL) as they are asked for."""

    def __init__(self, plan: Plan, dataset_id: str, make: Callable[[Loom, Path, str], str]) -> None:
        self.plan = plan
        self.root: Path = (dataset_id,)
        self._columns: dict[str, Column] = {}
        self._make = make
        self._layers: list[int] = []
        self._making: list[str] = []

    def column(self, path: Path, name: str) -> str:
        """The quoted name of a column, made with all it depends on where it is not there yet.

        Raises:
            StandardError: GJ-S133 when values depend on each other in a circle.
        """
        key = "/".join((*path[1:], name))
        if key in self._making:
            circle = "、".join([*self._making[self._making.index(key) :], key])
            raise StandardError(
                "GJ-S133",
                f"这些值互相依赖：{circle}",
                place=self.plan.hints.place,
                hint="请让其中一个值不由另一个得出",
            )
        self._making.append(key)
        found = self.keep(key, lambda: self._make(self, path, name))
        self._making.pop()
        return found

    def keep(self, key: str, make: Callable[[], str]) -> str:
        """The quoted name of the column `key`, one layer above all that `make` uses when it is made here."""
        if key not in self._columns:
            self._layers.append(0)
            sql = make()
            self._columns[key] = Column(identifier(key), sql, self._layers.pop() + 1)
        found = self._columns[key]
        if self._layers:
            self._layers[-1] = max(self._layers[-1], found.layer)
        return found.name

    def drawn(self, path: Path, salt: str) -> str:
        """SQL: a drawn number of 32 bits for one purpose in one row of the path's dataset."""
        return chance.draw(self.column(path, HASH), f"{self.plan.seed}/{path[-1]}/{salt}")

    def query(self, rows: str, wanted: Sequence[str]) -> str:
        """The whole statement: `rows` is a relation with a column ``row``, `wanted` are final expressions."""
        layers: dict[int, list[Column]] = {}
        for item in self._columns.values():
            if item.name != identifier(ROW):
                layers.setdefault(item.layer, []).append(item)
        source = rows
        for _, columns in sorted(layers.items()):
            added = ", ".join(f"{item.sql} AS {item.name}" for item in columns)
            source = f"(SELECT *, {added} FROM {source})"
        return f"SELECT {', '.join(wanted)} FROM {source}"

    def field(self, path: Path, name: str) -> Field:
        """The field or inner value behind a column.

        Raises:
            StandardError: GJ-S134 when there is none of that name.
        """
        scope = self.plan.scope(path[-1])
        if name not in scope:
            raise StandardError(
                "GJ-S134",
                f"“{path[-1]}”中没有“{name}”",
                place=self.plan.hints.place,
                hint=f"可用的有：{'、'.join(scope)}",
            )
        return scope[name]

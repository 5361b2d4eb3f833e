"""The list of planted faults: kept in tables while the data is made, written as `planted.csv` at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from guiju.export import literal
from guiju.standard.fields import Dataset
from guiju_tools.sample.request import cannot_write
from guiju_tools.sample.rows import delivered

NAME = "planted.csv"
HEADINGS = ("序号", "文件", "数据集", "行号", "主键", "数据元", "列名", "手法", "说明", "改前", "改后")
MISSING, TWICE = -2, -3
"""Marks of a row that is left out, and of one that stands there twice."""

_NO_FIELD = -1
_COLUMNS = {
    "number": "BIGINT",
    "file": "VARCHAR",
    "dataset": "VARCHAR",
    "place": "BIGINT",
    "key": "VARCHAR",
    "field": "VARCHAR",
    "title": "VARCHAR",
    "operator": "VARCHAR",
    "words": "VARCHAR",
    "before": "VARCHAR",
    "after": "VARCHAR",
}
"""The columns of the table `cells`, in the order of `HEADINGS`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One altered value; None is blank."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in one row: its row number, its rank among the rows without faults, its key, what was done.

    A fault of a whole row has a `mark` and no `cells`; any other alters one value or exchanges two.
    """

    row: int
    rank: int
    key: str
    operator: str
    title: str
    cells: tuple[Cell, ...] = ()
    mark: int | None = None


class FaultList:
    """The faults of all datasets of one sample.

    Args:
        con: the connection that keeps them; its table `changes` holds those of the current dataset by row.
        first_row: the number by which readers call the first row of data.
        suffix: of the data files.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, first_row: int, suffix: str) -> None:
        self.count = 0
        self._con = con
        self._first = first_row
        self._suffix = suffix
        columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
        con.execute(f"CREATE OR REPLACE TABLE cells ({columns})")

    @contextmanager
    def dataset(self, dataset: Dataset, total: int) -> Iterator[Callable[[Sequence[Fault]], None]]:
        """Note the faults of one dataset of `total` rows, given in the order of their ranks."""
        self._con.execute(
            "CREATE OR REPLACE TABLE changes (row BIGINT, f1 INTEGER, a1 VARCHAR, f2 INTEGER, a2 VARCHAR)"
        )
        notes = _Notes(self._con, dataset, f"{dataset.title}.{self._suffix}", self.count, self._first)
        yield notes.add
        notes.place_copies(total)
        self.count = notes.count

    def write(self, folder: Path) -> Path:
        """Write the list, by dataset and row.

        Raises:
            InputError: GJ-I333 when it cannot be written.
        """
        titles = ("\ufeff" + HEADINGS[0], *HEADINGS[1:])
        columns = ", ".join(f'{name} AS "{title}"' for name, title in zip(_COLUMNS, titles, strict=True))
        rows = f"SELECT {columns} FROM cells ORDER BY number, rowid"
        path = folder / NAME
        try:
            self._con.execute(f"COPY ({rows}) TO {literal(str(path))} (FORMAT csv, HEADER true)")
        except (OSError, duckdb.IOException) as error:
            raise cannot_write(path, error) from error
        return path


class _Notes:
    """The faults of one dataset, put into the tables some at a time."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, dataset: Dataset, file: str, count: int, first: int
    ) -> None:
        self.con, self.dataset, self.file, self.count, self.first = con, dataset, file, count, first
        self.missing = self.copies = 0
        self.places = {item.name: place for place, item in enumerate(delivered(dataset))}

    def add(self, faults: Sequence[Fault]) -> None:
        cells = [row for fault in faults for row in self.told(fault)]
        self.insert("cells", len(_COLUMNS), cells)
        self.insert("changes", 5, [self.change(fault) for fault in faults])

    def insert(self, table: str, width: int, rows: Sequence[Sequence[object]]) -> None:
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.con.execute(f"INSERT INTO {table} SELECT {', '.join(['unnest(?)'] * width)}", columns)

    def told(self, fault: Fault) -> Iterator[tuple[object, ...]]:
        """The lines of the list for one fault: one a value, or one for the whole row."""
        self.count += 1
        start = (self.count, self.file, self.dataset.id, self.place(fault), fault.key)
        for cell in fault.cells or (Cell("", None, None),):
            title = self.dataset.fields[cell.field].title if cell.field else None
            yield (*start, cell.field or None, title, fault.operator, fault.title, cell.before, cell.after)

    def place(self, fault: Fault) -> int | None:
        """The row's number for a reader; of a copy, the negative number among the copies, for now."""
        if fault.mark == MISSING:
            self.missing += 1
            return None
        if fault.mark == TWICE:
            self.copies += 1
            return -self.copies
        return fault.rank - self.missing + self.first - 1

    def place_copies(self, total: int) -> None:
        """Copies come last: their numbers are known once all missing rows are."""
        last = total - self.missing + self.first - 1
        self.con.execute(
            f"UPDATE cells SET place = {last} - place "
            f"WHERE place < 0 AND dataset = {literal(self.dataset.id)}"
        )

    def change(self, fault: Fault) -> tuple[object, ...]:
        if fault.mark is not None:
            return fault.row, fault.mark, None, _NO_FIELD, None
        first, *others = fault.cells
        second = others[0] if others else None
        return (
            fault.row,
            self.places[first.field],
            first.after,
            self.places[second.field] if second else _NO_FIELD,
            second.after if second else None,
        )

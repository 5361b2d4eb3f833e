"""Large .xlsx sheets taken over column by column: calamine gives Arrow columns, and DuckDB makes the texts.

No cell becomes a Python object. That goes only where every column holds values of one kind, as exports of
systems do; every other sheet is read cell by cell. The texts are the same either way.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from guiju.export.book.facts import Facts
from guiju.export.layout.area import Area
from guiju.export.rows import target
from guiju.export.sql_text import identifier, literal

if TYPE_CHECKING:
    from fastexcel import ExcelSheet

LARGE = 4 << 20
"""Sheets of more bytes than this, unpacked, are read so."""
_MOST_SHOWN = 5_000
_GAP, _DEEP = 2, 12
_NAME, _STAGE, _NUMBER = "sheet_of_workbook", "rows_of_workbook", "_number"
_TEXTS: Mapping[str, str] = {
    "string": "{0}",
    "boolean": "CASE {0} WHEN true THEN 'TRUE' WHEN false THEN 'FALSE' END",
    "float": (
        "CASE WHEN {0} = trunc({0}) AND abs({0}) < 1e15 THEN CAST(CAST({0} AS BIGINT) AS VARCHAR) "
        "WHEN abs({0}) >= 1e-4 AND abs({0}) < 1e15 THEN printf('%.15g', {0}) "
        "WHEN {0} IS NOT NULL THEN CAST(error('a number that Python has to write') AS VARCHAR) END"
    ),
    "int": "CAST({0} AS VARCHAR)",
    "date": "CAST({0} AS VARCHAR)",
    "datetime": (
        "CASE WHEN {0} < TIMESTAMP '1900-01-01' THEN "
        "CASE WHEN {1} % 1000 = 0 THEN strftime({0}, '%H:%M:%S') ELSE strftime({0}, '%H:%M:%S.%f') END "
        "WHEN {1} % 86400000 = 0 THEN CAST(CAST({0} AS DATE) AS VARCHAR) "
        "WHEN {1} % 1000 = 0 THEN CAST({0} AS VARCHAR) "
        "ELSE strftime({0}, '%Y-%m-%d %H:%M:%S.%f') END"
    ),
}
"""How columns of each kind become texts."""
_MILLISECONDS = "epoch_ms(CAST({0} AS TIMESTAMP))"
_FAULTS = (duckdb.Error, ValueError, KeyError)


class NotAlikeError(Exception):
    """The sheet has to be read cell by cell."""


@dataclass(frozen=True, slots=True)
class Swift:
    """A sheet to be read so.

    Attributes:
        path: the workbook.
        sheet: its name.
        area: where the table is in it.
        left: the column of the first heading, counted from 1.
        facts: what is known of the sheet.
    """

    path: Path
    sheet: str
    area: Area
    left: int
    facts: Facts

    def load_into(
        self, con: duckdb.DuckDBPyConnection, table: str, places: Mapping[str, int], part: int
    ) -> tuple[int, int]:
        """Append the rows below the head.

        Args:
            con: the connection.
            table: a table as `SourceTable.load_into` wants it.
            places: by field the place of its heading.
            part: the number to write into `_part`.

        Returns:
            How many rows, and the number of the last one.

        Raises:
            NotAlikeError: the sheet has to be read cell by cell; nothing was loaded.
        """
        try:
            with _registered(con, self._loaded()) as columns:
                texts = {column - self.left: text for column, text in columns.items()}
                return self._inserted(con, table, places, part, texts)
        except _FAULTS as error:
            raise NotAlikeError from error

    def _loaded(self) -> ExcelSheet:
        import fastexcel  # noqa: PLC0415 - only large workbooks need it
        from fastexcel import FastExcelError  # noqa: PLC0415 - the same

        logging.getLogger("fastexcel").setLevel(logging.ERROR)
        try:
            return fastexcel.read_excel(self.path).load_sheet(
                self.sheet,
                header_row=None,
                skip_rows=self.area.head,
                schema_sample_rows=None,
                dtype_coercion="strict",
            )
        except FastExcelError as error:
            raise NotAlikeError from error

    def _inserted(
        self,
        con: duckdb.DuckDBPyConnection,
        table: str,
        places: Mapping[str, int],
        part: int,
        texts: Mapping[int, _Column],
    ) -> tuple[int, int]:
        rows = f"(SELECT row_number() OVER () + {self.area.head} AS {_NUMBER}, * FROM {_NAME})"
        chosen = [
            f"{texts[place].text if place in texts else 'NULL::VARCHAR'} AS {identifier(name)}"
            for name, place in places.items()
        ]
        con.execute(
            f"CREATE TEMP TABLE {_STAGE} AS SELECT {', '.join([_NUMBER, *chosen])} "
            f"FROM {rows} WHERE {self._filled(texts)}"
        )
        try:
            self._mend(con, places)
            kept = self._kept(con, rows, texts, places)
            names = ", ".join(identifier(name) for name in places)
            con.execute(
                f"{target(table, list(places))} SELECT {part}, {_NUMBER}, {names} FROM {_STAGE} {kept}"
            )
            ((total, last),) = con.execute(f"SELECT count(*), max({_NUMBER}) FROM {_STAGE} {kept}").fetchall()
        finally:
            con.execute(f"DROP TABLE {_STAGE}")
        return total, last or 0

    def _filled(self, texts: Mapping[int, _Column]) -> str:
        """A condition for rows that are not blank."""
        errors = [str(row) for row in self.facts.errors]
        if len(errors) > _MOST_SHOWN:
            raise NotAlikeError
        filled = [f"{column.name} IS NOT NULL" for column in texts.values()]
        return " OR ".join([*filled, f"{_NUMBER} IN ({', '.join(errors)})"] if errors else filled)

    def _kept(
        self,
        con: duckdb.DuckDBPyConnection,
        rows: str,
        texts: Mapping[int, _Column],
        places: Mapping[str, int],
    ) -> str:
        """Which rows are data. Suspects are sought in the texts made already, where these suffice."""
        surroundings = self.area.surroundings
        shown = [f"coalesce({text}, '')" for text in self._shown(texts)]
        fields = {place: f"coalesce({identifier(name)}, '')" for name, place in places.items()}
        if all(place in fields for place in range(min(len(shown), _DEEP))):
            source, columns = _STAGE, [fields.get(place, "''") for place in range(len(shown))]
        else:
            source, columns = rows, shown
        suspects = surroundings.suspects(columns)
        found = con.execute(f"SELECT {_NUMBER} FROM {source} WHERE {suspects}").fetchall() if suspects else []
        cells = self._cells(con, rows, shown, [number for (number,) in found])
        odd = [str(number) for number, whole in cells if surroundings.odd(number, whole)]
        ends = [] if surroundings.end is None else [f"{_NUMBER} < {surroundings.end}"]
        conditions = [*ends, *([f"{_NUMBER} NOT IN ({', '.join(odd)})"] if odd else [])]
        kept = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        self._apart(con, rows, shown, kept)
        return kept

    def _apart(self, con: duckdb.DuckDBPyConnection, rows: str, shown: Sequence[str], kept: str) -> None:
        """Tell of rows below blank ones."""
        found = con.execute(
            f"SELECT {_NUMBER} FROM {_STAGE} {kept} "
            f"QUALIFY {_NUMBER} > lag({_NUMBER}) OVER (ORDER BY {_NUMBER}) + {_GAP} "
            f"ORDER BY {_NUMBER} LIMIT {_MOST_SHOWN}"
        ).fetchall()
        for number, cells in self._cells(con, rows, shown, [number for (number,) in found]):
            self.area.surroundings.apart(number, cells)

    def _shown(self, texts: Mapping[int, _Column]) -> list[str]:
        return [texts[place].text if place in texts else "''" for place in range(len(self.area.columns))]

    def _cells(
        self, con: duckdb.DuckDBPyConnection, rows: str, shown: Sequence[str], numbers: Sequence[int]
    ) -> list[tuple[int, list[str]]]:
        """Some rows with all their texts."""
        if len(numbers) > _MOST_SHOWN:
            raise NotAlikeError
        if not numbers:
            return []
        wanted = ", ".join(map(str, numbers))
        return con.execute(
            f"SELECT {_NUMBER}, [{', '.join(shown)}] FROM {rows} "
            f"WHERE {_NUMBER} IN ({wanted}) ORDER BY {_NUMBER}"
        ).fetchall()

    def _mend(self, con: duckdb.DuckDBPyConnection, places: Mapping[str, int]) -> None:
        """Error cells, that calamine gives as empty ones, say what is shown there."""
        columns = {place + self.left: name for name, place in places.items()}
        for row, cells in self.facts.errors.items():
            for column, text in cells.items():
                if row > self.area.head and column in columns:
                    con.execute(
                        f"UPDATE {_STAGE} SET {identifier(columns[column])} = {literal(text)} "
                        f"WHERE {_NUMBER} = {row}"
                    )


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet: how SQL names it, and how it becomes a text."""

    name: str
    text: str


@contextmanager
def _registered(con: duckdb.DuckDBPyConnection, sheet: ExcelSheet) -> Iterator[dict[int, _Column]]:
    """The sheet as a view, and its columns by their number in the sheet, counted from 1."""
    columns: dict[int, _Column] = {}
    for info in sheet.selected_columns:
        if info.dtype == "null":
            continue
        if info.dtype not in _TEXTS:
            raise NotAlikeError
        name = identifier(info.name)
        text = _TEXTS[info.dtype].format(name, _MILLISECONDS.format(name))
        columns[info.absolute_index + 1] = _Column(name, text)
    if not columns:
        raise NotAlikeError
    con.register(_NAME, sheet)
    try:
        yield columns
    finally:
        con.unregister(_NAME)

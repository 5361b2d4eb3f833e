"""Rows of a sheet put into DuckDB: texts are made column by column, large batches go through a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import duckdb

from guiju.errors import InputError, Place
from guiju.export.book.cells import Cell, texts_of
from guiju.export.rewritten import new_file
from guiju.export.rows import insert_rows, target
from guiju.export.sql_text import literal

CellRow = tuple[int, Sequence[Cell]]
"""The row's number in the sheet, and its cells."""

_BATCH = 20_000
_JOINT, _BREAK, _RETURN = "\x1f", "\x1e", "\x1d"
_RESERVED = (_JOINT, _BREAK, _RETURN, "\x00", "\x02")
_NOTHING = "\x02"
_LONGEST_TEXT = 4_000_000
_LONGEST_LINE = 1 << 28
_REFUSALS = (duckdb.PermissionException, OSError, duckdb.IOException)


@dataclass(slots=True)
class Loading:
    """Where the rows go.

    Attributes:
        con: the connection.
        table: the table, made already.
        places: which cell of a row goes into which field.
        part: the number to write into `_part`.
        path: the workbook, for messages.
        sheet: the sheet, for messages.
        doubtful: rows of numbers with more digits than a spreadsheet keeps, by place; filled while loading.
    """

    con: duckdb.DuckDBPyConnection
    table: str
    places: dict[str, int]
    part: int
    path: Path
    sheet: str
    doubtful: dict[int, list[int]] = field(default_factory=dict)

    def run(self, rows: Iterable[CellRow]) -> int:
        """Load all rows; returns how many.

        Raises:
            InputError: GJ-I123 a cell with a text far longer than any spreadsheet holds.
        """
        batches = self._batches(rows)
        first = next(batches, None)
        if first is None:
            return 0
        if len(first[0]) < _BATCH:
            return self._listed([first])
        return self._through_files(chain([first], batches))

    def _batches(self, rows: Iterable[CellRow]) -> Iterator[tuple[list[int], list[Sequence[str]]]]:
        """Numbers of rows, and the texts of each column."""
        waiting = iter(rows)
        while batch := list(islice(waiting, _BATCH)):
            numbers = [number for number, _ in batch]
            columns = list(zip(*(cells for _, cells in batch), strict=True))
            yield numbers, [self._texts(numbers, index, columns[index]) for index in self.places.values()]

    def _texts(self, numbers: list[int], index: int, column: Sequence[Cell]) -> Sequence[str]:
        texts, inexact = texts_of(column)
        if inexact:
            self.doubtful.setdefault(index, []).extend(numbers[place] for place in inexact)
        return texts

    def _listed(self, batches: Iterable[tuple[list[int], list[Sequence[str]]]]) -> int:
        total = 0
        for numbers, columns in batches:
            for texts in columns:
                self._check(numbers, texts, sum(map(len, texts)))
            rows = zip(numbers, zip(*columns, strict=True) if columns else ((),) * len(numbers), strict=True)
            total += insert_rows(self.con, self.table, list(self.places), self.part, rows)
        return total

    def _through_files(self, batches: Iterable[tuple[list[int], list[Sequence[str]]]]) -> int:
        """DuckDB reads one batch from a file while the next one is being made."""
        total = 0
        pattern = new_file(self.con, "")  # asked once: a connection that reads answers nothing else
        waiting: Future[None] | None = None
        with ThreadPoolExecutor(1) as reading:
            for index, (numbers, columns) in enumerate(batches):
                total += len(numbers)
                file = self._written(pattern.with_suffix(f".{index}"), numbers, columns)
                if waiting:
                    waiting.result()
                    waiting = None
                if file is None:
                    self._listed([(numbers, columns)])
                else:
                    waiting = reading.submit(self._read, file, numbers, columns)
            if waiting:
                waiting.result()
        return total

    def _written(self, file: Path, numbers: list[int], columns: list[Sequence[str]]) -> Path | None:
        """The file with the batch; None where signs in it or missing permissions forbid that."""
        kept: list[Sequence[str]] = []
        for texts in columns:
            joined = _JOINT.join(texts)
            self._check(numbers, texts, len(joined))
            if joined.count(_JOINT) != len(texts) - 1 or any(sign in joined for sign in _RESERVED[1:]):
                return None
            if "\n" in joined or "\r" in joined:
                joined = joined.replace("\n", _BREAK).replace("\r", _RETURN)
                kept.append(joined.split(_JOINT))
            else:
                kept.append(texts)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            content = "\n".join(map(_JOINT.join, zip(map(str, numbers), *kept, strict=True)))
            file.write_text(content, encoding="utf-8", newline="")
        except OSError:
            return None
        return file

    def _read(self, file: Path, numbers: list[int], columns: list[Sequence[str]]) -> None:
        try:
            self.con.execute(self._statement(file))
        except _REFUSALS:
            self._listed([(numbers, columns)])
        finally:
            file.unlink(missing_ok=True)

    def _statement(self, file: Path) -> str:
        names = [f"c{index}" for index, _ in enumerate(self.places)]
        types = ", ".join(["'n': 'BIGINT'", *(f"'{name}': 'VARCHAR'" for name in names)])
        texts = [
            f"CASE WHEN contains({name}, chr(30)) OR contains({name}, chr(29)) "
            f"THEN replace(replace({name}, chr(30), chr(10)), chr(29), chr(13)) ELSE {name} END"
            for name in names
        ]
        reader = (
            f"read_csv({literal(str(file))}, delim = {literal(_JOINT)}, quote = '', "
            f"escape = '', comment = '', header = false, auto_detect = false, nullstr = {literal(_NOTHING)}, "
            f"max_line_size = {_LONGEST_LINE}, columns = {{{types}}})"
        )
        chosen = ", ".join([str(self.part), "n", *texts])
        return f"{target(self.table, list(self.places))} SELECT {chosen} FROM {reader}"

    def _check(self, numbers: list[int], texts: Sequence[str], total: int) -> None:
        if total <= _LONGEST_TEXT:
            return
        for number, text in zip(numbers, texts, strict=True):
            if len(text) > _LONGEST_TEXT:
                raise InputError(
                    "GJ-I123",
                    "单元格里的文字长得不正常",
                    place=Place(str(self.path), line=number, inside=self.sheet),
                    cause=f"有{len(text)}个字符，表格软件的一个单元格最多32767个",
                    hint="请检查导出是否正确，把这一格的内容改短后再交",
                )

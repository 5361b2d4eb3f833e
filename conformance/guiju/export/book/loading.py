"""Rows of a sheet put into DuckDB: texts are made column by column, large batches go through a file."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import duckdb

from guiju.export.book.cells import Cell, texts_of
from guiju.export.rewritten import new_file
from guiju.export.rows import insert_rows, target
from guiju.export.sql_text import literal

CellRow = tuple[int, Sequence[Cell]]
"""The row's number in the sheet, and its cells."""

_BATCH = 20_000
_JOINT, _BREAK, _RETURN = "\x1f", "\x1e", "\x1d"
_STANDS_FOR_BREAKS = b"\x1d\x1e"
_RESERVED = (b"\x1e", b"\x1d", b"\r", b"\x00", b"\x02")
_NOTHING = "\x02"
_LONGEST_LINE = 1 << 28
_REFUSALS = (duckdb.PermissionException, OSError, duckdb.IOException)


@dataclass(frozen=True, slots=True)
class _File:
    """A batch as text; `broken` are the places of the columns in which signs stand for line breaks."""

    path: Path
    broken: frozenset[int] = frozenset()


@dataclass(slots=True)
class Loading:
    """Where the rows go.

    Attributes:
        con: the connection.
        table: the table, made already.
        places: which cell of a row goes into which field.
        part: the number to write into `_part`.
        shift: how many cells stand before that of the first place.
        doubtful: rows of numbers with more digits than a spreadsheet keeps, by place; filled while loading.
    """

    con: duckdb.DuckDBPyConnection
    table: str
    places: dict[str, int]
    part: int
    shift: int = 0
    doubtful: dict[int, list[int]] = field(default_factory=dict)

    def run(self, rows: Iterable[CellRow]) -> int:
        """Load all rows; returns how many."""
        with _without_collector():
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
            yield (
                numbers,
                [self._texts(numbers, index, columns[index + self.shift]) for index in self.places.values()],
            )

    def _texts(self, numbers: list[int], index: int, column: Sequence[Cell]) -> Sequence[str]:
        texts, inexact = texts_of(column)
        if inexact:
            self.doubtful.setdefault(index, []).extend(numbers[place] for place in inexact)
        return texts

    def _listed(self, batches: Iterable[tuple[list[int], list[Sequence[str]]]]) -> int:
        total = 0
        for numbers, columns in batches:
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
                file = self._file(pattern.with_suffix(f".{index}"), numbers, columns)
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

    def _file(self, file: Path, numbers: list[int], columns: list[Sequence[str]]) -> _File | None:
        """The file with the batch; None where signs in it or missing permissions forbid that."""
        written = self._written(file, numbers, columns)
        if written:
            return _File(written)
        kept = [_without_breaks(texts) for texts in columns]
        broken = frozenset(index for index, texts in enumerate(kept) if texts is not columns[index])
        signs = any(sign in text for index in broken for text in columns[index] for sign in (_BREAK, _RETURN))
        written = None if signs or not broken else self._written(file, numbers, kept, _STANDS_FOR_BREAKS)
        return _File(written, broken) if written else None

    def _written(
        self, file: Path, numbers: list[int], columns: list[Sequence[str]], allowed: bytes = b""
    ) -> Path | None:
        content = _lines(numbers, columns)
        if not _regular(content.translate(None, allowed) if allowed else content, len(numbers), len(columns)):
            return None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        except OSError:
            return None
        return file

    def _read(self, file: _File, numbers: list[int], columns: list[Sequence[str]]) -> None:
        try:
            self.con.execute(self._statement(file))
        except _REFUSALS:
            self._listed([(numbers, columns)])
        finally:
            file.path.unlink(missing_ok=True)

    def _statement(self, file: _File) -> str:
        names = [f"c{index}" for index, _ in enumerate(self.places)]
        types = ", ".join(["'n': 'BIGINT'", *(f"'{name}': 'VARCHAR'" for name in names)])
        texts = [
            f"replace(replace({name}, chr(30), chr(10)), chr(29), chr(13))" if index in file.broken else name
            for index, name in enumerate(names)
        ]
        reader = (
            f"read_csv({literal(str(file.path))}, delim = {literal(_JOINT)}, quote = '', "
            f"escape = '', comment = '', header = false, auto_detect = false, nullstr = {literal(_NOTHING)}, "
            f"max_line_size = {_LONGEST_LINE}, columns = {{{types}}})"
        )
        chosen = ", ".join([str(self.part), "n", *texts])
        return f"{target(self.table, list(self.places))} SELECT {chosen} FROM {reader}"


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of cells are made and dropped: looking for cycles among them takes a fifth of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _lines(numbers: list[int], columns: list[Sequence[str]]) -> bytes:
    """The batch as text: a line for each row, its number first."""
    return "\n".join(map(_JOINT.join, zip(map(str, numbers), *columns, strict=True))).encode()


def _regular(content: bytes, rows: int, columns: int) -> bool:
    """Whether no cell holds a sign that the file means otherwise."""
    whole = content.count(b"\n") == rows - 1 and content.count(b"\x1f") == rows * columns
    return whole and not any(sign in content for sign in _RESERVED)


def _without_breaks(texts: Sequence[str]) -> Sequence[str]:
    """Line breaks within cells, written as signs that DuckDB turns into them again."""
    joined = _JOINT.join(texts)
    if "\n" not in joined and "\r" not in joined:
        return texts
    return joined.replace("\n", _BREAK).replace("\r", _RETURN).split(_JOINT)

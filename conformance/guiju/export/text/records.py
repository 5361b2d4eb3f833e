"""Lines of delimited text taken apart into records and cells.

Lines without quotes are split; those with quotes go to the standard library's strict reader, and what that
refuses (quotes that were not doubled) or does not know (signs of several characters) to `loose`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from weakref import proxy

from guiju.errors import InputError, Place
from guiju.export.text.encoding import TextFile
from guiju.export.text.loose import Unclosed, loose_cells
from guiju.export.text.tally import Tally

LONGEST_CELL = 16 << 20
"""Characters of a cell; what is longer is no cell."""
QUOTE = '"'
_MOST_LINES = 2_000
_END_OF_FILE = "\x1a"


class Records:
    """The records of a text, with their numbers from 1; an empty line is a record without cells.

    `line` is the number of lines read so far, `mended` counts records whose quotes were not doubled. Where
    `width` is known, such a record over several lines must have just so many cells, and be no other records.
    """

    __slots__ = (
        "__weakref__",
        "_gaps",
        "_lines",
        "_path",
        "_pending",
        "_proper",
        "_strict",
        "_taken",
        "delimiter",
        "line",
        "mended",
        "number",
        "width",
    )

    def __init__(self, path: str, lines: Iterator[str], delimiter: str, width: int = 0) -> None:
        csv.field_size_limit(LONGEST_CELL)
        self._path = path
        self.delimiter = delimiter
        self._lines = lines
        self._gaps = (f'{delimiter} "', f'" {delimiter}')
        self._proper = True
        self._pending: str | None = None
        self._taken: list[str] = []
        self._strict: Iterator[list[str]] = (
            csv.reader(_fed(proxy(self)), delimiter=delimiter, strict=True)
            if len(delimiter) == 1
            else iter(())
        )
        self.line = self.number = 0
        self.mended = Tally()
        self.width = width

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for number, text, cells in self.raw():
            yield number, self.split(text) if cells is None else cells

    def raw(self) -> Iterator[tuple[int, str, list[str] | None]]:
        """Number, text and cells of each record.

        The text is empty where quotes were not as they should be; the cells are None where there are no
        quotes, so that `split` tells them.

        Raises:
            InputError: GJ-I108 quotes that do not pair; GJ-I136 a cell too long.
        """
        for line in self._lines:
            self.line += 1
            self.number += 1
            if QUOTE not in line:
                yield self.number, line, None
            else:
                cells = self._quoted(line)
                yield self.number, "".join(self._taken) if self._proper else "", cells

    def split(self, line: str) -> list[str]:
        """The cells of a line without quotes."""
        body = line.rstrip("\r\n")
        return body.split(self.delimiter) if body else []

    def _quoted(self, line: str) -> list[str]:
        if len(self.delimiter) > 1 or self._has_gap(line):
            self._taken, self._pending = [line], None
            return self._loose()
        self._taken, self._pending, self._proper = [], line, True
        try:
            return next(self._strict)
        except csv.Error as error:
            if "field limit" in str(error):
                raise self._too_long() from error
            return self._loose()

    def _has_gap(self, line: str) -> bool:
        """Whether a blank may stand between a delimiter and a quote."""
        before, behind = self._gaps
        return before in line or behind in line or line.startswith(' "') or line.rstrip("\r\n").endswith('" ')

    def _loose(self) -> list[str]:
        """The record that begins with the lines taken: up to where the strict reader failed, both agree."""
        self._proper = False
        start = self.line - len(self._taken) + 1
        try:
            found = loose_cells(tuple(self._taken), self._more(), self.delimiter)
        except Unclosed as error:
            raise self._unclosed(start, str(error)) from error
        if found.mended:
            self.mended.add(self.number)
            self._check_mended(found.cells, start)
        return found.cells

    def _check_mended(self, cells: list[str], start: int) -> None:
        """Over several lines only what is certain: the right width, and no line that could be a record."""
        if not self.width or self.line == start:
            return
        if len(cells) != self.width:
            raise self._unclosed(start, f"读到第{self.line}行，单元格的数目与标题不同")
        if any(line.count(self.delimiter) >= self.width - 1 for line in self._taken[1:]):
            raise self._unclosed(start, f"第{start}行至第{self.line}行也可能是几条记录")

    def _more(self) -> Iterator[str]:
        for count, line in enumerate(self._lines):
            if count >= _MOST_LINES:
                raise Unclosed(f"之后{_MOST_LINES}行没有能与之配对的引号")
            self.line += 1
            self._taken.append(line)
            yield line

    def _too_long(self) -> InputError:
        return InputError(
            "GJ-I136",
            f"有一个单元格超过{LONGEST_CELL}字",
            place=Place(self._path, self.line - len(self._taken) + 1),
            cause="引号可能没有成对，以下各行都被当作同一个单元格",
            hint="请检查这一行的引号，或单元格中是否混入了附件的内容",
        )

    def _unclosed(self, line: int, cause: str) -> InputError:
        return InputError(
            "GJ-I108",
            "引号不成对，无法确定单元格的边界",
            place=Place(self._path, line),
            cause=cause,
            hint='单元格内的引号应写成两个引号（""）；可用表格软件打开核对后另存为 .xlsx 再交',
        )


def _fed(records: Records) -> Iterator[str]:
    """Lines for the strict reader: the one at hand, and more while a cell is open.

    It knows the records weakly: a text that is left half read is closed at once, not by the collector.
    """
    while True:
        line, records._pending = records._pending, None  # noqa: SLF001 -- same module
        if line is None:
            line = next(records._lines, None)  # noqa: SLF001 -- as above
            if line is None:
                return
            records.line += 1
        records._taken.append(line)  # noqa: SLF001 -- as above
        yield line


def lines(text: TextFile) -> Iterator[str]:
    """The lines of a text with their ends, without NUL and without a control Z at its end."""
    with text.open("" if text.facts.returns else "\n") as file:
        if not (text.facts.zeros or text.facts.ended):
            yield from file
            return
        for line in file:
            shown = line.replace("\0", "").rstrip(_END_OF_FILE)
            if shown:
                yield shown

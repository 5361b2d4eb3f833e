"""Records whose quotes are not as they should be, read as they were meant where that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache


class Unclosed(Exception):  # noqa: N818 -- no fault of itself: the caller tells it with its place
    """A quoted cell does not end."""


@dataclass(frozen=True, slots=True)
class Loose:
    """Cells, and whether a quote inside one was not doubled."""

    cells: list[str]
    mended: bool


def loose_cells(lines: Sequence[str], more: Iterator[str], delimiter: str) -> Loose:
    """The cells of one record; further lines are taken only while a quoted cell is open.

    A quote inside a quoted cell that is followed by neither delimiter nor line end (one blank may stand
    between) is part of the text, as is any quote inside an unquoted cell.

    Raises:
        Unclosed: a quoted cell does not end.
    """
    return _Scan("".join(lines), more, delimiter).record()


class _Scan:
    __slots__ = ("_after", "_at", "_buffer", "_ends", "_mended", "_more")

    def __init__(self, buffer: str, more: Iterator[str], delimiter: str) -> None:
        self._buffer = buffer
        self._more = more
        self._ends, self._after = _patterns(delimiter)
        self._at = 0
        self._mended = False

    def record(self) -> Loose:
        cells = []
        parted = True
        while parted:
            cell, parted = self._cell()
            cells.append(cell)
        return Loose(cells, self._mended)

    def _cell(self) -> tuple[str, bool]:
        """The next cell, and whether a delimiter follows it."""
        if self._buffer.startswith('"', self._at):
            return self._quoted(self._at + 1)
        if self._buffer.startswith(' "', self._at) and self._closes():
            return self._quoted(self._at + 2)
        end = self._ends.search(self._buffer, self._at)
        return self._taken(self._buffer[self._at : end.start()] if end else self._buffer[self._at :], end)

    def _quoted(self, start: int) -> tuple[str, bool]:
        place, single = start, False
        while True:
            quote = self._buffer.find('"', place)
            if quote < 0:
                place = len(self._buffer)
                self._extend()
            elif self._buffer.startswith('"', quote + 1):
                place = quote + 2
            elif end := self._after.match(self._buffer, quote + 1):
                self._mended = self._mended or single
                return self._taken(self._buffer[start:quote].replace('""', '"'), end)
            else:
                place, single = quote + 1, True

    def _closes(self) -> bool:
        """Whether the quoted cell behind a blank ends on the same line."""
        place = self._at + 2
        line = re.search(r"[\r\n]|\Z", self._buffer[place:])
        last = place + (line.start() if line else 0)
        while (quote := self._buffer.find('"', place, last)) >= 0:
            if not self._buffer.startswith('"', quote + 1) and self._after.match(self._buffer, quote + 1):
                return True
            place = quote + 1 + self._buffer.startswith('"', quote + 1)
        return False

    def _taken(self, text: str, end: re.Match[str] | None) -> tuple[str, bool]:
        self._at = end.end() if end else len(self._buffer)
        return text, end is not None and end[0].lstrip(" ") not in ("", "\n", "\r", "\r\n")

    def _extend(self) -> None:
        line = next(self._more, None)
        if line is None:
            raise Unclosed("到文件末尾也没有与之配对的引号")
        self._buffer += line


@lru_cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What ends an unquoted cell, and what stands behind the closing quote."""
    sign = re.escape(delimiter)
    return re.compile(rf"{sign}|\r?\n|\r|\Z"), re.compile(rf" ?(?:{sign}|\r?\n|\r|\Z)")

"""What a text's lines are like, seen in one pass over its bytes."""

from __future__ import annotations

from dataclasses import dataclass

_TAIL = 2
_END_OF_FILE = b"\x1a"


@dataclass(frozen=True, slots=True)
class Facts:
    """How many lines there are, and what stands between them.

    Attributes:
        lines: their number, counted by LF.
        gaps: a line between others is empty.
        returns: a CR without LF stands somewhere.
        zeros: how many NUL there are.
        ended: a control Z stands at the end.
    """

    lines: int
    gaps: bool = False
    returns: bool = False
    zeros: int = 0
    ended: bool = False

    @property
    def plain(self) -> bool:
        """None of these: then the count of a record is the count of lines for other readers too."""
        return not (self.gaps or self.returns or self.zeros or self.ended)


class Survey:
    """Facts gathered from one piece of bytes after another; `longest` is the longest line across pieces."""

    __slots__ = (
        "_blank",
        "_breaks",
        "_gaps",
        "_last",
        "_returns",
        "_run",
        "_tail",
        "_zeros",
        "longest",
        "longest_at",
    )

    def __init__(self) -> None:
        self._breaks = self._zeros = self._run = self.longest = self.longest_at = 0
        self._blank = self._gaps = self._returns = False
        self._tail = b"\n"
        self._last = b""

    def look(self, data: bytes) -> None:
        """Look at the next piece."""
        if data:
            self._gaps = self._gaps or self._has_gap(data)
            self._returns = self._returns or self._lone_return(data)
            self._zeros += data.count(0)
            self.count(data)

    def count(self, data: bytes) -> None:
        """Count the lines of the next piece, and look at nothing else."""
        self._measure(data)
        self._breaks += data.count(b"\n")
        self._tail = (self._tail + data[-_TAIL:])[-_TAIL:]
        self._last = data[-1:]

    @property
    def facts(self) -> Facts:
        """What was found; complete after the last piece."""
        lines = self._breaks + (not self._tail.endswith(b"\n"))
        returns = self._returns or self._last == b"\r"
        ended = self._tail.endswith(_END_OF_FILE)
        return Facts(lines, self._gaps, returns, self._zeros, ended)

    def _lone_return(self, data: bytes) -> bool:
        """A CR that no LF follows; one at the end of a piece waits for the next."""
        data = self._last + data if self._last == b"\r" else data
        return data.count(b"\r") > data.count(b"\r\n") + data.endswith(b"\r")

    def _has_gap(self, data: bytes) -> bool:
        """Something stands behind an empty line."""
        if not self._blank:
            data = self._tail + data
            blanks = [place for place in (data.find(b"\n\n"), data.find(b"\n\r\n")) if place >= 0]
            if not blanks:
                return False
            self._blank = True
            data = data[min(blanks) :]
        return bool(data.strip(b"\r\n"))

    def _measure(self, data: bytes) -> None:
        """Lengths of lines that reach over pieces; shorter ones are of no interest."""
        ends = [place for place in (data.find(b"\n"), data.find(b"\r")) if place >= 0]
        self._run += min(ends) if ends else len(data)
        if self._run > self.longest:
            self.longest, self.longest_at = self._run, self._breaks + 1
        if ends:
            self._run = len(data) - 1 - max(data.rfind(b"\n"), data.rfind(b"\r"))

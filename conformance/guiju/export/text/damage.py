"""Text that no one encoding reads: which lines are in which, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from guiju.errors import InputError, Place
from guiju.export.layout.headings import listed

_SURE = 18
_LISTED = 10
_LONGEST = 1 << 24


class Mixture:
    """Lines of UTF-8 among lines of GB18030, which would read them as other characters without complaint.

    One line of six Chinese characters that is UTF-8 is proof; of shorter ones it takes the greater part.
    """

    __slots__ = ("_others", "_rest", "_utf8")

    def __init__(self) -> None:
        self._rest = b""
        self._utf8 = self._others = 0

    def found(self, data: bytes) -> bool:
        """Whether the next piece proves it."""
        lines = (self._rest + data).split(b"\n") if data else [self._rest, b""]
        self._rest = lines.pop()
        return any(self._proves(line) for line in lines)

    @property
    def mostly_utf8(self) -> bool:
        """Whether most lines that tell anything are UTF-8; complete after the last, empty piece."""
        return self._utf8 > self._others

    def _proves(self, line: bytes) -> bool:
        if line.isascii():
            return False
        try:
            text = line.decode()
        except UnicodeDecodeError:
            self._others += 1
            return False
        self._utf8 += 1
        wide = sum(1 for char in text if "\u2e80" <= char <= "\uffef")
        return 3 * wide >= _SURE and len(line) - len(text) == 2 * wide


@dataclass(slots=True)
class _Lines:
    """Numbers of lines by what reads them."""

    utf8: int = 0
    others: int = 0
    broken: int = 0
    first_utf8: list[int] = field(default_factory=list)
    first_others: list[int] = field(default_factory=list)
    first_broken: list[int] = field(default_factory=list)
    last: bytes = b""
    count: int = 0


def damaged(path: Path) -> InputError:
    """Why the file cannot be read as text.

    GJ-I130 lines in two encodings; GJ-I131 broken off within a character; GJ-I106 anything else.
    """
    found = _looked_through(path)
    if found.utf8 and not found.others and found.first_broken == [found.count] and _cut(found.last):
        return _broken_off(path, found)
    if found.utf8 and found.others and not found.broken:
        return _mixed(path, found)
    where = found.first_broken or found.first_others or found.first_utf8 or [1]
    readable = "" if len(where) > _LISTED or found.broken > found.utf8 else f"，读不出的是第{listed(where)}行"
    return InputError(
        "GJ-I106",
        "文件的编码无法识别，或文件已损坏",
        place=Place(str(path), where[0]),
        cause=f"按UTF-8和GB18030都不能完整读出{readable}",
        hint="请另存为“CSV UTF-8（逗号分隔）”，或另存为 .xlsx 后再交",
    )


def _looked_through(path: Path) -> _Lines:
    found = _Lines()
    with path.open("rb") as file:
        while line := file.readline(_LONGEST):
            found.count += 1
            if not line.isascii():
                _note(found, line)
            found.last = line
    return found


def _note(found: _Lines, line: bytes) -> None:
    if _reads(line, "utf-8"):
        found.utf8 += 1
        _keep(found.first_utf8, found.count)
    elif _reads(line, "gb18030"):
        found.others += 1
        _keep(found.first_others, found.count)
    else:
        found.broken += 1
        _keep(found.first_broken, found.count)


def _keep(first: list[int], number: int) -> None:
    if len(first) <= _LISTED:
        first.append(number)


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _cut(line: bytes) -> bool:
    """Whether only the last character is not whole."""
    try:
        line.decode()
    except UnicodeDecodeError as error:
        return error.end == len(line) and error.reason == "unexpected end of data"
    return False


def _broken_off(path: Path, found: _Lines) -> InputError:
    return InputError(
        "GJ-I131",
        "文件在一个字的中间断了",
        place=Place(str(path), found.count),
        cause="文件按UTF-8编码，最后一个字没有写完，导出或传输可能中途停止",
        hint="请重新导出，并核对记录的条数；不要自行补上",
    )


def _mixed(path: Path, found: _Lines) -> InputError:
    few, name = (found.first_others, "GB18030") if found.utf8 >= found.others else (found.first_utf8, "UTF-8")
    return InputError(
        "GJ-I130",
        "文件中混用了两种编码",
        place=Place(str(path), few[0]),
        cause=f"{found.utf8}行是UTF-8，{found.others}行是GB18030；第{listed(few)}行是{name}",
        hint="多半是几个文件直接拼在了一起：请把各个文件分别交来，或各自另存为同一种编码后再合并",
    )

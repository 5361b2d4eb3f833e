"""Which encoding a text file is in: judged by its first bytes, confirmed by decoding all of it."""

from __future__ import annotations

import codecs
import re
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from guiju.errors import InputError, Place
from guiju.export.refusals import empty_file
from guiju.export.remarks import Remark

_CHUNK = 1 << 20
LARGE = 16 << 20
"""Files above this size may be presumed to be what their samples are."""
_SAMPLES = 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gb18030": "GB18030"}
_BLANK_LINE = re.compile(rb"(?:\n\r?){2,}(?=[^\r\n])")


@dataclass(frozen=True, slots=True, weakref_slot=True)
class TextFile:
    """A text file whose encoding is known.

    `lines` counts its lines; `plain` is true when every line break is LF or CR LF, no line between others is
    empty, and there is no NUL: then the count of a record is the count of lines for other readers too. Of a
    large file both encoding and plainness may be `presumed`, from samples and from a count of its lines.
    """

    path: Path
    encoding: str
    lines: int
    plain: bool
    presumed: bool = False
    _copies: list[Path] = field(default_factory=list, compare=False)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """A remark where the encoding is not UTF-8."""
        name = _NAMES.get(self.encoding, "UTF-16")
        return () if name == "UTF-8" else (Remark("GJ-D106", f"文件按{name}编码读取"),)

    def open(self, newline: str = "") -> IO[str]:
        """The text with its line breaks as they are; `newline` says which of them part lines (all)."""
        return self.path.open(encoding=self.encoding, newline=newline)

    def utf8(self) -> Path:
        """The file, or where it is not UTF-8 a temporary copy that is, removed with this object's list."""
        if self.encoding == "utf-8":
            return self.path
        if not self._copies:
            self._copies.append(_copy(self))
        return self._copies[0]


def text_file(path: Path, *, presume: bool = False) -> TextFile:
    """Find the encoding of a text file; a large one in UTF-8 may be presumed to be one throughout.

    Whoever presumes has to have the file read by what refuses bytes that are not UTF-8, has to compare the
    records with the lines, and has to ask again without presuming where either fails.

    Raises:
        InputError: GJ-I105 empty; GJ-I106 not text in a known encoding; GJ-I117 another format's content.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    _refuse(path, head)
    first = _candidates(head)[0]
    if presume and first in ("utf-8", "utf-8-sig") and path.stat().st_size > LARGE:
        lines = _presumed_lines(path)
        if lines is not None:
            return TextFile(path, first, lines, plain=True, presumed=True)
    for encoding in _candidates(head):
        facts = _facts(path, encoding)
        if facts is not None:
            return TextFile(path, encoding, *facts)
    raise InputError(
        "GJ-I106",
        "文件的编码无法识别，或文件已损坏",
        place=_first_bad_line(path),
        cause="按UTF-8和GB18030都不能完整读出",
        hint="请另存为“CSV UTF-8（逗号分隔）”，或另存为 .xlsx 后再交",
    )


def _refuse(path: Path, head: bytes) -> None:
    if not head.strip():
        raise empty_file(path)
    kinds = (
        (b"PK\x03\x04", "Excel工作簿或压缩包"),
        (b"\xd0\xcf\x11\xe0", "旧版Office文件"),
        (b"PAR1", "Parquet文件"),
    )
    for mark, kind in kinds:
        if head.startswith(mark):
            raise InputError(
                "GJ-I117",
                f"文件内容与扩展名不符，像是{kind}",
                place=Place(str(path)),
                hint="请按文件的真实格式改正扩展名",
            )


def _candidates(head: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return (encoding,)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd and not even:
        return ("utf-16-le",)
    if even and not odd:
        return ("utf-16-be",)
    return ("utf-8", "gb18030")


def _presumed_lines(path: Path) -> int | None:
    """The number of lines of a file whose samples are UTF-8 and that has neither CR nor NUL; else None."""
    if not _samples_are_utf8(path):
        return None
    breaks, last = 0, b""
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            if b"\0" in data or b"\r" in data:
                return None
            breaks, last = breaks + data.count(b"\n"), data
    return breaks + (not last.endswith(b"\n"))


def _samples_are_utf8(path: Path) -> bool:
    """Whether pieces from everywhere in the file decode; a character may be cut at either end."""
    step = path.stat().st_size // _SAMPLES
    with path.open("rb") as file:
        for number in range(_SAMPLES):
            file.seek(number * step)
            piece = file.read(_CHUNK >> 2)
            try:
                piece[_first_whole(piece) :].decode()
            except UnicodeDecodeError as error:
                if error.end < len(piece) - _first_whole(piece) or len(piece) - error.start > _LONGEST:
                    return False
    return True


_LONGEST = 4


def _first_whole(piece: bytes) -> int:
    """Where the first whole character begins: continuation bytes before it belong to one that was cut."""
    return next((place for place, byte in enumerate(piece[:_LONGEST]) if byte & 0xC0 != 0x80), 0)  # noqa: PLR2004 -- the bits of UTF-8


def _facts(path: Path, encoding: str) -> tuple[int, bool] | None:
    """Number of lines and plainness; None when the file is not in that encoding.

    UTF-8 and GB18030 use the bytes of line breaks and NUL for nothing else, so bytes are looked at there.
    """
    breaks, plain, tail = 0, True, b"\n"
    try:
        for data, chunk in _chunks(path, encoding):
            seen = chunk.encode() if encoding.startswith("utf-16") or encoding == "utf-32" else data
            breaks += seen.count(b"\n")
            plain = plain and _is_plain(tail + seen)
            tail = seen[-64:] or tail
    except UnicodeError:
        return None
    return breaks + (not tail.endswith(b"\n")), plain


def _is_plain(data: bytes) -> bool:
    """No NUL, no lone CR (one at the end may belong to a CR LF), no empty line before another."""
    gap = b"\n\n" in data or b"\n\r\n" in data
    if b"\0" in data or (gap and _BLANK_LINE.search(data)):
        return False
    return data.count(b"\r") == data.count(b"\r\n") + data.endswith(b"\r")


def _chunks(path: Path, encoding: str) -> Iterator[tuple[bytes, str]]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            yield data, decoder.decode(data)
    yield b"", decoder.decode(b"", final=True)


def _first_bad_line(path: Path) -> Place:
    breaks = 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            try:
                decoder.decode(data)
            except UnicodeDecodeError as error:
                return Place(str(path), breaks + error.object[: error.start].count(b"\n") + 1)
            breaks += data.count(b"\n")
    return Place(str(path), breaks + 1)


def _copy(text: TextFile) -> Path:
    folder = tempfile.TemporaryDirectory(prefix="guiju-")
    copy = Path(folder.name) / "copy"
    with copy.open("w", encoding="utf-8", newline="") as file:
        for _, chunk in _chunks(text.path, text.encoding):
            file.write(chunk)
    weakref.finalize(text, folder.cleanup)
    return copy

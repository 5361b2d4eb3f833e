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
from guiju.export.remarks import Remark
from guiju.export.text.content import refuse_other
from guiju.export.text.damage import Mixture, damaged
from guiju.export.text.hanzi import Script, script
from guiju.export.text.survey import Facts, Survey

CHUNK = 1 << 20
LARGE = 16 << 20
"""Files above this size may be presumed to be what their samples are."""
LONGEST_LINE = 16 << 20
"""Bytes of a line; a longer one is no record."""
_SAMPLES = 16
_HEAD = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"gb18030": "GB18030", "cp950": "Big5（繁体）"}
_USUAL = re.compile(r"[\t\r\n -~\u00a0-\u00ff\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_MOSTLY = 0.9
_HINT_DOUBT = "请打开文件核对文字是否正确；不对时请另存为“CSV UTF-8（逗号分隔）”再交"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class TextFile:
    """A text file whose encoding is known.

    `facts` are those of its lines. Of a large file both encoding and facts may be `presumed`, from samples
    and from a count of its lines; it is in UTF-8 then.
    """

    path: Path
    encoding: str
    facts: Facts
    presumed: bool = False
    doubtful: bool = False
    _copies: list[Path] = field(default_factory=list, compare=False)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return self.facts.lines

    @property
    def plain(self) -> bool:
        """Whether other readers count its records alike: see `Facts.plain`."""
        return self.facts.plain

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """A remark where the encoding is not UTF-8, or where that is doubtful."""
        if self.encoding.startswith("utf-8"):
            return ()
        said = Remark("GJ-D106", f"文件按{_NAMES.get(self.encoding, self.encoding[:6].upper())}编码读取")
        doubt = Remark("GJ-D120", "文件中的常用字很少，编码可能认错", hint=_HINT_DOUBT)
        return (said, doubt) if self.doubtful else (said,)

    def open(self, newline: str = "") -> IO[str]:
        """The text with its line breaks as they are; `newline` says which of them part lines (all)."""
        return self.path.open(encoding=self.encoding, newline=newline)

    def utf8(self) -> Path:
        """The file, or where it is not UTF-8 a temporary copy that is, removed with this object's list."""
        if self.encoding == "utf-8":
            return self.path
        if not self._copies:
            folder = tempfile.TemporaryDirectory(prefix="guiju-")
            self._copies.append(self.copy_to(Path(folder.name) / "copy"))
            weakref.finalize(self, folder.cleanup)
        return self._copies[0]

    def copy_to(self, target: Path) -> Path:
        """Write the text in UTF-8, without a mark at its beginning."""
        with target.open("w", encoding="utf-8", newline="") as file:
            for _, chunk in _chunks(self.path, self.encoding):
                file.write(chunk)
        return target


def text_file(path: Path, *, presume: bool = False, unbroken: bool = False) -> TextFile:
    """Find the encoding of a text file; a large one in UTF-8 may be presumed to be one throughout.

    Whoever presumes has to have the file read by what refuses bytes that are not UTF-8, has to compare the
    records with the lines, and has to ask again without presuming where either fails. Lines may be of any
    length only in `unbroken` texts.

    Raises:
        InputError: GJ-I132 a line too long; and as `refuse_other` and `damaged`.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    refuse_other(path, head)
    first = _candidates(head)[0]
    if presume and first in ("utf-8", "utf-8-sig") and path.stat().st_size > LARGE:
        facts = _presumed(path)
        if facts is not None:
            return TextFile(path, first, facts, presumed=True)
    for encoding in _candidates(head):
        found = _confirmed(path, encoding, unbroken=unbroken)
        if found is not None:
            return found
    raise damaged(path)


def _candidates(head: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return (encoding,)
    if b"\0" in head:
        wide = [name for name in ("utf-16-le", "utf-16-be") if _reads_well(head, name)]
        return (*wide, "utf-8", "gb18030")
    return ("utf-8", "gb18030", "cp950")


def _reads_well(head: bytes, encoding: str) -> bool:
    """Whether the beginning, so read, is text of lines: zeros may also be what a broken export left."""
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    usual = len(_USUAL.findall(text))
    return "\0" not in text and "\n" in text.replace("\r", "\n") and usual >= _MOSTLY * len(text)


def _confirmed(path: Path, encoding: str, *, unbroken: bool) -> TextFile | None:
    """The text in that encoding; None when it is in another one."""
    facts = _facts(path, encoding, unbroken=unbroken)
    if facts is None:
        return None
    if encoding != "gb18030":
        return TextFile(path, encoding, facts)
    with path.open("rb") as file:
        seen = script(file.read(CHUNK))
    if seen is Script.BIG5 and _facts(path, "cp950", unbroken=unbroken):
        return TextFile(path, "cp950", facts)
    return TextFile(path, encoding, facts, doubtful=seen is not Script.GB)


def _presumed(path: Path) -> Facts | None:
    """The facts of a file whose samples are UTF-8 and that has neither CR nor NUL; else None.

    Raises:
        InputError: GJ-I132 a line too long.
    """
    if not _samples_are_utf8(path):
        return None
    survey = Survey()
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            if b"\0" in data or b"\r" in data:
                return None
            survey.count(data)
            _refuse_long(path, survey)
    return survey.facts


def _samples_are_utf8(path: Path) -> bool:
    """Whether pieces from everywhere in the file decode; a character may be cut at either end."""
    step = path.stat().st_size // _SAMPLES
    with path.open("rb") as file:
        for number in range(_SAMPLES):
            file.seek(number * step)
            piece = file.read(CHUNK >> 2)
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


def _facts(path: Path, encoding: str, *, unbroken: bool) -> Facts | None:
    """The facts of its lines; None when the file is not, or not all of it, in that encoding.

    UTF-8, GB18030 and Big5 use the bytes of line breaks and NUL for nothing else, so bytes are looked at.
    """
    survey = Survey()
    mixture = Mixture() if encoding == "gb18030" else None
    wide = encoding.startswith("utf-16") or encoding == "utf-32"
    try:
        for data, chunk in _chunks(path, encoding):
            survey.look(chunk.encode() if wide else data)
            if mixture is not None and mixture.found(data):
                return None
            if not unbroken:
                _refuse_long(path, survey)
    except UnicodeError:
        return None
    return None if mixture is not None and mixture.mostly_utf8 else survey.facts


def _refuse_long(path: Path, survey: Survey) -> None:
    if survey.longest > LONGEST_LINE:
        raise InputError(
            "GJ-I132",
            f"有一行超过{LONGEST_LINE >> 20}MB没有换行，不是成行的记录",
            place=Place(str(path), survey.longest_at),
            hint="请检查导出时的换行符，或单元格中是否混入了附件的内容，然后重新导出",
        )


def _chunks(path: Path, encoding: str) -> Iterator[tuple[bytes, str]]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            yield data, decoder.decode(data)
    yield b"", decoder.decode(b"", final=True)

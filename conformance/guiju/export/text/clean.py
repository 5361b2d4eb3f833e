"""A large delimited text written anew, one regular record after another, so that DuckDB can read it.

Most lines are regular and pass as they are; only the others are taken apart. Records keep their places:
one that is left out becomes a blank one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from guiju.export.text.head import Head
from guiju.export.text.records import QUOTE, Records
from guiju.export.text.sieve import Sieve


def write_clean(found: Records, sieve: Sieve, head: Head, target: Path) -> None:
    """Write all records below the head in UTF-8, each as wide as `head` says.

    Raises:
        InputError: as `Records`.
    """
    sign, width = head.delimiter, head.width
    regular = _regular(sign, width)
    with target.open("w", encoding="utf-8", newline="") as file:
        for number, text, cells in found.raw():
            if number <= head.record:
                continue
            if text and (regular(text) if cells is None else len(cells) == width):
                file.write(_ended(text))
                continue
            record = found.split(text) if cells is None else cells
            kept = record if sieve.keeps(number, record) else ()
            if len(kept) > len(head.columns):
                sieve.settle(number)
            file.write(_quoted(kept, width, sign))


def _regular(sign: str, width: int) -> Callable[[str], bool]:
    """Whether a line that is a whole record has the width; a blank line of one column has to be quoted."""
    if width == 1:
        return lambda line: bool(line.rstrip("\r\n"))
    return lambda line: line.count(sign) == width - 1


def _ended(text: str) -> str:
    """The record ended by LF, as all are."""
    return text if text.endswith("\n") and text[-2:-1] != "\r" else text.rstrip("\r\n") + "\n"


def _quoted(cells: Sequence[str], width: int, sign: str) -> str:
    filled = [cell.replace(QUOTE, QUOTE + QUOTE) for cell in cells[:width]]
    filled += [""] * (width - len(filled))
    return QUOTE + f"{QUOTE}{sign}{QUOTE}".join(filled) + f"{QUOTE}\n"

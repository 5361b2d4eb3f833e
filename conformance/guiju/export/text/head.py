"""Where a delimited text's records begin: its delimiter, its headings, and how wide its records are."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from guiju.errors import InputError, Place
from guiju.export.layout.area import Area, Line, Surroundings, Words, find_area
from guiju.export.layout.headings import headings
from guiju.export.recognition.match import normal_heading
from guiju.export.refusals import no_headings
from guiju.export.text.console import ruled
from guiju.export.text.encoding import TextFile
from guiju.export.text.records import QUOTE, Records, lines

SIGNS = (",", "\t", ";", "|", "^", "\x01", "\x1f")
LONG_SIGNS = ("|+|", "@|@", "|^|", "|~|", "||", "^^", "@@", "##", "~~", "!|")
MOST_COLUMNS = 4_096
"""More are no table; a workbook may have no more either."""
_SAMPLE_CHARACTERS = 1 << 20
_SAMPLE_RECORDS = 100
_ROWS_OF_HEADINGS = 30
_TAIL = 1 << 13
_TOLD = "sep="


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the records.

    Attributes:
        delimiter: one or more signs.
        record: the number of the last record of the head, counted from 1.
        line: how many lines the records up to that one take.
        columns: the headings.
        width: how many cells records mostly have; at least as many as there are headings.
        even: whether the records looked at, at the beginning and at the end, all have that width.
    """

    delimiter: str
    record: int
    line: int
    columns: tuple[str, ...]
    width: int
    even: bool


def find_head(text: TextFile, words: Words) -> tuple[Head, Area]:
    """Find delimiter and headings.

    Raises:
        InputError: GJ-I107 no headings; GJ-I135 too many columns; and as `Records`.
    """
    sample = _sample(text)
    told = _told(sample)
    sign = told or judge_delimiter(sample, text.path.suffix.lower(), words)
    records = islice(_records(text, sign), 1 if told else 0, None)
    area = find_area(records, words=words) or _single(text, sign, 1 if told else 0, words)
    if area is None or not area.columns:
        raise no_headings(text.path, "第一行应是各列的名称，各名称之间用逗号分隔")
    area = _trimmed(area, _some_records(sample, sign, upto=area.head))
    body = _some_records(sample, sign, area.head)
    last = area.head + (bool(body) and ruled(body[0]))
    width = max(Counter(map(len, body)).most_common(1)[0][0] if body else 0, len(area.columns))
    even = all(len(cells) == width for cells in body) and _ends_evenly(text, sample, sign, width)
    return Head(sign, last, _lines_to(text, sign, last), area.columns, width, even), area


def judge_delimiter(sample: Sequence[str], suffix: str, words: Words) -> str:
    """The delimiter that shows the most known headings, then the one of the most even width.

    Of several signs in a row all are the delimiter where the headings are parted by nothing less.
    """
    usual = "\t" if suffix in (".tsv", ".txt") else ","
    text = "".join(sample[:_SAMPLE_RECORDS])
    for sign in LONG_SIGNS:
        if sign in text and _parts_all(sample, sign):
            return sign
    there = [sign for sign in SIGNS if sign in text] or [usual]
    return max(there, key=lambda sign: (*_evenness(sample, sign, words), sign == usual))


def _told(sample: Sequence[str]) -> str:
    """The delimiter that a first line ``sep=;`` names, as table programs read it."""
    first = sample[0].strip("\r\n\ufeff") if sample else ""
    return first[len(_TOLD) :] if first.lower().startswith(_TOLD) and len(first) == len(_TOLD) + 1 else ""


def _sample(text: TextFile) -> list[str]:
    found, size = [], 0
    for line in lines(text):
        found.append(line)
        size += len(line)
        if size > _SAMPLE_CHARACTERS:
            break
    return found


def _trimmed(area: Area, head: Sequence[Sequence[str]]) -> Area:
    """Without columns that only longer records below have: what they hold there is too much, not a column."""
    width = max(map(len, head), default=len(area.columns))
    more = set(area.columns[width:])
    remarks = tuple(remark for remark in area.remarks if remark.column not in more)
    return replace(area, columns=area.columns[:width], remarks=remarks) if more else area


def _some_records(sample: Sequence[str], sign: str, after: int = 0, upto: int = 0) -> list[list[str]]:
    """The first records behind one, without blank ones; up to another, or where the sample cuts one off."""
    found: list[list[str]] = []
    try:
        for number, cells in Records("", iter(sample), sign):
            if number > after and any(cells):
                found.append(cells)
            if len(found) == _SAMPLE_RECORDS or number == upto:
                break
    except InputError:
        pass  # the whole text tells what is wrong, with its place
    return found


def _parts_all(sample: Sequence[str], sign: str) -> bool:
    found = _some_records(sample, sign)
    first = next((cells for cells in found if len(cells) > 1), [])
    even = all(len(cells) == len(first) for cells in found[-3:])
    return bool(first) and even and not any(char in cell for cell in first for char in set(sign) - {"~"})


def _evenness(sample: Sequence[str], sign: str, words: Words) -> tuple[int, bool, float, float, int]:
    """How well a sign parts the cells: known headings, cells without stray quotes, and even records."""
    found = _some_records(sample, sign)
    widths = Counter(map(len, found))
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    known = max((_known(cells, words) for cells in found[:_ROWS_OF_HEADINGS]), default=0) if words else 0
    total = max(len(found), 1)
    quotes = sum(any(QUOTE in cell for cell in cells) for cells in found)
    return known, width > 1, -quotes / total, count / total, width


def _ends_evenly(text: TextFile, sample: Sequence[str], sign: str, width: int) -> bool:
    """Whether all lines end alike, and the last ones have the width, as far as lines without quotes tell."""
    if len({line[-2:] == "\r\n" for line in sample[:-1]}) > 1:
        return False
    with text.path.open("rb") as file:
        file.seek(max(file.seek(0, os.SEEK_END) - _TAIL, 0))
        last = file.read().decode(text.encoding, "ignore").split("\n")[1:]
    return all(line.count(sign) == width - 1 or QUOTE in line for line in last if line.strip("\r"))


def _known(cells: Sequence[str], words: Words) -> int:
    return sum(
        normal_heading(cell, brackets=True) in words or normal_heading(cell, brackets=False) in words
        for cell in cells
        if cell
    )


def _single(text: TextFile, sign: str, after: int, words: Words) -> Area | None:
    """The head of a table of one column: the first record that holds something."""
    for number, cells in islice(_records(text, sign), after, None):
        if any(cells):
            named = headings(cells)
            around = Surroundings([cells], (), words, len(named.names))
            return Area(number, named.names, named.remarks, around)
    return None


def _lines_to(text: TextFile, sign: str, record: int) -> int:
    found = Records(str(text.path), lines(text), sign)
    for _ in islice(found.raw(), record):
        pass
    return found.line


def _records(text: TextFile, sign: str) -> Iterator[Line]:
    for number, cells in Records(str(text.path), lines(text), sign):
        if len(cells) > MOST_COLUMNS:
            raise InputError(
                "GJ-I135",
                f"有{len(cells)}列，超过{MOST_COLUMNS}列",
                place=Place(str(text.path), number),
                hint="请检查分隔符和换行：多半是各条记录没有分行，或行与列颠倒了",
            )
        yield number, cells

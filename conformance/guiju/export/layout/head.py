"""Which rows are the head: the row of headings, group rows above it, and rows that explain it below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from guiju.export.layout import signs
from guiju.export.recognition.match import KnownWords, normal_heading
from guiju.export.values.forms import BLANKS

Line = tuple[int, Sequence[str]]
"""A row's number as the user sees it, and the texts of its cells (empty where there is nothing)."""

Words = frozenset[str]
"""Normalised headings that the standard and the mapping know."""

_LOOKED_AT = 60
_FEWEST = 2
_SURE = 0.6
_MOSTLY = 0.7
_ROWS_THAT_COULD_BE_DATA = 3
_DEEPEST_HEAD = 3
_FEWEST_COUNTED = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A merged range of cells, counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: its number, trimmed cells, and how many of them are known headings."""

    number: int
    cells: tuple[str, ...]
    known: int

    @property
    def filled(self) -> list[int]:
        """Where the row holds something."""
        return [index for index, cell in enumerate(self.cells) if cell]

    @property
    def texts(self) -> list[str]:
        """What the row holds, without blanks."""
        return [cell for cell in self.cells if cell]

    def at(self, index: int) -> str:
        """The cell, empty beyond the end of the row."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Head:
    """Rows of a head, all as places in the list of rows looked at.

    Attributes:
        rows: the rows that were looked at.
        base: the row of the headings themselves, the lowest where there are groups.
        groups: rows above it with group headings, from the top.
        last: the last row of the head, with the rows that explain it.
        explained: by kind (codes, types, notes, numbering, again), rows between `base` and `last`.
    """

    rows: Sequence[Row]
    base: int
    groups: tuple[int, ...] = ()
    last: int = 0
    explained: dict[str, list[int]] = field(default_factory=dict)


def find_head_rows(lines: Iterable[Line], merged: Sequence[Block], first: int, words: Words) -> Head | None:
    """The head within the first rows that hold something; None where no row could be one."""
    heads = words.heads if isinstance(words, KnownWords) else frozenset[int]()
    rows = _looked_at(lines, words, max(heads, default=0))
    told = [index for index, row in enumerate(rows) if row.number in heads and row.known]
    base = told[0] if told else _base(rows)
    if base is None:
        return None
    spans = _Spans(merged, first)
    base = base if told else _lowest(rows, base, spans, words)
    groups = _groups(rows, base, spans)
    last, explained = _explained(rows, base)
    return Head(rows, base, groups, last, explained)


def known(text: str, words: Words) -> bool:
    """Whether a heading is known, with or without what stands in brackets."""
    return bool(words) and any(normal_heading(text, brackets=brackets) in words for brackets in (True, False))


def _looked_at(lines: Iterable[Line], words: Words, least: int) -> list[Row]:
    """The first rows that hold something; all up to row `least`, and as many again below it."""
    trimmed = ((number, tuple(cell.strip(BLANKS) for cell in cells)) for number, cells in lines)
    some = islice(((number, cells) for number, cells in trimmed if any(cells)), _LOOKED_AT + least)
    return [Row(number, cells, sum(known(cell, words) for cell in cells if cell)) for number, cells in some]


def _base(rows: Sequence[Row]) -> int | None:
    plain = _first_of_texts(rows)
    best = max(range(len(rows)), key=lambda index: (rows[index].known, -index), default=None)
    if best is None or not rows[best].known:
        return plain
    sure = [index for index in range(best) if _is_sure(rows[index])]
    if sure and best - sure[0] > _DEEPEST_HEAD:
        return sure[0]
    row = rows[best]
    if plain is None or best <= plain:
        return best if row.known >= min(_FEWEST, len(row.texts)) else plain
    between = [other for other in rows[plain:best] if len(other.texts) >= len(row.texts) / 2]
    doubtful = len(between) >= _ROWS_THAT_COULD_BE_DATA and 2 * row.known < len(row.texts)
    return plain if doubtful or row.known < _FEWEST else best


def _is_sure(row: Row) -> bool:
    return row.known > _FEWEST and row.known >= _SURE * len(row.texts)


def _first_of_texts(rows: Sequence[Row]) -> int | None:
    """The first row with two texts that are no numbers, and no line of unit, date or person."""
    for index, row in enumerate(rows):
        words = [text for text in row.texts if not signs.number(text)]
        if len(words) >= _FEWEST and not any(signs.label(text) for text in words):
            return index
    return next((index for index, row in enumerate(rows) if len(row.texts) >= _FEWEST), None)


@dataclass(frozen=True, slots=True)
class _Spans:
    merged: Sequence[Block]
    first: int

    def width(self, number: int, index: int) -> int:
        """How many columns the cell covers."""
        return max((b.right - b.left + 1 for b in self._at(number, index)), default=1)

    def height(self, number: int, index: int) -> int:
        """How many rows the cell covers."""
        return max((b.bottom - b.top + 1 for b in self._at(number, index)), default=1)

    def _at(self, number: int, index: int) -> list[Block]:
        column = index + self.first
        return [b for b in self.merged if b.top == number and b.left == column]


def _lowest(rows: Sequence[Row], base: int, spans: _Spans, words: Words) -> int:
    """The row down to which the head goes: the one below while it stands under groups of this one."""
    for _ in range(_DEEPEST_HEAD - 1):
        if base + 1 < len(rows) and _stands_under(rows[base], rows[base + 1], spans, words):
            base += 1
    return base


def _stands_under(upper: Row, lower: Row, spans: _Spans, words: Words) -> bool:
    """Whether the lower row's texts all stand under group headings of the upper one, and nowhere else.

    Where words are known, one of the texts must be known too, alone or with its group, unless merged cells
    show it; where most of them are known with their group, that is enough.
    """
    if lower.number != upper.number + 1 or not all(signs.heading(text) for text in lower.texts):
        return False
    if any(spans.height(upper.number, index) > 1 for index in upper.filled):
        return True
    groups = _group_columns(upper, lower, spans)
    outside = [index for index in upper.filled if index not in groups]
    spanned = any(spans.width(upper.number, index) > 1 for index in upper.filled)
    parted = bool(outside) or (spanned and len(lower.texts) > len(upper.texts))
    shaped = bool(groups) and set(lower.filled) == groups and parted
    below = _known_below(upper, lower, words)
    mostly = below > 0 and below >= _SURE * len(lower.texts)
    return mostly or (shaped and (not words or spanned or below + lower.known > 0))


def _known_below(upper: Row, lower: Row, words: Words) -> int:
    """How many texts of the lower row are known together with their group."""
    group, count = "", 0
    for index, text in enumerate(lower.cells):
        group = upper.at(index) or group
        count += bool(text) and any(normal_heading(form) in words for form in (group + text, text + group))
    return count


def _group_columns(upper: Row, lower: Row, spans: _Spans) -> set[int]:
    """Columns of those upper headings that have blanks behind them and texts below all the way."""
    found: set[int] = set()
    ends = [*upper.filled[1:], max(len(upper.cells), len(lower.cells))]
    for start, end in zip(upper.filled, ends, strict=True):
        stop = start
        while stop < end and lower.at(stop):
            stop += 1
        if stop - start >= _FEWEST or spans.width(upper.number, start) > 1:
            found |= set(range(start, stop))
    return found


def _groups(rows: Sequence[Row], base: int, spans: _Spans) -> tuple[int, ...]:
    found: list[int] = []
    for index in range(base - 1, max(base - _DEEPEST_HEAD, -1), -1):
        upper, lower = rows[index], rows[index + 1]
        if upper.number != lower.number - 1 or not _heads_groups(upper, rows[base], spans):
            break
        found.insert(0, index)
    return tuple(found)


def _heads_groups(upper: Row, base: Row, spans: _Spans) -> bool:
    """Whether a row above holds group headings: several, none of them unit, date or a number."""
    if any(not signs.heading(text) for text in upper.texts):
        return False
    columns = max(len(base.texts), 1)
    widest = max(spans.width(upper.number, index) for index in upper.filled)
    if widest >= columns and len(upper.texts) == 1:
        return False
    whole = len(upper.texts) >= len(base.texts) and len(set(upper.filled) & set(base.filled)) == columns
    return not whole and (len(upper.texts) >= _FEWEST or widest > 1)


def _explained(rows: Sequence[Row], base: int) -> tuple[int, dict[str, list[int]]]:
    found: dict[str, list[int]] = {}
    last = base
    for index in range(base + 1, min(base + 6, len(rows))):
        kind = _explains(rows, base, index)
        if not kind:
            break
        found.setdefault(kind, []).append(index)
        last = index
    return last, found


def _explains(rows: Sequence[Row], base: int, index: int) -> str:
    """The kind of row that explains headings; empty where it could be data."""
    row, head = rows[index], rows[base]
    texts, below = row.texts, rows[index + 1 :]
    wide = len(texts) >= max(_FEWEST, _MOSTLY * len(head.texts))
    if row.known >= _FEWEST and row.known >= _SURE * len(texts):
        return "again"
    if wide and signs.types(texts):
        return "types"
    if (wide or len(texts) == 1) and signs.notes(texts) and len(head.texts) > 1:
        return "notes"
    if wide and len(texts) >= _FEWEST_COUNTED and signs.numbering(texts) and _has_texts(below):
        return "numbering"
    if wide and len(texts) >= _FEWEST_COUNTED and signs.codes(texts) and _unlike_codes(head, below):
        return "codes"
    return ""


def _has_texts(below: Sequence[Row]) -> bool:
    """Whether some row below is mostly texts that are no numbers: then a row of 1 2 3 is no data."""
    return any(2 * sum(map(_is_text, row.texts)) >= len(row.texts) for row in below)


def _is_text(text: str) -> bool:
    return not signs.number(text) and not signs.numbering([text]) and not signs.stem(text)


def _unlike_codes(head: Row, below: Sequence[Row]) -> bool:
    """Whether headings are words while rows below are not all names: then a row of names is no data."""
    all_names = any(signs.codes(row.texts) for row in below[:5])
    return not signs.codes(head.texts) and bool(below) and not all_names

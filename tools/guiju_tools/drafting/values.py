"""Invented values for examples: right ones, told apart by number, and wrong ones, out of a field's schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.standard.fields import Field
from guiju_tools.drafting.lexicon import Lexicon
from guiju_tools.sample.defaults import Piece, read_pieces

BLANK = "空"
_LETTERS = "甲乙丙丁戊己庚辛"
_UNREADABLE = {"date": "昨天", "date-time": "昨天", "integer": "约2", "number": "约2", "boolean": "不一定"}
_OUTSIDE = "代码表外的值"


@dataclass(frozen=True, slots=True)
class Values:
    """Values of one standard; `known` are values by dataset and field that its sample data have."""

    lexicon: Lexicon
    known: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def right(self, dataset: str, item: Field, number: int = 0) -> str | None:
        """A value that the schema admits; another one for another number. None where none can be made."""
        codes = list(self.lexicon.codes(item))
        if codes:
            return codes[number % len(codes)]
        match item.type:
            case "boolean":
                return "否" if number else "是"
            case "date":
                return f"2026-03-{2 + number:02d}"
            case "date-time":
                return f"2026-03-{2 + number:02d} 09:00"
            case "integer" | "number":
                return str(_number(item, number))
            case _:
                return self._text(dataset, item, number)

    def wrong_form(self, item: Field) -> str | None:
        """A value whose form the schema refuses; None where every text is admitted."""
        if item.type in _UNREADABLE:
            return _UNREADABLE[item.type]
        if item.pattern is not None and re.fullmatch(item.pattern, "写法不对") is None:
            return "写法不对"
        if item.max_length is not None and not item.codelist:
            return "长" * (item.max_length + 1)
        return None

    def outside(self) -> str:
        """A value that is in no code list."""
        return _OUTSIDE

    def unreadable(self, item: Field) -> str | None:
        """A value that is there and cannot be told; None where every text can be."""
        return _UNREADABLE.get(item.type)

    def _text(self, dataset: str, item: Field, number: int) -> str | None:
        if item.pattern is None:
            longest = item.max_length or 99
            text = f"示例{item.title}{_LETTERS[number % len(_LETTERS)]}"
            return text if len(text) <= longest else text[-longest:]
        known = self.known.get(dataset, {}).get(item.name)
        if known and number == 0:
            return known
        pieces = read_pieces(item.pattern)
        made = None if pieces is None else _spelt(pieces, number)
        made = made if made and re.fullmatch(item.pattern, made) else _neighbour(known or "", number)
        return made if re.fullmatch(item.pattern, made) else None


def _number(item: Field, number: int) -> int:
    low = int((item.minimum or "1").partition(".")[0])
    high = int((item.maximum or "1000000").partition(".")[0])
    return min(max(low, min(10, high - 5)) + number, high)


def _spelt(pieces: list[Piece], number: int) -> str:
    """The pieces with their first letters, the last digit that can differ moved on by `number`."""
    letters = [list(piece.letters[0] * piece.low) for piece in pieces]
    able = [place for place, piece in enumerate(pieces) if len(piece.letters) > number and piece.low]
    if able:
        letters[able[-1]][-1] = pieces[able[-1]].letters[number]
    return "".join("".join(part) for part in letters)


def _neighbour(text: str, number: int) -> str:
    """The text with its last digit moved on."""
    for place in range(len(text) - 1, -1, -1):
        if text[place].isdecimal():
            return f"{text[:place]}{(int(text[place]) + number) % 10}{text[place + 1 :]}"
    return text

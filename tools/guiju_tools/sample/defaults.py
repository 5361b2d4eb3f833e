"""A form for a field that no hint speaks of, derived from its record schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.errors import Place, StandardError
from guiju.standard.fields import Codelist, Field
from guiju_tools.sample.hints import Form

FILLED = "0.7"
"""The share of rows that have a value in a field that is not required."""

_DAYS = ("2021-01-01", "2025-12-31")
_FEW = 99
_WIDTH = 9
"""Digits that any row number fits into."""

_PIECE = re.compile(
    r"(?:\[(?P<letters>[^\]\\^]+)\]|(?P<letter>[0-9A-Za-z\u4e00-\u9fff_/:-]))"
    r"(?:\{(?P<low>[0-9]+)(?:,(?P<high>[0-9]+))?\})?"
)
_GROUP = re.compile(r"\((?:\?:)?(?P<first>[^()|]*)(?:\|[^()]*)?\)(?P<optional>\?)?(?![{*+])")
_RANGE = re.compile("(.)-(.)|(.)")


def default_form(item: Field, codelists: Mapping[str, Codelist], place: Place) -> Form:
    """The form that the schema alone suggests.

    Raises:
        StandardError: GJ-S135 when a pattern is not simple enough and needs a hint.
    """
    form = _form(item, codelists, place)
    always = item.required or item.key
    return form if always else Form(form.way, form.said, form.options, form.bounds, filled=FILLED)


def _form(item: Field, codelists: Mapping[str, Codelist], place: Place) -> Form:
    if item.reference:
        return Form("from", item.reference)
    codes = _codes(codelists[item.codelist]) if item.codelist else item.enum
    if codes:
        return Form("choose", options=tuple((code, 1) for code in codes))
    match item.type:
        case "boolean":
            return Form("choose", options=(("true", 1), ("false", 1)))
        case "date" | "date-time":
            return Form("between", bounds=_DAYS)
        case "integer" | "number":
            return Form("value", "row") if item.key else Form("between", bounds=_numbers(item))
        case _:
            return _text(item, place)


def _codes(codelist: Codelist) -> list[str]:
    """The codes in force on all the days that are drawn; all codes where no code is."""
    first, last = _DAYS
    return sorted(codelist.valid(first) & codelist.valid(last) or codelist.valid())


def _numbers(item: Field) -> tuple[str, str]:
    low = item.minimum or "0"
    return low, item.maximum or str(int(low.partition(".")[0]) + _FEW)


def _text(item: Field, place: Place) -> Form:
    if item.pattern is None:
        room = (item.max_length or _FEW) - len("示例4294967295")
        return Form("text", f"示例{item.title[: max(room, 0)]}{{row}}")
    pieces = read_pieces(item.pattern)
    if pieces is None:
        raise StandardError(
            "GJ-S135",
            f"数据元“{item.title}”的写法 {item.pattern} 无法自动生成",
            place=place,
            hint=f"请在 sample.yaml 的 fields 下写出 {item.name} 怎样生成",
        )
    numbered = _numbered(pieces) if item.key else None
    return Form("text", "".join(_template(piece, number == numbered) for number, piece in enumerate(pieces)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a pattern: the letters it may have, how many at least and at most."""

    letters: str
    low: int = 1
    high: int = 1


def read_pieces(pattern: str) -> list[Piece] | None:
    """A pattern as pieces; None where it is more than classes, letters and groups in a row."""
    body, pieces, at = _without_groups(pattern.removeprefix("^").removesuffix("$")), [], 0
    while at < len(body):
        found = _PIECE.match(body, at)
        if found is None:
            return None
        low = int(found["low"] or 1)
        letters = _letters(found["letters"]) if found["letters"] else found["letter"]
        pieces.append(Piece(letters, low, int(found["high"] or low)))
        at = found.end()
    return pieces


def _without_groups(body: str) -> str:
    """A pattern with the first choice in place of each group, and nothing in place of an optional one."""
    found, count = body, 1
    while count:
        found, count = _GROUP.subn(lambda group: "" if group["optional"] else group["first"], found)
    return found


def _numbered(pieces: list[Piece]) -> int | None:
    """The piece of a key that the row number fits into best."""
    able = [place for place, piece in enumerate(pieces) if set("0123456789") <= set(piece.letters)]
    return max(able, key=lambda place: (min(pieces[place].high, _WIDTH), place), default=None)


def _template(piece: Piece, numbered: bool) -> str:
    """A piece in a template: the row number, or letters drawn, held there as ``{?letters*count}``."""
    if numbered:
        width = min(piece.high, max(piece.low, _WIDTH), _WIDTH)
        return _drawn(piece.letters, piece.low - width) + f"{{row:0{width}}}"
    return _drawn(piece.letters, piece.low)


def _drawn(letters: str, count: int) -> str:
    return letters * count if len(letters) == 1 else f"{{?{letters}*{count}}}" if count > 0 else ""


def _letters(listed: str) -> str:
    parts = []
    for first, last, one in _RANGE.findall(listed):
        parts.append(one or "".join(map(chr, range(ord(first), ord(last) + 1))))
    return "".join(parts)

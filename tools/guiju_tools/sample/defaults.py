"""A form for a field that no hint speaks of, derived from its record schema."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guiju.errors import Place, StandardError
from guiju.standard.fields import Codelist, Field
from guiju_tools.sample.hints import Form

FILLED = "0.7"
"""The share of rows that have a value in a field that is not required."""

_DAYS = ("2021-01-01", "2025-12-31")
_FEW = 99
_CLASS = re.compile(r"\[([^\]\\^]+)\](?:\{([0-9]+)\})?|([0-9A-Za-z\u4e00-\u9fff_./:-])(?:\{([0-9]+)\})?")
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
    codes = sorted(codelists[item.codelist].valid()) if item.codelist else list(item.enum)
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
    return Form("text", "".join(_piece(letters, count) for letters, count in pieces))


def _piece(letters: str, count: int) -> str:
    """One of the letters drawn `count` times; a template holds it as ``{?letters*count}``."""
    return letters * count if len(letters) == 1 else f"{{?{letters}*{count}}}"


def read_pieces(pattern: str) -> list[tuple[str, int]] | None:
    """A pattern as letters to draw from and how often; None where it is more than classes in a row."""
    body, pieces, at = pattern.removeprefix("^").removesuffix("$"), [], 0
    while at < len(body):
        found = _CLASS.match(body, at)
        if found is None:
            return None
        letters = _letters(found[1]) if found[1] else found[3]
        pieces.append((letters, int(found[2] or found[4] or 1)))
        at = found.end()
    return pieces


def _letters(listed: str) -> str:
    parts = []
    for first, last, one in _RANGE.findall(listed):
        parts.append(one or "".join(map(chr, range(ord(first), ord(last) + 1))))
    return "".join(parts)

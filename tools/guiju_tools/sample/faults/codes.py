"""Wrong codes: a neighbour in the list, a code outside of it, members too many or too few."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence

from guiju.export.values import forms
from guiju.standard.fields import Codelist, Field

Members = tuple[str, ...]
_GENERIC_MEMBER = "其他"


def written_values(field: Field, codelist: Codelist | None) -> tuple[Sequence[str], ...]:
    """The values of a field as they may be delivered: codes, and labels where a list gives them."""
    if codelist is None:
        return (field.enum,) if field.enum else ()
    return ([item.code for item in codelist.codes], [item.label for item in codelist.codes])


def neighbour(value: str, written: Sequence[Sequence[str]], chance: random.Random) -> str:
    """The code (or label, where labels were delivered) before or behind; the value if it is in no list."""
    for values in written:
        if value in values and len(values) > 1:
            at = list(values).index(value)
            return values[chance.choice([place for place in (at - 1, at + 1) if 0 <= place < len(values)])]
    return value


def outside(value: str, written: Sequence[Sequence[str]]) -> str:
    """A code of the usual width that is in no list; the value itself where nothing is listed."""
    known = {item for values in written for item in values}
    if not known:
        return value
    width = max(len(item) for item in written[0])
    return next(
        code for number in range(10**width - 1, -1, -1) if (code := str(number).zfill(width)) not in known
    )


def members(text: str, field: Field) -> Members:
    """The members of a set as delivered: a JSON array, or a text with separators."""
    if text.startswith("["):
        return tuple(str(item) for item in json.loads(text))
    marks = re.escape(field.separator or forms.SEPARATORS)
    return tuple(part for part in re.split(f"[{marks}]", text) if part)


def joined(parts: Members, like: str, field: Field) -> str:
    """Members written the way another text of the field is written."""
    if like.startswith("["):
        return json.dumps(parts, ensure_ascii=False)
    marks = field.separator or forms.SEPARATORS
    return next((mark for mark in like if mark in marks), marks[0] if field.separator else ",").join(parts)


def on_one(change: Callable[[str, random.Random], str], field: Field) -> Callable[[str, random.Random], str]:
    """An alteration of one value, applied to one member where the field is a set."""
    if field.type != "set":
        return change

    def altered(text: str, chance: random.Random) -> str:
        parts = members(text, field)
        if not parts:
            return text
        at = chance.randrange(len(parts))
        fresh = change(parts[at], chance)
        return text if fresh in parts else joined((*parts[:at], fresh, *parts[at + 1 :]), text, field)

    return altered


def member_added(text: str, field: Field, written: Sequence[Sequence[str]], chance: random.Random) -> str:
    """One member more: of the list where there is one."""
    parts = members(text, field)
    listed = next((values for values in written if set(parts) <= set(values)), [_GENERIC_MEMBER])
    fresh = [item for item in listed if item not in parts]
    return joined((*parts, chance.choice(fresh)), text, field) if fresh else text


def member_removed(text: str, field: Field, chance: random.Random) -> str:
    """One member less, where at least one stays."""
    parts = members(text, field)
    if len(parts) <= 1:
        return text
    at = chance.randrange(len(parts))
    return joined(parts[:at] + parts[at + 1 :], text, field)

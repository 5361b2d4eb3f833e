"""What kind of thing a field holds, as far as the traps of office data go."""

from __future__ import annotations

from typing import Literal

from guiju.standard.fields import Field

Kind = Literal["code", "number", "date", "boolean", "set", "text"]
_KINDS: dict[str, Kind] = {
    "integer": "number",
    "number": "number",
    "date": "date",
    "date-time": "date",
    "boolean": "boolean",
    "set": "set",
}


def kind_of(field: Field) -> Kind:
    """The kind of a field; a text that is a key, is of a list or of a pattern counts as a code."""
    if field.type == "string":
        return "code" if field.folded or field.key or field.reference else "text"
    return _KINDS[field.type]

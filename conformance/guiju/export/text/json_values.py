"""JSON read as text: no number loses a digit, no key is lost to its double."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

_MARK = "\0"
_MARKED = re.compile(r'"\\u0000(-?[0-9][0-9.eE+-]*|NaN|-?Infinity)"')
_NUMBER = re.compile(r"\0(?:-?[0-9][0-9.eE+-]*|NaN|-?Infinity)")
_DEEPEST = 200
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Doubled(dict[str, Any]):
    """An object in which `key` occurs more than once."""

    key = ""


def decode(text: str) -> Any:
    """A JSON text as data; numbers are texts behind a mark, objects with a repeated key are `Doubled`.

    Raises:
        json.JSONDecodeError: the text is not JSON (raw control characters inside texts are let pass).
        RecursionError: it is nested too deeply.
    """
    value = _DECODER.decode(text)
    return _mended(value) if _ESCAPED_SURROGATE.search(text) else value


def doubled_key(value: Any) -> str | None:
    """A key that occurs twice in an object, wherever within the value; None where there is none.

    Raises:
        RecursionError: it is nested more deeply than can be written as text again.
    """
    level = [value]
    for _ in range(_DEEPEST):
        doubled = next((item for item in level if isinstance(item, Doubled)), None)
        if doubled is not None:
            return doubled.key
        inner = chain.from_iterable(item.values() if isinstance(item, dict) else item for item in level)
        level = [item for item in inner if isinstance(item, dict | list)]
        if not level:
            return None
    raise RecursionError


def as_text(value: Any) -> str | None:
    """A value as delivered text: objects and arrays as compact JSON, null as None."""
    if value is None or isinstance(value, str):
        return _unmarked(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _MARKED.sub(r"\1", compact)


def _unmarked(value: str | None) -> str | None:
    return value[1:] if value and value[0] == _MARK and _NUMBER.fullmatch(value) else value


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    doubled = Doubled(plain)
    keys = [key for key, _ in pairs]
    doubled.key = next(key for key in keys if keys.count(key) > 1)
    return doubled


def _marked(number: str) -> str:
    return _MARK + number


def _mended(value: Any) -> Any:
    """Halves of surrogate pairs replaced, since no text can carry them."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        for key in list(value):
            value[_mended(key)] = _mended(value.pop(key))
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=_marked,
    parse_int=_marked,
    parse_constant=_marked,
    strict=False,
)

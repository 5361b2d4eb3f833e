"""The records of a JSON file, read by Python with their numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

from guiju.errors import InputError, Place
from guiju.export.recognition.match import normal_heading
from guiju.export.text.encoding import TextFile
from guiju.export.text.json_faults import not_json, refuse_answer, too_deep
from guiju.export.text.json_values import decode, doubled_key
from guiju.export.values.forms import BLANKS

Layout = Literal["lines", "array", "inside", "record"]
Numbered = tuple[int, Any]

_HEAD = 1 << 16
_KNOWN = 2


def layout_of(text: TextFile, words: frozenset[str]) -> Layout:
    """How the records lie: by line, as elements, as elements of an array inside, or one record alone."""
    with text.open() as file:
        head = file.read(_HEAD).lstrip(BLANKS)
    if head.startswith("["):
        return "array"
    if text.path.suffix.lower() != ".json":
        return "lines"
    first, _, rest = head.partition("\n")
    if rest.strip() and _is_object(first):
        return "lines"
    return "record" if words and _is_record(text, words) else "inside"


def _is_object(line: str) -> bool:
    try:
        return isinstance(decode(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_record(text: TextFile, words: frozenset[str]) -> bool:
    """Whether the document itself is a record: the standard knows some of its keys."""
    document = _document(text)
    known = [key for key in document if normal_heading(key) in words] if isinstance(document, dict) else []
    return len(known) >= _KNOWN


def records(text: TextFile, layout: Layout) -> Iterator[Numbered]:
    """The objects with their line or element numbers, each known to be an object without repeated keys.

    Raises:
        InputError: GJ-I109 not JSON; GJ-I110 a repeated key; GJ-I111 no object, or unclear which array is
            meant; GJ-I134 the answer of an interface.
    """
    numbered = _lines(text) if layout == "lines" else enumerate(_elements(text, layout), 1)
    for number, item in numbered:
        if not isinstance(item, dict):
            raise _fault(text, "GJ-I111", "不是JSON对象", layout, number, "每条记录应是花括号括起的一个对象")
        if (key := _doubled(text, item, number if layout == "lines" else 1)) is not None:
            message = f"同一条记录中“{key}”出现了两次"
            raise _fault(text, "GJ-I110", message, layout, number, "请去掉重复的键，否则无法确定取哪一个值")
        yield number, item


def _doubled(text: TextFile, item: Any, line: int) -> str | None:
    try:
        return doubled_key(item)
    except RecursionError as error:
        raise too_deep(text.path, line) from error


def _lines(text: TextFile) -> Iterator[Numbered]:
    with text.open(newline="\n") as file:
        for number, line in enumerate(file, 1):
            if line.strip(BLANKS):
                yield number, _decoded(text, line.strip("\r\n"), number)


def _decoded(text: TextFile, content: str, line: int) -> Any:
    try:
        return decode(content)
    except json.JSONDecodeError as error:
        raise not_json(text.path, content, error, line) from error
    except RecursionError as error:
        raise too_deep(text.path, line) from error


def _document(text: TextFile) -> Any:
    with text.open() as file:
        return _decoded(text, file.read().strip(BLANKS), 1)


def _elements(text: TextFile, layout: Layout) -> list[Any]:
    document = _document(text)
    if layout == "array":
        return list(document)
    arrays = list(_arrays(document)) if layout == "inside" else []
    if len(arrays) == 1:
        return arrays[0]
    if not arrays and isinstance(document, dict):
        refuse_answer(text.path, document)
        return [document]
    raise InputError(
        "GJ-I111",
        "无法确定哪个数组是要读取的记录",
        place=Place(str(text.path)),
        cause=f"文件中有{len(arrays)}个由对象组成的数组",
        hint="请导出为JSON Lines（每行一条记录），或只含一个对象数组的JSON",
    )


def _arrays(document: Any) -> Iterator[list[Any]]:
    """Arrays of objects that are reached through objects only."""
    waiting = [document]
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, dict):
            waiting = [*value.values(), *waiting]
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            yield value


def _fault(text: TextFile, code: str, message: str, layout: Layout, number: int, hint: str) -> InputError:
    name = str(text.path)
    place = Place(name, number) if layout == "lines" else Place(name, inside=f"第{number}个元素")
    return InputError(code, message, place=place, hint=hint)

"""Strict reading of YAML 1.2: no duplicate keys, no scalar that two readers could read differently.

`6.10` is 6.1 to one reader, `no` is False to another, `012` is ten to a third. A plain scalar is therefore
accepted only where every YAML version agrees what it is; anything else is to be quoted.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from guiju.errors import InternalError, Place, StandardError

Positions = dict[tuple[str | int, ...], tuple[int, int]]

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_WORDS = {"true": True, "false": False, "null": None}
_AMBIGUOUS = re.compile(
    r"""(?ix)
    y|yes|n|no|on|off|true|false|null|~          # words that some version takes for a value
    |[-+]?(\.[0-9]+|[0-9][0-9_]*)(\.[0-9_]*)?(e[-+]?[0-9]+)?   # any other spelling of a number
    |0[xob][0-9a-f_]+|[-+]?\.(inf|nan)|\.nan
    |[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?   # 12:30 is 750 to YAML 1.1
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\ ].*)?       # dates
    |=|<<"""
)


def read(path: Path, *, name: str = "") -> tuple[Any, Positions]:
    """Read one YAML file.

    Args:
        path: the file.
        name: how messages call it (default: the path as given).

    Returns:
        The plain data (dict, list, str, int, bool, None) and, by path of keys and indexes, where each value
        stands (line and column from 1).

    Raises:
        StandardError: GJ-S101 unreadable, GJ-S102 not YAML, GJ-S103 duplicate key, GJ-S104 ambiguous scalar.
    """
    label = name or str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StandardError(
            "GJ-S101",
            "文件不能读取",
            place=Place(label),
            cause=str(error),
            hint="请检查文件是否存在、可读、为UTF-8编码",
        ) from error
    return parse(text, label)


def parse(text: str, label: str) -> tuple[Any, Positions]:
    """As `read`, from a text; `label` names it in messages."""
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise _syntax(error, label) from error
    except YAMLError as error:
        raise StandardError(
            "GJ-S102", "不是合格的YAML", place=Place(label), cause=str(error), hint="请检查文件中的控制字符"
        ) from error
    positions: Positions = {}
    data = None if node is None else _convert(node, (), positions, label)
    return data, positions


def _syntax(error: MarkedYAMLError, label: str) -> StandardError:
    mark = error.problem_mark
    place = Place(label) if mark is None else Place(label, mark.line + 1, mark.column + 1)
    return StandardError(
        "GJ-S102",
        "不是合格的YAML",
        place=place,
        cause=str(error.problem),
        hint="请检查该行的缩进、冒号后的空格和引号是否成对",
    )


def _convert(node: Node, path: tuple[str | int, ...], positions: Positions, label: str) -> Any:
    positions[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, MappingNode):
        return _mapping(node, path, positions, label)
    if isinstance(node, SequenceNode):
        return [_convert(item, (*path, index), positions, label) for index, item in enumerate(node.value)]
    if not isinstance(node, ScalarNode):
        raise InternalError("GJ-X902", "不认识的YAML节点", place=_place(node, label))
    return _scalar(node, label)


def _mapping(
    node: MappingNode, path: tuple[str | int, ...], positions: Positions, label: str
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in data:
            raise StandardError(
                "GJ-S103",
                f"键“{key}”重复",
                place=_place(key_node, label),
                hint="同一层的键只能出现一次，请删去或改名",
            )
        data[key] = _convert(value_node, (*path, key), positions, label)
        positions[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
    return data


def _scalar(node: ScalarNode, label: str) -> str | int | bool | None:
    value = str(node.value)
    if node.style is not None:
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER.fullmatch(value) and value != "-0":
        return int(value)
    if value == "" or _AMBIGUOUS.fullmatch(value):
        raise StandardError(
            "GJ-S104",
            f"“{value}”没有加引号，不同的读取程序会读成不同的值",
            place=_place(node, label),
            hint=f'是文字（条款号、版本、日期、小数）请写成 "{value}"；是逻辑值请写 true 或 false',
        )
    return value


def _place(node: Node, label: str) -> Place:
    return Place(label, node.start_mark.line + 1, node.start_mark.column + 1)

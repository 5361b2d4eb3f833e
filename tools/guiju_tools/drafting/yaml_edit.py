"""Changes in a YAML file that leave every other byte as it is: comments, layout, quotes, line ends.

Values are found by the positions that ruamel's composer gives; a file written out anew would lose its layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from guiju.errors import InternalError, Place
from guiju.standard import strict_yaml
from guiju_tools.drafting.yaml_write import block_lines, flow, scalar_like

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Splice:
    start: int
    end: int
    text: str


class YamlText:
    """One YAML file being changed; every change is checked against what the file must say afterwards."""

    def __init__(self, text: str, label: str) -> None:
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.text = text.replace("\r\n", "\n") if self.newline == "\r\n" else text
        self.label = label

    def written(self) -> str:
        """The file as it is to be stored."""
        return self.text.replace("\n", self.newline) if self.newline != "\n" else self.text

    def data(self) -> Any:
        """What the file says now."""
        return strict_yaml.parse(self.text, self.label)[0]

    def update(self, path: Path, wanted: Any) -> None:
        """Make the value at `path` say `wanted`, touching only what differs."""
        before = self.data()
        splices = list(_Updates(self.text).of(self._node(path), _at(before, path), wanted))
        self._apply(splices, _with(before, path, wanted))

    def insert(
        self, path: Path, index: int, lines: Sequence[str], value: Any, *, apart: bool = False
    ) -> None:
        """Put an item into the block list at `path` before the item `index` (or at its end).

        Args:
            path: where the list stands.
            index: the place of the new item.
            lines: the item, its dash at the first column, without line ends.
            value: what the item says.
            apart: whether a blank line stands between items.
        """
        before = self.data()
        listed = self._node(path)
        items = listed.value
        dent = " " * listed.start_mark.column
        if index > 0:
            at = _line_end(self.text, _last(items[index - 1]))
            head = "\n" if self.text[at - 1 : at] != "\n" else ""
        else:
            at, head = _line_start(self.text, items[0].start_mark.index), ""
        blank = "\n" if apart else ""
        fresh = "".join(f"{dent}{line}\n" for line in lines)
        text = f"{head}{blank}{fresh}" if index > 0 else f"{fresh}{blank}"
        told = list(_at(before, path))
        told.insert(index, value)
        self._apply([_Splice(at, at, text)], _with(before, path, told))

    def remove(self, path: Path, index: int) -> None:
        """Take an item out of a block list, with the comment lines right above it and one blank line."""
        before = self.data()
        node = self._node(path).value[index]
        start = _line_start(self.text, node.start_mark.index)
        while start and self.text[_line_start(self.text, start - 1) : start].lstrip().startswith("#"):
            above = _line_start(self.text, start - 1)
            if "yaml-language-server" in self.text[above:start]:
                break
            start = above
        end = _line_end(self.text, _last(node))
        if self.text[end : end + 1] == "\n":
            end += 1
        told = list(_at(before, path))
        del told[index]
        self._apply([_Splice(start, end, "")], _with(before, path, told))

    def _node(self, path: Path) -> Any:
        node: Any = YAML(typ="safe", pure=True).compose(self.text)
        for key in path:
            node = node.value[key] if isinstance(key, int) else _value(node, key)
        return node

    def _apply(self, splices: Sequence[_Splice], expected: Any) -> None:
        text = self.text
        for one in sorted(splices, key=lambda one: (one.start, one.end), reverse=True):
            text = text[: one.start] + one.text + text[one.end :]
        found = strict_yaml.parse(text, self.label)[0]
        if found != expected:
            raise InternalError(
                "GJ-X930",
                "改写后的文件与要写的内容不同，没有保存",
                place=Place(self.label),
                hint="请把这个文件和所做的改动反馈给维护者",
            )
        self.text = text


class _Updates:
    """The splices that turn one value into another."""

    def __init__(self, text: str) -> None:
        self.text = text

    def of(self, node: Node, old: Any, new: Any) -> list[_Splice]:
        """Splices for one value; none where nothing differs."""
        if old == new and type(old) is type(new):
            return []
        if isinstance(node, MappingNode) and isinstance(new, dict) and not node.flow_style and new:
            return self._mapping(node, old, new)
        if isinstance(node, SequenceNode) and isinstance(new, list) and not node.flow_style and new:
            return self._items(node, old, new)
        if isinstance(node, ScalarNode) and not isinstance(new, dict | list):
            return [_Splice(node.start_mark.index, _last(node), scalar_like(node.style, new))]
        return [_Splice(node.start_mark.index, _last(node), flow(new))]

    def _mapping(self, node: MappingNode, old: dict[str, Any], new: dict[str, Any]) -> list[_Splice]:
        nodes = {str(key.value): (key, value) for key, value in node.value}
        column = node.value[0][0].start_mark.column
        found: list[_Splice] = []
        for name, (key, value) in nodes.items():
            if name not in new:
                found.append(self._gone(key, value))
            elif _same_shape(old[name], new[name]):
                found += self.of(value, old[name], new[name])
            elif old[name] != new[name]:
                start, end = key.start_mark.index, _last(value)
                found.append(_Splice(start, end, _entry(name, new[name], column)))
        for name in new:
            if name not in nodes:
                found.append(self._fresh(node, name, new, column))
        return found

    def _gone(self, key: Node, value: Node) -> _Splice:
        """A key taken out with its lines; where a dash stands before it, only up to the next key."""
        start = _line_start(self.text, key.start_mark.index)
        return _Splice(start, _line_end(self.text, _last(value)), "")

    def _fresh(self, node: MappingNode, name: str, new: dict[str, Any], column: int) -> _Splice:
        """A new key after the nearest one before it in `new` that is there already."""
        order = list(new)
        before = set(order[: order.index(name)])
        values = [value for key, value in node.value if str(key.value) in before] or [node.value[0][1]]
        at = _line_end(self.text, _last(values[-1]))
        head = "\n" if self.text[at - 1 : at] != "\n" else ""
        return _Splice(at, at, f"{head}{' ' * column}{_entry(name, new[name], column)}\n")

    def _items(self, node: SequenceNode, old: list[Any], new: list[Any]) -> list[_Splice]:
        found: list[_Splice] = []
        for item, before, after in zip(node.value, old, new, strict=False):
            found += self.of(item, before, after)
        for item in node.value[len(new) :]:
            start = _line_start(self.text, item.start_mark.index)
            found.append(_Splice(start, _line_end(self.text, _last(item)), ""))
        if len(new) > len(old):
            at = _line_end(self.text, _last(node.value[-1]))
            dash = " " * node.start_mark.column
            head = "\n" if self.text[at - 1 : at] != "\n" else ""
            lines = "".join(f"{dash}- {flow(item)}\n" for item in new[len(old) :])
            found.append(_Splice(at, at, head + lines))
        return found


def _entry(name: str, value: Any, column: int) -> str:
    """A key and its value, the lines after the first indented."""
    return f"\n{' ' * column}".join(block_lines(name, value))


def _same_shape(old: Any, new: Any) -> bool:
    return all(isinstance(old, kind) == isinstance(new, kind) for kind in (dict, list)) and bool(new) == bool(
        old
    )


def _value(node: Any, key: str) -> Any:
    return next(value for name, value in node.value if name.value == key)


def _last(node: Any) -> int:
    """Where the value ends; the end that a block's own mark gives lies behind blank lines and comments."""
    if isinstance(node, ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _last(last[1] if isinstance(node, MappingNode) else last)


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    """Behind the end of the line; a value that ends with its line's end lies there already."""
    if index and text[index - 1] == "\n":
        return index
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def _with(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    copy: Any = list(data) if isinstance(data, list) else dict(data)
    copy[path[0]] = _with(data[path[0]], path[1:], value)
    return copy

"""Results between dataclasses and JSON: field by field, nothing lost, nothing taken on trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


class Unfit(ValueError):  # noqa: N818 - said of a value, turned into an error of the user by the reader
    """A JSON value that is not of the declared shape; `path` says where, from the outside in."""

    def __init__(self, path: str, wanted: str) -> None:
        super().__init__(wanted)
        self.path = path
        self.wanted = wanted


def plain(value: Any) -> Any:
    """A dataclass as JSON values: objects, arrays, texts, integers, booleans, null."""
    if is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def build(kind: Any, value: Any, path: str = "") -> Any:
    """A value of the declared type out of JSON values, checked all the way down.

    Args:
        kind: a dataclass, ``str``, ``int``, ``bool``, a ``Literal``, an optional or a tuple of these.
        value: what JSON gave.
        path: where it stands, for the message.

    Raises:
        Unfit: the value has another shape.
    """
    if is_dataclass(kind):
        return _object(kind, value, path)
    origin = get_origin(kind)
    if origin is tuple:
        return _array(get_args(kind), value, path)
    if origin in (Union, UnionType):
        return None if value is None else build(_present(kind), value, path)
    if origin is Literal:
        return _one_of(get_args(kind), value, path)
    if type(value) is not kind:
        raise Unfit(path, f"应为 {kind.__name__}")
    return value


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _object(kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        raise Unfit(path, "应为对象")
    names = {item.name for item in fields(kind)}
    if set(value) != names:
        differing = "、".join(sorted(set(value) ^ names))
        raise Unfit(path, f"缺少或多出：{differing}")
    hints = _hints(kind)
    return kind(**{name: build(hints[name], value[name], f"{path}/{name}") for name in sorted(names)})


def _array(kinds: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Unfit(path, "应为数组")
    repeated = len(kinds) > 1 and kinds[1] is Ellipsis
    wanted = kinds[:1] * len(value) if repeated else kinds
    if len(wanted) != len(value):
        raise Unfit(path, f"应有{len(wanted)}个成员")
    pairs = enumerate(zip(wanted, value, strict=True))
    return tuple(build(kind, item, f"{path}/{number}") for number, (kind, item) in pairs)


def _present(kind: Any) -> Any:
    return next(item for item in get_args(kind) if item is not NoneType)


def _one_of(allowed: tuple[Any, ...], value: Any, path: str) -> Any:
    if value not in allowed:
        raise Unfit(path, f"应为 {'、'.join(map(str, allowed))} 之一")
    return value

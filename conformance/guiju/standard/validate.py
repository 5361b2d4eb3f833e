"""Files held against the JSON Schemas under `standards/schema`, with messages that point at the line."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from guiju.content import schema_path
from guiju.errors import Place, StandardError, StandardErrors
from guiju.standard.strict_yaml import Positions


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of `standards/schema/<name>.schema.json`."""
    schema = json.loads(schema_path(name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(name: str, data: Any, positions: Positions, label: str) -> list[StandardError]:
    """Every fault of `data` against the named schema, in the order of lines (GJ-S110)."""
    found = [_fault(error, positions, label) for error in _leaves(validator(name).iter_errors(data))]
    return sorted(found, key=lambda fault: (fault.place.line or 0, fault.message))


def require(name: str, data: Any, positions: Positions, label: str) -> None:
    """Raise all faults together (StandardErrors), or return."""
    found = faults(name, data, positions, label)
    if found:
        raise StandardErrors(found)


def _leaves(errors: Any) -> list[ValidationError]:
    leaves: list[ValidationError] = []
    for error in errors:
        leaves += _leaves(error.context) if error.context else [error]
    return leaves


def _fault(error: ValidationError, positions: Positions, label: str) -> StandardError:
    path = tuple(error.absolute_path)
    message, hint = _words(error)
    line, column = _position(path, positions)
    inside = ".".join(str(part) for part in path)
    return StandardError("GJ-S110", message, place=Place(label, line, column, inside), hint=hint)


def _position(path: tuple[str | int, ...], positions: Positions) -> tuple[int | None, int | None]:
    while path not in positions:
        if not path:
            return None, None
        path = path[:-1]
    return positions[path]


def _words(error: ValidationError) -> tuple[str, str]:
    value: Any = error.instance
    bound: Any = error.validator_value
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    title = str(schema.get("title", ""))
    named = f"“{title}”" if title else ""
    match error.validator:
        case "required":
            missing = [key for key in bound if key not in value]
            return f"缺少 {'、'.join(missing)}", "请补上这些键"
        case "additionalProperties":
            allowed = set(schema.get("properties", {}))
            extra = sorted(set(value) - allowed)
            return f"不认识的键 {'、'.join(extra)}", f"这里可用的键：{'、'.join(sorted(allowed))}"
        case "enum" | "const":
            options = bound if isinstance(bound, list) else [bound]
            return f"{named}的值“{value}”不在可选之列", f"可选：{'、'.join(map(str, options))}"
        case "type":
            return f"{named}的类型不对：{_type_word(value)}", f"应为 {_type_words(bound)}"
        case "pattern":
            return f"{named}的写法不对：“{value}”", f"应符合 {bound}"
        case _:
            return f"{named}不合要求：{error.message}", "请对照 standards/schema 中的说明修改"


_TYPE_WORDS = {
    "string": "文字（必要时加引号）",
    "integer": "整数",
    "boolean": "true 或 false",
    "array": "列表",
    "object": "键值对",
    "null": "null",
}


def _type_words(bound: Any) -> str:
    names = bound if isinstance(bound, list) else [bound]
    return "、".join(_TYPE_WORDS.get(name, str(name)) for name in names)


def _type_word(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:40]

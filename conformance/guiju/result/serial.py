"""Results as JSON text: canonical, so that equal results are equal bytes.

The form is published as `result.schema.json`; `format` grows when old readers could not take a change.
"""

from __future__ import annotations

import json
from typing import Any

from guiju.errors import InputError, Place
from guiju.result.form import Unfit, build, plain
from guiju.result.masking import mask
from guiju.result.model import Result

FORMAT = 1


def document(result: Result) -> dict[str, Any]:
    """The whole result as JSON values."""
    return {"format": FORMAT, "masked": False, **plain(result)}


def masked(result: Result) -> dict[str, Any]:
    """The result as JSON values that may leave the house: see `guiju.result.masking`."""
    return {"format": FORMAT, "masked": True, **mask(result)}


def to_json(result: Result) -> str:
    """The whole result as canonical JSON text."""
    return canonical(document(result))


def canonical(value: dict[str, Any]) -> str:
    """JSON text with sorted keys, Chinese as it is, one blank of indentation, and an ending newline."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def from_json(text: str, name: str = "result.json") -> Result:
    """The result that `to_json` wrote.

    Args:
        text: JSON text.
        name: the file as the user named it, for messages.

    Raises:
        InputError: GJ-I320 no JSON, GJ-I321 another format, GJ-I322 masked, GJ-I323 not the published form.
    """
    data = _object(text, name)
    if data.pop("format", None) != FORMAT:
        raise InputError(
            "GJ-I321",
            "这个核验结果的格式版本不能读取",
            place=Place(name),
            hint=f"请用能写出格式 {FORMAT} 的版本重新核验",
        )
    if data.pop("masked", None) is not False:
        raise InputError(
            "GJ-I322",
            "这是报送用的核验结果，已去除数据，不能还原",
            place=Place(name),
            hint="请改用“内部”文件夹中的 result.json",
        )
    try:
        return build(Result, data)  # type: ignore[no-any-return] # built as the kind that is asked for
    except Unfit as fault:
        raise InputError(
            "GJ-I323",
            "核验结果不合公布的格式",
            place=Place(name, inside=fault.path),
            cause=fault.wanted,
            hint="请使用程序写出的 result.json，不要手工修改",
        ) from fault


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            "GJ-I320",
            "核验结果不是 JSON",
            place=Place(name),
            cause=str(error),
            hint="请指定程序写出的 result.json",
        ) from error
    return data if isinstance(data, dict) else {}

"""What is wrong with a JSON text, in plain words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from guiju.errors import InputError, Place
from guiju.export.text.json_values import as_text

_HINT = "请检查导出是否中断、文件中是否混入网页或日志内容，然后重新导出"
_REWRITE = "请由系统重新导出，不要用文本编辑器手工改写"
_SEEN = (
    (("//", "/*", "#"), "这里是注释，JSON中不能写注释", "请去掉注释，或由系统重新导出"),
    (("'", "‘", "’"), "文字要用英文双引号括起，这里是单引号", _REWRITE),
    (("“", "”"), "文字要用英文双引号括起，这里是中文引号", _REWRITE),
    (("<",), "这里是网页的内容，不是数据", "多半是登录过期或系统报错：请重新登录后导出"),
    (("None", "True", "False", "undefined"), "这不是JSON的写法（应为null、true、false）", _REWRITE),
)
_SAID = (
    (
        "Extra data",
        "一份JSON结束后还有内容，可能是几份连在了一起",
        "请把各份分别交来，或每行写一条记录（.jsonl）",
    ),
    ("Unterminated string", "文字没有结束的引号", _HINT),
    ("Invalid \\", "文字中的反斜杠没有按JSON写成两个", _REWRITE),
    ("Expecting ',' delimiter", "缺少逗号，或文字中的引号没有转义", _REWRITE),
    ("Expecting ':' delimiter", "键的后面缺少冒号", _REWRITE),
    ("Expecting property name", "这里应是用双引号括起的键", _REWRITE),
)
_ENVELOPE = frozenset(
    (
        "code",
        "status",
        "statuscode",
        "state",
        "msg",
        "message",
        "success",
        "ok",
        "error",
        "errors",
        "errcode",
        "errorcode",
        "errmsg",
        "errormsg",
        "data",
        "result",
        "rows",
        "list",
        "records",
        "total",
        "path",
        "timestamp",
        "time",
        "trace",
        "traceid",
        "requestid",
        "exception",
        "detail",
    )
)
_TELLING = ("msg", "message", "errmsg", "errormsg", "error", "detail", "exception")
_SHOWN = 60


def not_json(path: Path, content: str, error: json.JSONDecodeError, line: int) -> InputError:
    """A text that is not JSON; `line` is that of its beginning."""
    cause, hint = _why(content, error)
    shown = content[max(error.pos - 10, 0) : error.pos + 20]
    place = Place(str(path), line + error.lineno - 1, error.colno)
    return _refused(place, f"{cause}，此处内容：{shown!r}", hint)


def too_deep(path: Path, line: int) -> InputError:
    """Objects and arrays within each other without end."""
    return _refused(Place(str(path), line), "嵌套层数过多", "请导出为平铺的表，每条记录一个对象")


def _refused(place: Place, cause: str, hint: str) -> InputError:
    return InputError("GJ-I109", "不是合格的JSON", place=place, cause=cause, hint=hint)


def _why(content: str, error: json.JSONDecodeError) -> tuple[str, str]:
    rest = content[error.pos :].lstrip()
    before = content[: error.pos].rstrip()
    if not rest:
        return "内容在这里中断，没有写完", _HINT
    if "trailing comma" in error.msg or (rest[0] in "]}" and before.endswith(",")):
        return "最后一项后面多了一个逗号", "请去掉这个逗号，或由系统重新导出"
    for marks, cause, hint in _SEEN:
        if rest.startswith(marks):
            return cause, hint
    return next(
        ((cause, hint) for said, cause, hint in _SAID if error.msg.startswith(said)),
        ("这里不是JSON的值", _HINT),
    )


def refuse_answer(path: Path, record: Any) -> None:
    """Refuse a lone record that is what an interface answers when it has nothing to give.

    Raises:
        InputError: GJ-I134.
    """
    said = {key.casefold().replace("_", ""): value for key, value in record.items()}
    telling = [name for name in _TELLING if said.get(name)]
    if not said or not said.keys() <= _ENVELOPE or not (telling or "code" in said):
        return
    code = next((as_text(said[name]) for name in ("code", "errcode", "status") if said.get(name)), None)
    words = "，".join(filter(None, (code, *(as_text(said[name]) for name in telling))))
    raise InputError(
        "GJ-I134",
        "文件是接口的应答，里面没有记录",
        place=Place(str(path)),
        cause=f"应答写的是：{words[:_SHOWN]}" if words else "",
        hint="多半是没有权限、参数不对或系统出错：请核对后重新导出，打开文件看里面有记录再交",
    )

"""What is read and not judged: titles, scope, references, terms, clauses, examples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from guiju.standard.model import MARK_WORDS
from guiju_tools.editions.model import Change

Document = Mapping[str, Any]
_ORDER = ("zh", "number", "document", "term", "english", "title", "at", "definition", "mark")
_MARKS = {mark: f"〔{word}〕" for mark, word in MARK_WORDS.items()}
_SINGLE = {"title": "名称", "scope": "范围", "prefix": "编号前缀", "uses": "采用的其他标准的数据集"}
_LISTS = {"references": "规范性引用文件", "bibliography": "参考文献"}


def prose_changes(before: Document, after: Document) -> Iterator[Change]:
    """Differences in the text around the requirements, and in the examples."""
    for key, name in _SINGLE.items():
        if before.get(key) != after.get(key):
            yield _change(key, name, "改动", _told(before.get(key)), _told(after.get(key)))
    for key, name in _LISTS.items():
        old, new = (list(map(_told, item.get(key, ()))) for item in (before, after))
        yield from (_change(key, name, "增列", "", line) for line in new if line not in old)
        yield from (_change(key, name, "删去", line, "") for line in old if line not in new)
    yield from _numbered("terms", "术语", before, after, "term")
    yield from _numbered("clauses", "条标题", before, after, "number")
    yield from _examples(before.get("features", {}), after.get("features", {}))


def _change(key: str, title: str, what: str, before: str, after: str) -> Change:
    return Change("text", key, title, what, before, after, "editorial")


def _numbered(key: str, title: str, before: Document, after: Document, by: str) -> Iterator[Change]:
    old, new = ({str(item[by]): item for item in document.get(key, ())} for document in (before, after))
    for name, item in new.items():
        if name not in old:
            yield _change(key, title, "新增", "", _told(item))
        elif old[name] != item:
            yield _change(key, title, "改动", _told(old[name]), _told(item))
    for name in old.keys() - new.keys():
        yield _change(key, title, "删去", _told(old[name]), "")


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        known = [key for key in _ORDER if key in value]
        return " ".join(
            _told(_MARKS.get(str(value[key]), value[key])) for key in [*known, *sorted({*value} - {*_ORDER})]
        )
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _examples(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            what = "改动" if name in old and name in new else "新增" if name in new else "删去"
            yield Change("example", name, name, what, "", "", "editorial")

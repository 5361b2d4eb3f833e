"""A tiny standard made in memory: tests say the check and the rows, and read outcome and states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guiju.content import own_pack
from guiju.run.examples import Bench, Example, ExampleAnswer, InlineTable
from guiju.standard import decode
from guiju.standard.edition import digests

FIELDS: dict[str, Any] = {
    "code": {"title": "编码", "type": "string", "pattern": "^[A-Z][0-9]{3}$", "x-key": True},
    "name": {"title": "名称", "type": "string"},
    "law": {"title": "依据", "type": "string"},
    "days": {"title": "天数", "type": "integer", "minimum": 0, "maximum": 99},
    "limit": {"title": "上限", "type": "integer"},
    "rate": {"title": "费率", "type": "number"},
    "online": {"title": "网办", "type": "boolean"},
    "kind": {"title": "类型", "type": "string", "x-codelist": "item-type"},
    "objects": {
        "title": "对象",
        "type": "array",
        "items": {"type": "string"},
        "x-codelist": "service-object",
    },
    "start": {"title": "开始", "type": "string", "format": "date"},
    "end": {"title": "结束", "type": "string", "format": "date"},
    "at": {"title": "时间", "type": "string", "format": "date-time"},
    "then": {"title": "随后", "type": "string", "format": "date-time"},
    "memo": {"title": "备注", "type": "string", "x-null": {"words": ["无"], "satisfies-required": True}},
}


def dataset(name: str, title: str, required: tuple[str, ...] = ("code", "memo")) -> dict[str, Any]:
    return {
        "$id": name,
        "title": title,
        "x-grain": "一行一条",
        "required": list(required),
        "properties": FIELDS,
    }


def document(check: dict[str, Any], **more: Any) -> dict[str, Any]:
    requirement = {
        "id": "TT-001",
        "name": "tested",
        "clause": "4.1",
        "modality": "shall",
        "text": "应如此。",
        "basis": "practice",
        "source": [{"document": "起草组", "at": "", "mark": "seen"}],
        "check": check,
        "remedy": "改正。",
        **more,
    }
    types = [{"code": code, "label": label} for code, label in (("01", "行政许可"), ("20", "公共服务"))]
    objects = [{"code": code, "label": label} for code, label in (("1", "自然人"), ("2", "企业法人"))]
    return {
        "format": "guiju-edition/1",
        "id": "tiny",
        "prefix": "TT",
        "title": {"zh": "小标准", "en": "tiny"},
        "version": "0.1.0",
        "scope": {},
        "references": [],
        "bibliography": [],
        "terms": [],
        "clauses": [{"number": "4", "title": "要求"}],
        "parameters": {
            "most": {
                "title": "最多天数",
                "type": "integer",
                "kind": "directed",
                "value": "20",
                "tighter": "lower",
            },
            "share": {"title": "比例", "type": "number", "kind": "profile-sets"},
        },
        "conclusion": {"pass-share": "0.9", "examined-share": "0.8", "key-requirements": "all-passed"},
        "requirements": [requirement],
        "datasets": {"a": dataset("a", "甲"), "b": dataset("b", "乙"), "c": dataset("c", "丙")},
        "codelists": {
            "item-type": {"owner": "", "source": "", "codes": types},
            "service-object": {"owner": "", "source": "", "codes": objects},
        },
        "features": {},
    }


def table(title: str, text: str) -> InlineTable:
    """A table written with | and line breaks; an empty cell is absent."""
    lines = [[cell.strip() for cell in line.strip(" ").split("|")] for line in text.strip().splitlines()]
    rows = tuple(tuple(cell or None for cell in line) for line in lines[1:])
    return InlineTable(title, tuple(lines[0]), rows)


Judge = Callable[..., ExampleAnswer]


@pytest.fixture
def judge() -> Judge:
    """Judge tables (by title) under a check; `params` and `as_of` as in an example."""

    def run(
        check: dict[str, Any],
        tables: dict[str, str],
        params: dict[str, str] | None = None,
        as_of: str = "",
        **more: Any,
    ) -> ExampleAnswer:
        told = document(check, **more)
        standard = decode.standard(told, digests(told))
        example = Example({title: table(title, text) for title, text in tables.items()}, params or {}, as_of)
        return Bench(standard, (own_pack(),)).judge("TT-001", example)

    return run


@pytest.fixture(scope="session")
def tiny_document() -> Callable[..., dict[str, Any]]:
    """The document of the tiny standard with one check."""
    return document

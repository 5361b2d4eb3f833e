"""Forms of standards, small and whole."""

from __future__ import annotations

import pytest

from guiju.content import find_packs
from guiju.standard.assessment import make_form
from guiju.standard.load import load

SCORING = {
    "points": {"shall": "2", "should": "1", "may": "0"},
    "not-applicable": "leaves-base",
    "pass-share": "0.8",
    "source": [{"document": "起草组建议", "at": "", "mark": "seen"}],
}
WRITTEN = {
    "title": "示例自评表",
    "version": "2",
    "scoring": SCORING,
    "blocks": [{"clause": "4", "most": "20"}],
    "lines": [{"requirement": "IM-001", "points": "3", "evidence": ["编码清单"]}],
    "adjustments": [
        {
            "id": "IM-X01",
            "clause": "4",
            "kind": "bonus",
            "content": "自行开发了核对工具",
            "points": "2",
            "criteria": "有的加2分",
        },
        {
            "id": "IM-D01",
            "clause": "8",
            "kind": "deduction",
            "content": "公布的清单有误",
            "points": "5",
            "criteria": "一处扣1分",
        },
    ],
}


@pytest.fixture(scope="session")
def packs():
    return find_packs()


@pytest.fixture(scope="session")
def form(packs):
    """The form of item management with evidence, a bonus and a deduction."""
    return make_form(load(packs, "item-management"), WRITTEN, "self-assessment.yaml")

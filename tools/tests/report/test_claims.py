"""Claims as a document: the whole way back, and of the published form."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from guiju.content import own_pack
from guiju.result.claims import Claim, Claims, ClaimsInput, Evidence, document, of_document

SCHEMA = own_pack().standards / "schema" / "claims.schema.json"
CLAIMS = Claims(
    "item-management",
    "0.1.0",
    "1",
    "a" * 64,
    "990000",
    "示例市政务服务管理局",
    "2026-03",
    ("填表人", "日期"),
    (ClaimsInput("自评表.xlsx", "b" * 64),),
    (
        Claim("IM-001", "4 编码!H6", "met", "2", (Evidence("4.1.1-1-清单.xlsx", "c" * 64),), "", ""),
        Claim("IM-D01", "8 动态管理!H9", "", "-1.5", (Evidence("说明.docx", ""),), "已说明", "建议删去"),
    ),
)


def test_claims_come_back_and_keep_to_the_schema():
    plain = json.loads(json.dumps(document(CLAIMS)))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(plain)
    assert of_document(plain) == CLAIMS


@pytest.mark.parametrize("change", [{"region": "9900"}, {"format": "guiju-claims/2"}, {"signed": ["某人"]}])
def test_another_form_is_refused(change):
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert not validator.is_valid({**json.loads(json.dumps(document(CLAIMS))), **change})


def test_a_claim_is_proven_by_a_file_that_was_there():
    assert CLAIMS.claims[0].proven
    assert not CLAIMS.claims[1].proven
    assert CLAIMS.of("IM-002") is None

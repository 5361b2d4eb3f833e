"""Whatever is typed into a line is read, or told at its cell; what is read keeps to the published form."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from guiju.content import schema_path
from guiju.result.claims import Claim, Claims, ClaimsInput, document
from guiju.standard.assessment import Line
from guiju_tools.assessment.answers import Typed, understand
from guiju_tools.assessment.evidence import evidence_of, read_files
from guiju_tools.assessment.foreign import ForeignLine, answer_of

SCHEMA = Draft202012Validator(json.loads(schema_path("claims").read_text(encoding="utf-8")))
NO_FILES = read_files(None)
LINES = [
    Line("IM-001", "requirement", "4.1.1", "应", "甲", "", "2", "", (), on_data=True),
    Line("IM-002", "requirement", "4.1.2", "可", "乙", "问", "0", "", ("清单",), on_data=False),
    Line("IM-X01", "bonus", "4", "", "丙", "", "1.5", "", (), on_data=False),
    Line("IM-D01", "deduction", "4", "", "丁", "", "5", "", (), on_data=False),
]
WORDS = st.sampled_from(
    [
        "",
        "符合",
        "部分符合",
        "不符合",
        "不适用",
        "不涉及",
        "√",
        "基本符合",
        " 符 合 ",
        "/",
        "0",
        "2",
        "１．５分",
        "-0.5",
        "3",
        "1.005",
        "NaN",
        "Infinity",
        "1e3",
        "#REF!",
        "二分",
    ]
)
TEXTS = st.one_of(WORDS, st.text(max_size=30))


@given(st.sampled_from(LINES), st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS), st.booleans())
def test_every_fill_is_read_or_told_at_its_cell(line, texts, scored):
    typed = Typed(line, "自评表", 7, *texts)
    read, problems = understand(typed, scored=scored)
    evidence, more = evidence_of(typed, read, NO_FILES)
    low, high = line.bounds
    assert read.score == "" or low <= Decimal(read.score) <= high
    assert {item.row for item in problems + more} <= {7}
    assert {item.column for item in problems + more} <= set(typed.columns)
    mend = {item.column for item in problems if item.level == "mend"}
    if line.role == "requirement" and not mend:
        assert read.answer
    claim = Claim(line.id, "自评表!7", read.answer, read.score, evidence, *texts[3:])
    told = Claims(
        "item-management",
        "0.1.0",
        "1",
        "a" * 64,
        "990000",
        "示例市",
        "2026-03",
        (),
        (ClaimsInput("a", "b" * 64),),
        (claim,),
    )
    assert [error.message for error in SCHEMA.iter_errors(json.loads(json.dumps(document(told))))] == []


@given(TEXTS, TEXTS, st.sampled_from(["", "5", "2.5"]))
def test_a_score_of_others_gives_an_answer_or_none(answer, score, points):
    word, told = answer_of(ForeignLine("自评", 3, {"answer": answer, "score": score}, {}, points))
    if not answer.strip() and word:
        assert word in ("符合", "部分符合", "不符合", "不适用")
        assert told

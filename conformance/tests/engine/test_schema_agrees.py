"""The compiled `schema` check agrees with the `jsonschema` library on every canonical record."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from guiju.content import own_pack
from guiju.engine.kinds import plan
from guiju.engine.records import fetch
from guiju.run import prepare
from guiju.run.examples import Bench, Example, InlineTable
from guiju.standard import decode
from guiju.standard.record_schema import record_schema, validator

TEXTS = st.sampled_from(
    [
        None, "", " ", "\u3000", "无", "A001", "Ａ００１", "A01", "a001", "A001\n", "5", "100", "-1", "007", "1_0", "0x1F",
        "1e3", "12345678901234567890", "1.50", "1.1234567", "是", "否", "Y", "真", "01", "行政许可", "99", "1,2", "1、9",
        '["1","2"]', '["9"]', "[", "2024-02-29", "2023-02-29", "2024/3/1", "2024年3月1日", "20240301",
        "2024-03-01 08:00:00", "2024-03-01T08:00:00Z", "2024-03-01 25:00:00", "٣", "五",
    ]
)
ASPECT_OF = {"required": "presence", "enum": "code"}


def library_faults(standard, record):
    dataset = standard.datasets["a"]
    schema = record_schema(dataset, standard.codelists)
    found = set()
    for error in validator(schema).iter_errors(record):
        if error.validator == "required":
            missing = [name for name in dataset.schema["required"] if name not in record]
            found |= {(name, "presence") for name in missing}
        else:
            found.add((error.absolute_path[0], ASPECT_OF.get(error.validator, "form")))
    return found


def compiled_faults(bench, standard, context, record, row):
    found = set()
    for item in standard.requirements:
        rule = plan(item, context)
        verdict = rule.judge(record)
        found |= {(name, item.check.aspect) for name in verdict.blamed}
        bits = ", ".join(bit.sql for bit in rule.bits)
        broken = bench.connection.execute(f'SELECT {bits} FROM "{rule.table.view}" WHERE "_rid" = {row}').fetchone()
        scanned = {bit.field for bit, hit in zip(rule.bits, broken, strict=True) if hit}
        assert scanned == set(verdict.blamed), (item.check.aspect, record)
    return found


@pytest.fixture(scope="module")
def bench(tiny_document):
    document = tiny_document({"kind": "schema", "dataset": "a", "aspect": "presence"})
    first = document["requirements"][0]
    document["requirements"] = [
        {**first, "id": f"TT-00{number}", "check": {"kind": "schema", "dataset": "a", "aspect": aspect}}
        for number, aspect in enumerate(("presence", "form", "code"))
    ]
    return Bench(decode.standard(document), (own_pack(),))


@settings(max_examples=100, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(data=st.data())
def test_compiled_check_agrees_with_the_library(data, bench):
    fields = list(bench.standard.datasets["a"].fields.values())
    row = tuple(data.draw(TEXTS, label=item.name) for item in fields)
    env = prepare.environment({}, bench.days, "")
    example = Example({"甲": InlineTable("甲", tuple(item.title for item in fields), (row,))})
    with bench._tables(example, env) as tables:
        context = prepare.context(bench.standard, tables, env, "")
        (read,) = fetch(bench.connection, tables["a"], [0], tables["a"].available, env)
        compiled = compiled_faults(bench, bench.standard, context, read.record, 0)
    assert compiled == library_faults(bench.standard, read.record)


def test_a_disagreement_would_be_seen():
    schema = {"properties": {"x": {"type": "integer"}}}
    assert list(validator(schema).iter_errors({"x": "20"}))
    assert not list(validator(schema).iter_errors({"x": 20}))

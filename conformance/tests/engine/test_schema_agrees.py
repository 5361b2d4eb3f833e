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
from guiju.standard.edition import digests
from guiju.standard.record_schema import record_schema, validator

TEXTS = st.sampled_from(
    [
        None,
        "",
        " ",
        "\u3000",
        "无",
        "A001",
        "Ａ００１",
        "A01",
        "a001",
        "A001\n",
        "5",
        "100",
        "-1",
        "007",
        "1_0",
        "0x1F",
        "1e3",
        "12345678901234567890",
        "1.50",
        "1.1234567",
        "是",
        "否",
        "Y",
        "真",
        "01",
        "行政许可",
        "99",
        "1,2",
        "1、9",
        '["1","2"]',
        '["9"]',
        "[",
        "2024-02-29",
        "2023-02-29",
        "0222-03-16",
        "0999-12-31 08:00:00",
        "2024/3/1",
        "2024年3月1日",
        "20240301",
        "2024-03-01 08:00:00",
        "2024-03-01T08:00:00Z",
        "2024-03-01 25:00:00",
        "٣",
        "五",
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


def compiled_faults(bench, context, rows):
    """What both readings of the compiled check blame in each row; they must not differ."""
    found = [set() for _ in rows]
    for item in bench.standard.requirements:
        rule = plan(item, context)
        bits = ", ".join(bit.sql for bit in rule.bits)
        scanned = bench.connection.execute(
            f'{rule.reading}SELECT {bits} FROM "{rule.table.view}" ORDER BY "_rid"'
        ).fetchall()
        for place, (row, hits) in enumerate(zip(rows, scanned, strict=True)):
            verdict = rule.judge(row.record)
            broken = {bit.field for bit, hit in zip(rule.bits, hits, strict=True) if hit}
            assert broken == set(verdict.blamed), (item.check.aspect, row.record)
            found[place] |= {(name, item.check.aspect) for name in broken}
    return found


@pytest.fixture(scope="module")
def bench(tiny_document):
    document = tiny_document({"kind": "schema", "dataset": "a", "aspect": "presence"})
    first = document["requirements"][0]
    document["requirements"] = [
        {**first, "id": f"TT-00{number}", "check": {"kind": "schema", "dataset": "a", "aspect": aspect}}
        for number, aspect in enumerate(("presence", "form", "code"))
    ]
    return Bench(decode.standard(document, digests(document)), (own_pack(),))


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(data=st.data())
def test_compiled_check_agrees_with_the_library(data, bench):
    fields = list(bench.standard.datasets["a"].fields.values())
    rows = tuple(data.draw(st.lists(st.tuples(*(TEXTS for _ in fields)), min_size=20, max_size=20)))
    env = prepare.environment({}, bench.days, "")
    example = Example({"甲": InlineTable("甲", tuple(item.title for item in fields), rows)})
    with bench._tables(example, env) as tables:
        context = prepare.context(bench.standard, tables, bench.scopes, env, "")
        read = fetch(bench.connection, tables["a"], range(len(rows)), tables["a"].available, env)
        compiled = compiled_faults(bench, context, read)
    for row, faults in zip(read, compiled, strict=True):
        assert faults == library_faults(bench.standard, row.record), row.record


def test_a_disagreement_would_be_seen():
    schema = {"properties": {"x": {"type": "integer"}}}
    assert list(validator(schema).iter_errors({"x": "20"}))
    assert not list(validator(schema).iter_errors({"x": 20}))

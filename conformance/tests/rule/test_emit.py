"""The SQL itself: safe names, nothing that raises, sub-trees that can be computed elsewhere."""

import pytest

from guiju.errors import StandardError
from guiju.rule import Env, costly, emit, parse
from guiju.rule.scope import Scope
from guiju.standard.fields import Field


def test_names_are_quoted():
    scope = Scope({"a": Field("a", "甲", "string")})
    assert emit(parse("\"a\" = 'x'", scope), Env()) == "(\"a\" = 'x')"


def test_what_is_costly_can_be_replaced(bench):
    node = bench.parse("credit_code_valid(t) and (credit_code_valid(t) or credit_code_valid(u)) and i = 1")
    calls = costly(node)
    assert [call.arguments[0].name for call in calls] == ["t", "u"]
    known = {calls[0]: '"valid_t"', calls[1]: '"valid_u"'}
    assert (
        emit(node, bench.env, known)
        == '("valid_t" AND ("valid_t" OR "valid_u") AND ("i" = CAST(1 AS BIGINT)))'
    )


@pytest.mark.parametrize(
    ("name", "value"), [("days", "二十"), ("days", "1.5"), ("days", "١"), ("share", "95%"), ("share", "1e3")]
)
def test_a_parameter_that_is_no_number_is_refused(bench, name, value):
    node = bench.parse(f"d <= :{name}")
    with pytest.raises(StandardError, match="GJ-S220"):
        emit(node, Env({name: value}))


@pytest.mark.parametrize(
    "text", ["i // j", "i % j", "i * i * i", "d * i * i", "i + 1 // (i - i)", "1 // 0", "length(t) // 0"]
)
def test_a_scan_over_many_rows_survives_faults(bench, text):
    rows = [{"i": 10**17 + n, "j": n % 2, "d": n, "t": ""} for n in range(50)]
    assert bench.duckdb(text, *rows) == [bench.python(text, row) for row in rows]

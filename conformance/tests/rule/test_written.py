"""A tree written as text and read again is the same tree."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.rule import parse
from guiju.rule.written import written
from guiju.standard.fields import Field

NAMED = ["date", "count", "in", "when", "max", "null", "between", "select"]


def grown(inner):
    """Texts of larger expressions out of smaller ones; those whose kinds do not fit are not looked at."""
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map("({0[0]}) and ({0[1]}) and b".format),
        pairs.map("({0[0]}) or not ({0[1]})".format),
        inner.map("not (not ({0}))".format),
        inner.map("({0}) is not null".format),
        pairs.map("(({0[0]}) = ({0[1]})) = q".format),
    )


leaves = st.sampled_from(
    [
        *("b", "q <> true", "i <= 3", "d * 2 > -1.50", "-i < (-3)", "i between -1 and j + 1", "t = 'it''s'"),
        *("t in ('a', :word)", "i not in (1, -2)", "e >= date '2024-01-31'", "has_any(x, '1', '2')"),
        *("starts_with(t, u)", "substr(t, 1, 2) = 'ab'", "i - (j - 1) = (i - j) - 1", "i // 2 * 3 % j = 0"),
        *("as_of() > e", "within_hours(s, r, i + 1)", "matches(t, '[0-9]+')", "kind in ('01', '20')"),
        *("b and q or b", "b and (q or b) and (b and q)", "d = 1.0", "length(t) = :days", "x is null"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(text=st.recursive(leaves, grown, max_leaves=6))
def test_reading_what_was_written_gives_the_same_tree(bench, text):
    node = bench.parse(text)
    assert bench.parse(written(node)) == node


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize(
    "template", ["{} = 1", "i + {} > 2", "{} is null", "1 < {}", "add_workdays(e, {}) = f"]
)
def test_fields_that_are_called_like_signs_are_quoted(bench, name, template):
    scope = replace(
        bench.scope, fields={**bench.scope.fields, name: Field(name, "某数", "integer")}, known={}
    )
    node = parse(template.format(f'"{name}"'), scope)
    assert parse(written(node), replace(scope, known={})) == node


def test_nothing_is_bracketed_that_reads_well_without(bench):
    for text in ("i <= 3 and t is not null", "t not in ('a', 'b') or b", "starts_with(t, substr(u, 1, 2))"):
        assert written(bench.parse(text)) == text

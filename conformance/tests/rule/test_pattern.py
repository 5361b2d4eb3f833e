"""Patterns that Python and RE2 read alike, and the rest refused."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.rule.pattern import PatternError, read_pattern


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (r"\d+", 0),
        (r"a\w", 1),
        (r"\bx", 0),
        (r"^a\s$", 2),
        ("(?=a)b", 0),
        ("(?<n>a)", 0),
        ("(?i)a", 0),
        ("a^b", 1),
        ("a$b", 1),
        ("[a", 0),
        ("[]", 0),
        ("[[:alpha:]]", 1),
        ("[z-a]", 0),
        ("(a", 0),
        ("a)", 1),
        ("a**", 2),
        ("a+?", 2),
        ("a{2", 1),
        ("a{3,2}", 1),
        ("a{1001}", 1),
        ("(?:a{100}){11}", 0),
        ("*a", 0),
        ("a|+", 2),
        ("a\\", 2),
        ("[a\\", 3),
    ],
)
def test_what_the_engines_read_differently_is_refused(text, at):
    with pytest.raises(PatternError) as caught:
        read_pattern(text)
    assert caught.value.at == at, caught.value


atoms = st.sampled_from(
    [
        "a",
        "b",
        "1",
        "甲",
        "-",
        "]",
        "\\.",
        "\\n",
        ".",
        "[ab]",
        "[^a]",
        "[a-b1]",
        "[一-龥]",
        "[\\]\\-^&|~]",
        "\\\\",
        "&&",
        "😀",
        "\\*",
        "\\$",
        "/",
    ]
)
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=8,
)
values = st.lists(st.text(alphabet="ab1甲-].\n\\^&|~😀é", max_size=6), min_size=1, max_size=8)


@settings(max_examples=300, deadline=None)
@given(text=patterns, found=values)
def test_both_engines_match_the_same_values(bench, text, found):
    pattern = read_pattern(text)
    rows = bench.connection.execute(
        "SELECT regexp_full_match(v, $1) FROM (SELECT unnest($2) AS v)", [pattern.re2, found]
    ).fetchall()
    assert [row[0] for row in rows] == [pattern.python.fullmatch(value) is not None for value in found]


def test_a_pattern_always_means_the_whole_value():
    assert read_pattern("^a|b$").python.fullmatch("ab") is None
    assert read_pattern("a").re2 == read_pattern("^a$").re2
    query = "SELECT regexp_full_match('a' || chr(10), ?)"
    with duckdb.connect() as con:
        assert con.execute(query, [read_pattern("^a$").re2]).fetchall() == [(False,)]

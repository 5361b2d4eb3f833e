"""Strict YAML: what two readers could read differently is refused, with the line."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from guiju.errors import StandardError
from guiju.standard import strict_yaml


@pytest.mark.parametrize(
    "scalar",
    [
        "6.10",
        "no",
        "Yes",
        "on",
        "012",
        "0o14",
        "0x1F",
        "1_000",
        "12:30",
        "2024-01-01",
        "1e3",
        ".5",
        "~",
        "Null",
        "+1",
        "-0",
        ".inf",
        "1.0",
        "TRUE",
        "",
    ],
)
def test_ambiguous_scalars_are_refused(scalar):
    with pytest.raises(StandardError) as caught:
        strict_yaml.parse(f"a:\n  b: {scalar}\n", "x.yaml")
    assert caught.value.code == "GJ-S104"
    assert caught.value.place.line in (2, 3)
    assert "没有加引号" in caught.value.message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20", 20),
        ("-3", -3),
        ("0", 0),
        ("true", True),
        ("false", False),
        ("null", None),
        ('"6.10"', "6.10"),
        ("'no'", "no"),
        ("1.0.0", "1.0.0"),
        ("中文", "中文"),
        ("30(工作日)", "30(工作日)"),
        ("IM-001", "IM-001"),
    ],
)
def test_clear_scalars_keep_their_meaning(text, value):
    assert strict_yaml.parse(f"a: {text}", "x.yaml")[0] == {"a": value}


def test_duplicate_keys_are_refused_at_their_line():
    with pytest.raises(StandardError) as caught:
        strict_yaml.parse("a: 1\nb:\n  c: 1\n  c: 2\n", "x.yaml")
    assert (caught.value.code, caught.value.place.line) == ("GJ-S103", 4)


@pytest.mark.parametrize("text", ["a: [1\nb: 2", "a: 1\n b: 2", "\tb: 1", "a: 'x", "a: \x00"])
def test_broken_yaml_is_told(text):
    with pytest.raises(StandardError) as caught:
        strict_yaml.parse(text, "x.yaml")
    assert caught.value.code == "GJ-S102"


def test_unreadable_files_are_told(tmp_path):
    for path in (tmp_path / "missing.yaml", tmp_path / "gbk.yaml"):
        if path.name == "gbk.yaml":
            path.write_bytes("a: 中".encode("gb18030"))
        with pytest.raises(StandardError) as caught:
            strict_yaml.read(path)
        assert caught.value.code == "GJ-S101"


def test_positions_point_at_keys_and_items():
    _, positions = strict_yaml.parse("a:\n  - x: 1\n    y: 2\n", "x.yaml")
    assert positions[("a", 0, "y")] == (3, 5)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.one_of(st.integers(), st.booleans(), st.text())
    )
)
def test_what_the_library_writes_quoted_is_read_back(data):

    writer, stream = YAML(), io.StringIO()
    writer.default_style = '"'
    kept = {key: value for key, value in data.items() if isinstance(value, str)}
    writer.dump(kept, stream)
    assert (strict_yaml.parse(stream.getvalue(), "x.yaml")[0] or {}) == kept

"""An error code is a promise to those who look it up: one code, one place, one meaning."""

from __future__ import annotations

import re

import pytest

CODES = "docs/_ext/error_codes.py"
FAMILIES = re.compile(r"GJ-(D[12345]|I[1234]|S[1234]|X9)[0-9]{2}")
RAISED_AS = {"InputError": "I", "StandardError": "S", "InternalError": "X"}


@pytest.fixture
def uses(root, load_script):
    found = load_script(CODES).scan(root, "conformance/guiju", "tools/guiju_tools")
    assert found, "no error code found: the scan looks in the wrong place"
    return found


def in_two_modules(uses):
    places: dict[str, set[str]] = {}
    for use in uses:
        places.setdefault(use.code, set()).add(use.path)
    return [f"{code}: {', '.join(sorted(paths))}" for code, paths in places.items() if len(paths) > 1]


def outside_the_families(uses):
    return [f"{use.path}:{use.line} {use.code}" for use in uses if not FAMILIES.fullmatch(use.code)]


def of_another_base(uses):
    wanted = [(use, RAISED_AS[use.call]) for use in uses if use.call in RAISED_AS]
    return [f"{use.path}:{use.line} {use.call} {use.code}" for use, letter in wanted if use.code[3] != letter]


def test_a_code_stands_in_one_module(uses):
    found = in_two_modules(uses)
    assert not found, "\n".join(found)


def test_every_code_is_of_a_known_family(uses):
    found = outside_the_families(uses)
    assert not found, "\n".join(found)


def test_the_letter_of_a_code_agrees_with_what_is_raised(uses):
    found = of_another_base(uses)
    assert not found, "\n".join(found)


def test_the_measures_see_a_code_used_twice_out_of_range_or_under_another_base(load_script):
    codes = load_script(CODES)
    one = list(codes.uses_in("a.py", 'raise InputError("GJ-I101", f"没有{name}", hint="请" "补上")'))
    two = list(
        codes.uses_in(
            "b.py", '"""Raises GJ-I999."""\nTABLE = {"x": "GJ-I101"}\nraise StandardError("GJ-I701", "x")'
        )
    )
    assert [(use.code, use.message, use.hint) for use in one] == [("GJ-I101", "没有…", "请补上")]
    assert in_two_modules(one + two) == ["GJ-I101: a.py, b.py"]
    assert outside_the_families(one + two) == ["b.py:3 GJ-I701"]
    assert of_another_base(one + two) == ["b.py:3 StandardError GJ-I701"]

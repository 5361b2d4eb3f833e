"""An error code is a promise to those who look it up: one code, one place, one meaning."""

from __future__ import annotations

import re

import pytest

CODES = "docs/_ext/error_codes.py"
FAMILIES = re.compile(r"GJ-(D[12345]|I[12345]|S[1234]|X9)[0-9]{2}")
NAMED = re.compile(r"GJ-[A-Z][0-9]{3}")
LISTED = re.compile(r"```\{error-codes\} (\S+)")
RANGE = re.compile(r"`(GJ-[A-Z][0-9]{3})`～`(GJ-[A-Z][0-9]{3})`")
OF_MEASURES = "conformance/tests/house/test_error_codes.py"
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


def not_listed_once(page, codes):
    """Codes that no list of the reference page shows, or several do; and lists that show none."""
    begins = LISTED.findall(page)
    wrong = [code for code in sorted(codes) if sum(code.startswith(one) for one in begins) != 1]
    return [*wrong, *(one for one in begins if not any(code.startswith(one) for code in codes))]


def unknown_in(texts, codes):
    """Codes that a text names and that no module raises."""
    return sorted(
        f"{path}: {code}" for path, text in texts.items() for code in set(NAMED.findall(text)) - codes
    )


def in_ranges(page):
    """The codes that a page names, ranges filled in."""
    found = set(NAMED.findall(page))
    for first, last in RANGE.findall(page):
        found |= {f"{first[:4]}{number}" for number in range(int(first[4:]), int(last[4:]) + 1)}
    return found


def texts_of(root, *patterns):
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for pattern in patterns
        for path in sorted(root.glob(pattern))
    }


@pytest.fixture
def codes(uses):
    return {use.code for use in uses}


def test_the_reference_page_lists_exactly_the_codes_there_are(root, codes):
    page = (root / "docs/reference/errors.md").read_text(encoding="utf-8")
    assert not_listed_once(page, codes) == []


def test_no_document_or_docstring_or_test_names_a_code_that_is_not_there(root, codes):
    texts = texts_of(
        root, "*.md", "docs/**/*.md", "standards/schema/*.json", "conformance/**/*.py", "tools/**/*.py"
    )
    del texts[OF_MEASURES]
    assert unknown_in(texts, codes) == []


def test_the_page_on_lint_names_every_code_of_lint(root, uses):
    page = in_ranges((root / "docs/reference/lint.md").read_text(encoding="utf-8"))
    mine = {use.code for use in uses if use.path.startswith("tools/guiju_tools/lint/")}
    assert sorted(mine - page) == []
    assert sorted(page - {use.code for use in uses}) == []


def test_the_measures_see_a_code_that_is_not_listed_or_not_there():
    page = "```{error-codes} GJ-I1\n```\n```{error-codes} GJ-I10\n```\n```{error-codes} GJ-S9\n```"
    assert not_listed_once(page, {"GJ-I101", "GJ-I111", "GJ-I201"}) == ["GJ-I101", "GJ-I201", "GJ-S9"]
    assert unknown_in({"a.md": "see GJ-I101 and GJ-I102"}, {"GJ-I101"}) == ["a.md: GJ-I102"]
    assert in_ranges("`GJ-S308`～`GJ-S311`、`GJ-S397`") == {
        "GJ-S308",
        "GJ-S309",
        "GJ-S310",
        "GJ-S311",
        "GJ-S397",
    }

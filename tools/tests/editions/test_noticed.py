"""Nothing that differs goes unnoticed, and nothing that judges is called editorial."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.content import find_packs
from guiju.standard.load import load
from guiju_tools.editions.comparing import compare_editions

EDITION = dict(load(find_packs(), "item-management").document)
PARTS = (
    "requirements",
    "parameters",
    "datasets",
    "codelists",
    "conclusion",
    "terms",
    "clauses",
    "scope",
    "title",
)


def leaves(value, path=()):
    """Every path to a text, number or truth value."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield from leaves(held, (*path, key))
    elif isinstance(value, list):
        for place, held in enumerate(value):
            yield from leaves(held, (*path, place))
    elif path[-1] not in ("$id", "$schema", "id"):
        yield path


PATHS = tuple(path for part in PARTS for path in leaves(EDITION[part], (part,)))
DECIMALS = ("share", "pass-share", "examined-share", "threshold")


def alter(document, path):
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    old = holder[path[-1]]
    other = {"may": "should", "should": "shall", "shall": "may"}.get(old) if path[-1] == "modality" else None
    basis = {"law": "policy", "policy": "practice"}.get(old, "law") if path[-1] == "basis" else None
    mark = (
        {"verified": "seen", "seen": "recalled", "recalled": "seen"}.get(old) if path[-1] == "mark" else None
    )
    if path[-1] in DECIMALS:
        holder[path[-1]] = "0.123"
    elif isinstance(old, bool):
        holder[path[-1]] = not old
    elif isinstance(old, int):
        holder[path[-1]] = old + 1
    else:
        holder[path[-1]] = other or basis or mark or f"{old}改"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PATHS), st.booleans())
def test_each_single_change_is_noticed(path, backwards):
    other = copy.deepcopy(EDITION)
    alter(other, path)
    comparison = compare_editions(*((other, EDITION) if backwards else (EDITION, other)))
    assert comparison.changes, path
    if comparison.grade != "editorial":
        assert comparison.before.judging_digest != comparison.after.judging_digest, path
    assert comparison.version != comparison.before.version


def test_the_same_edition_has_no_change():
    assert compare_editions(EDITION, copy.deepcopy(EDITION)).grade is None

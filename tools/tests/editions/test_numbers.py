"""The number that changes call for."""

from __future__ import annotations

import copy

import pytest

from guiju_tools.editions.comparing import compare_editions

from .conftest import requirement


def breaking(document):
    requirement(document, "IM-023").update(tolerance={"share": "0"}, key=True)


def amending(document):
    requirement(document, "IM-023").update(remedy="改一改。")


def calling(document):
    document["codelists"]["time-unit"]["codes"].append({"code": "zz", "label": "另一种"})


@pytest.mark.parametrize(
    ("version", "alter", "proposed"),
    [
        ("0.1.0", breaking, "0.2.0"),
        ("0.1.3", amending, "0.1.4"),
        ("1.2.3", breaking, "2.0.0"),
        ("1.2.3", amending, "1.3.0"),
        ("1.2.3", calling, "1.2.4"),
        ("1.2.3", lambda _document: None, "1.2.3"),
    ],
)
def test_the_number_follows_the_changes(edition, version, alter, proposed):
    before = copy.deepcopy(edition)
    before["version"] = version
    requirement(before, "IM-023").pop("key", None)
    after = copy.deepcopy(before)
    alter(after)
    assert compare_editions(before, after).version == proposed

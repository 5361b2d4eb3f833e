"""Edition documents to alter."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from guiju.content import find_packs
from guiju.standard.load import load
from guiju_tools.editions.comparing import compare_editions
from guiju_tools.editions.model import Comparison


@pytest.fixture(scope="session")
def edition() -> dict[str, Any]:
    return dict(load(find_packs(), "item-management").document)


@pytest.fixture
def altered(edition) -> Callable[[Callable[[dict[str, Any]], object]], Comparison]:
    """Compare the edition with a copy that was altered."""

    def compare(alter: Callable[[dict[str, Any]], object]) -> Comparison:
        after = copy.deepcopy(edition)
        alter(after)
        return compare_editions(edition, after)

    return compare


def requirement(document: dict[str, Any], key: str) -> dict[str, Any]:
    return next(item for item in document["requirements"] if item["id"] == key)

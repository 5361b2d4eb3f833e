"""The tiny pack is clean, and so is the one we ship."""

from __future__ import annotations

from guiju.content import own_pack
from guiju_tools.lint import lint


def test_the_tiny_pack_is_clean(bench):
    assert bench.lint() == []


def test_our_own_pack_has_no_errors():
    assert [str(notice) for notice in lint(own_pack()) if notice.level == "error"] == []

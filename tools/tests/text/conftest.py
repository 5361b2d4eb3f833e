"""The standards of our own pack, and a tiny one that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guiju.content import Pack, find_packs, own_pack
from guiju.standard.load import load

TINY = Path(__file__).parent.parent / "lint" / "tiny"
STANDARDS = own_pack().standard_ids()


@pytest.fixture(params=STANDARDS)
def standard(request):
    """Each standard that we ship."""
    return load(find_packs(), request.param)


@pytest.fixture
def pack(tmp_path):
    """The tiny pack of the lint tests."""
    shutil.copytree(TINY, tmp_path / "pack")
    return Pack(tmp_path / "pack")


@pytest.fixture
def tiny(pack):
    """Its one standard."""
    return load((pack, own_pack()), "window-service")

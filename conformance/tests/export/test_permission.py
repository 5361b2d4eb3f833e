"""A folder or file that may not be read is told, whoever runs the test."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from guiju.errors import InputError
from guiju.export import open_sources

NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root reads everything, so it steps down for the moment; others are who they are."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="没有 POSIX 权限的系统")
@pytest.mark.parametrize("locked", ["锁", "锁/a.jsonl", "a.csv"])
def test_no_permission(place, locked):
    folder = place / "锁"
    folder.mkdir()
    for file in (folder / "a.jsonl", place / "a.csv"):
        file.write_text('{"task_code": "x"}\n', encoding="utf-8")
        file.chmod(0o000)
    folder.chmod(0o000)
    with as_nobody(), pytest.raises(InputError) as caught:
        open_sources([place / locked])
    folder.chmod(0o700)
    assert caught.value.code.startswith("GJ-I1")
    assert Path(locked).name in str(caught.value.place)
    assert caught.value.hint

"""The real pack in a folder of the test's own, and commands on it run as users run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from guiju.content import Pack, own_pack


@pytest.fixture
def pack(tmp_path):
    root = tmp_path / "pack"
    for part in ("standards", "features"):
        shutil.copytree(own_pack().root / part, root / part)
    return Pack(root)


@pytest.fixture
def snapshot(pack):
    """All files of the pack as bytes, by name."""

    def take():
        paths = [path for path in pack.root.rglob("*") if path.is_file()]
        return {path.relative_to(pack.root).as_posix(): path.read_bytes() for path in paths}

    return take


@pytest.fixture
def guiju(tmp_path):
    """Run `guiju …` without a terminal, in an empty folder."""

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "guiju_tools", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run

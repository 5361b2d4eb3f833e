"""Commands run as users run them: a process of its own, another working directory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju_tools.sample import write_demo

Guiju = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def guiju(tmp_path: Path) -> Guiju:
    """Run `guiju …` in an empty folder; PYTEST_* of this very test run are left in on purpose."""

    def run(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "guiju_tools", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The invented export of `guiju demo`."""
    return write_demo(tmp_path_factory.mktemp("demo"))[0]

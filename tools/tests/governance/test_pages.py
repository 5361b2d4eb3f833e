"""The pages on governance: every command that they show is run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[3] / "docs" / "governance"
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
INCOMPLETE = 4  # invented data come without a self-assessment


def commands(page):
    """The lines of the shell blocks of a page."""
    return [line for block in SHELL.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]


def test_the_guide_shows_commands():
    shown = [line.split()[1] for line in commands(PAGES / "work-guide.md")]
    assert {"text", "explain", "lint", "selftest", "sample", "run"} <= set(shown)


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_every_command_that_is_shown_runs(page, tmp_path):
    for line in commands(page):
        program, *arguments = shlex.split(line)
        assert program == "guiju"
        done = subprocess.run(
            [sys.executable, "-m", "guiju_tools", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=False,
        )
        allowed = (0, INCOMPLETE) if arguments[0] == "run" else (0,)
        assert done.returncode in allowed, f"{line}\n{(done.stdout + done.stderr).decode()}"


def test_the_guide_follows_the_codes_that_it_names():
    text = (PAGES / "work-guide.md").read_text(encoding="utf-8")
    for word in ("verified", "seen", "recalled", "law", "proposal", "directed", "profile-sets", "declared"):
        assert f"`{word}`" in text

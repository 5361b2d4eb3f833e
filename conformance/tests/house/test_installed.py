"""Under tox the tests must meet the wheel that people get, with the standards inside it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import guiju

wheel_only = pytest.mark.skipif(
    not os.environ.get("GUIJU_TESTS_EXPECT_WHEEL"),
    reason="run from a checkout without a wheel: tox tests the wheel",
)


def installed_files():
    return {path.as_posix() for path in metadata.files("guiju") or []}


@wheel_only
def test_the_library_under_test_is_the_installed_one(root):
    places = [Path(place).resolve() for place in guiju.__path__]
    assert [place for place in places if root / "conformance" in place.parents] == []
    assert all(place.is_relative_to(Path(sys.prefix).resolve()) for place in places)


@wheel_only
@pytest.mark.parametrize("folder", ["standards", "features"])
def test_the_wheel_carries_every_file_of_the_pack(root, tracked, folder):
    wanted = {f"guiju/_content/{path}" for path in tracked if path.startswith(f"{folder}/")}
    assert wanted, f"nothing below {folder}/"
    assert sorted(wanted - installed_files()) == []


@wheel_only
def test_the_wheel_makes_no_generic_name_importable():
    tops = {path.partition("/")[0] for path in installed_files() if not path.startswith("..")}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"guiju", "guiju_tools"}


@wheel_only
def test_the_wheel_says_that_it_is_typed():
    assert {"guiju/py.typed", "guiju_tools/py.typed"} <= installed_files()


@wheel_only
def test_the_command_works_from_another_folder(tmp_path):
    command = Path(sys.executable).with_name("guiju")
    done = subprocess.run([command, "--help"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")

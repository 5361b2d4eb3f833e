"""What lies in the repository: paths, dependencies, the licence."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement

FOLDERS = "work|root|farm|home|Users|tmp|opt"
MACHINE_PATH = re.compile(rf"(?<![A-Za-z0-9_.~\-/}}])/(?:{FOLDERS})/")
DRIVE_PATH = re.compile(r"\b[A-Za-z]:\\" + r"\\?Users\b")
SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9.-]+)(?P<bounds>.*)")
LOWER_BOUND = re.compile(r">=[0-9][0-9.]*")


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def all_requirements(project):
    optional = [line for lines in project["optional-dependencies"].values() for line in lines]
    return [*project["dependencies"], *optional]


def machine_paths(name, text):
    lines = enumerate(text.splitlines(), start=1)
    return [f"{name}:{number} {line.strip()[:90]}" for number, line in lines if names_a_machine(line)]


def names_a_machine(line):
    return bool(MACHINE_PATH.search(line) or DRIVE_PATH.search(line))


def without_lower_bound(requirements):
    return [line for line in requirements if not LOWER_BOUND.fullmatch(REQUIREMENT.fullmatch(line)["bounds"])]


def third_party(modules):
    """Top-level names imported that are neither ours nor Python's."""
    names = {name for module in modules for name in imported(module.tree)}
    return names - set(sys.stdlib_module_names) - {"guiju", "guiju_tools"}


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_tracked_file_names_a_path_of_a_machine(root, tracked):
    found = []
    for path in tracked:
        raw = (root / path).read_bytes()
        if b"\0" not in raw:
            found += machine_paths(path, raw.decode("utf-8", errors="replace"))
    assert not found, "\n".join(found)


def test_tracked_paths_are_plain_ascii(tracked):
    # git prints other names as octal numbers, and half the unpacking tools garble them
    assert [path for path in tracked if not path.isascii()] == []


def test_every_dependency_has_a_lower_bound_and_no_upper_one(project):
    assert without_lower_bound(all_requirements(project)) == []


def test_what_runs_here_is_not_older_than_the_lower_bounds(project):
    requirements = [Requirement(line) for line in project["dependencies"]]
    installed = {item.name: metadata.version(item.name) for item in requirements}
    assert [str(item) for item in requirements if not item.specifier.contains(installed[item.name])] == []


def test_what_is_imported_is_declared_and_what_is_declared_is_imported(project, packages):
    declared = {normal(REQUIREMENT.fullmatch(line)["name"]) for line in project["dependencies"]}
    distributions = metadata.packages_distributions()
    used = {normal(dist) for name in third_party(packages) for dist in distributions.get(name, [name])}
    assert (sorted(used - declared), sorted(declared - used)) == ([], []), "(not declared, not used)"


def test_every_yaml_file_names_a_schema_that_exists(root, tracked):
    files = [root / path for path in tracked if path.startswith("standards/") and path.endswith(".yaml")]
    assert files
    first = {path: path.read_text(encoding="utf-8").partition("\n")[0] for path in files}
    named = {path: SCHEMA_LINE.fullmatch(line) for path, line in first.items()}
    bad = [path for path, found in named.items() if not (found and (path.parent / found[1]).is_file())]
    assert not bad, "\n".join(f"{path.relative_to(root)}: {first[path]}" for path in bad)


def test_the_licence_is_the_apache_licence_in_full(root, project):
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert project["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize(
    "line", ["cd /" + "work/main", 'open("/' + 'tmp/x")', "C:" + "\\Users\\someone", "见/" + "home/a/b"]
)
def test_the_measure_sees_a_machine_path(line):
    assert len(machine_paths("a.md", f"fine\n{line}\n")) == 1


@pytest.mark.parametrize(
    "line",
    ["https://example.org/" + "home/x", "site/" + "work/a", "$HOME/x", "~/" + "work/", "../" + "tmp/a"],
)
def test_an_address_or_a_relative_path_is_no_machine_path(line):
    assert not names_a_machine(line)


def test_the_measure_sees_a_missing_or_upper_bound(make_module):
    assert without_lower_bound(["a>=1", "b", "c==2", "d>=1,<2", "e~=1.0"]) == [
        "b",
        "c==2",
        "d>=1,<2",
        "e~=1.0",
    ]
    assert third_party(
        [make_module("tools/guiju_tools/a.py", "import os, duckdb.x\nfrom guiju import y\n")]
    ) == {"duckdb"}

"""The README and its Chinese twin: the same commands, and commands that exist."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from textwrap import dedent

import pytest
from ruamel.yaml import YAML

TWINS = ("README.md", "README.zh-CN.md")
SHELL_BLOCK = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
YAML_BLOCK = re.compile(r"^ *```yaml\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
SUBCOMMAND = re.compile(r"(?:^|[\s`/])guiju ([a-z][a-z-]*)")
FIRST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/guiju demo --out 结果"
TEST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -q tox && .venv/bin/tox"
read_yaml = YAML(typ="safe", pure=True).load
PATH_IN_TABLE = re.compile(r"\| `([^`*<]+)` \|")


def commands(text):
    """The lines of the shell blocks, comments and blank lines left out."""
    lines = [line.strip() for block in SHELL_BLOCK.findall(text) for line in block.splitlines()]
    return [
        stripped for line in lines if (stripped := line.partition("  #")[0].strip()) and stripped[0] != "#"
    ]


def subcommands(text):
    return sorted(set(SUBCOMMAND.findall(text)))


def headings(text):
    outside = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [len(marks) for marks in re.findall(r"^(#+) ", outside, flags=re.MULTILINE)]


@pytest.fixture
def texts(root):
    return [(root / name).read_text(encoding="utf-8") for name in TWINS]


def test_the_twins_give_the_same_commands(texts):
    english, chinese = map(commands, texts)
    assert english == chinese
    assert english[:2] == [FIRST_COMMAND, TEST_COMMAND]


def test_the_twins_have_the_same_sections_and_tables(texts):
    english, chinese = texts
    assert headings(english) == headings(chinese)
    assert english.count("\n|") == chinese.count("\n|")


def test_what_the_build_machine_runs_is_the_test_command_of_the_readme(root, texts):
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    assert r"""grep -a -m 1 -x '.*\.venv/bin/tox' README.md""" in script
    assert re.findall(r"^.*\.venv/bin/tox$", texts[0], flags=re.MULTILINE) == [TEST_COMMAND]


def test_paths_named_in_the_tables_exist(root, texts):
    named = {path for text in texts for path in PATH_IN_TABLE.findall(text) if "/" in path}
    assert named
    assert sorted(path for path in named if not (root / path).exists()) == []


def test_every_dependency_is_explained(root, texts):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(line for group in project["optional-dependencies"].values() for line in group),
    ]
    names = {re.match(r"[A-Za-z0-9.-]+", line)[0].lower() for line in lines}
    for text in texts:
        assert sorted(name for name in names if name not in text.lower()) == []


def yaml_blocks(text):
    return [read_yaml(dedent(block)) for block in YAML_BLOCK.findall(text)]


def test_mappings_in_the_documents_name_datasets_and_fields_that_exist(root):
    blocks = [block for page in documents(root) for block in yaml_blocks(page.read_text(encoding="utf-8"))]
    mappings = [block["datasets"] for block in blocks if isinstance(block, dict) and "datasets" in block]
    assert mappings
    for name, mapping in [item for block in mappings for item in block.items()]:
        [schema] = root.glob(f"standards/*/datasets/{name}.yaml")
        fields = read_yaml(schema)["properties"]
        named = {field for key in ("columns", "values", "separators") for field in mapping.get(key, {})}
        assert sorted(named - set(fields)) == []


def test_the_requirement_in_the_recipe_is_the_real_one(root):
    [[shown]] = [
        block for block in yaml_blocks((root / "CONTRIBUTING.md").read_text(encoding="utf-8")) if block
    ]
    files = root.glob("standards/*/requirements/*.yaml")
    real = [item for path in files for item in read_yaml(path) if item["id"] == shown["id"]]
    assert real == [shown], "copy the requirement into CONTRIBUTING.md"


def documents(root):
    pages = [*(root / "docs").rglob("*.md"), *(root / name for name in (*TWINS, "CONTRIBUTING.md"))]
    return [page for page in pages if "_build" not in page.parts]


def test_every_command_that_the_documents_name_exists(root):
    named = {
        name: page.name for page in documents(root) for name in subcommands(page.read_text(encoding="utf-8"))
    }
    assert named
    assert {name: page for name, page in named.items() if not answers(name)} == {}


def answers(name):
    program = "import sys; from guiju_tools.cli import main; sys.argv[0] = 'guiju'; main()"
    done = subprocess.run([sys.executable, "-c", program, name, "--help"], capture_output=True, check=False)
    return done.returncode == 0


def test_the_measures_see_commands():
    text = "Run `guiju lint --fix`.\n```sh\n# why\n.venv/bin/guiju run x  # note\n```\n```yaml\na: b\n```\n"
    assert commands(text) == [".venv/bin/guiju run x"]
    assert subcommands(text) == ["lint", "run"]
    assert headings("# a\n```sh\n# no\n```\n## b\n") == [1, 2]

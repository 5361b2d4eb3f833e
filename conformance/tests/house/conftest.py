"""The source tree as the house tests see it: always the checkout, whatever is installed."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
SOURCE_ROOTS = ("conformance", "tools")
PACKAGES = ("conformance/guiju", "tools/guiju_tools")
TEST_FOLDERS = ("conformance/tests", "tools/tests", "benchmarks", "docs")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its path from the root of the checkout, its importable name, text and tree."""

    path: str
    name: str
    text: str = field(repr=False)
    tree: ast.Module = field(repr=False)

    @property
    def lines(self) -> int:
        """Number of lines of the file."""
        return len(self.text.splitlines())

    @property
    def is_package(self) -> bool:
        """Whether this is the ``__init__`` of a package."""
        return self.path.endswith("/__init__.py")


def make(path: str, text: str) -> Module:
    """A module out of its path and text; the measures are tried on such before they judge the real ones."""
    parts = Path(path).with_suffix("").parts
    inside = parts[1:] if parts[0] in SOURCE_ROOTS else parts
    name = ".".join(inside).removesuffix(".__init__")
    return Module(path, name, text, ast.parse(text, filename=path))


def read(*folders: str) -> tuple[Module, ...]:
    """All Python files below folders of the checkout, hidden and built ones left out."""
    found = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    inside = [path.relative_to(ROOT) for path in found]
    kept = [path for path in inside if not any(part[0] in "._" for part in path.parts[1:-1])]
    return tuple(make(path.as_posix(), (ROOT / path).read_text(encoding="utf-8")) for path in kept)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def make_module() -> Callable[[str, str], Module]:
    return make


@pytest.fixture(scope="session")
def packages() -> tuple[Module, ...]:
    """The modules of the two packages."""
    found = read(*PACKAGES)
    assert found, f"no modules below {PACKAGES}: the house tests look in the wrong place"
    return found


@pytest.fixture(scope="session")
def tests() -> tuple[Module, ...]:
    """Tests, benchmarks and the code of the docs."""
    return read(*TEST_FOLDERS)


@pytest.fixture(scope="session")
def tracked() -> tuple[str, ...]:
    """Paths that git keeps, or would keep at the next `git add`."""
    # safe.directory: a build machine's checkout often belongs to another user
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git checkout here (a source archive?): tracked files are unknown")
    return tuple(path for path in done.stdout.decode().split("\0") if path and (ROOT / path).is_file())


@pytest.fixture
def load_script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Loads a script of the checkout that no package holds, by its path."""

    def load(path: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"script_{Path(path).stem}", ROOT / path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, module)  # dataclasses look their module up
        spec.loader.exec_module(module)
        return module

    return load

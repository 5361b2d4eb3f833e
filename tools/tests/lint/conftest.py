"""The tiny pack written to a folder, and a way to change one thing in it."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import pytest

from guiju.content import Pack
from guiju_tools.lint import lint


def _tiny_pack():
    """Loaded by path: tests are no package."""
    spec = importlib.util.spec_from_file_location("tiny_pack", Path(__file__).with_name("tiny_pack.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class Bench:
    """A pack in a folder that a test may spoil."""

    pack: Pack

    def path(self, label):
        return self.pack.root / label

    def read(self, label):
        return self.path(label).read_text(encoding="utf-8")

    def write(self, label, text):
        self.path(label).parent.mkdir(parents=True, exist_ok=True)
        self.path(label).write_text(text, encoding="utf-8")

    def change(self, label, old, new):
        """Replace the one place where `old` stands."""
        text = self.read(label)
        assert text.count(old) == 1, f"{label}: {old!r} stands there {text.count(old)} times"
        self.write(label, text.replace(old, new))

    def line(self, label, part):
        """The number of the first line that holds `part`."""
        lines = self.read(label).splitlines()
        found = [number for number, line in enumerate(lines, start=1) if part in line]
        assert found, f"{label}: no line holds {part!r}"
        return found[0]

    def lint(self, standard_id=None):
        return lint(self.pack, standard_id)

    def codes(self):
        return [notice.code for notice in self.lint()]


@pytest.fixture
def bench(tmp_path):
    tiny = Bench(Pack(tmp_path / "pack"))
    for label, text in _tiny_pack().FILES.items():
        tiny.write(label, text)
    return tiny

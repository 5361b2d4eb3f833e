"""The tiny pack (see the folder `tiny`: every kind of check, nothing wrong) copied for a test to spoil."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from guiju.content import Pack
from guiju_tools.lint import lint

TINY = Path(__file__).with_name("tiny")
PARTNERS = Path(__file__).resolve().parents[3] / "docs" / "examples" / "partners"


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

    def replace(self, label, old, new, count=-1):
        """Replace `old` wherever it stands, or the first times."""
        text = self.read(label)
        assert old in text, f"{label}: no {old!r}"
        self.write(label, text.replace(old, new, count))

    def stage(self, code):
        """Put the standard into a stage of its life."""
        entry = f'  - {{stage: "{code}", date: "2026-01-01", what: 某事}}'
        self.write("standards/window-service/lifecycle.yaml", f"entries:\n{entry}\n")

    def line(self, label, part):
        """The number of the first line that holds `part`."""
        lines = self.read(label).splitlines()
        found = [number for number, line in enumerate(lines, start=1) if part in line]
        assert found, f"{label}: no line holds {part!r}"
        return found[0]

    def lint(self, standard_id=None):
        return lint(self.pack, standard_id)

    def lint_standards(self):
        """What is said of everything but the feature files, which a change makes out of date as well."""
        return [notice for notice in self.lint() if not notice.place.file.startswith("features/")]

    def codes(self):
        return [notice.code for notice in self.lint()]

    def judged(self):
        """Level and code of every remark."""
        return [(notice.level, notice.code) for notice in self.lint()]


@pytest.fixture
def bench(tmp_path):
    shutil.copytree(TINY, tmp_path / "pack")
    return Bench(Pack(tmp_path / "pack"))


@pytest.fixture
def partners(tmp_path):
    """The example pack of the documents: requirements on several tables, a dataset of another standard."""
    shutil.copytree(PARTNERS, tmp_path / "partners")
    return Bench(Pack(tmp_path / "partners"))

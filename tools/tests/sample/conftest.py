"""Samples of the shipped standard, made once a session, and a small pack that a test may give hints to."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from guiju.content import own_pack
from guiju.standard.load import load
from guiju_tools.sample.hints import read_hints
from guiju_tools.sample.make import make_sample
from guiju_tools.sample.request import SampleRequest

ITEM = "item-management"
ROWS = 400
TINY = Path(__file__).parents[1] / "lint" / "tiny"


@pytest.fixture(scope="session")
def standard():
    return load((own_pack(),), ITEM)


@pytest.fixture(scope="session")
def hints():
    return read_hints(own_pack(), ITEM)


@pytest.fixture(scope="session")
def make(tmp_path_factory):
    """Make a sample of the shipped standard, or take the one that was made for the same words."""
    known = {}

    def made(**wanted):
        key = tuple(sorted(wanted.items()))
        if key not in known:
            out = tmp_path_factory.mktemp("sample")
            known[key] = make_sample(SampleRequest((ITEM,), **({"rows": ROWS} | wanted), out=out))[0]
        return known[key]

    return made


@pytest.fixture(scope="session")
def read():
    """The rows of a CSV sample by title of dataset, blanks as None."""

    def rows(made):
        return {path.stem: rows_of(path) for path in made.files}

    return rows


@pytest.fixture(scope="session")
def planted():
    """The lines of a list of faults."""
    return lambda made: rows_of(made.planted)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{title: text or None for title, text in row.items()} for row in csv.DictReader(file)]


@pytest.fixture
def tiny(tmp_path):
    """Make a sample of the tiny pack, with the hints given as text, and one more field of its cases."""

    def made(text="", field="", **wanted):
        root = tmp_path / "pack"
        shutil.copytree(TINY, root, dirs_exist_ok=True)
        with (root / "standards" / "window-service" / "datasets" / "case.yaml").open("a") as file:
            file.write(field)
        if text:
            (root / "standards" / "window-service" / "sample.yaml").write_text(text, encoding="utf-8")
        request = SampleRequest(
            ("window-service",), **({"rows": 50} | wanted), out=tmp_path / "out", pack=root
        )
        return {path.stem: rows_of(path) for path in make_sample(request)[0].files}

    return made

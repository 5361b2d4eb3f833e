"""Invented exports for the tests of `guiju map`."""

import csv
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guiju_tools.cli.app import app
from guiju_tools.sample.make import make_sample
from guiju_tools.sample.request import SampleRequest

STANDARD = "item-management"
FOLDER = Path(os.environ.get("GUIJU_REAL_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """Forty items of the sample, as headings and records."""
    folder = tmp_path_factory.mktemp("sample")
    make_sample(SampleRequest((STANDARD,), rows=40, out=folder, format="csv", faults="0", seed=1))
    with (folder / "实施清单.csv").open(encoding="utf-8-sig", newline="") as file:
        headings, *records = csv.reader(file)
    return headings, records


@pytest.fixture
def export(tmp_path, sample):
    """Write the sample with other headings (by heading) and without some; gives the path."""

    def writing(names=None, *, without=(), name="导出.csv", values=None):
        headings, records = sample
        kept = [index for index, heading in enumerate(headings) if heading not in without]
        changed = {headings.index(heading): change for heading, change in (values or {}).items()}
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow([(names or {}).get(headings[index], headings[index]) for index in kept])
            for record in records:
                out.writerow([changed.get(index, record[index]) for index in kept])
        return path

    return writing


@pytest.fixture
def guiju(tmp_path, monkeypatch):
    """Run a command in the temporary folder; gives exit status, output and the error that ended it."""
    monkeypatch.chdir(tmp_path)

    def running(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return running

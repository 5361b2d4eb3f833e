"""The scripts written by hand in `benchmarks` judge as the engine does: an oracle that shares no code.

Half of the rows are faulty, so that most rules have rows that fail and rows that cannot be decided.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from guiju_tools.sample.make import make_sample
from guiju_tools.sample.request import SampleRequest

BENCHMARKS = next(
    folder / "benchmarks"
    for folder in Path(__file__).resolve().parents
    if (folder / "pyproject.toml").is_file()
)
ROWS = 3000
RULES = 47
STANDARD, TITLE, REGION = "item-management", "实施清单", "990000"


@pytest.fixture(scope="module")
def agreement():
    spec = importlib.util.spec_from_file_location("agreement", BENCHMARKS / "agreement.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The same faulty rows as Parquet and as CSV."""
    folder = tmp_path_factory.mktemp("sample")
    make_sample(SampleRequest((STANDARD,), rows=ROWS, faults="0.5", format="parquet", out=folder))
    parquet, csv = folder / f"{TITLE}.parquet", folder / f"{TITLE}.csv"
    duckdb.connect().execute(f"COPY (FROM read_parquet('{parquet}')) TO '{csv}' (HEADER)")
    return {"parquet": parquet, "csv": csv}


@pytest.fixture(scope="module")
def judged(files, agreement):
    """What the engine says, by format."""
    return {form: agreement.by_guiju(run_guiju(file, file.parent / form)) for form, file in files.items()}


def run_guiju(file, out):
    words = ["run", STANDARD, str(file), "--region", REGION, "--findings", "10", "--out", str(out)]
    subprocess.run([sys.executable, "-m", "guiju_tools", *words], capture_output=True, check=False)
    return out / "内部" / "result.json"


def run_by_hand(form, file):
    target = file.with_name(f"{file.suffix}-{form}.json")
    subprocess.run([sys.executable, str(BENCHMARKS / "by_hand"), form, str(file), str(target)], check=True)
    return target


@pytest.mark.parametrize("format_", ["parquet", "csv"])
@pytest.mark.parametrize("form", ["mask", "rule"])
def test_both_judge_every_row_alike(form, format_, files, judged, agreement):
    theirs = agreement.by_hand(run_by_hand(form, files[format_]))
    assert agreement.differences(judged[format_], theirs) == []
    assert len(theirs) == RULES


def test_most_rules_have_rows_that_fail(judged):
    rows = [told for told in judged["parquet"].values() if "failed" in told]
    assert sum(told["failed"] > 0 for told in rows) > len(rows) * 0.8
    assert sum(told["undecided"] > 0 for told in rows) > len(rows) * 0.4


def test_a_difference_is_told(agreement):
    assert agreement.differences({"A": 1, "B": 2}, {"A": 1, "B": 3, "C": 4}) == [
        "B: guiju 2, by hand 3",
        "C: guiju None, by hand 4",
    ]

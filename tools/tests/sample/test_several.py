"""Samples of standards that use each other's datasets: one world, whichever standards are asked for."""

from __future__ import annotations

import pytest

from guiju.content import own_pack
from guiju.run.judging import run
from guiju.run.request import RunRequest
from guiju_tools.sample.hints import read_hints
from guiju_tools.sample.make import make_sample
from guiju_tools.sample.request import SampleRequest

EVALUATION = "service-evaluation"
AS_OF = read_hints(own_pack(), EVALUATION).as_of
"""The day that the sample of ratings is made for: shortly after all that happens in it."""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The files of a sample of the named standards, by title."""
    known = {}

    def made(*standards, **wanted):
        key = (standards, tuple(sorted(wanted.items())))
        if key not in known:
            out = tmp_path_factory.mktemp("sample")
            request = SampleRequest(standards, **({"rows": 300} | wanted), out=out)
            known[key] = {path.stem: path for item in make_sample(request) for path in item.files}
        return known[key]

    return made


def outcomes(standard, paths):
    result, _ = run(RunRequest(standard, tuple(paths), region="990000", as_of=AS_OF))
    return {item.id: (item.outcome, item.reason) for item in result.requirements}


def test_ratings_conform(files):
    told = outcomes(EVALUATION, files(EVALUATION).values())
    left = {key: said for key, said in told.items() if said[0] not in ("passed", "inapplicable")}
    assert {key for key, said in left.items() if said[0] != "untested"} == set(), left
    assert not [said for said in left.values() if "设定" in said[1]], "the sample region sets every parameter"


@pytest.mark.parametrize("rows", [7, 150])
def test_few_ratings_conform_too(files, rows):
    filled = [
        path for path in files(EVALUATION, rows=rows).values() if len(path.read_bytes().splitlines()) > 1
    ]
    assert "failed" not in {outcome for outcome, _ in outcomes(EVALUATION, filled).values()}


def test_a_dataset_is_the_same_alone_and_beside_others(files):
    alone = files(EVALUATION)
    joint = files("item-management", "service-implementation", EVALUATION)
    assert set(alone) < set(joint)
    differing = [title for title, path in alone.items() if path.read_bytes() != joint[title].read_bytes()]
    assert differing == []


def test_the_day_is_told_with_whatever_is_made(tmp_path):
    made = make_sample(SampleRequest(("item-management", EVALUATION), 7, tmp_path))
    assert {item.as_of for item in made} == {AS_OF}


def test_planted_faults_are_found_in_every_chapter(files):
    paths = tuple(files(EVALUATION, faults="0.2").values())
    result, _ = run(RunRequest(EVALUATION, paths, region="990000", as_of=AS_OF))
    failed = [item.clause.partition(".")[0] for item in result.requirements if item.outcome == "failed"]
    assert set(failed) == set("456789")
    assert len(failed) >= 40

"""Spot checks: neither side chooses the rows, and only rows that were judged can be shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from guiju.errors import InputError
from guiju_tools.bundle.again import committed, request_of
from guiju_tools.bundle.opened import open_bundle
from guiju_tools.bundle.packing import make_bundle, read_run
from guiju_tools.bundle.rows import commit
from guiju_tools.bundle.spot import answer, check, draw

SEED, EACH = "2024-04-15 公布", 4


@pytest.fixture(scope="module")
def told(handed, tmp_path_factory):
    bundle = open_bundle(handed.path)
    drawn = draw(bundle, SEED, EACH)
    wanted = {one.dataset: frozenset(one.places) for one in drawn}
    trees = commit(request_of(handed.run), handed.keys.rows, wanted)
    path = tmp_path_factory.mktemp("抽查") / "答复.json"
    path.write_text(answer(bundle, SEED, drawn, trees, handed.keys.rows), encoding="utf-8")
    return bundle, path


def test_every_drawn_row_is_proved(told):
    bundle, path = told
    shown = check(bundle, SEED, EACH, path)
    assert len(shown) == EACH * 3
    assert not any(one.fault for one in shown)
    assert all(one.row["columns"] for one in shown)


def test_seed_and_bundle_draw(told):
    bundle, _ = told
    first, again, other = (draw(bundle, seed, EACH) for seed in (SEED, SEED, "别的"))
    assert first == again
    assert [one.places for one in first] != [one.places for one in other]
    assert all(place < one.count for one in draw(bundle, SEED, 1000) for place in one.places)
    assert {len(one.places) for one in draw(bundle, SEED, 1000)} == {one.count for one in first}


@pytest.mark.parametrize(
    "alter",
    [
        lambda row: row["row"]["columns"].update({next(iter(row["row"]["columns"])): "改过"}),
        lambda row: row["row"].update(row=999),
        lambda row: row.update(nonce="00" * 32),
        lambda row: row.update(count=row["count"] + 1),
        lambda row: row["proof"].append("00" * 32),
        lambda row: row["proof"].pop(),
    ],
)
def test_an_altered_row_is_not_proved(told, tmp_path, alter):
    bundle, path = told
    data = json.loads(path.read_text(encoding="utf-8"))
    alter(data["rows"][0])
    other = tmp_path / "改.json"
    other.write_text(json.dumps(data), encoding="utf-8")
    faults = [one.fault for one in check(bundle, SEED, EACH, other)]
    assert faults[0] == "不能证明它在核验过的数据之中"
    assert not any(faults[1:])


def test_a_row_that_is_not_shown_is_told(told, tmp_path):
    bundle, path = told
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["rows"][0]
    other = tmp_path / "少.json"
    other.write_text(json.dumps(data), encoding="utf-8")
    assert next(one.fault for one in check(bundle, SEED, EACH, other) if one.fault) == "没有出示"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "guiju-spot-check/1", "rows": [{}]}'])
def test_what_is_no_answer_is_refused(told, tmp_path, text):
    other = tmp_path / "x.json"
    other.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="不是对这次抽查的答复"):
        check(told[0], SEED, EACH, other)


def test_an_answer_to_another_seed_is_refused(told):
    with pytest.raises(InputError, match="不是对这次抽查的答复"):
        check(told[0], "别的", EACH, told[1])


def test_data_that_changed_are_noticed(handed, tmp_path):
    folder = tmp_path / "后来"
    shutil.copytree(handed.folder, folder)
    run = json.loads((folder / "结果/内部/run.json").read_text(encoding="utf-8"))
    moved = [name.replace(str(handed.folder), str(folder)) for name in run["exports"]]
    (folder / "结果/内部/run.json").write_text(json.dumps(run | {"exports": moved}), encoding="utf-8")
    later = read_run(folder / "结果")
    assert committed(later, handed.keys.rows)
    with Path(moved[-1]).open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(InputError) as caught:
        committed(later, handed.keys.rows)
    assert caught.value.code == "GJ-I510"


def test_a_bundle_without_rows_cannot_be_drawn_from(handed, tmp_path):
    path = tmp_path / "无行.zip"
    path.write_bytes(make_bundle(handed.run, handed.keys))
    with pytest.raises(InputError) as caught:
        draw(open_bundle(path), SEED, EACH)
    assert caught.value.code == "GJ-I506"


def test_another_home_secret_gives_another_root(handed):
    first, second = (commit(request_of(handed.run), secret) for secret in (b"a" * 32, b"b" * 32))
    assert [one.leaves for one in first] != [one.leaves for one in second]

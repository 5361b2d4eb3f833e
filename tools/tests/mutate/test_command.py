"""`guiju mutate` as people use it: figures, lists, JSON, exit statuses."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


@pytest.fixture
def guiju(tmp_path):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "guiju_tools", *map(str, arguments)],
            cwd=tmp_path,
            env=None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_what_survives_is_listed_and_the_status_is_one(guiju, tiny, tmp_path):
    done = guiju(
        "mutate",
        "window-service",
        "--part",
        "checks",
        "--pack",
        tiny.pack.root,
        "--json",
        "m.json",
        "--out",
        "m.md",
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "WS-002 ties: allowed → refused" in done.stdout
    told = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    (found,) = told["standards"]
    assert not told["clean"]
    assert found["checks"]["alterations"] == found["checks"]["noticed"] + len(found["checks"]["survivors"])
    assert "| WS-002 |" in (tmp_path / "m.md").read_text(encoding="utf-8")


def test_nothing_left_is_status_nought_and_the_same_bytes_twice(guiju, tiny, tmp_path):
    arguments = ("mutate", "--part", "checks", "--pack", tiny.pack.root)
    guiju(*arguments, "--json", "first.json")
    listed = json.loads((tmp_path / "first.json").read_text(encoding="utf-8"))["standards"][0]["checks"]
    lines = [
        f"  - {json.dumps({**item, 'reason': '检验用的小标准包'}, ensure_ascii=False)}\n"
        for item in ({key: one[key] for key in ("requirement", "alteration")} for one in listed["survivors"])
    ]
    path = tiny.pack.standards / "window-service" / "mutation.yaml"
    path.write_text("alterations:\n" + "".join(lines), encoding="utf-8")
    done = guiju(*arguments, "--json", "second.json")
    assert done.returncode == 0, done.stdout
    guiju(*arguments, "--json", "third.json")
    assert (tmp_path / "second.json").read_bytes() == (tmp_path / "third.json").read_bytes()


def test_an_unknown_standard_is_refused(guiju):
    done = guiju("mutate", "no-such-standard")
    assert done.returncode == 2
    assert "GJ-I341" in done.stderr

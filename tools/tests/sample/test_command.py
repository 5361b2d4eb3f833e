"""`guiju sample` as people use it: a process of its own, messages instead of tracebacks."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.fixture
def guiju(tmp_path):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "guiju_tools", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_files_and_list_are_told_and_can_be_judged(guiju, tmp_path):
    done = guiju("sample", "政务服务事项管理", "--rows", 300, "--faults", "0.1", "--out", "数据")
    assert done.returncode == 0, done.stderr
    assert "planted.csv" in done.stdout
    assert {path.name for path in (tmp_path / "数据").iterdir()} > {"实施清单.csv", "planted.csv"}
    judged = guiju("run", "item-management", "数据", "--region", "990000")
    assert judged.returncode in (1, 4), judged.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nothing"], "GJ-I303"),
        (["item-management", "--rows", "0"], "GJ-I330"),
        (["item-management", "--faults", "2"], "GJ-I331"),
        (["item-management", "--format", "ods"], "GJ-I332"),
        (["item-management", "--pack", "."], "GJ-I302"),
    ],
)
def test_bad_requests_are_refused(guiju, tmp_path, arguments, code):
    done = guiju("sample", *arguments)
    assert done.returncode == 2
    assert f"[{code}]" in done.stderr
    assert "处理：" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []

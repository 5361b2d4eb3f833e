"""The same input gives the same bytes of result.json: twice, on one or two threads, on every Python."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from guiju.engine.session import Limits
from guiju.result.serial import from_json, to_json
from guiju.run.judging import run
from guiju.run.request import RunRequest

DIGEST = Path(__file__).with_name("demo-result.sha256")
RENEW = "GUIJU_RENEW=1 python -m pytest tools/tests/cli/test_same_bytes.py"


def result(files, threads=None):
    request = RunRequest("item-management", tuple(files), region="990000", limits=Limits(threads))
    return run(request)[0]


def test_runs_and_threads(demo_files):
    first = to_json(result(demo_files))
    assert to_json(result(demo_files)) == first
    assert to_json(result(demo_files, 1)) == first
    assert to_json(result(demo_files, 2)) == first
    assert to_json(from_json(first)) == first


def test_every_python_gives_the_digest_on_file(demo_files):
    """Each environment of the matrix compares with the one digest that is committed."""
    digest = hashlib.sha256(to_json(result(demo_files)).encode()).hexdigest()
    if os.environ.get("GUIJU_RENEW"):
        DIGEST.write_text(digest + "\n", encoding="utf-8")
        pytest.skip("已更新摘要")
    assert DIGEST.read_text(encoding="utf-8").strip() == digest, f"要更新摘要请运行：{RENEW}"

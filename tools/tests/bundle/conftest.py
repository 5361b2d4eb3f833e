"""A run on the invented export, its keys and its bundle; made once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from guiju.content import find_packs
from guiju.run.request import RunRequest
from guiju_tools.bundle.again import committed
from guiju_tools.bundle.archive import packed, unpacked
from guiju_tools.bundle.keys import HomeKeys, make_keys
from guiju_tools.bundle.packing import RunFolder, make_bundle, read_run
from guiju_tools.bundle.verifying import Expected, Verified, verify
from guiju_tools.cli.examine import examine
from guiju_tools.sample import write_demo

REGION, UNIT = "990000", "示例市行政审批局"


@dataclass(frozen=True, slots=True)
class Handed:
    """What a region has: the run, the keys, the bundle's file."""

    folder: Path
    run: RunFolder
    keys: HomeKeys
    path: Path


@pytest.fixture(scope="session")
def handed(tmp_path_factory) -> Handed:
    folder = tmp_path_factory.mktemp("报送")
    files = write_demo(folder)[0]
    request = RunRequest("item-management", tuple(files), region=REGION, period="2024-03", as_of="2024-03-31")
    examine(request, folder / "结果", quiet=True)
    run = read_run(folder / "结果")
    keys = make_keys(folder / "密钥", REGION, UNIT)
    path = folder / "包.zip"
    path.write_bytes(make_bundle(run, keys, committed(run, keys.rows)))
    return Handed(folder, run, keys, path)


@pytest.fixture
def held(handed) -> Callable[..., Verified]:
    """Verify a bundle, by default that of the region by the committee that knows it."""

    def hold(path: Path | None = None, **expected: object) -> Verified:
        told = {"packs": find_packs(), "signers": (handed.keys.signer,), **expected}
        return verify(path or handed.path, Expected(**told))

    return hold


@pytest.fixture
def altered(handed, tmp_path) -> Callable[[Callable[[dict[str, bytes]], object]], Path]:
    """The bundle with its members altered, packed as bundles are."""

    def make(alter: Callable[[dict[str, bytes]], object]) -> Path:
        members, _ = unpacked(handed.path)
        alter(members)
        path = tmp_path / "改.zip"
        path.write_bytes(packed(members))
        return path

    return make


def edit(members: dict[str, bytes], name: str, change: Callable[[dict], object]) -> None:
    """Alter a JSON member."""
    data = json.loads(members[name])
    change(data)
    members[name] = (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
